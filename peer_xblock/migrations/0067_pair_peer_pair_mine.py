from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0066_expertrequest_peer_request_key"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(fields=["reviewer", "activity"], name="peer_pair_mine"),
        ),
    ]
