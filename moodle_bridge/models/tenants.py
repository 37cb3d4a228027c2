"""Tenants (one company on one LMS) and the Moodles they mirror into."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.keys import Undecryptable, decrypt, encrypt

MAX_CALL_S = 60
"""Longest wait for one call: two of them must fit into a lane's lease."""


class Unmatched(models.TextChoices):
    """What happens to a post whose author has no Moodle account, is not enrolled in the course, or may not post."""

    ATTRIBUTE = "attribute", _("Post through the service account, with the name in the text")
    HOLD = "hold", _("Hold the post until its author can post it")
    ENROL = "enrol", _("Enrol the person; where that does not help, post through the service account")


class Tenant(models.Model):
    """One company on one LMS: who may send events, and how its people are recognised.

    issuer: when set, only subjects of this issuer are matched. claim: which claim identifies, for the record.
    """

    slug = models.CharField(
        _("short name"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9_-]*\Z", _("Only a-z, 0-9, - and _, beginning with a letter or digit.")
            )
        ],
        help_text=_("Part of the address that the LMS sends to: /v1/<short name>/events."),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("An inactive tenant's events are refused.")
    )
    secret_encrypted = models.TextField(editable=False, default="")
    previous_secret_encrypted = models.TextField(editable=False, default="")
    unmatched = models.CharField(
        _("people who cannot post themselves"),
        max_length=16,
        choices=Unmatched.choices,
        default=Unmatched.ATTRIBUTE,
    )
    issuer = models.CharField(
        _("issuer"),
        max_length=255,
        blank=True,
        help_text=_("Only people whose account was issued here are matched. Empty: any issuer."),
    )
    claim = models.CharField(
        _("identifying claim"),
        max_length=100,
        default="sub",
        help_text=_("The value of this claim must stand in Moodle's ID number, character for character."),
    )
    language = models.CharField(
        _("language of the lines that the bridge adds"),
        max_length=8,
        choices=[("en", "English"), ("fr", "Français")],
        default="en",
    )

    lms_url = models.CharField(
        _("LMS address"),
        max_length=255,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                r"^https?://[^\s/?#@]+(/[^\s?#]*)?\Z", _("An address beginning with http or https.")
            )
        ],
        help_text=_("Where posts from Moodle are brought back to. Empty: nothing is brought back."),
    )
    inbound_secret_encrypted = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("tenant")
        verbose_name_plural = _("tenants")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug

    def set_secret(self, secret: str) -> None:
        """Make `secret` the current one; the one before stays valid until the next change."""
        if decrypt(self.secret_encrypted) == secret:
            return
        self.previous_secret_encrypted = self.secret_encrypted
        self.secret_encrypted = encrypt(secret)

    def get_secrets(self) -> list[str]:
        """The secrets with which an event may be signed, the current one first."""
        stored = (self.secret_encrypted, self.previous_secret_encrypted)
        return [decrypt(token) for token in stored if token]

    def set_inbound_secret(self, secret: str) -> None:
        """What is brought back is signed with it; the LMS knows it as the connection's incoming secret."""
        self.inbound_secret_encrypted = encrypt(secret)

    def get_inbound_secret(self) -> str:
        """Raises Undecryptable, also when there is none."""
        secret = decrypt(self.inbound_secret_encrypted)
        if not secret:
            raise Undecryptable("no secret for the way back")
        return secret


class Mode(models.TextChoices):
    """How posts are written into a Moodle."""

    AUTO = "auto", _("Automatic: the plugin when it is installed")
    PLUGIN = "plugin", _("Plugin local_peerbridge")
    CORE = "core", _("Moodle's own functions, as the service account")


class MoodleSite(models.Model):
    """One Moodle of a tenant, with the token of its service account and the state of the connection.

    retry_at: nothing is sent before (the site is away). stop_code: nothing is sent until an administrator
    mends the connection. failures: calls in a row that found the site away. mode_found: what `auto` came to.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="sites", verbose_name=_("tenant")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    base_url = models.CharField(
        _("address"),
        max_length=255,
        validators=[
            RegexValidator(
                r"^https?://[^\s/?#@]+(/[^\s?#]*)?\Z", _("An address beginning with http or https.")
            )
        ],
        help_text=_("Of Moodle's front page, such as https://moodle.example.org."),
    )
    token_encrypted = models.TextField(editable=False, default="")
    mode = models.CharField(_("how posts are written"), max_length=8, choices=Mode.choices, default=Mode.AUTO)
    mode_found = models.CharField(max_length=8, blank=True, default="", editable=False)
    release = models.CharField(_("Moodle release"), max_length=100, blank=True, default="", editable=False)
    service_user_id = models.BigIntegerField(
        _("service account's user id"), null=True, blank=True, editable=False
    )
    timeout_s = models.FloatField(
        _("longest wait for an answer, seconds"),
        default=30,
        validators=[MinValueValidator(0.1), MaxValueValidator(MAX_CALL_S)],
    )
    settle_s = models.FloatField(
        _("longest request in Moodle, seconds"),
        default=60,
        validators=[MinValueValidator(0)],
        help_text=_(
            "Without the plugin: how long to wait after a lost answer before looking whether it took effect."
        ),
    )
    student_role_id = models.BigIntegerField(_("role for enrolments"), default=5)
    is_paused = models.BooleanField(
        _("paused"), default=False, help_text=_("Nothing is sent; everything is kept.")
    )
    stop_code = models.CharField(_("stopped by"), max_length=100, blank=True, default="", editable=False)
    stopped_at = models.DateTimeField(_("stopped since"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField(_("last success"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Moodle site")
        verbose_name_plural = _("Moodle sites")
        ordering = ["tenant", "id"]
        constraints = [models.UniqueConstraint(fields=["tenant", "base_url"], name="bridge_site_tenant_url")]

    def __str__(self) -> str:
        return self.name or self.base_url

    def set_token(self, token: str) -> None:
        self.token_encrypted = encrypt(token)

    def get_token(self) -> str:
        return decrypt(self.token_encrypted)

    def is_open(self, now: datetime) -> bool:
        """True when something may be sent now."""
        return not self.is_paused and not self.stop_code and (self.retry_at is None or self.retry_at <= now)

    def reopen(self) -> None:
        """Forget that the site was stopped or away, and what was found out about it."""
        self.stop_code = ""
        self.stopped_at = None
        self.failures = 0
        self.retry_at = None
        self.mode_found = ""
