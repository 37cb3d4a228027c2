"""A signed batch from a connection's bridge: size, tenant, signature and time refuse it whole, else item by item.

Rejected   with the HTTP status and a word for the sender's log
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from peer_xblock.api.secrets import read_secrets
from peer_xblock.domain.errors import Invalid, PeerError
from peer_xblock.domain.inbound import read_item
from peer_xblock.models import Connection

from .applying import apply_item
from .claiming import Applied
from .offers import tell_again

MAX_ITEMS = 100
MAX_BYTES = 1024 * 1024
_SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """HTTP status and JSON body."""

    status: int
    body: Mapping[str, Any]


class _Rejected(Exception):
    """The whole batch is refused."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def receive(raw: bytes, headers: Mapping[str, str], *, now: datetime, rng: Random) -> Answer:
    """Check the batch and apply its items in order, each in a transaction of its own; one result an item.

    Posts of ours that it names under `retell` are told to the bridge anew.
    """
    try:
        if len(raw) > MAX_BYTES:
            raise _Rejected(413, "too_large")
        connection = _verified(raw, headers)
        items, wanted = _items(raw)
    except _Rejected as rejected:
        _log.info("an inbound batch was refused: %s", rejected.code)
        return Answer(rejected.status, {"error": {"code": rejected.code}})
    results = [_apply(connection, item, now=now, rng=rng) for item in items]
    told = [_tell(connection, one, now=now, rng=rng) for one in wanted]
    return Answer(200, {"results": results, **({"told": told} if wanted else {})})


def _verified(raw: bytes, headers: Mapping[str, str]) -> Connection:
    """The connection that the batch is of. Any of its incoming secrets will do: during a rotation there are two."""
    connection = Connection.objects.filter(slug=headers.get("peer-tenant", ""), is_active=True).first()
    if connection is None:
        raise _Rejected(404, "unknown_tenant")
    try:
        secrets = read_secrets(connection.incoming_secrets)
    except ImproperlyConfigured as error:
        _log.exception("the incoming secrets of %s cannot be read", connection.slug)
        raise _Rejected(503, "configuration") from error
    signed = {name: headers.get(name, "") for name in _SIGNED}
    if not any(_fits(secret, raw, signed) for secret in secrets):
        raise _Rejected(401, "bad_signature")
    return connection


def _fits(secret: str, raw: bytes, signed: dict[str, str]) -> bool:
    """Whether the signature fits and its time is within 300 s."""
    try:
        Webhook(secret).verify(raw, signed, json_parse=False)
    except (WebhookVerificationError, ValueError, RuntimeError):
        return False
    return True


def _items(raw: bytes) -> tuple[list[Any], list[Any]]:
    """The items, and the ids of what is to be told anew."""
    try:
        batch = json.loads(raw)
        items, wanted = batch["items"], batch.get("retell", [])
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise _Rejected(400, "not_a_batch") from error
    if not isinstance(items, list) or not isinstance(wanted, list):
        raise _Rejected(400, "not_a_batch")
    if len(items) + len(wanted) > MAX_ITEMS:
        raise _Rejected(413, "too_large")
    return items, wanted


def _tell(connection: Connection, public_id: Any, *, now: datetime, rng: Random) -> dict[str, str]:
    """One post's answer: told, not_found, or later."""
    shown = str(public_id)[:32]
    try:
        is_told = tell_again(connection, shown, now=now, rng=rng)
    except DatabaseError as error:
        _log.warning("the database failed a retold post: %s", type(error).__name__)
        return {"post": shown, "status": "later"}
    return {"post": shown, "status": "told" if is_told else "not_found"}


def _apply(connection: Connection, data: Any, *, now: datetime, rng: Random) -> dict[str, Any]:
    """One item's answer; nothing that an item says or does touches the others."""
    named = data if isinstance(data, Mapping) else {}
    shown = {"id": str(named.get("id", ""))[:20], "revision": named.get("revision", 0)}
    try:
        applied = apply_item(connection, read_item(data), now=now, rng=rng)
    except PeerError as error:
        is_wrong = isinstance(error, Invalid)
        return {**shown, "status": "refused", "code": error.code, "field": error.field if is_wrong else ""}
    except DatabaseError as error:
        _log.warning("the database failed an inbound item: %s", type(error).__name__)
        applied = Applied("later", code="database")
    except Exception as error:  # noqa: BLE001  one item's fault must not stop the others
        _log.warning("an inbound item failed: %s", type(error).__name__)
        applied = Applied("later", code="internal")
    return {**shown, "status": applied.status, "code": applied.code, "post": applied.post}
