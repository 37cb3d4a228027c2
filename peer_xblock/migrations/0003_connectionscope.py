import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0002_job"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConnectionScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("course", "course"), ("org", "organisation")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=255, verbose_name="course key or organisation")),
                ("value_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scopes",
                        to="peer_xblock.connection",
                    ),
                ),
            ],
            options={
                "verbose_name": "connected course or organisation",
                "verbose_name_plural": "connected courses and organisations",
            },
        ),
    ]
