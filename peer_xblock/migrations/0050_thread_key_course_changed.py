from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0041_pair_peer_pair_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="key_course_changed",
            field=models.CharField(max_length=36, null=True, unique=True),
        ),
    ]
