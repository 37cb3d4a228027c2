from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0116_noticecursor"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="is_prompt",
            field=models.BooleanField(default=False),
        ),
    ]
