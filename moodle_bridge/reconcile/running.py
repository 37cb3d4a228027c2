"""A comparison of every mapped forum, forum by forum, with what follows from it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q

from moodle_bridge.delivery.sites import find_mode, open_session
from moodle_bridge.inbound.lms import LmsError, ask_again
from moodle_bridge.inbound.rounds import Tools
from moodle_bridge.keys import Undecryptable
from moodle_bridge.models import (
    OPEN_STATES,
    Comparison,
    Heartbeat,
    InboundPost,
    InboxEvent,
    LedgerEntry,
    Mode,
    MoodleSite,
    Presence,
    SpaceMap,
    State,
)
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import MoodleError, Refused
from moodle_bridge.moodle.types import DigestRow
from moodle_bridge.reconcile.comparing import Copy, Differences, compare

logger = logging.getLogger(__name__)

UNDER_WAY: Final = timedelta(minutes=10)
"""What was sent since then may not be answered yet, and is left for the next time."""
NIGHT: Final = range(1, 5)
"""Hours, UTC, in which the nightly comparison begins."""
KEPT: Final = timedelta(days=90)
PAGE: Final = 2_000
BATCH: Final = 100
THERE: Final = (Presence.PRESENT, Presence.ERASED)


@dataclass(slots=True)
class Report:
    """What was found: the comparisons, in order. problems: sites that could not be compared, and why."""

    comparisons: list[Comparison] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def needs_somebody(self) -> bool:
        """True when something is left that only an administrator can decide."""
        return bool(self.problems) or any(one.decision for one in self.comparisons)


def reconcile(tools: Tools, *, is_dry_run: bool = False, tenant: str = "") -> Report:
    """Compare every forum of every Moodle, or of one tenant's. A dry run changes nothing anywhere."""
    report = Report()
    sites = MoodleSite.objects.filter(tenant__is_active=True, is_paused=False, stop_code="")
    for site in sites.filter(tenant__slug=tenant) if tenant else sites:
        try:
            _compare_site(site, tools, report, is_dry_run=is_dry_run)
        except (MoodleError, LmsError) as error:
            report.problems[str(site)] = error.code
        except Undecryptable:
            report.problems[str(site)] = "lmssecret"
    for name, code in report.problems.items():
        logger.warning("%s could not be compared: %s", name, code)
    return report


def reconcile_nightly(tools: Tools) -> bool:
    """Once a night, whichever process comes first; whether it was done now."""
    now = tools.clock()
    if now.hour not in NIGHT:
        return False
    long_ago = now - timedelta(hours=20)
    beat, is_new = Heartbeat.objects.get_or_create(name="reconcile", defaults={"beat_at": now})
    claimed = Heartbeat.objects.filter(pk=beat.pk, beat_at__lt=long_ago).update(beat_at=now)
    if not (is_new or claimed):
        return False
    Comparison.objects.filter(compared_at__lt=now - KEPT).delete()
    reconcile(tools)
    return True


def _compare_site(site: MoodleSite, tools: Tools, report: Report, *, is_dry_run: bool) -> None:
    with open_session() as session:
        client = tools.connect(site, session)
        if find_mode(site, client) != Mode.PLUGIN:
            raise Refused("pluginmissing")
        maps = SpaceMap.objects.filter(course__site=site).select_related("course").order_by("id")
        courses = {row.forum_id: row.course for row in maps}
        left = _forums_of_ledger(site) - courses.keys()
        unreadable = client.find_unreadable(sorted({*courses, *left})) if courses or left else frozenset()
        for forum_id, course in courses.items():
            row = Comparison(site=site, forum_id=forum_id, context=course.context)
            row.compared_at, row.is_dry_run = tools.clock(), is_dry_run
            if forum_id in unreadable:
                row.decision, row.found = "forumgone", {"forum": 1}
            else:
                _compare_forum(client, row)
            row.save()
            report.comparisons.append(row)
        for forum_id in sorted(left & unreadable):
            report.comparisons.append(_rehome(site, forum_id, tools, is_dry_run=is_dry_run))


def _forums_of_ledger(site: MoodleSite) -> set[int]:
    rows = LedgerEntry.objects.filter(site=site, presence__in=THERE, is_erased=False).exclude(forum_id=None)
    return {forum for forum in rows.values_list("forum_id", flat=True) if forum is not None}


def _compare_forum(client: MoodleClient, row: Comparison) -> None:
    """Compare, and repair unless it is a dry run; `row` learns both."""
    site, forum_id, now = row.site, row.forum_id, row.compared_at
    digest = list(_digest(client, forum_id))
    hashes = set(LedgerEntry.objects.filter(tenant=site.tenant_id).values_list("content_hash", flat=True))
    copies, told = _copies(site, forum_id, now=now), _told(site, forum_id)
    differences = compare(digest, copies, told=told, hashes=hashes - {""})
    row.posts, row.found = len(digest), differences.counts
    row.decision = "copied" if differences.copied else "lost" if differences.lost else ""
    if not row.is_dry_run:
        _repair(client, differences, row)


def _digest(client: MoodleClient, forum_id: int) -> Iterator[DigestRow]:
    after = 0
    while page := client.get_digest(forum_id, after, limit=PAGE):
        yield from page
        after = page[-1].postid


def _copies(site: MoodleSite, forum_id: int, *, now: datetime) -> dict[str, Copy]:
    """By the LMS's id; without those of which something is on its way, in either direction."""
    offered = InboundPost.objects.filter(
        site=site, forum_id=forum_id, is_offer=True, state__in=(State.PENDING, State.WAITING)
    )
    coming = InboxEvent.objects.filter(tenant=site.tenant_id, state__in=OPEN_STATES).values("subject")
    rows = LedgerEntry.objects.filter(site=site, forum_id=forum_id, presence__in=THERE)
    rows = rows.filter(Q(sent_revision=F("revision")), Q(sent_at__lt=now - UNDER_WAY) | Q(sent_at=None))
    rows = rows.exclude(post_id=None).exclude(external_id__in=coming)
    rows = rows.exclude(post_id__in=offered.values("post_id"))
    columns = ("external_id", "post_id", "revision", "content_hash", "presence")
    return {
        name: Copy(name, post_id or 0, revision, content_hash, presence == Presence.ERASED)
        for name, post_id, revision, content_hash, presence in rows.values_list(*columns)
    }


def _told(site: MoodleSite, forum_id: int) -> dict[int, bool]:
    """Posts of Moodle that were read, by number, and whether they were gone the last time."""
    rows = InboundPost.objects.filter(site=site, forum_id=forum_id, is_offer=False).order_by("revision")
    return dict(rows.values_list("post_id", "is_gone"))


def _repair(client: MoodleClient, differences: Differences, row: Comparison) -> None:
    """The LMS tells its own posts anew, the plugin those of Moodle; both come by the usual ways."""
    row.repaired = _retell(row.site, differences.to_retell, row, now=row.compared_at)
    untold = differences.untold if row.site.tenant.lms_url else []
    for start in range(0, len(untold), BATCH):
        row.repaired += client.note_posts(row.forum_id, untold[start : start + BATCH])


def _retell(site: MoodleSite, names: Sequence[str], row: Comparison, *, now: datetime) -> int:
    if not names:
        return 0
    if not site.tenant.lms_url:
        row.decision = "nolms"
        return 0
    told = 0
    for start in range(0, len(names), BATCH):
        chunk = names[start : start + BATCH]
        answers = ask_again(site.tenant, chunk, now=now)
        told += sum(status == "told" for status in answers.values())
        if "not_found" in answers.values():
            row.decision = row.decision or "notinlms"
    return told


def _rehome(site: MoodleSite, forum_id: int, tools: Tools, *, is_dry_run: bool) -> Comparison:
    """A forum is gone and its spaces are mapped to others: what was in it is written there."""
    entries = LedgerEntry.objects.filter(site=site, forum_id=forum_id, presence__in=THERE, is_erased=False)
    names = list(entries.order_by("lane", "number").values_list("external_id", flat=True))
    row = Comparison(
        site=site,
        forum_id=forum_id,
        compared_at=tools.clock(),
        is_dry_run=is_dry_run,
        found={"missing": len(names)},
    )
    if not is_dry_run:
        entries.update(
            forum_id=None, discussion_id=None, post_id=None, presence=Presence.WITHHELD, sent_revision=0
        )
        row.repaired = _retell(site, names, row, now=tools.clock())
    row.save()
    return row
