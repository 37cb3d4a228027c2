import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0110_readstate_follows"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpaceMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("follows", models.BooleanField(default=False)),
                ("digest", models.CharField(blank=True, default="", max_length=8)),
                ("name_key", models.CharField(db_index=True, max_length=128, null=True)),
                ("group_id", models.CharField(blank=True, default="", max_length=64)),
                ("mail_due_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="peer_xblock.space",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "space"), name="peer_member_once")],
            },
        ),
    ]
