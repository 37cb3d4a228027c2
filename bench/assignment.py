"""An assignment of any size, written by the database itself: what allocation and the gates of the tests read.

Each work is reviewed by the authors that handed in after its own. The reader's own work is the oldest, so that each
look for the next work meets it first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from peer_xblock.api.review.ranks import make_tallies
from peer_xblock.api.review.reranking import recount
from peer_xblock.api.spaces import find_space
from peer_xblock.models import (
    Activity,
    Connection,
    LearningContext,
    Pair,
    Review,
    Slot,
    Space,
    Submission,
)
from peer_xblock.peer_review import SAMPLE_RUBRIC, PeerReviewXBlock
from tests.runtime import Unit

from .campus import START

WANTED, TO_GIVE = 3, 5
RECEIVED = 2**42
TEXT = "I hung a nut on a thread, and measured **ten** swings, five times."
SCORES = {"content": "c1", "clarity": "k1"}
POINTS = {"content": 2, "clarity": 2}
COMMENTS = dict.fromkeys(SCORES, "Say how precise your ruler is.")
OTHERS, COUNTED, TENANTS = 300, 40, 10
Columns = dict[str, str]
_KEYED = [User, LearningContext, Space, Slot, Pair, Review]


@dataclass(frozen=True, slots=True)
class Fill:
    """How many reviews the works have: every `each`th of them `few`, the others `many`."""

    name: str
    each: int
    few: int
    many: int

    def received(self, number: str) -> str:
        """SQL of the reviews of the work of this number."""
        return f"(CASE WHEN ({number}) % {self.each} = 0 THEN {self.few} ELSE {self.many} END)"


FILLS = (Fill("none", 1, 0, 0), Fill("half", 2, 0, 1), Fill("most", 50, 1, 3), Fill("full", 1, 3, 3))


class Platform:
    """People enough for every assignment, the same ones for each, and a few hundred assignments of other courses."""

    def __init__(self, people: int) -> None:
        self.first = _next_pk(User)
        bridges = [
            Connection.objects.create(slug=f"tenant-{number}", bridge_url="http://bridge.example.test")
            for number in range(TENANTS)
        ]
        with _writing() as cursor:
            _insert(cursor, User, self._people(), _numbers(people))
            for model, columns in (
                (LearningContext, _others()),
                (Space, _spaces()),
                (Activity, _activities()),
            ):
                _insert(cursor, model, columns, _numbers(OTHERS))
        LearningContext.objects.update(connection=bridges[0])
        for other in Activity.objects.order_by("pk")[:COUNTED]:
            make_tallies(other.pk)

    def _people(self) -> Columns:
        return {
            "id": f"{self.first} + n",
            "username": _padded("writer-", 8, "n"),
            "first_name": "'Writer'",
            **dict.fromkeys(("last_name", "email", "password"), "''"),
            "is_active": "TRUE",
            **dict.fromkeys(("is_staff", "is_superuser"), "FALSE"),
            "date_joined": _moment("n"),
        }

    @property
    def reader(self) -> User:
        """Who handed in first."""
        return User.objects.get(pk=self.first)


class Assignment:
    """One block with so many works, filled with reviews."""

    def __init__(self, platform: Platform, works: int, fill: Fill, *, with_reviews: bool = False) -> None:
        self.first_author, self.works, self.fill = platform.first, works, fill
        self.reader = platform.reader
        self.first_slot, first_pair = _next_pk(Slot), _next_pk(Pair)
        self.space = self._open()
        Activity.objects.create(space_id=self.space.pk, wanted=WANTED, to_give=TO_GIVE)
        make_tallies(self.space.pk)
        with _writing() as cursor:
            _insert(cursor, Slot, self._slots(), _numbers(works))
            _insert(cursor, Submission, self._works(), _numbers(works))
            for number in range(max(fill.few, fill.many)):
                reviewed = f"{_numbers(works)} WHERE {fill.received('n')} > {number}"
                _insert(cursor, Pair, self._pairs(number), reviewed)
            if with_reviews:
                _insert(cursor, Review, _reviews(), f"{_table(Pair)} WHERE id >= {first_pair}")
        with transaction.atomic():
            recount(Slot.objects.filter(activity_id=self.space.pk), self.space.pk)

    def unit(self, user: User, *, is_staff: bool = False) -> Unit:
        """The block as a person has it on the page."""
        settings: dict[str, Any] = {"wanted": WANTED, "to_give": TO_GIVE, "weight": 10.0}
        return Unit(
            user,
            of=PeerReviewXBlock,
            block=f"{self.fill.name}{self.works}",
            is_staff=is_staff,
            display_name="Pendulum",
            rubric=SAMPLE_RUBRIC,
            **settings,
        )

    def _open(self) -> Space:
        unit = self.unit(self.reader)
        unit.block.student_view({})
        space = find_space(str(unit.block.scope_ids.usage_id))
        if space is None:
            raise RuntimeError("the block's page made no space")
        return space

    def _slots(self) -> Columns:
        """The keys of the overview are the numbers themselves, which sort alike."""
        moment, scope = int(START.timestamp() * 1000), f"{self.space.pk:08x}"
        done, gave = self.fill.received("n"), self._given()
        return {
            "id": f"{self.first_slot} + n",
            "activity_id": str(self.space.pk),
            "author_id": f"{self.first_author} + n",
            "public_id": _padded("", 32, f"{self.first_slot} + n"),
            **dict.fromkeys(("pledged_at", "submitted_at"), _moment("n")),
            "tier": f"CASE WHEN {done} >= {WANTED} THEN 3 WHEN {done} = 0 THEN 0 WHEN {gave} > 0 THEN 1 ELSE 2 END",
            "ord": f"{moment} + 1000 * n + {done} * {RECEIVED}",
            "done": done,
            "live": "0",
            "gave": gave,
            "settled_by": "''",
            "sequence": "1",
            "key_order": _padded(scope, 24, "n"),
            "key_standing": f"CASE WHEN {done} >= {WANTED} THEN {_padded(f'{scope}1', 24, 'n')}"
            f" ELSE {_padded(f'{scope}0', 24, 'n')} END",
        }

    def _given(self) -> str:
        """SQL of the reviews that the author of the work n has given: of those who handed in before."""
        before = [f"(n + {self.works - 1 - number}) % {self.works}" for number in range(WANTED)]
        each = (
            f"CASE WHEN {self.fill.received(n)} > {number} THEN 1 ELSE 0 END"
            for number, n in enumerate(before)
        )
        return f"({' + '.join(each)})"

    def _works(self) -> Columns:
        return {
            "slot_id": f"{self.first_slot} + n",
            "source": f"'{TEXT}'",
            "html": f"'<p>{TEXT}</p>'",
            "word_count": "12",
            "revision": "1",
            "is_named": "FALSE",
            "client_key": "''",
        }

    def _pairs(self, number: int) -> Columns:
        """The review of this number that each work gets: by the author so many places further on."""
        return {
            "public_id": _padded(f"{number}", 31, f"{self.first_slot} + n"),
            "activity_id": str(self.space.pk),
            "slot_id": f"{self.first_slot} + n",
            "reviewer_id": f"{self.first_author} + (n + {number + 1}) % {self.works}",
            "state": "'done'",
            "taken_at": _moment("0"),
            **dict.fromkeys(("reason", "note"), "''"),
        }


def _others() -> Columns:
    return {
        "id": "1 + n",
        "key": _padded("course-v1:Peer+O", 6, "n"),
        "key_hash": _padded("", 64, "n"),
        "created_at": _moment("0"),
    }


def _spaces() -> Columns:
    return {
        "id": "1 + n",
        "context_id": "1 + n",
        "kind": "'review'",
        "public_id": _padded("", 32, "n"),
        "usage_key": _padded("block-v1:Peer+O", 6, "n"),
        "usage_hash": _padded("", 64, "n"),
        "title": "'Peer review'",
        "created_at": _moment("0"),
    }


def _activities() -> Columns:
    return {"space_id": "1 + n", "wanted": str(WANTED), "to_give": str(TO_GIVE)}


def _reviews() -> Columns:
    """A sent review for each pair."""
    said = {"scores": SCORES, "points": POINTS, "comments": COMMENTS, "html": COMMENTS}
    return {
        "pair_id": "id",
        "slot_id": "slot_id",
        "reviewer_id": "reviewer_id",
        "is_named": "FALSE",
        **{name: _json(value) for name, value in said.items()},
        **dict.fromkeys(("overall", "overall_html"), "''"),
        **dict.fromkeys(("saved_at", "sent_at"), "taken_at"),
    }


@contextmanager
def _writing() -> Iterator[Any]:
    """A cursor in a transaction in which foreign keys are not looked up; afterwards the next free keys are right.

    SQLite gets room for the indexes: with its own 2 MB it would read and write the same pages over and over.
    """
    off, on = {
        "sqlite": ("PRAGMA cache_size = -400000", ""),
        "postgresql": ("SET LOCAL session_replication_role = replica", ""),
        "mysql": ("SET foreign_key_checks = 0", "SET foreign_key_checks = 1"),
    }[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(off)
        yield cursor
        for statement in [*connection.ops.sequence_reset_sql(no_style(), _KEYED), on]:
            if statement:
                cursor.execute(statement)


def _insert(cursor: Any, model: type[Model], columns: Columns, source: str) -> None:
    """One row for each of the source's; a column that is not given has its field's default."""
    columns = {**_defaults(model), **columns}
    names, values = ", ".join(map(connection.ops.quote_name, columns)), ", ".join(columns.values())
    cursor.execute(f"INSERT INTO {_table(model)} ({names}) SELECT {values} FROM {source}")


def _defaults(model: type[Model]) -> Columns:
    fields = model._meta.concrete_fields  # noqa: SLF001  public by Django's documentation
    return {str(field.column): _literal(field.get_default()) for field in fields if field.has_default()}


def _literal(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value).upper()
    if isinstance(value, datetime):
        return _moment("0")
    return f"'{value}'" if isinstance(value, str) else _json(value)


def _numbers(count: int) -> str:
    """A table of the whole numbers n below `count`, made without what only one engine has."""
    size = range(len(str(count - 1)))
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    value = " + ".join(f"{10**place} * p{place}.d" for place in size)
    tables = ", ".join(f"({digits}) p{place}" for place in size)
    return f"(SELECT n FROM (SELECT {value} AS n FROM {tables}) counted WHERE n < {count}) numbered"


def _padded(prefix: str, width: int, number: str) -> str:
    """SQL of a text: the prefix, then the number with leading noughts."""
    if connection.vendor == "sqlite":
        return f"printf('{prefix}%0{width}d', {number})"
    if connection.vendor == "mysql":
        return f"CONCAT('{prefix}', LPAD({number}, {width}, '0'))"
    return f"('{prefix}' || LPAD(({number})::text, {width}, '0'))"


def _moment(seconds: str) -> str:
    """SQL of a time: so many seconds after the start."""
    start = START.strftime("%Y-%m-%d %H:%M:%S")
    if connection.vendor == "sqlite":
        return f"datetime('{start}', ({seconds}) || ' seconds')"
    if connection.vendor == "mysql":
        return f"TIMESTAMPADD(SECOND, {seconds}, '{start}')"
    return f"TIMESTAMPTZ '{start}+00' + ({seconds}) * INTERVAL '1 second'"


def _json(value: object) -> str:
    text = f"'{json.dumps(value)}'"
    return f"{text}::jsonb" if connection.vendor == "postgresql" else text


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001  public by Django's documentation


def _next_pk(model: Any) -> int:
    highest: int | None = model.objects.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1
