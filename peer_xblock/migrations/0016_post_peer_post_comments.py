from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0015_post_peer_post_responses"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["parent", "ordinal"], name="peer_post_comments"),
        ),
    ]
