from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0120_post_origin"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="guest",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
    ]
