from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0140_pair_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
