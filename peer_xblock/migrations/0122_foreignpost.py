import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0121_post_guest"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForeignPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("external_id", models.CharField(max_length=20)),
                ("revision", models.PositiveBigIntegerField()),
                ("public_id", models.CharField(blank=True, default="", max_length=32)),
                (
                    "connection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="foreign_posts",
                        to="peer_xblock.connection",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="peer_xblock.post",
                    ),
                ),
            ],
        ),
    ]
