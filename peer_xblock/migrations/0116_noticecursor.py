from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0115_mailstop"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeCursor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=16, unique=True)),
                ("position", models.PositiveBigIntegerField(default=0)),
            ],
        ),
    ]
