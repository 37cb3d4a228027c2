from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0073_readstate_key_mine"),
    ]

    operations = [
        migrations.AddField(
            model_name="space",
            name="grouped_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
