from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0091_draft_peer_draft_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="key_kind_activity",
            field=models.CharField(max_length=34, null=True, unique=True),
        ),
    ]
