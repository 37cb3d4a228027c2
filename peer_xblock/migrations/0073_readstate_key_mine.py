from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0072_fill_kind_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="readstate",
            name="key_mine",
            field=models.CharField(max_length=44, null=True, unique=True),
        ),
    ]
