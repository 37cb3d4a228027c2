"""From a job to items for Moodle, or to the outcome that needs no call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from moodle_bridge.delivery.outcomes import Outcome, held, waiting, withheld
from moodle_bridge.delivery.people import Directory, Rosters
from moodle_bridge.delivery.targets import Destination
from moodle_bridge.delivery.work import Job
from moodle_bridge.mapping import NEVER_SENT, Byline, Known, Withhold, Wording, map_post, resolve_audience
from moodle_bridge.models import LedgerEntry, MoodleSite, Presence, Tenant, Unmatched
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import Refused, Stop
from moodle_bridge.moodle.types import SERVICE_ACCOUNT, Item

SERVICE = Byline(SERVICE_ACCOUNT)


@dataclass(frozen=True, slots=True)
class Planned:
    """A job with what is to be sent for it.

    counters: what to count once Moodle has it. is_whole: see mapping.Deliver. is_parent_sure: Moodle confirmed
    the post that is answered.
    """

    job: Job
    item: Item
    counters: tuple[str, ...]
    is_whole: bool
    is_parent_sure: bool


def known_of(entry: LedgerEntry | None) -> Known:
    """What mapping needs of a ledger row. A post whose Moodle was removed from the bridge was never sent."""
    if entry is None or entry.sent_revision == 0 or entry.site_id is None:
        return NEVER_SENT
    return Known(
        is_sent=True,
        is_confirmed=entry.post_id is not None,
        is_gone=entry.presence == Presence.ERASED and entry.sent_revision == entry.revision,
        forum_id=entry.forum_id or 0,
        user_id=entry.user_id or SERVICE_ACCOUNT,
    )


@dataclass(slots=True)
class Decider:
    """Decides the jobs of one site and one way of writing. coming: posts that earlier jobs will create."""

    tenant: Tenant
    site: MoodleSite
    client: MoodleClient
    directory: Directory | None
    rosters: Rosters
    ledger: Mapping[str, LedgerEntry]
    wording: Wording
    coming: set[str]

    def decide(self, job: Job, destination: Destination | None, *, now: datetime) -> Planned | Outcome:
        """Raises MoodleError when Moodle had to be asked about a person and did not answer."""
        known = known_of(job.entry)
        target = destination.target if destination else None
        cause = resolve_audience(job.event.audience, target)[1]
        counters: tuple[str, ...] = ()
        byline = SERVICE
        if not cause and not known.is_sent and not self._has_parent(job):
            return waiting("parentmissing", now=now)
        if not cause and destination and not (job.event.post.is_deleted or job.event.post.is_erased):
            found = self._byline(job, destination, known, now=now)
            if isinstance(found, Outcome):
                return found
            byline, counters = found
        decision = map_post(
            job.event,
            source=self.tenant.slug,
            target=target,
            byline=byline,
            known=known,
            wording=self.wording,
        )
        if isinstance(decision, Withhold):
            return withheld(decision.cause, revision=job.event.revision)
        if decision.withdrawn_for:
            counters = ("withdrawn", f"withheld:{decision.withdrawn_for}")
        self.coming.add(job.event.post.id)
        item = _outranking(decision.item, job)
        return Planned(job, item, counters, decision.is_whole, self._is_parent_sure(job))

    def _has_parent(self, job: Job) -> bool:
        parent = job.event.post.parent
        if not parent or parent in self.coming:
            return True
        entry = self.ledger.get(parent)
        return entry is not None and (entry.post_id is not None or entry.presence == Presence.SENDING)

    def _is_parent_sure(self, job: Job) -> bool:
        entry = self.ledger.get(job.event.post.parent)
        return entry is not None and entry.post_id is not None

    def _byline(
        self, job: Job, destination: Destination, known: Known, *, now: datetime
    ) -> tuple[Byline, tuple[str, ...]] | Outcome:
        author = job.event.author
        if author.is_anonymous or self.directory is None:
            return SERVICE, ()
        user_id, cause = self.directory.find(author)
        # Whoever Moodle shows as the author stays it: only a link to another account changes that.
        is_shown = job.entry is not None and job.entry.presence == Presence.PRESENT
        shown = known.user_id if is_shown else SERVICE_ACCOUNT
        user_id = user_id or shown or None
        if user_id is None:
            if self.tenant.unmatched == Unmatched.HOLD:
                return held(cause, now=now)
            return SERVICE, (f"attributed:{cause}",)
        if shown == user_id or self.rosters.is_enrolled(
            self.site, self.client, user_id, course_id=destination.course_id, now=now
        ):
            return Byline(user_id), ()
        return self._not_enrolled(user_id, destination, now=now)

    def _not_enrolled(
        self, user_id: int, destination: Destination, *, now: datetime
    ) -> tuple[Byline, tuple[str, ...]] | Outcome:
        if self.tenant.unmatched == Unmatched.HOLD:
            return held("notenrolled", now=now)
        if self.tenant.unmatched == Unmatched.ATTRIBUTE:
            return SERVICE, ("attributed:notenrolled",)
        try:
            self.client.enrol_user(
                user_id, course_id=destination.course_id, role_id=self.site.student_role_id
            )
        except (Refused, Stop):
            return held("enrolrefused", now=now)
        self.rosters.note_enrolled(self.site, user_id, course_id=destination.course_id)
        return Byline(user_id), ("enrolled",)


def _outranking(item: Item, job: Job) -> Item:
    """An erasure that arrives late still counts for Moodle, which goes by revision."""
    sent = job.entry.sent_revision if job.entry else 0
    is_late = item.deleted and job.event.post.is_erased and job.event.revision < sent
    return replace(item, revision=sent + 1) if is_late else item
