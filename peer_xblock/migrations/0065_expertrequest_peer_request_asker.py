from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0064_expertrequest_peer_request_asked"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="expertrequest",
            index=models.Index(fields=["asker", "asked_at"], name="peer_request_asker"),
        ),
    ]
