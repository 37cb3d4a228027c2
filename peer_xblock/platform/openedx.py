"""The LMS and Studio as a host: each function in the module of its subject."""

from .activity import complete, track
from .courses import (
    class_size,
    course_title,
    course_url,
    is_enrolled,
    people_of,
    post_url,
    published_blocks,
    stop_url,
    unit_url,
    visible_places,
    visible_spaces,
)
from .files import resource_url
from .grades import publish_grade
from .groups import group_of
from .notices import notify
from .people import addresses_of, is_masquerade, names_of, role_of, team_of
from .sso import find_person, subject_of

__all__ = [
    "addresses_of",
    "class_size",
    "complete",
    "course_title",
    "course_url",
    "find_person",
    "group_of",
    "is_enrolled",
    "is_masquerade",
    "names_of",
    "notify",
    "people_of",
    "post_url",
    "publish_grade",
    "published_blocks",
    "resource_url",
    "role_of",
    "stop_url",
    "subject_of",
    "team_of",
    "track",
    "unit_url",
    "visible_places",
    "visible_spaces",
]
