from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0105_postreaction"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="flag_count",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
