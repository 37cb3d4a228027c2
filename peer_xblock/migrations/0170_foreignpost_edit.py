from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0141_review_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="foreignpost",
            name="edit",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
