from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0001_connection"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("every_s", models.PositiveIntegerField(verbose_name="every (s)")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("lease", models.CharField(blank=True, default="", max_length=32)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("last_run_at", models.DateTimeField(blank=True, null=True, verbose_name="last run")),
                (
                    "last_result",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="last result"),
                ),
            ],
            options={
                "verbose_name": "periodic job",
                "verbose_name_plural": "periodic jobs",
            },
        ),
    ]
