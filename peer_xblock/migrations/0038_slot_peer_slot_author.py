from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0037_slot_peer_slot_next"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(fields=("activity", "author"), name="peer_slot_author"),
        ),
    ]
