"""Sending what was read to the LMS: the newest revision of each post, in order, settled by its own result."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext

from moodle_bridge.delivery.backoff import backoff
from moodle_bridge.inbound.lms import LmsResult, LmsTooLarge, send_items
from moodle_bridge.inbound.mapping import Item, Place, Reader, Withheld, map_change
from moodle_bridge.inbox import RETENTION
from moodle_bridge.models import Counter, CourseMap, InboundPost, LedgerEntry, MoodleSite, State, Tenant
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.types import Change

MAX_ITEMS: Final = 100
MAX_CHARACTERS: Final = 400_000
PATIENCE: Final = timedelta(days=1)
"""A reply whose parent has not come by then is a dead letter."""
GIVE_BACK: Final = "giveback:"
"""Cause of an offer that the LMS did not take: its author in Moodle has yet to be told. Behind it, why."""
OPEN: Final = (State.PENDING, State.WAITING)


def send_pending(site: MoodleSite, tenant: Tenant, *, now: datetime, rng: Random) -> int:
    """One batch; how many revisions were settled or moved. Raises LmsError."""
    settled = _supersede(site, now=now)
    InboundPost.objects.filter(site=site, state=State.WAITING, retry_at__lte=now).update(
        state=State.PENDING, retry_at=None
    )
    rows = list(_sendable(site)[:MAX_ITEMS])
    items: dict[int, Item] = {}
    places, reader = _places(site), _reader(site, tenant)
    for row in rows:
        change = Change(**json.loads(row.body))
        mapped = map_change(change, places, reader)
        if isinstance(mapped, Withheld):
            if mapped.cause == "followed":
                _follow(site, tenant, change)
            settled += _settle(row, State.WITHHELD, mapped.cause, now=now, tenant=tenant)
        else:
            items[row.pk] = mapped | {"revision": row.revision}
    batch = [row for row in rows if row.pk in items]
    return settled + (_send(tenant, batch, items, now=now, rng=rng) if batch else 0)


def _sendable(site: MoodleSite) -> QuerySet[InboundPost]:
    """What is pending, in order; an offer not before those of the same post that came earlier."""
    earlier = InboundPost.objects.filter(
        site=site, post_id=OuterRef("post_id"), revision__lt=OuterRef("revision"), state=State.WAITING
    )
    rows = InboundPost.objects.filter(site=site, state=State.PENDING)
    stuck = Q(is_offer=True) & Exists(earlier.exclude(cause__startswith=GIVE_BACK))
    return rows.exclude(stuck).order_by("revision")


def _follow(site: MoodleSite, tenant: Tenant, change: Change) -> None:
    """A discussion of ours was moved to another forum of the course: its posts are written there from now on."""
    entries = LedgerEntry.objects.filter(tenant=tenant, site=site, external_id=change.externalid)
    entries.update(forum_id=change.inforumid)


def give_back(site: MoodleSite, tenant: Tenant, client: MoodleClient, *, now: datetime) -> int:
    """Tell people in Moodle that their changes do not stand, as the LMS said; how many. Raises MoodleError."""
    waiting = InboundPost.objects.filter(site=site, state=State.WAITING, cause__startswith=GIVE_BACK)
    rows = list(waiting.order_by("revision")[:MAX_ITEMS])
    if not rows:
        return 0
    client.return_changes([json.loads(row.body)["id"] for row in rows])
    for row in rows:
        why = row.cause.removeprefix(GIVE_BACK)
        _settle(row, State.WITHHELD, f"stands:{why}", now=now, tenant=tenant)
    return len(rows)


def _send(
    tenant: Tenant, rows: Sequence[InboundPost], items: Mapping[int, Item], *, now: datetime, rng: Random
) -> int:
    """Half at a time where the whole is too much."""
    size = sum(len(items[row.pk]["html"]) for row in rows)
    if len(rows) > 1 and size > MAX_CHARACTERS:
        return _halves(tenant, rows, items, now=now, rng=rng)
    try:
        results = send_items(
            tenant.lms_url,
            [items[row.pk] for row in rows],
            slug=tenant.slug,
            secret=tenant.get_inbound_secret(),
            message_id=f"msg_{uuid.uuid4().hex}",
            now=now,
        )
    except LmsTooLarge as error:
        if len(rows) > 1:
            return _halves(tenant, rows, items, now=now, rng=rng)
        return _settle(rows[0], State.DEAD, error.code, now=now, tenant=tenant)
    by_key = {(result.id, result.revision): result for result in results}
    return sum(
        _note(tenant, row, by_key.get((str(row.post_id), row.revision)), now=now, rng=rng) for row in rows
    )


def _halves(
    tenant: Tenant, rows: Sequence[InboundPost], items: Mapping[int, Item], *, now: datetime, rng: Random
) -> int:
    middle = len(rows) // 2
    first = _send(tenant, rows[:middle], items, now=now, rng=rng)
    return first + _send(tenant, rows[middle:], items, now=now, rng=rng)


def _note(tenant: Tenant, row: InboundPost, result: LmsResult | None, *, now: datetime, rng: Random) -> int:
    """Settle a revision by its result; what the LMS does not name is tried again."""
    if result is not None and result.status in ("applied", "known"):
        row.lms_post = result.post[:64]
        done = _settle(row, State.APPLIED, "", now=now, tenant=tenant)
        # Whatever waited for it may go now.
        waiting = InboundPost.objects.filter(site=row.site_id, state=State.WAITING, cause="lmsparent")
        waiting.filter(discussion_id=row.discussion_id).update(state=State.PENDING, retry_at=None)
        return done
    if result is not None and result.status == "stands":
        row.state, row.cause, row.retry_at = State.WAITING, f"{GIVE_BACK}lms:{result.code}"[:100], None
        row.lms_post = result.post[:64]
        row.save(update_fields=["state", "cause", "retry_at", "lms_post"])
        return 1
    if result is not None and result.status == "refused":
        return _settle(row, State.DEAD, f"lms:{result.code}", now=now, tenant=tenant)
    is_parent = result is not None and result.status == "waiting"
    if row.received_at + PATIENCE < now:
        return _settle(row, State.DEAD, "lmsparent" if is_parent else "lmsanswer", now=now, tenant=tenant)
    row.attempts += 1
    row.state, row.cause = State.WAITING, "lmsparent" if is_parent else "lmsanswer"
    row.retry_at = now + backoff(row.attempts, rng=rng)
    row.save(update_fields=["attempts", "state", "cause", "retry_at"])
    return 0


def _settle(row: InboundPost, state: State, cause: str, *, now: datetime, tenant: Tenant) -> int:
    row.state, row.cause, row.settled_at, row.retry_at = state, cause[:100], now, None
    # A dead letter keeps its body until an administrator has looked.
    row.blank_at = None if state == State.DEAD else now + RETENTION
    row.save(update_fields=["state", "cause", "settled_at", "retry_at", "blank_at", "lms_post"])
    name = f"inbound:{row.state}:{cause}" if cause else f"inbound:{row.state}"
    Counter.objects.get_or_create(tenant=tenant, name=name[:100])
    Counter.objects.filter(tenant=tenant, name=name[:100]).update(value=F("value") + 1)
    return 1


def _supersede(site: MoodleSite, *, now: datetime) -> int:
    """Older revisions of a post say nothing that the newest does not; offers are each somebody's own."""
    same = InboundPost.objects.filter(site=site, post_id=OuterRef("post_id")).order_by("-revision")
    rows = InboundPost.objects.filter(site=site, state__in=OPEN, is_offer=False).annotate(
        newest=Subquery(same.values("revision")[:1])
    )
    old = list(rows.filter(revision__lt=F("newest")).values_list("pk", flat=True))
    return InboundPost.objects.filter(pk__in=old).update(
        state=State.SUPERSEDED, settled_at=now, blank_at=now + RETENTION, retry_at=None
    )


def _places(site: MoodleSite) -> dict[int, Place]:
    """By forum. One that several courses share belongs to none of them."""
    found: dict[int, list[Place]] = {}
    for course in CourseMap.objects.filter(site=site).prefetch_related("spaces", "groups"):
        groups = {group.moodle_group_id: group.group_id for group in course.groups.all()}
        for row in course.spaces.all():
            found.setdefault(row.forum_id, []).append(Place(course.context, row.space_id, groups))
    places = {}
    for forum_id, options in found.items():
        if len({option.context for option in options}) == 1:
            only = options[0] if len(options) == 1 else Place(options[0].context, "", options[0].groups)
            places[forum_id] = only
    return places


def _reader(site: MoodleSite, tenant: Tenant) -> Reader:
    with translation.override(tenant.language):
        read_on = gettext("The whole text is in Moodle.")
    return Reader(tenant.slug, f"moodle-{site.pk}", site.service_user_id or 0, site.base_url, read_on)
