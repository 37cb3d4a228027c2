"""Courses in the LMS: their addresses, and which of their blocks a person may open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, Max
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey, UsageKey

from .host import ClassSize, Place
from .people import team_of

_SECTION, _UNIT = "chapter", "vertical"


def post_url(post_id: str) -> str:
    """The permanent address of a post."""
    return f"{settings.LMS_ROOT_URL}/peer/p/{post_id}"


def stop_url(token: str) -> str:
    """Where mails are unsubscribed from, without a log-in."""
    return f"{settings.LMS_ROOT_URL}/peer/stop/{token}"


def unit_url(usage_key: str, post_id: str = "") -> str:
    """The learning page of the block's unit. The page forwards only `jumpToId` into the frame."""
    course_key = UsageKey.from_string(usage_key).context_key
    url = f"{settings.LMS_ROOT_URL}/courses/{quote(str(course_key))}/jump_to/{quote(usage_key)}"
    return f"{url}?peer_post={post_id}" if post_id else url


def course_url(context_key: str) -> str:
    """The course's home, wherever the site has it."""
    from openedx.features.course_experience import default_course_url

    url: str = default_course_url(CourseKey.from_string(context_key))
    return url


def course_title(context_key: str) -> str:
    """The course's display name."""
    from openedx.core.djangoapps.content.course_overviews.models import CourseOverview

    names = CourseOverview.objects.filter(id=CourseKey.from_string(context_key))
    return str(names.values_list("display_name", flat=True).first() or "")


def is_enrolled(user_id: int, context_key: str) -> bool:
    """An active enrolment. A library has none."""
    from common.djangoapps.student.models import CourseEnrollment

    try:
        course_key = CourseKey.from_string(context_key)
    except InvalidKeyError:
        return False
    rows = CourseEnrollment.objects.filter(user_id=user_id, course_id=course_key, is_active=True)
    return bool(rows.exists())


def people_of(context_key: str, *, after: int, limit: int) -> Sequence[int]:
    """Active enrolments and the course's team, by account."""
    from common.djangoapps.student.models import CourseEnrollment

    try:
        course_key = CourseKey.from_string(context_key)
    except InvalidKeyError:
        return []
    rows = CourseEnrollment.objects.filter(course_id=course_key, is_active=True, user_id__gt=after)
    enrolled = rows.order_by("user_id").values_list("user_id", flat=True)[:limit]
    team = (user_id for user_id in team_of(context_key) if user_id > after)
    return sorted({*enrolled, *team})[:limit]


def class_size(context_key: str, *, now: datetime) -> ClassSize | None:
    """Active enrolments; final once the course's enrolment has ended. A library has none."""
    from common.djangoapps.student.models import CourseEnrollment

    try:
        course_key = CourseKey.from_string(context_key)
    except InvalidKeyError:
        return None
    rows = CourseEnrollment.objects.filter(course_id=course_key, is_active=True)
    found = rows.aggregate(learners=Count("id"), ends_at=Max("course__enrollment_end"))
    return ClassSize(found["learners"], found["ends_at"] is not None and found["ends_at"] <= now)


def published_blocks(context_key: str, block_types: Collection[str]) -> Sequence[Any]:
    """From the published branch, less what no parent holds any more."""
    from xmodule.modulestore import ModuleStoreEnum
    from xmodule.modulestore.django import modulestore
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        course_key = CourseKey.from_string(context_key)
        store = modulestore()
        with store.branch_setting(ModuleStoreEnum.Branch.published_only, course_key):
            found = [
                store.get_items(course_key, qualifiers={"category": block_type}, include_orphans=False)
                for block_type in sorted(block_types)
            ]
    except (InvalidKeyError, ItemNotFoundError):
        return []
    return [block for blocks in found for block in blocks]


def visible_places(user_id: int, context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
    """What is left of the course's structure when all is taken away that this person may not open."""
    structure = _open_structure(user_id, context_key) if usage_keys else None
    if structure is None:
        return []
    wanted = set(usage_keys)
    found = [key for key in structure.topological_traversal() if str(key) in wanted]
    return [_place(structure, key) for key in found]


def visible_spaces(user_id: int, context_key: str, usage_keys: Collection[str]) -> Collection[str]:
    """The usage keys of `visible_places`."""
    return [place.usage_key for place in visible_places(user_id, context_key, usage_keys)]


def _open_structure(user_id: int, context_key: str) -> Any:
    """The course's block structure as this person may see it; None where there is none, as in a library.

    The same transformers as the LMS's own blocks api, which also knows prerequisites, exams and what is hidden
    after it was due. The structure comes from the LMS's cache.
    """
    from django.contrib.auth import get_user_model
    from lms.djangoapps.course_api.blocks.transformers.milestones import MilestonesAndSpecialExamsTransformer
    from lms.djangoapps.course_blocks import api
    from lms.djangoapps.course_blocks.transformers.hidden_content import HiddenContentTransformer
    from openedx.core.djangoapps.content.block_structure.transformers import BlockStructureTransformers
    from xmodule.modulestore.django import modulestore
    from xmodule.modulestore.exceptions import ItemNotFoundError

    try:
        course_key = CourseKey.from_string(context_key)
        root = modulestore().make_course_usage_key(course_key)
        user = get_user_model().objects.get(id=user_id)
        transformers = BlockStructureTransformers(api.get_course_block_access_transformers(user))
        transformers += [
            MilestonesAndSpecialExamsTransformer(include_special_exams=False, include_gated_sections=False),
            HiddenContentTransformer(),
        ]
        return api.get_course_blocks(user, root, transformers)
    except (InvalidKeyError, ItemNotFoundError):
        return None


def _place(structure: Any, key: Any) -> Place:
    path = list(_above(structure, key))
    titles = {above.block_type: _title(structure, above) for above in path}
    return Place(str(key), titles.get(_SECTION, ""), titles.get(_UNIT, ""), _due(structure, [*path, key]))


def _due(structure: Any, keys: Sequence[Any]) -> datetime | None:
    """The first that there is: a person's extension is the subsection's, the block keeps everybody's date."""
    dates = (structure.get_xblock_field(key, "due") for key in keys)
    return next((date for date in dates if date is not None), None)


def _above(structure: Any, key: Any) -> Iterator[Any]:
    parents = structure.get_parents(key)
    while parents:
        yield parents[0]
        parents = structure.get_parents(parents[0])


def _title(structure: Any, key: Any) -> str:
    return str(structure.get_xblock_field(key, "display_name") or "")
