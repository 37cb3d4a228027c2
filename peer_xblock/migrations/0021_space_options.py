from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0020_space_kind"),
    ]

    operations = [
        migrations.AddField(
            model_name="space",
            name="options",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="options"),
        ),
    ]
