from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0155_draft_tags"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="thread",
            name="key_kind_activity",
        ),
    ]
