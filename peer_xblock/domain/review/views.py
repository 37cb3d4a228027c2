"""What the api hands out of a review assignment: frozen values, ready to be written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peer_xblock.domain.people import Person, ReaderView

from .rubric import Criterion
from .steps import Step, Why

PAGE = 50


@dataclass(frozen=True, slots=True)
class FileRules:
    """What may be handed in as a file. types: endings as `.pdf`."""

    allowed: bool
    types: tuple[str, ...]
    max_bytes: int
    max_count: int


@dataclass(frozen=True, slots=True)
class ActivityView:
    """The assignment as everybody sees it."""

    id: str
    title: str
    prompt_html: str
    criteria: tuple[Criterion, ...]
    wanted: int
    to_give: int
    names: str
    text_required: bool
    files: FileRules
    submissions_due: datetime | None
    reviews_open: datetime | None
    reviews_due: datetime | None
    points_possible: float


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was handed in. url: an operation of the same block, relative to where they are called."""

    id: str
    name: str
    size: int
    content_type: str
    url: str


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A work as its author and the team see it."""

    id: str
    revision: int
    html: str
    source: str
    files: tuple[FileView, ...]
    submitted_at: datetime
    word_count: int
    can_edit: bool


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work as its reviewer sees it. author: None where names are hidden."""

    html: str
    word_count: int
    files: tuple[FileView, ...]
    author: Person | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A review that was begun. scores: option by criterion. is_of_former: its author replaced the work since."""

    scores: Mapping[str, str]
    comments: Mapping[str, str]
    overall: str
    saved_at: datetime
    is_of_former: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """The lease that the viewer holds. number: which of theirs, from 1."""

    id: str
    taken_at: datetime
    expires_at: datetime
    number: int
    submission: WorkView
    draft: DraftView | None


@dataclass(frozen=True, slots=True)
class CriterionReview:
    """What one reviewer said of one criterion. reviewer: "1" and on in order of arrival, or "team"."""

    reviewer: str
    person: Person | None
    option: str
    points: int | None
    html: str


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """points: the median of the peers', or the team's; None where nobody spoke of it."""

    id: str
    points: float | None
    max_points: int
    reviews: tuple[CriterionReview, ...]


@dataclass(frozen=True, slots=True)
class OverallReview:
    """What one reviewer said of the whole."""

    reviewer: str
    person: Person | None
    html: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a work. grade and reviewer_grades: 0..1. by: peers, or staff once the team has judged."""

    grade: float | None
    points: float | None
    points_possible: float
    settled_at: datetime | None
    by: str
    reviewer_grades: tuple[float, ...]
    criteria: tuple[CriterionResult, ...]
    overall: tuple[OverallReview, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """Where the viewer stands. being_reviewed: leases on their work now. result: None until it may be read."""

    pledged: bool
    submission: SubmissionView | None
    draft_files: tuple[FileView, ...]
    reviews_given: int
    reviews_left: int
    reviews_received: int
    being_reviewed: int
    result: Result | None


@dataclass(frozen=True, slots=True)
class Can:
    """What the viewer may do now."""

    submit: bool
    edit: bool
    review: bool
    read_result: bool
    oversee: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why no work can be had, and until when."""

    why: Why
    at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """All that a learner's page shows."""

    viewer: ReaderView
    activity: ActivityView
    steps: tuple[Step, ...]
    mine: Mine
    review: Assignment | None
    waiting: Waiting | None
    can: Can


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that was stored."""

    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """Of all works. by_received: how many have 0, 1, ... reviews; the last is "as many as wanted, or more".

    needs_team: those that no peer can settle any more; 0 while reviews are open.
    """

    submissions: int
    waiting: int
    settled: int
    needs_team: int
    by_received: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in the team's overview. state: waiting, reviewed, settled, or needs_team once reviews have closed.

    passed_on: how many reviewers gave it back unread.
    """

    id: str
    person: Person
    submitted_at: datetime
    received: int
    being_reviewed: int
    given: int
    grade: float | None
    settled_at: datetime | None
    state: str
    passed_on: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of works, the oldest first. next: the cursor of the page after it."""

    counts: Counts
    rows: tuple[WorkRow, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Skip:
    """Somebody passed a work on. reason: as they chose it. taken_at: when they had been given the work."""

    person: Person
    reason: str
    note: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class ReadWork:
    """One work and what was said of it, for the team. skips: who passed it on and why, the first one first."""

    person: Person
    submission: SubmissionView
    result: Result
    skips: tuple[Skip, ...]


@dataclass(frozen=True, slots=True)
class JudgedWork:
    """A work's row after the team's judgement."""

    row: WorkRow
