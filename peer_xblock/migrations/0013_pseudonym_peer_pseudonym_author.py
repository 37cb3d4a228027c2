from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0012_readstate"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="pseudonym",
            constraint=models.UniqueConstraint(fields=("thread", "author"), name="peer_pseudonym_author"),
        ),
    ]
