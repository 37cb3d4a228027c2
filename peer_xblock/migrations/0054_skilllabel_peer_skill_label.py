from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0053_skilllabel"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="skilllabel",
            constraint=models.UniqueConstraint(fields=("skill", "text_hash"), name="peer_skill_label"),
        ),
    ]
