"""The course tab, found by the LMS and Studio through the entry point `openedx.course_tab`."""

from __future__ import annotations

from typing import Any

from .api.community import has_spaces
from .domain.errors import N_
from .platform.tabs import EnrolledTab


class CommunityTab(EnrolledTab):
    """The page of the course's spaces, in each course that has any: no author has to add it."""

    type = "peer_community"
    title = N_("Community")
    view_name = "peer_xblock:course"
    # Beside the LMS's own discussion, after progress.
    priority = 45
    is_dynamic = True
    is_default = False
    is_movable = False

    @classmethod
    def is_enabled(cls, course: Any, user: Any = None) -> bool:
        """For those who take the course, where there is something to show: one statement."""
        return bool(super().is_enabled(course, user=user)) and has_spaces(str(course.id))
