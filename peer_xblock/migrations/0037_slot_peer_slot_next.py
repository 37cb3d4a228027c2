from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0036_reviewtally"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["activity", "tier", "ord"], name="peer_slot_next"),
        ),
    ]
