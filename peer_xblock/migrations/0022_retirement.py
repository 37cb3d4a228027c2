from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0021_space_options"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField(unique=True, verbose_name="account")),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                (
                    "done_at",
                    models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="done"),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="unlinked")),
            ],
            options={
                "verbose_name": "retirement",
                "verbose_name_plural": "retirements",
            },
        ),
    ]
