"""The rubric: criteria, each with options of rising worth. What an author wrote is read whole, each fault named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from peer_xblock.domain.errors import N_, Invalid

from .reading import Faults

ALL = 100.0
# So that three thirds, written with two decimals, make all.
ROUNDING = 0.05
CRITERIA_MAX = 20
OPTIONS_MAX = 20
POINTS_MAX = 1000
NAME_CAP = 200
PROMPT_CAP = 2000
ID_CAP = 32


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a reviewer can say of a work under a criterion."""

    id: str
    name: str
    explanation: str
    points: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at. weight: percent of the grade; with 0 it asks for comments only."""

    id: str
    name: str
    prompt: str
    weight: float
    options: tuple[Option, ...]
    max_points: int

    def option(self, option_id: str) -> Option | None:
        """The option of an id."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Rubric:
    """All criteria, in the author's order; their weights make 100."""

    criteria: tuple[Criterion, ...]

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The criterion of an id."""
        return next((criterion for criterion in self.criteria if criterion.id == criterion_id), None)


def read_rubric(value: object, faults: Faults, *, path: str = "rubric") -> Rubric:
    """The rubric of a block's setting; what is wrong with it is added to `faults`.

    value: [{id, name, prompt, weight, options: [{id, name, explanation, points}]}]. An id that is missing, or that
    another one has, is given anew, the same each time.
    """
    before = len(faults.errors)
    rows = faults.rows(value, path)
    if not rows and len(faults.errors) == before:
        faults.add(path, N_("Give the rubric at least one criterion."))
    if len(rows) > CRITERIA_MAX:
        faults.add(
            path, N_("The rubric has %(length)d criteria; %(cap)d fit."), length=len(rows), cap=CRITERIA_MAX
        )
    ids = _distinct_ids(rows, "c")
    criteria = tuple(
        _criterion(row, ids[place], faults, f"{path}.{place}")
        for place, row in enumerate(rows[:CRITERIA_MAX])
    )
    if rows and len(faults.errors) == before:
        _check_weights(criteria, faults, path)
    return Rubric(criteria)


def _criterion(row: Mapping[str, Any], ident: str, faults: Faults, path: str) -> Criterion:
    name = faults.text(
        row.get("name"), f"{path}.name", cap=NAME_CAP, missing=N_("Give the criterion a name.")
    )
    prompt = faults.text(row.get("prompt"), f"{path}.prompt", cap=PROMPT_CAP)
    weight = faults.number(row.get("weight"), f"{path}.weight", low=0, high=ALL)
    options = _options(row.get("options"), faults, f"{path}.options")
    highest = max((option.points for option in options), default=0)
    if len(options) > 1 and highest == 0 and weight > 0:
        faults.add(
            f"{path}.options",
            N_(
                "“%(name)s” has no points. Give at least 1 point, or set its share to 0 %% to ask for comments only."
            ),
            name=name,
        )
    return Criterion(ident, name, prompt, weight, options, highest)


def _options(value: object, faults: Faults, path: str) -> tuple[Option, ...]:
    before = len(faults.errors)
    rows = faults.rows(value, path)
    if len(rows) < 2 and len(faults.errors) == before:
        faults.add(path, N_("Give at least two options to choose from."))
    if len(rows) > OPTIONS_MAX:
        faults.add(
            path,
            N_("The criterion has %(length)d options; %(cap)d fit."),
            length=len(rows),
            cap=OPTIONS_MAX,
        )
    ids = _distinct_ids(rows, "o")
    return tuple(
        Option(
            id=ids[place],
            name=faults.text(
                row.get("name"),
                f"{path}.{place}.name",
                cap=NAME_CAP,
                missing=N_("Give the option a name."),
            ),
            explanation=faults.text(row.get("explanation"), f"{path}.{place}.explanation", cap=PROMPT_CAP),
            points=faults.whole(row.get("points"), f"{path}.{place}.points", low=0, high=POINTS_MAX),
        )
        for place, row in enumerate(rows[:OPTIONS_MAX])
    )


def _check_weights(criteria: Sequence[Criterion], faults: Faults, path: str) -> None:
    total = sum(criterion.weight for criterion in criteria)
    if total == 0:
        faults.add(
            f"{path}.0.weight", N_("No criterion counts. The shares of the grade must make 100 % in all.")
        )
    elif not math.isclose(total, ALL, abs_tol=ROUNDING):
        faults.add(
            f"{path}.0.weight",
            N_("The shares of the grade make %(total)s %% in all, not 100 %%."),
            total=f"{total:g}",
        )


def _distinct_ids(rows: Iterable[Mapping[str, Any]], prefix: str) -> list[str]:
    """The rows' own ids where they are fit and single, else prefix and number."""
    ids: list[str] = []
    for place, row in enumerate(rows, start=1):
        own = row.get("id")
        is_fit = isinstance(own, str) and own.isascii() and own.isidentifier() and len(own) <= ID_CAP
        numbered = (f"{prefix}{number}" for number in count(place))
        candidates = chain([own], numbered) if isinstance(own, str) and is_fit else numbered
        ids.append(next(candidate for candidate in candidates if candidate not in ids))
    return ids


def rubric_as_json(rubric: Rubric) -> list[dict[str, Any]]:
    """As a block's setting holds it."""
    return [
        {
            "id": criterion.id,
            "name": criterion.name,
            "prompt": criterion.prompt,
            "weight": criterion.weight,
            "options": [
                {
                    "id": option.id,
                    "name": option.name,
                    "explanation": option.explanation,
                    "points": option.points,
                }
                for option in criterion.options
            ],
        }
        for criterion in rubric.criteria
    ]


def check_scores(rubric: Rubric, scores: Mapping[str, str], *, is_whole: bool) -> None:
    """Refuse a score of something that the rubric does not have; with `is_whole`, also a criterion without one.

    scores: option by criterion. Raises Invalid, naming `scores.<criterion>`.
    """
    for criterion_id, option_id in scores.items():
        criterion = rubric.criterion(criterion_id)
        if criterion is None:
            raise Invalid(N_("The rubric has no such criterion."), field=f"scores.{criterion_id}")
        if criterion.option(option_id) is None:
            raise Invalid(
                N_("Choose one of the options of “%(name)s”."),
                field=f"scores.{criterion_id}",
                name=criterion.name,
            )
    for criterion in rubric.criteria:
        if is_whole and criterion.id not in scores:
            raise Invalid(
                N_("Choose an option for “%(name)s”."), field=f"scores.{criterion.id}", name=criterion.name
            )
