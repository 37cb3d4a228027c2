import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0052_skill"),
    ]

    operations = [
        migrations.CreateModel(
            name="SkillLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("text", models.CharField(max_length=255)),
                ("text_hash", models.CharField(max_length=64)),
                ("folded", models.CharField(max_length=255)),
                ("is_preferred", models.BooleanField(default=False)),
                (
                    "skill",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labels",
                        to="peer_xblock.skill",
                    ),
                ),
            ],
        ),
    ]
