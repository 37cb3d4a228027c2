from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0038_slot_peer_slot_author"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["activity", "expires_at"], name="peer_pair_expires"),
        ),
    ]
