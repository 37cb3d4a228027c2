"""One round of delivery: claim due lanes, bring their events to Moodle, write down what happened."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

import requests
from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from moodle_bridge.delivery.claiming import Lease, claim_lanes, hand_back, renew
from moodle_bridge.delivery.core_path import CoreWriter
from moodle_bridge.delivery.deciding import Decider, Planned
from moodle_bridge.delivery.outcomes import Outcome, again, withheld
from moodle_bridge.delivery.people import Directory, Rosters
from moodle_bridge.delivery.plugin_path import batches, send_batch
from moodle_bridge.delivery.recording import abandon, record, write_intents
from moodle_bridge.delivery.sites import Connect, connect, find_mode, note_failure, note_success, open_session
from moodle_bridge.delivery.targets import Atlas, Destination
from moodle_bridge.delivery.wording import wording_in
from moodle_bridge.delivery.work import Job, Work, load_work
from moodle_bridge.models import Lane, Mode, MoodleSite, Presence, State, Tenant
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import MoodleError, Unreachable

logger = logging.getLogger(__name__)

LANES: Final = 50
JOBS: Final = 200
CLOSED_PAUSE: Final = timedelta(seconds=60)
UNANSWERED_LIMIT: Final = 3
"""So many calls in a row without a usable answer, and the site counts as away."""


@dataclass(slots=True)
class Tools:
    """What a round needs from outside: the time, chance, a way to connect, and what is remembered between rounds."""

    clock: Callable[[], datetime] = timezone.now
    rng: Random = field(default_factory=Random)
    connect: Connect = connect
    rosters: Rosters = field(default_factory=Rosters)


def deliver_due(tools: Tools) -> int:
    """One round for every tenant that has due lanes, in random order; how many events were settled.

    The order and the bounded round keep one tenant's backlog from delaying another's.
    """
    now = tools.clock()
    due = Lane.objects.filter(due_at__lte=now).values_list("tenant_id", flat=True).distinct()
    tenants = list(Tenant.objects.filter(pk__in=list(due), is_active=True).order_by("pk"))
    tools.rng.shuffle(tenants)
    return sum(deliver_tenant(tenant, tools) for tenant in tenants)


def deliver_tenant(tenant: Tenant, tools: Tools) -> int:
    """One round for one tenant. Nothing is claimed while none of its Moodles can be written to."""
    now = tools.clock()
    sites = list(MoodleSite.objects.filter(tenant=tenant))
    if sites and not any(site.is_open(now) for site in sites):
        return 0
    lease = claim_lanes(tenant, now=now, limit=LANES)
    if not lease.lanes:
        return 0
    try:
        work = load_work(tenant, lease, now=now, limit=JOBS)
        with open_session() as session:
            round_ = Round(tenant, lease, work, tools, session)
            round_.run()
        return record(tenant, lease, work, round_.outcomes, now=tools.clock(), rng=tools.rng)
    except (OperationalError, InterfaceError) as error:
        # A deadlock, or the database went away: what was sent is sent again, which the plugin takes as a repeat.
        logger.warning("the database broke off a round for tenant %s: %s", tenant.pk, type(error).__name__)
        with suppress(DatabaseError):
            hand_back(lease)
        return 0
    except Exception:
        # A fault of ours in one lane must not stop the others: each of these lanes is tried alone from now on.
        logger.exception("a round for tenant %s failed", tenant.pk)
        abandon(lease, now=tools.clock(), rng=tools.rng)
        return 0


class Round:
    """The jobs of one claim, brought to their Moodles. `outcomes` by event id, complete after `run`."""

    def __init__(
        self, tenant: Tenant, lease: Lease, work: Work, tools: Tools, session: requests.Session
    ) -> None:
        self.outcomes: dict[int, Outcome] = {}
        self._tenant = tenant
        self._lease = lease
        self._work = work
        self._tools = tools
        self._session = session
        self._wording = wording_in(tenant.language)
        contexts = {job.event.space.context for job in work.jobs}
        self._atlas = Atlas(tenant, contexts)

    def run(self) -> None:
        """Raises nothing that Moodle did; what it did is in the outcomes."""
        by_site: dict[int, tuple[MoodleSite, list[Job]]] = {}
        for job in self._work.jobs:
            site = self._site_of(job)
            if site is None:
                self.outcomes[job.event_id] = withheld("unmapped", revision=job.event.revision)
            else:
                by_site.setdefault(site.pk, (site, []))[1].append(job)
        for site, jobs in by_site.values():
            self._run_site(site, jobs)

    def _site_of(self, job: Job) -> MoodleSite | None:
        """Where the copy is, else where the space is mapped: a post that was mirrored stays where it is."""
        if job.entry is not None and job.entry.sent_revision and job.entry.site is not None:
            return job.entry.site
        destination = self._atlas.find(job.event.space)
        return destination.site if destination else None

    def _run_site(self, site: MoodleSite, jobs: Sequence[Job]) -> None:
        now = self._tools.clock()
        cause, retry_at = "siteclosed", site.retry_at or now + CLOSED_PAUSE
        if site.is_open(now):
            client: MoodleClient | None = None
            try:
                client = self._tools.connect(site, self._session)
                self._deliver(site, client, jobs)
            except MoodleError as error:
                if client is not None and client.answers:
                    site.failures = 0  # it fails now and then, which is not being away
                note_failure(site, error, now=self._tools.clock(), rng=self._tools.rng)
                cause, retry_at = error.code, site.retry_at or self._tools.clock() + CLOSED_PAUSE
        for job in jobs:
            self.outcomes.setdefault(job.event_id, again(cause, retry_at=retry_at))

    def _deliver(self, site: MoodleSite, client: MoodleClient, jobs: Sequence[Job]) -> None:
        mode = find_mode(site, client)
        for path in (Mode.PLUGIN, Mode.CORE):
            chosen = [job for job in jobs if (job.lane.path or mode) == path]
            if chosen and path == Mode.PLUGIN:
                self._by_plugin(site, client, chosen)
            elif chosen:
                self._by_core(site, client, chosen)

    def _decide(self, decider: Decider, jobs: Sequence[Job]) -> list[Planned]:
        planned: list[Planned] = []
        for job in jobs:
            decision = decider.decide(job, self._destination(job, decider.site), now=self._tools.clock())
            if isinstance(decision, Planned):
                planned.append(decision)
            else:
                self.outcomes[job.event_id] = decision
        return planned

    def _destination(self, job: Job, site: MoodleSite) -> Destination | None:
        """The space's forum, when it is in this Moodle."""
        found = self._atlas.find(job.event.space)
        return found if found is not None and found.site.pk == site.pk else None

    def _decider(self, site: MoodleSite, client: MoodleClient, directory: Directory | None) -> Decider:
        return Decider(
            self._tenant,
            site,
            client,
            directory,
            self._tools.rosters,
            self._work.ledger,
            self._wording,
            coming=set(),
        )

    def _by_plugin(self, site: MoodleSite, client: MoodleClient, jobs: Sequence[Job]) -> None:
        directory = Directory(self._tenant, site, client)
        directory.load([job.event.author for job in jobs], now=self._tools.clock())
        decider = self._decider(site, client, directory)
        planned = self._decide(decider, jobs)
        write_intents(planned, self._work.ledger, site, mode=Mode.PLUGIN, now=self._tools.clock())
        failed: set[int] = set()
        unanswered = 0
        for batch in batches(planned):
            going = [plan for plan in batch if plan.job.lane.pk not in failed]
            if not going or not renew(self._lease, now=self._tools.clock()):
                continue
            sent = send_batch(client, going, now=self._tools.clock)
            self.outcomes |= sent.outcomes
            unanswered = 0 if sent.is_answered else unanswered + 1
            if unanswered >= UNANSWERED_LIMIT:
                raise Unreachable("unusable")
            if sent.is_answered:
                note_success(site, now=self._tools.clock())
            self._note_people(site, directory, sent.refused)
            self._stand_in(decider, sent.refused)
            failed |= {p.job.lane.pk for p in going if self._is_pending(p.job)}

    def _is_pending(self, job: Job) -> bool:
        outcome = self.outcomes.get(job.event_id)
        return outcome is None or outcome.state == State.PENDING

    def _note_people(
        self, site: MoodleSite, directory: Directory, refused: Sequence[tuple[Planned, str]]
    ) -> None:
        """What Moodle's answers say about accounts and enrolments, for the next look."""
        now = self._tools.clock()
        for plan, code in refused:
            destination = self._destination(plan.job, site)
            if code == "usernotfound":
                directory.forget(plan.item.userid, now=now)
            elif code == "notenrolled" and destination is not None:
                course_id = destination.course_id
                self._tools.rosters.note_rejected(site, plan.item.userid, course_id=course_id, now=now)

    def _stand_in(self, decider: Decider, refused: Sequence[tuple[Planned, str]]) -> None:
        """Send at once, under the service account, what Moodle does not take from its author.

        Not in a later round: another worker may take the lane then, and would begin with the author again.
        """
        now = self._tools.clock()
        planned: list[Planned] = []
        for plan, code in refused:
            decision = decider.stand_in(plan, code, now=now)
            if isinstance(decision, Planned):
                planned.append(decision)
            else:
                self.outcomes[plan.job.event_id] = decision
        if planned and renew(self._lease, now=now):
            write_intents(planned, self._work.ledger, decider.site, mode=Mode.PLUGIN, now=now)
            self.outcomes |= send_batch(decider.client, planned, now=self._tools.clock).outcomes

    def _by_core(self, site: MoodleSite, client: MoodleClient, jobs: Sequence[Job]) -> None:
        planned = self._decide(self._decider(site, client, None), jobs)
        tried = {p.job.event_id for p in planned if p.job.entry and p.job.entry.presence == Presence.SENDING}
        writer = CoreWriter(site, client, self._wording)
        failed: set[int] = set()
        for plan in planned:
            if plan.job.lane.pk in failed or not renew(self._lease, now=self._tools.clock()):
                continue
            now = self._tools.clock()
            parent = self._work.ledger.get(plan.job.event.post.parent)
            outcome = writer.look_for_earlier(plan, parent, now=now) if plan.job.event_id in tried else None
            if outcome is None:
                write_intents([plan], self._work.ledger, site, mode=Mode.CORE, now=now)
                outcome = writer.send(plan, parent, now=now)
            self.outcomes[plan.job.event_id] = outcome
            if outcome.state == State.PENDING:
                failed.add(plan.job.lane.pk)
                continue
            note_success(site, now=self._tools.clock())
            self._learn_ids(plan, outcome)

    def _learn_ids(self, plan: Planned, outcome: Outcome) -> None:
        """So that an answer in the same round finds its parent."""
        entry = plan.job.entry
        if entry is not None and outcome.copy is not None:
            entry.post_id = outcome.copy.post_id
            entry.discussion_id = outcome.copy.discussion_id
