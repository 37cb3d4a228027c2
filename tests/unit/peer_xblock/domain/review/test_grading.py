"""The grade: the median of each criterion, the mean of the criteria by weight."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.review.grading import Given, criterion_points, grade_of, points_of
from peer_xblock.domain.review.reading import Faults
from peer_xblock.domain.review.rubric import Rubric, read_rubric
from tests.rubrics import RUBRIC, rubric

CHOICES = st.fixed_dictionaries(
    {"protocol": st.sampled_from(["no", "yes", "more"]), "doubt": st.sampled_from(["none", "some", "full"])}
)
REVIEWS = st.lists(CHOICES, min_size=1, max_size=7)


def given_by(*choices: dict[str, str]) -> list[Given]:
    return [Given(scores, points_of(rubric(), scores)) for scores in choices]


def test_the_median_of_three_is_the_middle_one() -> None:
    reviews = given_by(*({"protocol": option} for option in ("no", "yes", "more")))
    assert criterion_points(rubric().criteria[0], reviews) == 2


def test_the_median_of_two_lies_between_them_and_is_not_rounded() -> None:
    reviews = given_by({"protocol": "yes"}, {"protocol": "more"})
    assert criterion_points(rubric().criteria[0], reviews) == 2.5


def test_a_grade_weighs_the_criteria() -> None:
    reviews = given_by({"protocol": "more", "doubt": "some"})
    assert grade_of(rubric(), reviews) == pytest.approx(0.3 * 1 + 0.7 * 0.5)


def test_a_work_without_a_review_has_no_grade() -> None:
    assert grade_of(rubric(), []) is None
    assert criterion_points(rubric().criteria[0], []) is None


@given(REVIEWS)
def test_a_grade_is_a_fraction_between_the_harshest_and_the_mildest_review(
    reviews: list[dict[str, str]],
) -> None:
    alone = [grade_of(rubric(), given_by(one)) or 0.0 for one in reviews]
    grade = grade_of(rubric(), given_by(*reviews))
    assert grade is not None
    lowest = min(min(points_of(rubric(), one)[c] for one in reviews) for c in ("protocol",))
    assert 0 <= grade <= 1
    assert (lowest > 0) <= (grade > 0)
    if len(set(alone)) == 1 and all(one == reviews[0] for one in reviews):
        assert grade == pytest.approx(alone[0])


@given(REVIEWS, st.integers())
def test_the_order_of_reviews_changes_nothing(reviews: list[dict[str, str]], seed: int) -> None:
    shuffled = Random(seed).sample(reviews, len(reviews))
    assert grade_of(rubric(), given_by(*reviews)) == grade_of(rubric(), given_by(*shuffled))


@given(REVIEWS, st.integers(0, 6))
def test_a_better_option_never_lowers_a_grade(reviews: list[dict[str, str]], place: int) -> None:
    better = list(reviews)
    better[place % len(better)] = {"protocol": "more", "doubt": "full"}
    before, after = grade_of(rubric(), given_by(*reviews)), grade_of(rubric(), given_by(*better))
    assert before is not None
    assert after is not None
    assert after >= before - 1e-12


def without_option(criterion: str, option: str) -> Rubric:
    rows = [
        {**c, "options": [o for o in c["options"] if c["id"] != criterion or o["id"] != option]}
        for c in RUBRIC
    ]
    return read_rubric(rows, Faults())


def test_an_option_that_was_removed_keeps_its_worth_up_to_what_can_be_had() -> None:
    reviews = given_by({"protocol": "yes"})
    assert criterion_points(without_option("protocol", "yes").criteria[0], reviews) == 2
    best = given_by({"protocol": "more"})
    assert criterion_points(without_option("protocol", "more").criteria[0], best) == 2


def test_points_that_the_author_corrects_count_for_earlier_reviews_too() -> None:
    reviews = given_by({"protocol": "yes"})
    rows = [{**RUBRIC[0], "options": [{**o, "points": o["points"] * 10} for o in RUBRIC[0]["options"]]}]
    assert criterion_points(read_rubric(rows, Faults()).criteria[0], reviews) == 20


def test_a_criterion_that_was_added_later_leaves_earlier_grades_whole() -> None:
    reviews = given_by({"protocol": "more"})
    assert grade_of(rubric(), reviews) == 1.0
