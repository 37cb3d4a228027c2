from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0067_pair_peer_pair_mine"),
    ]

    operations = [
        migrations.AddField(
            model_name="readstate",
            name="follows",
            field=models.BooleanField(null=True),
        ),
    ]
