from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0150_post_private_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="private_count",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
