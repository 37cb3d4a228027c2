from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campus", "0002_unit_access"),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="language",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="language"),
        ),
    ]
