"""One signed batch for an LMS, and what it says.

LmsError            the batch was not taken; code: a word for the admin
├── LmsTooLarge     send less at once
└── LmsRefused      signature, time or tenant: an administrator must look
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import requests
from standardwebhooks import Webhook

from moodle_bridge.models import Tenant

TIMEOUT_S: Final = (5, 30)
PATH: Final = "/peer/v1/inbound"
_REFUSALS: Final = {400: "lmsbatch", 401: "lmssignature", 403: "lmssignature", 404: "lmstenant"}


class LmsError(Exception):
    """Try again later."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LmsTooLarge(LmsError):
    """Send less at once."""


class LmsRefused(LmsError):
    """The whole batch, for a reason that is not in any item."""


@dataclass(frozen=True, slots=True)
class LmsResult:
    """What became of one item: applied, known, waiting, later or refused."""

    id: str
    revision: int
    status: str
    code: str
    post: str


def send_items(
    lms_url: str,
    items: Sequence[Mapping[str, Any]],
    *,
    slug: str,
    secret: str,
    message_id: str,
    now: datetime,
) -> list[LmsResult]:
    """POST the items, signed. Raises LmsError; then nothing is known of any of them."""
    answer = _post(lms_url, {"items": list(items)}, slug=slug, secret=secret, message_id=message_id, now=now)
    try:
        return [_result(one) for one in answer["results"]]
    except (ValueError, KeyError, TypeError) as error:
        raise LmsError("lmsanswer") from error


def ask_again(tenant: Tenant, posts: Sequence[str], *, now: datetime) -> dict[str, str]:
    """Have the LMS tell posts of its own (at most 100) anew: told, not_found or later by id. Raises LmsError."""
    answer = _post(
        tenant.lms_url,
        {"items": [], "retell": list(posts)},
        slug=tenant.slug,
        secret=tenant.get_inbound_secret(),
        message_id=f"msg_{uuid.uuid4().hex}",
        now=now,
    )
    try:
        return {str(one["post"]): str(one["status"]) for one in answer["told"]}
    except (KeyError, TypeError) as error:
        raise LmsError("lmsanswer") from error


def _post(
    lms_url: str, batch: Mapping[str, Any], *, slug: str, secret: str, message_id: str, now: datetime
) -> Mapping[str, Any]:
    body = json.dumps(batch, ensure_ascii=False, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "Peer-Tenant": slug,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, now, body),
    }
    try:
        answer = requests.post(
            lms_url.rstrip("/") + PATH,
            data=body.encode(),
            headers=headers,
            timeout=TIMEOUT_S,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise LmsError("lmsaway") from error
    return _read(answer)


def _read(answer: requests.Response) -> Mapping[str, Any]:
    if answer.status_code == 413:
        raise LmsTooLarge("lmstoolarge")
    if answer.status_code in _REFUSALS:
        raise LmsRefused(_REFUSALS[answer.status_code])
    if answer.status_code != 200:
        raise LmsError("lmsaway")
    try:
        told = answer.json()
    except ValueError as error:
        raise LmsError("lmsanswer") from error
    if not isinstance(told, dict):
        raise LmsError("lmsanswer")
    return told


def _result(one: Mapping[str, Any]) -> LmsResult:
    return LmsResult(
        str(one["id"]),
        int(one["revision"]),
        str(one["status"]),
        str(one.get("code") or ""),
        str(one.get("post") or ""),
    )
