import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0032_pair"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "slot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="submission",
                        serialize=False,
                        to="peer_xblock.slot",
                    ),
                ),
                ("source", models.TextField()),
                ("html", models.TextField()),
                ("word_count", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("is_named", models.BooleanField(default=False)),
                ("client_key", models.CharField(default="", max_length=32)),
            ],
        ),
    ]
