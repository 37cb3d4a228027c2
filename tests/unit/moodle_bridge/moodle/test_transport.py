"""A call against a real socket: slow, cut off, redirecting, and what never leaks."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import MoodleError, RetryLater, Stop, Unreachable, Unusable
from moodle_bridge.moodle.transport import Transport
from moodle_bridge.moodle.types import Item

Answer = Callable[[BaseHTTPRequestHandler], None]
TOKEN = "very-secret-token"


class Rig:
    """A server that answers as the test says, and what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = lambda handler: reply(handler, b"null")
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        rig = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                rig.asked.append((self.path, parse_qs(body.decode(), keep_blank_values=True)))
                try:
                    rig.answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def reply(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if "Content_Length" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.close()


def call(rig: Rig, *, timeout_s: float = 5) -> Any:
    return Transport(rig.url, TOKEN, timeout_s=timeout_s).call("mod_x", {"a": 1})


def failure(rig: Rig, answer: Answer, *, timeout_s: float = 5) -> MoodleError:
    rig.answer = answer
    with pytest.raises(MoodleError) as caught:
        call(rig, timeout_s=timeout_s)
    return caught.value


def test_the_token_travels_in_the_body_only(rig: Rig) -> None:
    assert call(rig) is None
    path, fields = rig.asked[0]
    assert path == "/webservice/rest/server.php"
    assert fields["wstoken"] == [TOKEN]
    assert (fields["wsfunction"], fields["moodlewsrestformat"], fields["a"]) == (["mod_x"], ["json"], ["1"])


@pytest.mark.parametrize("body", [b"0", b"true", b"null", b"[]", b'{"a": 1}'])
def test_every_json_value_is_an_answer(rig: Rig, body: bytes) -> None:
    rig.answer = lambda handler: reply(handler, body)
    call(rig)
    assert len(rig.asked) == 1


def test_an_answer_that_does_not_come_is_a_timeout(rig: Rig) -> None:
    error = failure(rig, lambda _: time.sleep(0.6), timeout_s=0.2)
    assert (type(error), error.code) == (Unreachable, "timeout")


def test_an_answer_that_drips_is_a_timeout_too(rig: Rig) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b" " * 70_000)
            time.sleep(0.1)

    started = time.monotonic()
    error = failure(rig, drip, timeout_s=0.4)
    assert (type(error), error.code) == (Unreachable, "timeout")
    assert time.monotonic() - started < 1.5


def test_a_body_that_is_cut_off_is_no_answer(rig: Rig) -> None:
    error = failure(rig, lambda handler: reply(handler, b'{"a": ', Content_Length="500"))
    assert isinstance(error, Unusable)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!DOCTYPE html><p>hi", "html"),
        (b"", "truncated"),
        (b"[1, 2", "truncated"),
        (b"[" * 100_000, "truncated"),
    ],
)
def test_what_is_not_json_is_no_answer(rig: Rig, body: bytes, code: str) -> None:
    error = failure(rig, lambda handler: reply(handler, body))
    assert (type(error), error.code) == (Unusable, code)


def test_a_redirect_is_not_followed(rig: Rig) -> None:
    error = failure(rig, lambda handler: reply(handler, b"", status=302, Location="/elsewhere"))
    assert (type(error), error.code, len(rig.asked)) == (Stop, "http302", 1)


def test_retry_after_is_read_as_number_and_as_date(rig: Rig) -> None:
    error = failure(rig, lambda handler: reply(handler, b"", status=503, Retry_After="17"))
    assert isinstance(error, RetryLater)
    assert error.retry_after_s == 17
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    error = failure(rig, lambda handler: reply(handler, b"", status=503, Retry_After=past))
    assert isinstance(error, RetryLater)
    assert error.retry_after_s == 0


@pytest.mark.parametrize(("url", "kind"), [("http://127.0.0.1:1", Unreachable), ("no-address", Stop)])
def test_nobody_there(url: str, kind: type[MoodleError]) -> None:
    with pytest.raises(kind):
        Transport(url, TOKEN, timeout_s=1).call("mod_x", {})


def test_plain_http_behind_https_is_a_matter_of_the_certificate(rig: Rig) -> None:
    with pytest.raises(Stop) as caught:
        Transport(rig.url.replace("http:", "https:"), TOKEN, timeout_s=2).call("mod_x", {})
    assert caught.value.code == "certificate"


def test_neither_token_nor_text_is_in_errors_or_logs(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = b'{"exception": "e", "errorcode": "invalidparameter", "message": "planted text"}'
    error = failure(rig, lambda handler: reply(handler, body))
    told = f"{error!r} {error} {error.__cause__!r} {caplog.text}"
    assert TOKEN not in told
    assert "planted" not in told


def test_a_batch_is_one_parameter_and_its_results_are_checked(rig: Rig) -> None:
    item = Item(
        source="acme",
        externalid="t1",
        revision=1,
        forumid=7,
        userid=0,
        parent="",
        subject="é 😀",
        message="<p>x</p>",
        groupid=-1,
        timecreated=1,
        timemodified=1,
        deleted=False,
        pinned=False,
        locked=False,
    )
    result = b'[{"externalid": "t1", "status": "created", "postid": "5", "discussionid": 6, "revision": 1}]'
    rig.answer = lambda handler: reply(handler, result)
    client = MoodleClient(rig.url, TOKEN, timeout_s=5)
    assert client.upsert_posts([item])[0].postid == 5
    assert "😀" in rig.asked[0][1]["items"][0]
    assert not any(name.startswith("items[") for name in rig.asked[0][1])
    with pytest.raises(Unusable):
        client.upsert_posts([item, item])
