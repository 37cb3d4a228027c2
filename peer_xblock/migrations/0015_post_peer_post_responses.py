from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0014_pseudonym_peer_pseudonym_name"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["thread", "depth", "number"], name="peer_post_responses"),
        ),
    ]
