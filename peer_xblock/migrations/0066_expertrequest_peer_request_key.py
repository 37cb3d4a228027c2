from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0065_expertrequest_peer_request_asker"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="expertrequest",
            constraint=models.UniqueConstraint(fields=("asker", "client_key"), name="peer_request_key"),
        ),
    ]
