from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moodle_bridge", "0002_event_states")]

    operations = [
        migrations.AlterField(
            model_name="tenant",
            name="unmatched",
            field=models.CharField(
                choices=[
                    ("attribute", "Post through the service account, with the name in the text"),
                    ("hold", "Hold the post until its author can post it"),
                    ("enrol", "Enrol the person; where that does not help, post through the service account"),
                ],
                default="attribute",
                max_length=16,
                verbose_name="people who cannot post themselves",
            ),
        ),
    ]
