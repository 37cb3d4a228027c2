import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0003_connectionscope"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearningContext",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255, verbose_name="key")),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "connection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contexts",
                        to="peer_xblock.connection",
                        verbose_name="connection",
                    ),
                ),
            ],
            options={
                "verbose_name": "learning context",
                "verbose_name_plural": "learning contexts",
            },
        ),
    ]
