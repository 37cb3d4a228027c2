"""Whose account a post appears under: people matched by their subject, and their enrolment."""

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from moodle_bridge.events import Author, Subject
from moodle_bridge.models import Match, MoodleAccount, MoodleSite, Person, Tenant
from moodle_bridge.moodle.client import MAX_LOOKUP_VALUES, MoodleClient
from moodle_bridge.moodle.errors import Refused, Stop
from moodle_bridge.moodle.types import MoodleUser

logger = logging.getLogger(__name__)

MATCH_VALID: Final = timedelta(hours=24)
NO_MATCH_VALID: Final = timedelta(minutes=10)
ROSTER_VALID: Final = timedelta(hours=1)
MISSING_VALID: Final = timedelta(seconds=60)
"""Someone who is missing from a roster older than this is looked for again."""
REJECTION_VALID: Final = timedelta(minutes=10)
ROSTER_PAGE: Final = 5_000


def key_of(subject: Subject) -> str:
    """What identifies a person within a tenant: see models.Person.key."""
    return hashlib.sha256(f"{subject.issuer}\0{subject.value}".encode()).hexdigest()


def match(value: str, users: Iterable[MoodleUser]) -> tuple[Match, int | None]:
    """The one account whose idnumber is `value`, byte for byte.

    Moodle's look-up may ignore case, accents and trailing spaces, and idnumber is not unique: other spellings
    do not count, and two exact ones are refused.
    """
    found = list(users)
    exact = {user.id for user in found if user.idnumber == value}
    if len(exact) == 1:
        return Match.MATCHED, exact.pop()
    if exact:
        return Match.AMBIGUOUS, None
    if any(user.idnumber is None for user in found):
        return Match.UNREADABLE, None
    return Match.NONE, None


class Directory:
    """The accounts of a tenant's people in one Moodle: looked up together, remembered in the database."""

    def __init__(self, tenant: Tenant, site: MoodleSite, client: MoodleClient) -> None:
        self._tenant = tenant
        self._site = site
        self._client = client
        self._accounts: dict[str, MoodleAccount] = {}

    def load(self, authors: Collection[Author], *, now: datetime) -> None:
        """Know every named author with a subject: stored answers that are fresh, else Moodle. Raises MoodleError."""
        named = {key_of(a.subject): a for a in authors if a.subject is not None and self._is_ours(a.subject)}
        if not named:
            return
        people = self._people(named)
        rows = MoodleAccount.objects.select_related("person").filter(
            site=self._site, person__in=people.values()
        )
        accounts = {account.person.key: account for account in rows}
        stale = [key for key in named if not _is_fresh(accounts.get(key), now)]
        for chunk in (stale[i : i + MAX_LOOKUP_VALUES] for i in range(0, len(stale), MAX_LOOKUP_VALUES)):
            self._look_up([people[key] for key in chunk], accounts, now=now)
        self._accounts.update(accounts)

    def find(self, author: Author) -> tuple[int | None, str]:
        """The Moodle user id and "", or None and why there is none."""
        if author.subject is None:
            return None, "nosubject"
        if not self._is_ours(author.subject):
            return None, "otherissuer"
        account = self._accounts[key_of(author.subject)]
        return account.user_id, "" if account.user_id is not None else f"match{account.state}"

    def forget(self, user_id: int, *, now: datetime) -> None:
        """Moodle knows no such account any more: look again when the answer has aged."""
        gone = MoodleAccount.objects.filter(site=self._site, user_id=user_id)
        gone.update(state=Match.NONE, user_id=None, checked_at=now)

    def _is_ours(self, subject: Subject) -> bool:
        return not self._tenant.issuer or subject.issuer == self._tenant.issuer

    def _people(self, named: Mapping[str, Author]) -> dict[str, Person]:
        rows = Person.objects.filter(tenant=self._tenant, key__in=named)
        people = {person.key: person for person in rows}
        new = [
            Person(tenant=self._tenant, key=key, issuer=s.issuer, subject=s.value, name=author.name)
            for key, author in named.items()
            if key not in people and (s := author.subject) is not None
        ]
        if new:
            Person.objects.bulk_create(new, ignore_conflicts=True)
            people = {person.key: person for person in rows.all()}
        renamed = [person for key, person in people.items() if person.name != named[key].name]
        for person in renamed:
            person.name = named[person.key].name
        Person.objects.bulk_update(renamed, ["name"])
        return people

    def _look_up(
        self, people: Sequence[Person], accounts: dict[str, MoodleAccount], *, now: datetime
    ) -> None:
        users = self._ask([person.subject for person in people])
        unreadable = [user for user in users if user.idnumber is None]
        known = [accounts[person.key] for person in people if person.key in accounts]
        new = [MoodleAccount(person=p, site=self._site) for p in people if p.key not in accounts]
        for account in (*known, *new):
            person = account.person
            candidates = [user for user in users if user.idnumber == person.subject]
            account.state, account.user_id = match(person.subject, candidates or unreadable)
            account.checked_at = now
            accounts[person.key] = account
        MoodleAccount.objects.bulk_update(known, ["state", "user_id", "checked_at"])
        # Another worker may have looked the same people up a moment ago.
        MoodleAccount.objects.bulk_create(new, ignore_conflicts=True)

    def _ask(self, values: Sequence[str]) -> list[MoodleUser]:
        """The candidates; a refused look-up reads like accounts whose ID number is hidden."""
        try:
            return self._client.get_users_by_idnumber(values)
        except Refused as refusal:
            logger.warning("people cannot be looked up in site %s: %s", self._site.pk, refusal.code)
            return [MoodleUser(id=0, idnumber=None)]


def _is_fresh(account: MoodleAccount | None, now: datetime) -> bool:
    if account is None:
        return False
    valid = MATCH_VALID if account.state == Match.MATCHED else NO_MATCH_VALID
    return account.checked_at + valid > now


@dataclass(slots=True)
class Roster:
    """Who is enrolled in one Moodle course, as last read, and whom Moodle refused since."""

    user_ids: set[int] = field(default_factory=set)
    read_at: datetime | None = None
    is_unreadable: bool = False
    rejected: dict[int, datetime] = field(default_factory=dict)


class Rosters:
    """The participants of the mapped courses. A cache of this process: Moodle and its plugin have the last word."""

    def __init__(self) -> None:
        self._rosters: dict[tuple[int, int], Roster] = {}

    def is_enrolled(
        self, site: MoodleSite, client: MoodleClient, user_id: int, *, course_id: int, now: datetime
    ) -> bool:
        """True when the person is a participant, or nothing says otherwise. Raises MoodleError."""
        roster = self._rosters.setdefault((site.pk, course_id), Roster())
        rejected_at = roster.rejected.get(user_id)
        if rejected_at is not None and rejected_at + REJECTION_VALID > now:
            return False
        patience = ROSTER_VALID if user_id in roster.user_ids else MISSING_VALID
        if roster.read_at is None or roster.read_at + patience <= now:
            _read(roster, client, course_id, now=now)
        return roster.is_unreadable or user_id in roster.user_ids

    def note_enrolled(self, site: MoodleSite, user_id: int, *, course_id: int) -> None:
        """The person was enrolled just now."""
        roster = self._rosters.setdefault((site.pk, course_id), Roster())
        roster.user_ids.add(user_id)
        roster.rejected.pop(user_id, None)

    def note_rejected(self, site: MoodleSite, user_id: int, *, course_id: int, now: datetime) -> None:
        """Moodle said that the person is not, or not actively, enrolled."""
        self._rosters.setdefault((site.pk, course_id), Roster()).rejected[user_id] = now


def _read(roster: Roster, client: MoodleClient, course_id: int, *, now: datetime) -> None:
    found: set[int] = set()
    offset = 0
    roster.is_unreadable = False
    try:
        while True:
            page = {
                user.id for user in client.get_enrolled_users(course_id, offset=offset, limit=ROSTER_PAGE)
            }
            if page <= found:
                break
            found |= page
            offset += ROSTER_PAGE
            if len(page) < ROSTER_PAGE:
                break
    except (Refused, Stop) as refusal:
        logger.warning("the participants of course %s cannot be read: %s", course_id, refusal.code)
        roster.is_unreadable = True
    roster.user_ids = found
    roster.read_at = now
