import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0004_learningcontext"),
    ]

    operations = [
        migrations.CreateModel(
            name="Space",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(editable=False, max_length=32, unique=True)),
                ("usage_key", models.CharField(max_length=255, verbose_name="usage key")),
                ("usage_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "anonymity",
                    models.CharField(
                        choices=[("named", "named"), ("learners", "learners"), ("staff", "staff")],
                        default="named",
                        max_length=8,
                        verbose_name="anonymity",
                    ),
                ),
                ("is_divided", models.BooleanField(default=False, verbose_name="divided by group")),
                ("was_divided", models.BooleanField(default=False, editable=False)),
                (
                    "thread_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="threads"),
                ),
                ("created_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
                (
                    "context",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spaces",
                        to="peer_xblock.learningcontext",
                    ),
                ),
            ],
            options={
                "verbose_name": "space",
                "verbose_name_plural": "spaces",
            },
        ),
    ]
