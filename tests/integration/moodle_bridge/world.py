"""What the bridge's tests share: a tenant with a mapped course, events as the LMS writes them, a signed request."""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.test import Client
from standardwebhooks import Webhook

from moodle_bridge.delivery import Tools, deliver_due
from moodle_bridge.inbox import Result, store
from moodle_bridge.models import CourseMap, GroupMap, InboxEvent, MoodleSite, SpaceMap, Tenant
from tests.integration.moodle_bridge.fake_moodle import TOKEN, URL

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
CONTEXT = "course-v1:Acme+Data+2026"
COURSE = 20
FORUM = 7
GROUP = 5
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ISSUER = "https://id.acme.test"

POST_FIELDS: dict[str, Any] = {
    "edit": 1,
    "created_at": "2026-11-24T08:00:00Z",
    "edited_at": None,
    "deleted": False,
    "erased": False,
    "accepted": False,
    "endorsed": False,
    "url": "https://lms.test/peer/p/x",
}


def make_tenant(slug: str = "acme", *, unmatched: str = "attribute", mode: str = "auto") -> Tenant:
    tenant = Tenant(slug=slug, unmatched=unmatched)
    tenant.set_secret(SECRET)
    tenant.save()
    site = MoodleSite(tenant=tenant, base_url=URL, mode=mode, timeout_s=5)
    site.set_token(TOKEN)
    site.save()
    course = CourseMap.objects.create(tenant=tenant, site=site, context=CONTEXT, course_id=COURSE)
    SpaceMap.objects.create(course=course, space_id="", forum_id=FORUM, separates_groups=True)
    GroupMap.objects.create(course=course, group_id="cohort:1", moodle_group_id=GROUP)
    return tenant


def hexid(number: int) -> str:
    return f"{number:032x}"


def make_event(
    event: int,
    post: str = "t1",
    *,
    revision: int = 1,
    thread: str = "t1",
    number: int = 0,
    depth: int = 0,
    parent: str | None = None,
    html: str = "<p>Text</p>",
    title: str = "A question",
    subject: str | None = "amina",
    author: dict[str, Any] | None = None,
    audience: dict[str, Any] | None = None,
    slug: str = "acme",
    **post_fields: Any,
) -> dict[str, Any]:
    person = None if subject is None else {"issuer": ISSUER, "value": subject}
    named = {"kind": "named", "name": "Amina Diallo", "subject": person}
    fields = POST_FIELDS | {"id": post, "number": number, "depth": depth, "parent": parent, "html": html}
    return {
        "specversion": "1.0",
        "id": hexid(event),
        "source": f"/tenants/{slug}",
        "type": "org.peerxblock.post.v0",
        "subject": post,
        "time": "2026-11-24T08:00:01Z",
        "datacontenttype": "application/json",
        "sequence": str(revision),
        "data": {
            "revision": revision,
            "thread": {"id": thread, "kind": "question", "title": title, "pinned": False, "closed": False},
            "space": {"id": "s1", "title": "Space", "context": CONTEXT, "usage_key": None},
            "post": fields | post_fields,
            "author": author or named,
            "audience": audience or {"kind": "course"},
        },
    }


def opening(event: int = 1, *, revision: int = 1, **fields: Any) -> dict[str, Any]:
    return make_event(event, revision=revision, **fields)


def response(event: int, post: str, *, revision: int, number: int, **fields: Any) -> dict[str, Any]:
    return make_event(event, post, revision=revision, number=number, depth=1, parent="t1", **fields)


def comment(
    event: int, post: str, parent: str, *, revision: int, number: int, **fields: Any
) -> dict[str, Any]:
    return make_event(event, post, revision=revision, number=number, depth=2, parent=parent, **fields)


def sign(
    body: bytes, *, secret: str = SECRET, at: datetime | None = None, message: str = "msg_1"
) -> dict[str, str]:
    at = at or datetime.now(tz=UTC)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, at, body.decode("utf-8", "replace")),
    }


def post_batch(client: Client, events: list[Any], *, slug: str = "acme", **signing: Any) -> Any:
    """The test client's response, whose type django-stubs keeps to itself."""
    body = json.dumps({"events": events}).encode()
    return client.post(
        f"/v1/{slug}/events", body, content_type="application/json", headers=sign(body, **signing)
    )


@dataclass
class World:
    """A tenant, a clock that a test moves, and rounds of delivery."""

    tenant: Tenant
    now: datetime = START
    tools: Tools = field(init=False)

    def __post_init__(self) -> None:
        self.tools = Tools(clock=lambda: self.now, rng=Random(1))

    def send(self, *events: dict[str, Any]) -> list[Result]:
        return store(self.tenant, events, now=self.now)

    def deliver(self) -> int:
        return deliver_due(self.tools)

    def drain(self, *, rounds: int = 30) -> None:
        """Rounds at one instant until two of them settle nothing."""
        idle = 0
        for _ in range(rounds):
            idle = 0 if self.deliver() else idle + 1
            if idle == 2:
                return
        raise AssertionError("delivery does not come to rest")

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def state(self, event: int) -> str:
        return InboxEvent.objects.get(event_id=hexid(event)).state

    def cause(self, event: int) -> str:
        return InboxEvent.objects.get(event_id=hexid(event)).cause

    def site(self) -> MoodleSite:
        return MoodleSite.objects.get(tenant=self.tenant)
