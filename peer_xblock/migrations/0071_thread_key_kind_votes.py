from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0070_thread_key_kind_activity"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="key_kind_votes",
            field=models.CharField(max_length=34, null=True, unique=True),
        ),
    ]
