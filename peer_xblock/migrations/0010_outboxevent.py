import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0009_vote"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=32, unique=True, verbose_name="event")),
                ("type", models.CharField(max_length=80, verbose_name="type")),
                ("aggregate", models.CharField(max_length=32, verbose_name="thread")),
                ("sequence", models.PositiveBigIntegerField(verbose_name="sequence")),
                ("audience", models.CharField(max_length=8, verbose_name="audience")),
                ("body", models.TextField(verbose_name="body")),
                ("body_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("state", models.CharField(default="waiting", max_length=8, verbose_name="state")),
                ("error_code", models.CharField(blank=True, default="", max_length=64, verbose_name="cause")),
                (
                    "error_field",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="field"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="peer_xblock.connection",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "indexes": [models.Index(fields=["connection", "state", "id"], name="peer_outbox_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("aggregate", "sequence"), name="peer_outbox_sequence")
                ],
            },
        ),
    ]
