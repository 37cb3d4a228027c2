from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0102_thread_retell_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="readstate",
            name="has_answered",
            field=models.BooleanField(default=False),
        ),
    ]
