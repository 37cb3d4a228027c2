"""One signed request to a bridge, and what it says.

BridgeError
|-- BridgeUnavailable   no answer, or one that is worth another try
|-- BatchTooLarge       413: send less at once
`-- BatchRefused        signature, time or tenant: a person must look
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import requests
from standardwebhooks.webhooks import Webhook

TIMEOUT_S = (5, 30)
_MEANINGS = {400: "not_a_batch", 401: "bad_signature", 403: "forbidden", 404: "unknown_tenant"}


class BridgeError(Exception):
    """The batch was not taken. code: a word for the admin."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BridgeUnavailable(BridgeError):
    """Try again later."""


class BatchTooLarge(BridgeError):
    """Send less at once."""


class BatchRefused(BridgeError):
    """The whole batch, for a reason that is not in any event."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one event: stored, duplicate, conflict or refused (with code and field)."""

    id: str
    status: str
    code: str
    field: str


def send_batch(url: str, body: str, *, message_id: str, secrets: list[str], now: datetime) -> list[Result]:
    """POST a batch, signed with each valid secret (Standard Webhooks). Raises BridgeError."""
    signatures = " ".join(Webhook(secret).sign(message_id, now, body) for secret in secrets)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }
    try:
        answer = requests.post(
            url, data=body.encode(), headers=headers, timeout=TIMEOUT_S, allow_redirects=False
        )
    except requests.RequestException as error:
        raise BridgeUnavailable(type(error).__name__) from error
    return _read(answer)


def _read(answer: requests.Response) -> list[Result]:
    if answer.status_code == 413:
        raise BatchTooLarge("too_large")
    if answer.status_code in _MEANINGS:
        raise BatchRefused(_MEANINGS[answer.status_code])
    if answer.status_code != 200:
        raise BridgeUnavailable(f"http_{answer.status_code}")
    try:
        return [_result(item) for item in answer.json()["results"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BridgeUnavailable("not_understood") from error


def _result(item: Mapping[str, str]) -> Result:
    return Result(item["id"], item["status"], item.get("code") or "", item.get("field") or "")
