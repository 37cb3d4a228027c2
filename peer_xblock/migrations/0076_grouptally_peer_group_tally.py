from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0075_grouptally"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="grouptally",
            constraint=models.UniqueConstraint(fields=("space", "group_id"), name="peer_group_tally"),
        ),
    ]
