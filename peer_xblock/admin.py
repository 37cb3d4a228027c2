"""The platform admin's side: connections with their secrets, waiting and dead events, periodic work."""

from __future__ import annotations

import secrets as random_source
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .api.connections import reassign_contexts
from .api.relay import send_again
from .api.secrets import add_secret, keep_newest
from .api.ticking import is_late
from .models import Connection, ConnectionScope, Job, LearningContext, OutboxEvent, Retirement, Space
from .models.spaces import hash_key

# Standard Webhooks: a key has 24 bytes at least.
_PREFIX, _SHORTEST = "whsec_", 24


class ConnectionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Secrets go in and never come out."""

    new_outgoing = forms.CharField(
        label=_("New outgoing secret"),
        required=False,
        widget=forms.PasswordInput,
        help_text=_("Signs what is sent to the bridge (whsec_…). The former one stays valid beside it."),
    )
    new_incoming = forms.CharField(
        label=_("New incoming secret"),
        required=False,
        widget=forms.PasswordInput,
        help_text=_("Checks what the bridge sends back. The former one stays valid beside it."),
    )
    end_rotation = forms.BooleanField(
        label=_("Forget the former secrets"),
        required=False,
        help_text=_("When both sides use the new ones."),
    )

    class Meta:
        model = Connection
        fields = ["slug", "bridge_url", "identity_provider", "identity_claim", "is_active"]

    def clean_new_outgoing(self) -> str:
        return _checked(self.cleaned_data["new_outgoing"])

    def clean_new_incoming(self) -> str:
        return _checked(self.cleaned_data["new_incoming"])

    def save(self, commit: bool = True) -> Any:
        connection = self.instance
        for direction in ("outgoing", "incoming"):
            name = f"{direction}_secrets"
            if self.cleaned_data["end_rotation"]:
                setattr(connection, name, keep_newest(getattr(connection, name)))
            if secret := self.cleaned_data[f"new_{direction}"]:
                setattr(connection, name, add_secret(getattr(connection, name), secret))
        return super().save(commit)


def _checked(secret: str) -> str:
    if secret and not _is_secret(secret):
        example = _PREFIX + b64encode(random_source.token_bytes(_SHORTEST)).decode()
        raise ValidationError(
            _("A secret is whsec_ and base64, as %(example)s (this one is free to use)."),
            params={"example": example},
        )
    return secret


def _is_secret(text: str) -> bool:
    """Strictly: base64 that drops what it does not know would make a short key of almost any text."""
    try:
        key = b64decode(text.removeprefix(_PREFIX), validate=True)
    except ValueError:
        return False
    return text.startswith(_PREFIX) and len(key) >= _SHORTEST


class ScopeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A course or an organisation belongs to one connection at most."""

    class Meta:
        model = ConnectionScope
        fields = ["kind", "value"]

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"].strip()
        taken = ConnectionScope.objects.filter(value_hash=hash_key(value)).exclude(pk=self.instance.pk)
        if other := taken.select_related("connection").first():
            raise ValidationError(
                _("Already connected to “%(tenant)s”."), params={"tenant": other.connection.slug}
            )
        self.instance.value_hash = hash_key(value)
        return value


class ScopeInline(admin.TabularInline):  # type: ignore[type-arg]  # generic only in the stubs
    """The courses and organisations of a connection."""

    model = ConnectionScope
    form = ScopeForm
    extra = 1


@admin.register(Connection)
class ConnectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Where contributions go, and how that goes."""

    form = ConnectionForm
    inlines = [ScopeInline]
    list_display = [
        "slug",
        "bridge_url",
        "is_active",
        "waiting",
        "dead",
        "failures",
        "last_error",
        "due_at",
        "last_sent_at",
    ]
    readonly_fields = ["failures", "last_error", "due_at", "last_sent_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Connection]:
        rows: QuerySet[Connection] = super().get_queryset(request)
        return rows.annotate(
            waiting_count=Count("events", filter=Q(events__state=OutboxEvent.WAITING)),
            dead_count=Count("events", filter=Q(events__state=OutboxEvent.DEAD)),
        )

    @admin.display(description=_("waiting"))
    def waiting(self, connection: Any) -> int:
        count: int = connection.waiting_count
        return count

    @admin.display(description=_("dead letters"))
    def dead(self, connection: Any) -> int:
        count: int = connection.dead_count
        return count

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        reassign_contexts()

    def delete_model(self, request: HttpRequest, obj: Connection) -> None:
        super().delete_model(request, obj)
        reassign_contexts()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        _warn_when_late(request)
        return super().changelist_view(request, extra_context)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Rows that only the product writes."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    """Events by state; what people wrote is not shown."""

    list_display = ["event_id", "connection", "type", "aggregate", "sequence", "audience", "state", "error_code",
                    "error_field", "created_at", "settled_at"]  # fmt: skip
    list_filter = ["state", "error_code", "audience", "connection"]
    search_fields = ["event_id", "aggregate"]
    exclude = ["body"]
    actions = ["resend"]
    show_full_result_count = False

    @admin.action(description=_("Send again"), permissions=["view"])
    def resend(self, request: HttpRequest, chosen: QuerySet[OutboxEvent]) -> None:
        """Put dead letters back, after their cause was mended."""
        if not request.user.has_perm("peer_xblock.change_outboxevent"):
            self.message_user(request, _("You may look at events and not send them."), messages.ERROR)
            return
        count = send_again(chosen.values_list("pk", flat=True), now=datetime.now(UTC))
        text = ngettext("%(count)d event is sent again.", "%(count)d events are sent again.", count)
        self.message_user(request, text % {"count": count})


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Periodic work: when it last ran, with what result, and whether it is late."""

    list_display = ["name", "every_s", "due_at", "last_run_at", "last_result", "is_on_time"]

    @admin.display(description=_("on time"), boolean=True)
    def is_on_time(self, job: Job) -> bool:
        return not is_late(job, now=datetime.now(UTC))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        _warn_when_late(request)
        return super().changelist_view(request, extra_context)


@admin.register(Retirement)
class RetirementAdmin(ReadOnlyAdmin):
    """Who retires, and how far their name is taken off what they did."""

    list_display = ["user_id", "requested_at", "done", "done_at"]


@admin.register(Space)
class SpaceAdmin(ReadOnlyAdmin):
    """Where threads live."""

    list_display = ["title", "kind", "context", "anonymity", "is_divided", "thread_count", "archived_at"]
    search_fields = ["title", "usage_key"]


@admin.register(LearningContext)
class LearningContextAdmin(ReadOnlyAdmin):
    """Courses and libraries, and the connection of each."""

    list_display = ["key", "connection"]
    search_fields = ["key"]


def _warn_when_late(request: HttpRequest) -> None:
    now = datetime.now(UTC)
    late = [job for job in Job.objects.all() if is_late(job, now=now)]
    if late or not Job.objects.exists():
        text = _(
            "Periodic work is late: nothing is sent by itself. Run “manage.py lms peer_tick” each minute."
        )
        messages.warning(request, text)
