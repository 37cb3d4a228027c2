from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0170_foreignpost_edit"),
    ]

    operations = [
        migrations.AddField(
            model_name="foreignpost",
            name="is_gone",
            field=models.BooleanField(default=False),
        ),
    ]
