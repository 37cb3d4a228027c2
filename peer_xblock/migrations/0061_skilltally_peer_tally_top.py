from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0060_skilltally"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="skilltally",
            index=models.Index(fields=["context", "people_count", "skill"], name="peer_tally_top"),
        ),
    ]
