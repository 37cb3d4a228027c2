from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0058_profileskill"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="profileskill",
            constraint=models.UniqueConstraint(fields=("profile", "skill"), name="peer_profile_skill"),
        ),
    ]
