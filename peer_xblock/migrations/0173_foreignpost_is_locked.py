from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0172_foreignpost_is_pinned"),
    ]

    operations = [
        migrations.AddField(
            model_name="foreignpost",
            name="is_locked",
            field=models.BooleanField(default=False),
        ),
    ]
