from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0061_skilltally_peer_tally_top"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="skilltally",
            constraint=models.UniqueConstraint(fields=("context", "skill"), name="peer_tally_once"),
        ),
    ]
