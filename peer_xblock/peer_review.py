"""An assignment that learners review among each other."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from xblock.fields import Scope, String

from .api.visits import Visit
from .authoring import read_settings
from .block import PeerBlock
from .domain.errors import N_, Invalid, InvalidFields
from .domain.review.activity import (
    POINTS_MAX,
    REVIEWS_MAX,
    HandIn,
    Names,
    faults_as_options,
    options_of,
    read_activity,
)
from .domain.review.rubric import rubric_as_json
from .domain.spaces import SpaceKind
from .olx import TolerantDateTime, TolerantFloat, TolerantInteger, TolerantList, read_review, write_review
from .platform import ClassSize, host
from .studio import Section

SAMPLE_RUBRIC = [
    {
        "id": "content",
        "name": "Content",
        "prompt": "Does it answer the task, and are its reasons sound?",
        "weight": 70,
        "options": [
            {"id": "c0", "name": "Not yet", "explanation": "The task is not answered.", "points": 0},
            {
                "id": "c1",
                "name": "In part",
                "explanation": "Answered, with gaps in the reasons.",
                "points": 2,
            },
            {
                "id": "c2",
                "name": "Fully",
                "explanation": "Answered, and every step has its reason.",
                "points": 4,
            },
        ],
    },
    {
        "id": "clarity",
        "name": "Clarity",
        "prompt": "Could somebody who was not in this course follow it?",
        "weight": 30,
        "options": [
            {
                "id": "k0",
                "name": "Hard to follow",
                "explanation": "One has to guess what is meant.",
                "points": 0,
            },
            {"id": "k1", "name": "Clear", "explanation": "One can follow it from start to end.", "points": 2},
        ],
    },
]


class PeerReviewXBlock(PeerBlock):
    """Learners hand in a work, review those of others by a rubric, and read what was said of theirs."""

    kind = SpaceKind.REVIEW
    initialiser = "PeerReview"
    has_score = True
    studio_fields = (
        "display_name",
        "prompt",
        "hand_in",
        "file_types",
        "wanted",
        "to_give",
        "names",
        "submissions_due",
        "reviews_open",
        "reviews_due",
        "rubric",
        "weight",
    )
    studio_sections = (
        Section(
            N_("What learners do"),
            N_("Shown at the top of the unit, and beside each work that is reviewed."),
            ("display_name", "prompt", "hand_in", "file_types"),
        ),
        Section(
            N_("Who reviews whom"),
            N_("Nobody ever reviews their own work, or the same work twice."),
            ("to_give", "wanted", "names"),
        ),
        Section(
            N_("Dates"),
            N_("Reviews can open while works still come in: the first feedback is then quick."),
            ("submissions_due", "reviews_open", "reviews_due"),
        ),
        Section(
            N_("Rubric"),
            N_("What reviewers look at. Move a criterion by its arrows, or with Alt and the arrow keys."),
            ("rubric",),
        ),
        Section(N_("Grade"), N_("It goes to the gradebook once a work is settled."), ("weight",)),
    )

    display_name = String(
        display_name=N_("Title"),
        help=N_("Shown above the assignment, and where it is linked from elsewhere in the course."),
        default=N_("Peer review"),
        scope=Scope.settings,
    )
    prompt = String(
        display_name=N_("The task"),
        help=N_("What learners do, in Markdown; formulas and pictures work."),
        default="",
        scope=Scope.content,
        multiline_editor=True,
    )
    hand_in = String(
        display_name=N_("What is handed in"),
        help=N_("Files are checked: their content must be what their ending says."),
        values=[
            {"value": HandIn.TEXT.value, "display_name": N_("A text")},
            {"value": HandIn.BOTH.value, "display_name": N_("A text, with files if they wish")},
            {"value": HandIn.FILES.value, "display_name": N_("Files, with a text if they wish")},
        ],
        default=HandIn.BOTH.value,
        scope=Scope.settings,
    )
    file_types = String(
        display_name=N_("Types of file"),
        help=N_("Endings of the files that are taken, as: pdf, png, csv. Up to five files of 10 MB each."),
        default="pdf, png, jpg, csv, txt",
        scope=Scope.settings,
    )
    wanted = TolerantInteger(
        display_name=N_("Reviews that each work should get"),
        help=N_("With three, one hasty reviewer does not decide a grade."),
        default=3,
        values={"min": 1, "max": REVIEWS_MAX},
        scope=Scope.settings,
    )
    to_give = TolerantInteger(
        display_name=N_("Reviews that each learner gives"),
        help=N_(
            "Some learners leave: with two more than each work should get, the others are still reviewed in full."
        ),
        default=3,
        values={"min": 1, "max": REVIEWS_MAX},
        scope=Scope.settings,
    )
    names = String(
        display_name=N_("Names"),
        help=N_("The course team sees who wrote what in any case."),
        values=[
            {"value": Names.NOBODY.value, "display_name": N_("Nobody sees a name")},
            {"value": Names.AUTHORS.value, "display_name": N_("Authors are shown, reviewers hidden")},
            {"value": Names.EVERYONE.value, "display_name": N_("Everyone sees names")},
        ],
        default=Names.NOBODY.value,
        scope=Scope.settings,
    )
    submissions_due = TolerantDateTime(
        display_name=N_("Works are due"),
        help=N_("Empty: until reviews close."),
        default=None,
        scope=Scope.settings,
    )
    reviews_open = TolerantDateTime(
        display_name=N_("Reviews open"),
        help=N_("Empty: at once, so that the first works are reviewed while others are still written."),
        default=None,
        scope=Scope.settings,
    )
    reviews_due = TolerantDateTime(
        display_name=N_("Reviews close"),
        help=N_(
            "Then works with at least one review are settled. Empty: the due date of the unit, or never."
        ),
        default=None,
        scope=Scope.settings,
    )
    rubric = TolerantList(
        display_name=N_("Rubric"),
        help=N_("Criteria, each with options of rising worth; their shares of the grade make 100 % in all."),
        default=SAMPLE_RUBRIC,
        scope=Scope.content,
    )
    weight = TolerantFloat(
        display_name=N_("Points in the gradebook"),
        help=N_("What a full grade counts for."),
        default=1.0,
        values={"min": 0, "max": POINTS_MAX},
        scope=Scope.settings,
    )

    def max_score(self) -> float:
        """Grades are fractions; the gradebook multiplies them by the weight."""
        return 1.0

    def space_options(self) -> dict[str, Any]:
        """The settings as they can be used, or why they cannot."""
        try:
            return {"options": options_of(read_activity(self._settings({})))}
        except InvalidFields as refused:
            return {"options": faults_as_options(refused)}

    def check_settings(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Also what makes an assignment of them, in this course. Raises InvalidFields with every fault."""
        checked: dict[str, Any] = {}
        faults: list[Invalid] = []
        for name in self.studio_fields:
            try:
                checked |= read_settings(self, [name], values)
            except InvalidFields as refused:
                faults += refused.errors
        size = self._class_size()
        try:
            learners = size.learners if size is not None and size.is_final else None
            activity = read_activity(self._settings(checked), learners=learners)
        except InvalidFields as refused:
            named = {fault.field for fault in faults}
            raise InvalidFields([*faults, *(f for f in refused.errors if f.field not in named)]) from refused
        if faults:
            raise InvalidFields(faults)
        return checked | ({"rubric": rubric_as_json(activity.rubric)} if "rubric" in checked else {})

    @classmethod
    def workbench_scenarios(cls) -> list[tuple[str, str]]:
        """The workbench sets each block's due date to the present: only one of our own keeps it open."""
        return [("peer_review", '<peer_review reviews_due="2100-01-01T00:00:00Z"/>')]

    def index_dictionary(self) -> dict[str, Any]:
        """With the task, which its author wrote."""
        found = super().index_dictionary()
        return {**found, "content": {**found["content"], "prompt": self.prompt or ""}}

    def form_facts(self) -> dict[str, Any]:
        """Who is there yet: numbers of reviews beyond them are pointed out, and taken while more may come."""
        size = self._class_size()
        return {"learners": size.learners if size is not None else None}

    def _class_size(self) -> ClassSize | None:
        return host().class_size(self.learning_context, now=datetime.now(UTC))

    def _settings(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """All settings, those in `changes` as they would be."""
        current = {name: getattr(self, name) for name in self.studio_fields}
        return {**current, **changes}

    def _enter(self) -> Visit:
        """Where reviews have no end of their own, an inherited due date ends them, for this learner alone."""
        visit = super()._enter()
        due = getattr(self, "due", None)
        if isinstance(due, datetime):
            visit.space.options = {**visit.space.options, "due": due.isoformat()}
        return visit

    def add_xml_to_node(self, node: Any) -> None:
        """OLX with prompt and rubric as elements."""
        super().add_xml_to_node(node)
        write_review(node, self.prompt or "", self.rubric)

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any, *others: Any) -> Any:
        """The same way back; whatever stands there, the block opens."""
        copy = deepcopy(node)
        values = read_review(copy)
        block = super().parse_xml(copy, runtime, keys, *others)
        for name, value in values.items():
            setattr(block, name, value)
        return block
