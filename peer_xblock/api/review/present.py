"""Rows to what one viewer sees. Here, and only here, it is decided whether an author or a reviewer is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peer_xblock.api.names import Names
from peer_xblock.api.visits import Visit
from peer_xblock.domain.file_types import ending_of
from peer_xblock.domain.people import Person
from peer_xblock.domain.review.activity import FILE_BYTES_MAX, FILES_MAX
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import Names as Shown
from peer_xblock.domain.review.grading import criterion_points, grade_of, score_of
from peer_xblock.domain.review.rubric import Criterion
from peer_xblock.domain.review.views import (
    ActivityView,
    Assignment,
    CriterionResult,
    CriterionReview,
    DraftView,
    FileRules,
    FileView,
    OverallReview,
    Result,
    SubmissionView,
    WorkView,
)
from peer_xblock.models import Review, Slot, StoredFile, Submission

from .settling import PEERS, STAFF, judgement
from .text import render_prompt

TEAM = "team"


@dataclass(slots=True)
class Presenter:
    """Shows an assignment's rows to one viewer. People are announced before the first is shown."""

    visit: Visit
    rules: Rules
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.visit)

    def may_know_author(self, work: Submission) -> bool:
        """Whether a reviewer sees whose work it is: promised then and offered now."""
        return work.is_named and self.rules.names is not Shown.NOBODY

    def may_know_reviewer(self, review: Review) -> bool:
        """Whether the viewer sees who wrote a review of their work: the team always, an author where all are named."""
        is_named = review.is_named and self.rules.names is Shown.EVERYONE
        return self.visit.viewer.is_moderator or is_named

    def expect_reviewers(self, reviews: Iterable[Review]) -> None:
        """Announce the people whom a result names."""
        self.names.expect(review.reviewer_id for review in reviews if self.may_know_reviewer(review))

    def activity(self) -> ActivityView:
        """The assignment."""
        rules, dates = self.rules, self.rules.dates
        return ActivityView(
            id=self.visit.space.public_id,
            title=self.visit.space.title,
            prompt_html=render_prompt(rules.prompt),
            criteria=rules.rubric.criteria,
            wanted=rules.wanted,
            to_give=rules.to_give,
            names=rules.names.value,
            text_required=rules.needs_text,
            files=FileRules(rules.takes_files, rules.file_types, FILE_BYTES_MAX, FILES_MAX),
            submissions_due=dates.submissions_due,
            reviews_open=dates.reviews_open,
            reviews_due=dates.reviews_due,
            points_possible=rules.weight,
        )

    def submission(self, slot: Any, work: Submission, files: Sequence[StoredFile]) -> SubmissionView:
        """A work for its author or the team."""
        is_free = slot.done + slot.live == 0 and slot.settled_at is None
        return SubmissionView(
            id=slot.public_id,
            revision=work.revision,
            html=work.html,
            source=work.source,
            files=tuple(map(show_file, files)),
            submitted_at=slot.submitted_at,
            word_count=work.word_count,
            can_edit=is_free and self.rules.dates.takes_submissions(self.visit.now),
        )

    def assignment(self, pair: Any, files: Sequence[StoredFile], *, number: int) -> Assignment:
        """A lease with the work that it is for."""
        work: Submission = pair.slot.submission
        is_named = self.may_know_author(work)
        shown = (show_file(row, name=None if is_named else _neutral_name(row)) for row in files)
        return Assignment(
            id=pair.public_id,
            taken_at=pair.taken_at,
            expires_at=pair.expires_at,
            number=number,
            submission=WorkView(
                html=work.html,
                word_count=work.word_count,
                files=tuple(shown),
                author=self.names.person(pair.slot.author_id) if is_named else None,
            ),
            draft=_draft(pair),
        )

    def result(self, slot: Slot, peers: Sequence[Review], team: Review | None) -> Result:
        """What became of a work: the team's points where it has judged, else the medians of the peers'."""
        rubric, weight = self.rules.rubric, self.rules.weight
        deciding = [judgement(review) for review in ([team] if team is not None else peers)]
        signed = self._signed(peers, team)
        grades = (grade_of(rubric, [judgement(review)]) for review in peers)
        grade = slot.grade if slot.settled_at is not None else None
        return Result(
            grade=grade,
            points=None if grade is None else round(grade * weight, 4),
            points_possible=weight,
            settled_at=slot.settled_at,
            by=STAFF if team is not None else PEERS,
            reviewer_grades=tuple(found for found in grades if found is not None),
            criteria=tuple(
                CriterionResult(
                    id=criterion.id,
                    points=criterion_points(criterion, deciding),
                    max_points=criterion.max_points,
                    reviews=tuple(self._of_criterion(criterion, signed)),
                )
                for criterion in rubric.criteria
            ),
            overall=tuple(
                OverallReview(name, self._person(review), review.overall_html)
                for name, review in signed.items()
                if review.overall_html
            ),
        )

    def _signed(self, peers: Sequence[Review], team: Review | None) -> Mapping[str, Review]:
        signed = {str(number): review for number, review in enumerate(peers, start=1)}
        return signed if team is None else {**signed, TEAM: team}

    def _of_criterion(self, criterion: Criterion, signed: Mapping[str, Review]) -> Iterable[CriterionReview]:
        for name, review in signed.items():
            option = criterion.option(review.scores.get(criterion.id, ""))
            points = score_of(criterion, judgement(review))
            html = review.html.get(criterion.id, "")
            if points is not None or html:
                yield CriterionReview(name, self._person(review), option.name if option else "", points, html)

    def _person(self, review: Review) -> Person | None:
        return self.names.person(review.reviewer_id) if self.may_know_reviewer(review) else None


def show_file(row: StoredFile, *, name: str | None = None) -> FileView:
    """A file, under its own name or another."""
    return FileView(
        row.public_id, name or row.name, row.size, row.content_type, f"get_file?file={row.public_id}"
    )


def file_name_for(row: StoredFile, *, is_named: bool) -> str:
    """The name under which a reviewer gets a file: what it was called may say who its author is."""
    return row.name if is_named else _neutral_name(row)


def _neutral_name(row: StoredFile) -> str:
    return f"file-{row.place}{ending_of(row.name)}"


def _draft(pair: Any) -> DraftView | None:
    review: Review | None = getattr(pair, "review", None)
    if review is None:
        return None
    is_of_former = 0 < review.revision < pair.revision
    return DraftView(review.scores, review.comments, review.overall, review.saved_at, is_of_former)
