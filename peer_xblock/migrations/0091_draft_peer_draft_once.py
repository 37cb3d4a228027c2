from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0090_draft"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("user", "space", "place"), name="peer_draft_once"),
        ),
    ]
