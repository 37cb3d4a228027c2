"""Connections with their secrets, which go in and never come out."""

from __future__ import annotations

import secrets as random_source
from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peer_xblock.api.connections import reassign_contexts
from peer_xblock.api.secrets import add_secret, keep_newest
from peer_xblock.models import Connection, ConnectionScope, OutboxEvent
from peer_xblock.models.spaces import hash_key

from .running import warn_when_late

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
        warn_when_late(request)
        return super().changelist_view(request, extra_context)
