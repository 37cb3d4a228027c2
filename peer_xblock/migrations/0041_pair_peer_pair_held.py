from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0040_pair_peer_pair_once"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(fields=("held_by", "activity"), name="peer_pair_held"),
        ),
    ]
