"""From reviews to a grade: the median of each criterion, then the mean of the criteria by their weights.

score = points on a criterion; grade = final fraction 0..1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .rubric import Criterion, Rubric

Scores = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """One review's judgement. scores: option by criterion. points: what those options were worth when it was sent."""

    scores: Scores
    points: Mapping[str, int]


def points_of(rubric: Rubric, scores: Scores) -> dict[str, int]:
    """What the chosen options are worth now, by criterion; what the rubric does not have is left out."""
    found: dict[str, int] = {}
    for criterion in rubric.criteria:
        option = criterion.option(scores.get(criterion.id, ""))
        if option is not None:
            found[criterion.id] = option.points
    return found


def score_of(criterion: Criterion, given: Given) -> int | None:
    """One review's points on a criterion, None when it says nothing of it.

    An option that the author has since removed keeps what it was worth, up to what can be had now.
    """
    option = criterion.option(given.scores.get(criterion.id, ""))
    if option is not None:
        return option.points
    points = given.points.get(criterion.id)
    return None if points is None else min(points, criterion.max_points)


def criterion_points(criterion: Criterion, reviews: Sequence[Given]) -> float | None:
    """The median of the reviews' points, None without any. Of an even number, the mean of the middle two."""
    scores = [score for given in reviews if (score := score_of(criterion, given)) is not None]
    return float(median(scores)) if scores else None


def grade_of(rubric: Rubric, reviews: Sequence[Given]) -> float | None:
    """The grade of a work, None without a review.

    A criterion that no review speaks of (added since) is left out, and the weights of the others fill its place.
    """
    parts = [
        (criterion.weight, points / criterion.max_points)
        for criterion in rubric.criteria
        if criterion.weight > 0
        and criterion.max_points > 0
        and (points := criterion_points(criterion, reviews)) is not None
    ]
    weights = sum(weight for weight, _ in parts)
    if not weights:
        return None
    return min(1.0, max(0.0, sum(weight * share for weight, share in parts) / weights))
