import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0005_space"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=200)),
                ("removed_title", models.CharField(blank=True, default="", max_length=200)),
                ("audience", models.CharField(default="course", max_length=8)),
                ("group_id", models.CharField(blank=True, default="", max_length=64)),
                ("group_name", models.CharField(blank=True, default="", max_length=255)),
                ("is_pinned", models.BooleanField(default=False)),
                ("is_closed", models.BooleanField(default=False)),
                ("vote_count", models.PositiveIntegerField(default=0)),
                ("response_count", models.PositiveIntegerField(default=0)),
                ("post_count", models.PositiveIntegerField(default=0)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("active_at", models.DateTimeField()),
                ("key_space_activity", models.CharField(max_length=33, null=True, unique=True)),
                ("key_space_votes", models.CharField(max_length=33, null=True, unique=True)),
                ("key_course_activity", models.CharField(max_length=33, null=True, unique=True)),
                ("key_course_votes", models.CharField(max_length=33, null=True, unique=True)),
                ("key_unanswered", models.CharField(max_length=33, null=True, unique=True)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="peer_xblock.space",
                    ),
                ),
            ],
        ),
    ]
