"""Receiving signed batches of events from an LMS.

Signature, timestamp, tenant or size refuse a whole batch; everything else is answered event by event, after
the events are committed.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from standardwebhooks import Webhook, WebhookVerificationError

from moodle_bridge import inbox
from moodle_bridge.keys import Undecryptable
from moodle_bridge.models import Tenant

logger = logging.getLogger(__name__)

MAX_BATCH_BYTES: Final = 1024 * 1024
MAX_BATCH_EVENTS: Final = 100

api = NinjaAPI(title="Mirror to Moodle", version="1", urls_namespace="bridge")


class EventResult(Schema):
    """One event's answer; code and field only when it was not stored."""

    id: str
    status: str
    code: str | None = None
    field: str | None = None


class BatchResult(Schema):
    """One result an event, in order."""

    results: list[EventResult]


class Problem(Schema):
    """Why a whole batch was refused."""

    code: str
    message: str


class Rejected(Exception):
    """A whole batch is refused, with this HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.problem = Problem(code=code, message=message)


@api.exception_handler(Rejected)
def answer_rejected(request: HttpRequest, exc: Rejected | type[Rejected]) -> HttpResponse:
    """The refusal as JSON, under its status."""
    if not isinstance(exc, Rejected):
        raise TypeError("an instance is expected")
    logger.info("batch refused: %s", exc.problem.code)
    return api.create_response(request, exc.problem, status=exc.status)


@api.post(
    "/{tenant}/events",
    response={200: BatchResult, 400: Problem, 401: Problem, 404: Problem, 413: Problem, 503: Problem},
    exclude_none=True,
    summary="Receive a signed batch of events",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["events"],
                        "properties": {
                            "events": {
                                "type": "array",
                                "maxItems": MAX_BATCH_EVENTS,
                                "items": {"type": "object"},
                            }
                        },
                    }
                }
            },
        }
    },
)
def receive(request: HttpRequest, tenant: str) -> BatchResult:
    """Check size, tenant and signature over the raw bytes, then store each event once."""
    raw = _read_body(request)
    sender = Tenant.objects.filter(slug=tenant, is_active=True).first()
    if sender is None or sender.slug != tenant:
        raise Rejected(404, "tenant", "no such tenant")
    _verify(sender, raw, request.headers)
    events = _parse_batch(raw)
    try:
        results = inbox.store(sender, events, now=timezone.now())
    except OperationalError as exc:
        logger.warning("the database refused a batch: %s", type(exc).__name__)
        raise Rejected(503, "database", "the database is busy or away; send the batch again") from exc
    return BatchResult(
        results=[
            EventResult(id=r.id, status=r.status, code=r.code or None, field=None if not r.code else r.field)
            for r in results
        ]
    )


def _read_body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "")
    too_large = Rejected(413, "too_large", f"a batch has at most {MAX_BATCH_BYTES} bytes")
    if length.isdigit() and int(length) > MAX_BATCH_BYTES:
        raise too_large
    try:
        raw = request.body
    except RequestDataTooBig as exc:
        raise too_large from exc
    if len(raw) > MAX_BATCH_BYTES:
        raise too_large
    return raw


def _verify(tenant: Tenant, raw: bytes, headers: Mapping[str, str]) -> None:
    try:
        secrets = tenant.get_secrets()
    except Undecryptable as exc:
        logger.exception("the secret of tenant %s cannot be read", tenant.slug)
        raise Rejected(503, "configuration", "the bridge cannot read this tenant's secret") from exc
    signed = {
        name: headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    }
    code = "signature"
    for secret in secrets:
        try:
            Webhook(secret).verify(raw, signed, json_parse=False)
        except UnicodeDecodeError as exc:
            raise Rejected(400, "encoding", "the body is not UTF-8") from exc
        except WebhookVerificationError as exc:
            code = "timestamp" if "timestamp" in str(exc) else code
        except (ValueError, RuntimeError):
            logger.debug("a signature header cannot be read")
        else:
            return
    reason = {
        "signature": "the signature does not fit the body",
        "timestamp": "the timestamp is more than 300 s away from this server's clock",
    }
    raise Rejected(401, code, reason[code])


def _parse_batch(raw: bytes) -> list[Any]:
    try:
        batch = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as exc:
        raise Rejected(400, "json", "the body is not JSON") from exc
    events = batch.get("events") if isinstance(batch, dict) else None
    if not isinstance(events, list):
        raise Rejected(400, "batch", "`events` must be a list")
    if len(events) > MAX_BATCH_EVENTS:
        raise Rejected(413, "too_large", f"a batch has at most {MAX_BATCH_EVENTS} events")
    return events


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
