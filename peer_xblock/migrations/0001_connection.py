import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="tenant")),
                (
                    "bridge_url",
                    models.CharField(
                        help_text="As https://bridge.example.org, or a service's name inside a cluster.",
                        max_length=255,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^https?://[^/\\s?#]+(/[^\\s?#]*)?$",
                                "An address begins with http:// or https://.",
                            )
                        ],
                        verbose_name="bridge address",
                    ),
                ),
                (
                    "outgoing_secrets",
                    models.TextField(blank=True, default="", verbose_name="outgoing secrets"),
                ),
                (
                    "incoming_secrets",
                    models.TextField(blank=True, default="", verbose_name="incoming secrets"),
                ),
                (
                    "identity_provider",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="As the LMS names it in its single sign-on records (tpa-saml, keycloak…); empty: the newest of any.",
                        max_length=64,
                        verbose_name="identity provider",
                    ),
                ),
                (
                    "identity_claim",
                    models.CharField(
                        default="uid",
                        help_text="uid, or a name in what the provider sent (oid for Entra). The same value stands in Moodle's ID number.",
                        max_length=64,
                        verbose_name="identifying claim",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("lease", models.CharField(blank=True, default="", editable=False, max_length=32)),
                ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "due_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="next try"),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="failures in a row"),
                ),
                (
                    "last_error",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64, verbose_name="last error"
                    ),
                ),
                (
                    "last_sent_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last sent"),
                ),
            ],
            options={
                "verbose_name": "connection",
                "verbose_name_plural": "connections",
            },
        ),
    ]
