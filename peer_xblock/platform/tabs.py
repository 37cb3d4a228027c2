"""The LMS's course tab, in the LMS; elsewhere a class without its parts, so that ours can be read and tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class EnrolledTab:
        """What ours rests on: a tab for those who take the course."""

        @classmethod
        def is_enabled(cls, course: Any, user: Any = None) -> bool: ...

else:
    try:
        from lms.djangoapps.courseware.tabs import EnrolledTab
    except ImportError:

        class EnrolledTab:
            """A tab that everybody has."""

            @classmethod
            def is_enabled(cls, course: Any, user: Any = None) -> bool:
                return course is not None or user is not None


__all__ = ["EnrolledTab"]
