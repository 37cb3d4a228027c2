from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0079_bookmark_peer_bookmark_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="tags",
            field=models.CharField(blank=True, default="", max_length=155),
        ),
    ]
