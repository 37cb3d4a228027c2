from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0063_expertrequest"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="expertrequest",
            index=models.Index(fields=["profile", "asked_at"], name="peer_request_asked"),
        ),
    ]
