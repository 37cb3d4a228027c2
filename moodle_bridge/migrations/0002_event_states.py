from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moodle_bridge", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="inboxevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "On its way"),
                    ("waiting", "Waits for the post it answers"),
                    ("held", "Held until its author can post"),
                    ("applied", "In Moodle"),
                    ("superseded", "Replaced by a newer one"),
                    ("withheld", "Not for Moodle's readers"),
                    ("dead", "Refused"),
                    ("dismissed", "Dismissed"),
                    ("kept", "Kept: unknown kind"),
                ],
                default="pending",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
