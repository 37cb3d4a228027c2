from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0092_picture"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="origin",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
