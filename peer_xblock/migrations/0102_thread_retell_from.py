from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0101_thread_answer_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="retell_from",
            field=models.PositiveIntegerField(db_index=True, null=True),
        ),
    ]
