"""An assignment as its author set it up: read from a block's settings, or refused with every reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from peer_xblock.domain.errors import N_, Invalid, InvalidFields
from peer_xblock.domain.file_types import FILE_TYPES

from .reading import Faults
from .rubric import Rubric, read_rubric, rubric_as_json

PROMPT_CAP = 50_000
REVIEWS_MAX = 20
POINTS_MAX = 10_000
FILE_BYTES_MAX = 10 * 1024 * 1024
FILES_MAX = 5


class Names(StrEnum):
    """Who sees a name: nobody, reviewers that of the author, or everyone that of everyone. Staff see all."""

    NOBODY = "nobody"
    AUTHORS = "authors"
    EVERYONE = "everyone"


class HandIn(StrEnum):
    """What learners hand in: a text; a text, with files if they wish; files, with a text if they wish."""

    TEXT = "text"
    BOTH = "both"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Dates:
    """None: no limit. Reviews open with the assignment where no date says otherwise."""

    submissions_due: datetime | None = None
    reviews_open: datetime | None = None
    reviews_due: datetime | None = None

    def takes_submissions(self, now: datetime) -> bool:
        """Whether works can still be handed in."""
        ends = [moment for moment in (self.submissions_due, self.reviews_due) if moment is not None]
        return all(now < end for end in ends)

    def has_opened(self, now: datetime) -> bool:
        """Whether reviewing has begun."""
        return self.reviews_open is None or now >= self.reviews_open

    def has_closed(self, now: datetime) -> bool:
        """Whether reviewing is over."""
        return self.reviews_due is not None and now >= self.reviews_due


@dataclass(frozen=True, slots=True)
class Activity:
    """All that the rules need of an assignment. wanted: reviews for each work. to_give: by each author.

    weight: the points that the grade counts for in the gradebook.
    """

    prompt: str
    rubric: Rubric
    wanted: int
    to_give: int
    names: Names
    hand_in: HandIn
    file_types: tuple[str, ...]
    dates: Dates
    weight: float

    @property
    def takes_files(self) -> bool:
        """Whether files may be handed in."""
        return self.hand_in is not HandIn.TEXT

    @property
    def needs_text(self) -> bool:
        """Whether a text must be handed in."""
        return self.hand_in is not HandIn.FILES


def read_activity(options: Mapping[str, Any], *, learners: int | None = None) -> Activity:
    """The assignment that the settings make. Raises InvalidFields, naming every setting that cannot be taken.

    learners: how many take the course, None while more may join: then no number of reviews is too many.
    """
    faults = Faults()
    activity = Activity(
        prompt=faults.text(options.get("prompt"), "prompt", cap=PROMPT_CAP),
        rubric=read_rubric(options.get("rubric"), faults),
        wanted=faults.whole(options.get("wanted"), "wanted", low=1, high=REVIEWS_MAX),
        to_give=faults.whole(options.get("to_give"), "to_give", low=1, high=REVIEWS_MAX),
        names=_choice(options.get("names"), Names, Names.NOBODY, faults, "names"),
        hand_in=_choice(options.get("hand_in"), HandIn, HandIn.TEXT, faults, "hand_in"),
        file_types=_file_types(options, faults),
        dates=_dates(options, faults),
        weight=faults.number(options.get("weight"), "weight", low=0, high=POINTS_MAX),
    )
    if learners is not None:
        _check_supply(activity, learners, faults)
    faults.raise_any()
    return activity


def options_of(activity: Activity) -> dict[str, Any]:
    """As JSON that `read_activity` reads the same: what a space keeps of the block's settings."""
    dates = activity.dates
    return {
        "prompt": activity.prompt,
        "rubric": rubric_as_json(activity.rubric),
        "wanted": activity.wanted,
        "to_give": activity.to_give,
        "names": activity.names.value,
        "hand_in": activity.hand_in.value,
        "file_types": list(activity.file_types),
        "submissions_due": _iso(dates.submissions_due),
        "reviews_open": _iso(dates.reviews_open),
        "reviews_due": _iso(dates.reviews_due),
        "weight": activity.weight,
    }


def faults_as_options(refused: InvalidFields) -> dict[str, Any]:
    """What a space keeps of settings that cannot be used: why, and nothing of what stood there."""
    return {
        "faults": [
            {"field": fault.field, "message": fault.message, "params": fault.params}
            for fault in refused.errors
        ]
    }


def kept_activity(options: Mapping[str, Any]) -> Activity:
    """The assignment of a space. Raises InvalidFields with what was kept of its faults."""
    if kept := options.get("faults"):
        raise InvalidFields(
            [Invalid(fault["message"], field=fault["field"], **fault["params"]) for fault in kept]
        )
    return read_activity(options)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _choice(value: object, of: type[Any], default: Any, faults: Faults, path: str) -> Any:
    try:
        return of(value)
    except ValueError:
        faults.add(path, N_("Choose one of the values that are offered."))
        return default


def _file_types(options: Mapping[str, Any], faults: Faults) -> tuple[str, ...]:
    """Endings as `.pdf`, a list or words; "pdf" and ".PDF" are taken for it. They matter where files are handed in."""
    if options.get("hand_in") == HandIn.TEXT:
        return ()
    value = options.get("file_types")
    words = value.replace(",", " ").split() if isinstance(value, str) else value
    given = words if isinstance(words, list | tuple) else []
    endings = [f".{item.strip().lstrip('.').lower()}" for item in given if isinstance(item, str)]
    unknown = [ending for ending in endings if ending not in FILE_TYPES]
    if len(endings) != len(given) or unknown:
        wrong = unknown[0] if unknown else str(next(x for x in given if not isinstance(x, str)))
        faults.add(
            "file_types",
            N_("Files of type “%(type)s” are not taken here. Choose among: %(known)s."),
            type="".join(c for c in wrong[:40] if c.isprintable()),
            known=", ".join(sorted(FILE_TYPES)),
        )
    elif not endings:
        faults.add("file_types", N_("Choose at least one type of file."))
    return tuple(dict.fromkeys(endings))


def _dates(options: Mapping[str, Any], faults: Faults) -> Dates:
    """In their order. A due date that the block inherits closes reviews where it has none of its own."""
    submissions_due = faults.moment(options.get("submissions_due"), "submissions_due")
    reviews_open = faults.moment(options.get("reviews_open"), "reviews_open")
    reviews_due = faults.moment(options.get("reviews_due"), "reviews_due")
    if reviews_due is not None and reviews_open is not None and reviews_due <= reviews_open:
        faults.add(
            "reviews_due", N_("Reviews close before they open. Choose a later date, or open them sooner.")
        )
    elif reviews_due is not None and submissions_due is not None and reviews_due <= submissions_due:
        faults.add(
            "reviews_due",
            N_("Reviews close before the last works are handed in. Choose a later date."),
        )
    return Dates(submissions_due, reviews_open, reviews_due or inherited_due(options))


def inherited_due(options: Mapping[str, Any]) -> datetime | None:
    """The due date that the block inherits, None for none or nonsense."""
    return Faults().moment(options.get("due"), "due")


def _check_supply(activity: Activity, learners: int, faults: Faults) -> None:
    others = max(learners - 1, 0)
    for name in ("wanted", "to_give"):
        if getattr(activity, name) > others:
            faults.add(
                name,
                N_("%(learners)d learners are in this course: nobody can have more than %(others)d reviews."),
                learners=learners,
                others=others,
            )
