from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0100_thread_is_prompt"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="answer_first",
            field=models.BooleanField(default=False),
        ),
    ]
