from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0056_expertprofile"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="expertprofile",
            constraint=models.UniqueConstraint(fields=("context", "user"), name="peer_expert_once"),
        ),
    ]
