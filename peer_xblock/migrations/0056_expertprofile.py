import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0055_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpertProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("is_listed", models.BooleanField(default=False)),
                ("role", models.CharField(default="learner", max_length=16)),
                ("about", models.TextField(blank=True, default="")),
                ("about_html", models.TextField(blank=True, default="")),
                ("languages", models.CharField(blank=True, default="", max_length=255)),
                ("weekly_limit", models.PositiveSmallIntegerField(null=True)),
                ("away_until", models.DateField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("key_recent", models.CharField(max_length=33, null=True, unique=True)),
                ("key_course_changed", models.CharField(max_length=36, null=True, unique=True)),
                (
                    "context",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experts",
                        to="peer_xblock.learningcontext",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
