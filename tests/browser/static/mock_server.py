"""Serves static/dist, a page that mounts one block's element, and the mocks' operations, on loopback."""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.browser.static.mock_drafts import PNG, ServerDrafts
from tests.browser.static.mock_experts import People
from tests.browser.static.mock_notices import NOTICES, Told, tell_of_answers
from tests.browser.static.mock_review import Assignment
from tests.browser.static.mock_seed import campus
from tests.browser.static.mock_state import Forum, Json, Refusal
from tests.browser.static.seed_experts import community
from tests.browser.static.seed_review import pendulum

DIST = Path(__file__).parents[3] / "static" / "dist"
TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".woff2": "font/woff2"}
TOKEN = "mock-csrf-token"

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}" data-peer-theme="{theme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/dist/peer.css">
<style>
  body {{ margin: 0; background: var(--peer-bg); color: var(--peer-text); font: 1rem/1.6 var(--peer-font); }}
  main {{ max-inline-size: 72rem; margin-inline: auto; padding: 2rem clamp(1rem, 3vw, 2rem) 3rem; }}
  h1 {{ font-size: 1.75rem; line-height: 1.2; margin: 0 0 1.5rem; }}
</style></head>
<body><main><h1>{title}</h1>
<div class="xblock"><div class="peer-mount" data-peer="{block}"></div></div></main>
<script src="/dist/peer-{block}.js"></script>
<script>{initialiser}(null, document.querySelector(".xblock"), {config})</script>
</body></html>"""
#: block -> initialiser, title of the unit
BLOCKS = {
    "discussion": ("PeerDiscussion", "3.2 Correlation is not a story"),
    "review": ("PeerReview", "4.3 Measuring g"),
    "experts": ("PeerExperts", "Who knows what"),
}


@dataclass
class Mock:
    """The state behind the server; tests plant faults here."""

    forum: Forum = field(default_factory=campus)
    told: Told = field(default_factory=Told)
    review: Assignment = field(default_factory=pendulum)
    experts: People = field(default_factory=community)
    drafts: ServerDrafts = field(default_factory=ServerDrafts)
    #: operation -> what happens instead of an answer: "drop", "html", "late" (written, not answered) or a Refusal
    faults: dict[str, object] = field(default_factory=dict)
    delay_s: dict[str, float] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    url: str = ""

    def __post_init__(self) -> None:
        tell_of_answers(self.forum, self.told)

    def discuss(self, operation: str, data: Json) -> Json:
        """The forum's answer, or what the reader was told."""
        if operation in NOTICES:
            return dict(NOTICES[operation](self.told, data))
        answer = self.forum.answer(operation, data)
        return {**answer, "unread": self.told.unread} if operation == "list_threads" else answer

    def answering(self, block: str) -> Callable[[str, Json], Json]:
        """What answers the operations of a block."""
        answering = {
            "discussion": self.discuss,
            "review": self.review.answer,
            "experts": self.experts.answer,
        }
        return answering[block]

    def fault(self, operation: str) -> object:
        return self.faults.pop(operation, None)


def page(query: dict[str, list[str]]) -> str:
    one = {name: values[0] for name, values in query.items()}
    language = one.get("lang", "en")
    block = one.get("block", "discussion")
    initialiser, title = BLOCKS[block]
    config = {
        "call_url": f"/handler/{block}/call",
        "css_urls": ["/dist/peer.css", f"/dist/peer-{block}.css"],
        "catalogue_url": "/dist/peer-fr.json" if language == "fr" else "",
        "katex_url": "/dist/peer-katex.js",
        "scripts": {
            name: f"/dist/peer-{block}-{name}.js"
            for name in ("thread", "editor", "notices", "writing", "search", "places", "moderating")
        },
        "reader": one.get("reader", "noah"),
        "language": language,
        "heading_level": 2,
        "post": one.get("post"),
        "thread": one.get("thread"),
    }
    return PAGE.format(
        lang=one.get("page_lang", language),
        dir=one.get("dir", "ltr"),
        theme=one.get("theme", "light"),
        config=json.dumps(config),
        block=block,
        initialiser=initialiser,
        title=title,
    )


class MockServer(ThreadingHTTPServer):
    """Threads and a state: each request finds the state at `server.mock`."""

    daemon_threads = True

    def __init__(self, mock: Mock, port: int) -> None:
        self.mock = mock
        super().__init__(("127.0.0.1", port), Handler)

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that was left waits for no answer: that is no fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """GET is the page and static/dist; POST is an operation."""

    protocol_version = "HTTP/1.1"
    server: MockServer

    def log_message(self, *_arguments: object) -> None:
        """Quiet: a test that fails shows what it saw."""

    def reply(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", f"csrftoken={TOKEN}; Path=/")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/":
            query = parse_qs(address.query, keep_blank_values=True)
            return self.reply(200, page(query).encode(), "text/html; charset=utf-8")
        if address.path == "/favicon.ico":
            return self.reply(204, b"", "image/x-icon")
        if address.path.startswith("/peer/i/"):
            return self.reply(200, PNG, "image/png")
        if address.path.endswith("/call/get_file"):
            return self.reply(200, b"try,seconds\n1,18.41\n", "text/csv")
        file = DIST / address.path.removeprefix("/dist/")
        if (
            not address.path.startswith("/dist/")
            or not file.is_file()
            or file.name in self.server.mock.missing
        ):
            return self.reply(404, b"", "text/plain")
        return self.reply(200, file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))

    def do_POST(self) -> None:
        mock = self.server.mock
        address = urlsplit(self.path)
        _empty, _handler, block, _call, operation = address.path.split("/")
        data = self.read_data(parse_qs(address.query, keep_blank_values=True))
        time.sleep(mock.delay_s.get(operation, 0))
        fault = mock.fault(operation)
        if fault == "drop":
            return self.break_off()
        if fault == "html":
            return self.reply(502, b"<h1>Bad gateway</h1>", "text/html")
        status, answer = self.answer(block, operation, data, fault)
        if fault == "late":
            return self.break_off()
        return self.reply(status, json.dumps(answer).encode(), "application/json")

    def break_off(self) -> None:
        """End inside the answer: before its head, Chromium would quietly ask again."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def read_data(self, query: dict[str, list[str]]) -> Json:
        """JSON; or of a file its size, with the fields of the address."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"] == "application/json":
            return dict(json.loads(body))
        return {name: values[0] for name, values in query.items()} | {"size": len(body)}

    @property
    def reader(self) -> str:
        """Who the calling page says reads it: the mock knows no log-in."""
        address = urlsplit(self.headers.get("Referer", ""))
        return parse_qs(address.query, keep_blank_values=True).get("reader", ["noah"])[0]

    def answer(self, block: str, operation: str, data: Json, fault: object) -> tuple[int, Json]:
        if self.headers.get("X-CSRFToken") != TOKEN:
            return Refusal(403, "forbidden", "The CSRF token is missing.").answer
        if isinstance(fault, Refusal):
            return fault.answer
        try:
            kept = self.server.mock.drafts.answer(self.reader, block, operation, data)
            if kept is not None:
                return 200, kept
            return 200, self.server.mock.answering(block)(operation, data)
        except Refusal as refusal:
            return refusal.answer


def serve(mock: Mock, port: int = 0) -> MockServer:
    """Start in a thread; the caller shuts it down."""
    server = MockServer(mock, port)
    mock.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
