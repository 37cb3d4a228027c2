import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0151_thread_private_count"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reached", models.PositiveBigIntegerField(default=0)),
                ("count", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announcement",
                        to="peer_xblock.thread",
                    ),
                ),
            ],
        ),
    ]
