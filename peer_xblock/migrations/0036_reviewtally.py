import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0035_storedfile"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("standing", models.PositiveSmallIntegerField()),
                ("received", models.PositiveSmallIntegerField()),
                ("work_count", models.IntegerField(default=0)),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="peer_xblock.space",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "standing", "received"), name="peer_review_tally_once"
                    )
                ],
            },
        ),
    ]
