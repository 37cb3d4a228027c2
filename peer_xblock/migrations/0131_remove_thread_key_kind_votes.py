from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0130_remove_thread_key_kind_activity"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="thread",
            name="key_kind_votes",
        ),
    ]
