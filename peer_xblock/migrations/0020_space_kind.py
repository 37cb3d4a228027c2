from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0019_vote_peer_vote_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="space",
            name="kind",
            field=models.CharField(
                choices=[("discussion", "discussion"), ("review", "review"), ("experts", "experts")],
                default="discussion",
                max_length=16,
                verbose_name="kind",
            ),
        ),
    ]
