from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0122_foreignpost"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="foreignpost",
            constraint=models.UniqueConstraint(
                fields=("connection", "source", "external_id"), name="peer_foreign_once"
            ),
        ),
    ]
