"""What the api hands out of a directory: frozen values, ready to be written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from peer_xblock.domain.people import Person, ReaderView

EVIDENCE_SHOWN = 5
PEOPLE = 20
PEOPLE_MAX = 50


class RequestState(StrEnum):
    """What became of a question that was put to somebody. answered: they responded in its thread, by name."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    PASSED = "passed"
    ANSWERED = "answered"


class SortedBy(StrEnum):
    """Why people come in this order."""

    ANSWERS = "answers"
    SKILL = "skill"
    NAME = "name"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill by its label in the viewer's language. uri: ESCO's, None for one of our own list."""

    id: str
    label: str
    uri: str | None


@dataclass(frozen=True, slots=True)
class SkillCount:
    """A skill and how many listed people of the course declare it."""

    id: str
    label: str
    uri: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Skills that what was typed may mean, best first."""

    skills: tuple[SkillView, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question that somebody answered well, which this viewer may open."""

    kind: str
    title: str
    url: str
    thread: str
    accepted: bool
    endorsed: bool
    vote_count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """A person who chose to be found. availability: state, from (an ISO date or None), left.

    reasons: answered (count), skill (skill), name.
    """

    id: str
    person: Person
    about_html: str
    languages: tuple[str, ...]
    availability: Mapping[str, Any]
    skills: tuple[SkillView, ...]
    is_new: bool
    is_me: bool
    reasons: tuple[Mapping[str, Any], ...]
    evidence: tuple[Evidence, ...]
    can_ask: bool


@dataclass(frozen=True, slots=True)
class MyProfile:
    """One's own profile, as it is edited. id: None while there is none. away_until: an ISO date."""

    id: str | None
    is_listed: bool
    about: str
    languages: tuple[str, ...]
    weekly_limit: int | None
    away_until: str | None
    skills: tuple[SkillView, ...]
    revision: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RequestView:
    """A question that was put to somebody. person: the other one. mine: the viewer asked. title: "" when gone."""

    id: str
    thread: str
    url: str
    title: str
    state: str
    person: Person
    mine: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """One request, as it is after a call."""

    request: RequestView


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A discussion where a question can be posted."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """What the block shows beside the people. languages: those that are offered to choose from."""

    title: str
    intro_html: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDirectory:
    """A directory as its reader opens it. count: people who are listed. skills: the commonest."""

    viewer: ReaderView
    directory: DirectoryView
    me: MyProfile
    count: int
    skills: tuple[SkillCount, ...]
    requests: tuple[RequestView, ...]
    spaces: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """A page of people. count: how many match; skills: what the query was understood to ask for."""

    people: tuple[Card, ...]
    count: int
    next: str | None
    skills: tuple[SkillView, ...]
    sorted_by: str
