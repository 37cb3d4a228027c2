"""One web service call over HTTP: the request as Moodle wants it, and every failure as an error of the tree."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests

from moodle_bridge.moodle.errors import Stop, Unreachable, Unusable, error_of_code, error_of_status
from moodle_bridge.moodle.forms import Tree, form_fields

ENDPOINT: Final = "/webservice/rest/server.php"
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
CHUNK_BYTES: Final = 64 * 1024
MAX_RETRY_AFTER_S: Final = 3600.0


class Transport:
    """Calls functions of one Moodle. The token travels in the POST body: never in a URL, never in a log.

    timeout_s bounds the whole call, however slowly the answer drips in. answers: how many calls Moodle answered,
    be it with a refusal.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout_s: float,
        session: requests.Session | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = base_url.rstrip("/") + ENDPOINT
        self._token = token
        self._timeout_s = timeout_s
        self._session = session or requests.Session()
        self._monotonic = monotonic
        self.answers = 0

    def call(self, function: str, params: Mapping[str, Tree], *, is_raw: bool = False) -> Any:
        """The decoded answer, which may be null, a number, a list or an object.

        is_raw: texts as stored, instead of cleaned for display. Raises MoodleError.
        """
        fields = [
            ("wstoken", self._token),
            ("wsfunction", function),
            ("moodlewsrestformat", "json"),
            ("moodlewssettingraw", "1" if is_raw else "0"),
            ("moodlewssettingfilter", "0"),
            *form_fields(params),
        ]
        status, headers, body = self._post(function, fields)
        if status != requests.codes.ok:
            raise error_of_status(status, retry_after_s=_retry_after_s(headers), function=function)
        answer = _decode(body, function=function)
        self.answers += 1
        if isinstance(answer, dict) and "exception" in answer:
            raise error_of_code(str(answer["errorcode"]), function=function)
        return answer

    def _post(self, function: str, fields: list[tuple[str, str]]) -> tuple[int, Mapping[str, str], bytes]:
        deadline = self._monotonic() + self._timeout_s
        try:
            with self._session.post(
                self._url, data=fields, timeout=self._timeout_s, allow_redirects=False, stream=True
            ) as response:
                return response.status_code, response.headers, self._read(response, deadline, function)
        except requests.exceptions.SSLError as exc:
            raise Stop("certificate", function=function) from _without_secrets(exc)
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.InvalidSchema,
            requests.exceptions.MissingSchema,
        ) as exc:
            raise Stop("baseurl", function=function) from _without_secrets(exc)
        except requests.exceptions.Timeout as exc:
            raise Unreachable("timeout", function=function) from _without_secrets(exc)
        except requests.exceptions.ChunkedEncodingError as exc:
            raise Unusable("truncated", function=function) from _without_secrets(exc)
        except requests.exceptions.RequestException as exc:
            raise Unreachable("connection", function=function) from _without_secrets(exc)

    def _read(self, response: requests.Response, deadline: float, function: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        for chunk in response.iter_content(CHUNK_BYTES):
            parts.append(chunk)
            size += len(chunk)
            if self._monotonic() > deadline:
                raise Unreachable("timeout", function=function)
            if size > MAX_ANSWER_BYTES:
                raise Unusable("answertoolarge", function=function)
        return b"".join(parts)


def _decode(body: bytes, *, function: str) -> Any:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise Unusable("html" if body.lstrip()[:1] == b"<" else "truncated", function=function) from exc
    if isinstance(answer, dict) and "exception" in answer and not isinstance(answer.get("errorcode"), str):
        raise Unusable("phpfatal", function=function)
    return answer


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds asked for by Retry-After (a number or a date), bounded; None without a readable one."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isdigit():
        return min(float(text), MAX_RETRY_AFTER_S)
    try:
        wait_s = (parsedate_to_datetime(text) - datetime.now(tz=UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(wait_s, 0.0), MAX_RETRY_AFTER_S)


def _without_secrets(exc: BaseException) -> BaseException | None:
    """requests hangs the sent body, token included, on its exceptions: keep the kind of failure only."""
    return type(exc)() if isinstance(exc, requests.exceptions.RequestException) else exc
