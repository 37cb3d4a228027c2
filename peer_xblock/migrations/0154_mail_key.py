from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0153_mail_announced"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="key",
            field=models.CharField(max_length=24, null=True, unique=True),
        ),
    ]
