from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0013_pseudonym_peer_pseudonym_author"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pseudonym",
            constraint=models.UniqueConstraint(fields=("thread", "name"), name="peer_pseudonym_name"),
        ),
    ]
