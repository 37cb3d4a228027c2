import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0074_space_grouped_count"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group_id", models.CharField(max_length=64)),
                ("thread_count", models.PositiveIntegerField(default=0)),
                (
                    "space",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="peer_xblock.space",
                    ),
                ),
            ],
        ),
    ]
