import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0152_announcement"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="announced",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="peer_xblock.thread",
            ),
        ),
    ]
