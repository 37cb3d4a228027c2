import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0022_retirement"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "space",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="peer_xblock.space",
                    ),
                ),
                ("wanted", models.PositiveSmallIntegerField()),
                ("to_give", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
    ]
