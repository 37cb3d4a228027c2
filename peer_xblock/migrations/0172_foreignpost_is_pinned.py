from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0171_foreignpost_is_gone"),
    ]

    operations = [
        migrations.AddField(
            model_name="foreignpost",
            name="is_pinned",
            field=models.BooleanField(default=False),
        ),
    ]
