"""The gradebook, in small: what a learner sees of their own grades, and course staff of everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from demo.campus.models import Block, Grade, Profile
from demo.campus.runtime import block_class


@dataclass(frozen=True, slots=True)
class Line:
    """A person's grades, one for each graded block in the course's order; None where there is none yet."""

    name: str
    grades: list[Grade | None]


@require_GET
@login_required
def progress(request: HttpRequest, course: str) -> HttpResponse:
    """Graded blocks as columns, people as lines: oneself, or all for course staff."""
    root = get_object_or_404(Block, course_key=course, block_type="course")
    blocks = graded_blocks(root.course_key)
    me = get_object_or_404(Profile, user=request.user)
    everyone = Profile.objects.filter(is_listed=True, role="learner").order_by("name")
    people = list(everyone) if me.role == "staff" else [me]
    context: dict[str, Any] = {"course": root, "blocks": blocks, "lines": lines_of(people, blocks)}
    return render(request, "campus/progress.html", context)


def graded_blocks(course_key: str) -> list[Block]:
    """The blocks that can have a grade, each with its unit, in the course's order."""
    leaves = Block.objects.filter(course_key=course_key, parent__block_type="vertical")
    ordered = leaves.select_related("parent").order_by(
        "parent__parent__position", "parent__position", "position"
    )
    return [block for block in ordered if getattr(block_class(block.block_type), "has_score", False)]


def lines_of(people: list[Profile], blocks: list[Block]) -> list[Line]:
    """One statement for all grades."""
    keys = [block.usage_key for block in blocks]
    grades = Grade.objects.filter(user__in=[one.user_id for one in people], usage_key__in=keys)
    by_place = {(grade.user_id, grade.usage_key): grade for grade in grades}
    return [Line(one.name, [by_place.get((one.user_id, key)) for key in keys]) for one in people]
