import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0030_activity"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("pledged_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("tier", models.PositiveSmallIntegerField(null=True)),
                ("ord", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("live", models.PositiveIntegerField(default=0)),
                ("gave", models.PositiveIntegerField(default=0)),
                ("gave_at", models.DateTimeField(null=True)),
                ("grade", models.FloatField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(default="", max_length=8)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("key_order", models.CharField(max_length=33, null=True, unique=True)),
                ("key_standing", models.CharField(max_length=33, null=True, unique=True)),
                ("unpublished_since", models.DateTimeField(db_index=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="peer_xblock.space",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
