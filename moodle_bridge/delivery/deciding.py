"""From a job to items for Moodle, or to the outcome that needs no call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from moodle_bridge.delivery.outcomes import Outcome, again, foreign, held, waiting, withheld
from moodle_bridge.delivery.people import Directory, Rosters
from moodle_bridge.delivery.targets import Destination
from moodle_bridge.delivery.work import Job
from moodle_bridge.mapping import (
    NEVER_SENT,
    SERVICE,
    Byline,
    Deliver,
    Known,
    Withhold,
    Wording,
    attribute,
    map_post,
    resolve_audience,
)
from moodle_bridge.models import LedgerEntry, MoodleSite, Presence, Tenant, Unmatched
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import Refused, Stop
from moodle_bridge.moodle.types import SERVICE_ACCOUNT, Item

ENROL_TRIES: Final = 2
"""So often somebody is enrolled whom Moodle still does not count as enrolled."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Under whose account a post goes. attributed_for: why a named author's goes under the service account, else ""."""

    byline: Byline
    attributed_for: str = ""
    is_enrolled_now: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A job with what is to be sent for it.

    counters: what to count once Moodle has it. attributed_for: see Signature. is_whole: see mapping.Deliver.
    """

    job: Job
    item: Item
    counters: tuple[str, ...]
    is_whole: bool
    attributed_for: str = ""


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
        if job.event.post.born_as:
            return foreign(int(job.event.post.born_as), revision=job.event.revision)
        known = known_of(job.entry)
        target = destination.target if destination else None
        cause = resolve_audience(job.event.audience, target)[1]
        signature = Signature(SERVICE)
        if not cause and not known.is_sent and not self._has_parent(job):
            return waiting("parentmissing", now=now)
        if not cause and destination and not (job.event.post.is_deleted or job.event.post.is_erased):
            found = self._sign(job, destination, known, now=now)
            if isinstance(found, Outcome):
                return found
            signature = found
        decision = map_post(
            job.event,
            source=self.tenant.slug,
            target=target,
            byline=signature.byline,
            known=known,
            wording=self.wording,
        )
        if isinstance(decision, Withhold):
            return withheld(decision.cause, revision=job.event.revision)
        self.coming.add(job.event.post.id)
        return self._plan(job, decision, signature)

    def _plan(self, job: Job, decision: Deliver, signature: Signature) -> Planned:
        counters: tuple[str, ...] = ("enrolled",) if signature.is_enrolled_now else ()
        if decision.withdrawn_for:
            counters = ("withdrawn", f"withheld:{decision.withdrawn_for}")
        return Planned(
            job,
            self._where_parent_is(_outranking(decision.item, job)),
            counters,
            decision.is_whole,
            signature.attributed_for,
        )

    def _where_parent_is(self, item: Item) -> Item:
        """A parent that was born in Moodle is named by its number there; one that was moved there is followed."""
        entry = self.ledger.get(item.parent)
        if entry is None:
            return item
        if entry.presence == Presence.FOREIGN:
            return replace(item, parent=f"moodle:{entry.post_id}")
        is_here = entry.forum_id is not None and entry.site_id == self.site.pk
        return replace(item, forumid=entry.forum_id) if is_here and entry.forum_id else item

    def stand_in(self, plan: Planned, code: str, *, now: datetime) -> Planned | Outcome:
        """Instead of what Moodle refused from its author (code: why): the same by the service account, or held."""
        if self.tenant.unmatched == Unmatched.HOLD:
            return held(code, now=now)
        is_to_enrol = code == "notenrolled" and self.tenant.unmatched == Unmatched.ENROL
        if is_to_enrol and plan.job.lane.attempts < ENROL_TRIES:
            return again(code, retry_at=now, is_fault=True)
        item = attribute(plan.item, plan.job.event, self.wording)
        return replace(plan, item=item, attributed_for=code)

    def _has_parent(self, job: Job) -> bool:
        parent = job.event.post.parent
        if not parent or parent in self.coming:
            return True
        entry = self.ledger.get(parent)
        return entry is not None and (entry.post_id is not None or entry.presence == Presence.SENDING)

    def _sign(
        self, job: Job, destination: Destination, known: Known, *, now: datetime
    ) -> Signature | Outcome:
        author = job.event.author
        if author.is_anonymous or self.directory is None:
            return Signature(SERVICE)
        user_id, cause = self.directory.find(author)
        # Whoever Moodle shows as the author stays it: only a link to another account changes that.
        is_shown = job.entry is not None and job.entry.presence == Presence.PRESENT
        shown = known.user_id if is_shown else SERVICE_ACCOUNT
        user_id = user_id or shown or None
        if user_id is None:
            if self.tenant.unmatched == Unmatched.HOLD:
                return held(cause, now=now)
            return Signature(SERVICE, attributed_for=cause)
        if shown == user_id or self.rosters.is_enrolled(
            self.site, self.client, user_id, course_id=destination.course_id, now=now
        ):
            return Signature(Byline(user_id))
        return self._not_enrolled(user_id, destination, now=now)

    def _not_enrolled(self, user_id: int, destination: Destination, *, now: datetime) -> Signature | Outcome:
        if self.tenant.unmatched == Unmatched.HOLD:
            return held("notenrolled", now=now)
        if self.tenant.unmatched == Unmatched.ATTRIBUTE:
            return Signature(SERVICE, attributed_for="notenrolled")
        try:
            self.client.enrol_user(
                user_id, course_id=destination.course_id, role_id=self.site.student_role_id
            )
        except (Refused, Stop):
            return held("enrolrefused", now=now)
        self.rosters.note_enrolled(self.site, user_id, course_id=destination.course_id)
        return Signature(Byline(user_id), is_enrolled_now=True)


def _outranking(item: Item, job: Job) -> Item:
    """An erasure that arrives late still counts for Moodle, which goes by revision."""
    sent = job.entry.sent_revision if job.entry else 0
    is_late = item.deleted and job.event.post.is_erased and job.event.revision < sent
    return replace(item, revision=sent + 1) if is_late else item
