import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("peer_xblock", "0007_pseudonym"),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("ordinal", models.PositiveIntegerField(default=0)),
                ("child_total", models.PositiveIntegerField(default=0)),
                ("depth", models.PositiveSmallIntegerField()),
                ("author_role", models.CharField(default="learner", max_length=16)),
                ("anonymity", models.CharField(default="named", max_length=8)),
                ("audience", models.CharField(default="course", max_length=8)),
                ("source", models.TextField()),
                ("format", models.CharField(default="markdown", max_length=8)),
                ("html", models.TextField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("deleted_by", models.CharField(default="", max_length=8)),
                ("vote_count", models.PositiveIntegerField(default=0)),
                ("comment_count", models.PositiveIntegerField(default=0)),
                ("endorsed_at", models.DateTimeField(null=True)),
                ("endorsed_role", models.CharField(default="", max_length=16)),
                ("accepted_role", models.CharField(default="", max_length=16)),
                ("key_best", models.CharField(max_length=33, null=True, unique=True)),
                ("client_key", models.CharField(max_length=32, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "endorsed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="peer_xblock.post",
                    ),
                ),
                (
                    "pseudonym",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="peer_xblock.pseudonym",
                    ),
                ),
                (
                    "accepted_of",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_post",
                        to="peer_xblock.thread",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="peer_xblock.thread",
                    ),
                ),
            ],
        ),
    ]
