from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0123_foreignpost_peer_foreign_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="reactions",
            field=models.JSONField(default=dict),
        ),
    ]
