from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0154_mail_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="pair",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
