from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0039_pair_peer_pair_expires"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(fields=("slot", "reviewer"), name="peer_pair_once"),
        ),
    ]
