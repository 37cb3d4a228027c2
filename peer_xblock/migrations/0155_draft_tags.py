from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0173_foreignpost_is_locked"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="tags",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
