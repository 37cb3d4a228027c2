"""Where the spaces of a tenant are mirrored."""

from collections.abc import Collection
from dataclasses import dataclass

from moodle_bridge.events import Space
from moodle_bridge.mapping import Target
from moodle_bridge.models import CourseMap, MoodleSite, Tenant


@dataclass(frozen=True, slots=True)
class Destination:
    """A forum, with the Moodle and the course that it is in."""

    site: MoodleSite
    course_id: int
    target: Target


class Atlas:
    """The maps of some contexts, as they stand now."""

    def __init__(self, tenant: Tenant, contexts: Collection[str]) -> None:
        rows = CourseMap.objects.filter(tenant=tenant, context__in=contexts)
        courses = rows.select_related("site").prefetch_related("spaces", "groups")
        self._courses = {course.context: course for course in courses}

    def find(self, space: Space) -> Destination | None:
        """The forum of a space: its own, else the one for every space of its context; None when unmapped."""
        course = self._courses.get(space.context)
        if course is None:
            return None
        spaces = {row.space_id: row for row in course.spaces.all()}
        row = spaces.get(space.id) or spaces.get("")
        if row is None:
            return None
        groups = {group.group_id: group.moodle_group_id for group in course.groups.all()}
        target = Target(row.forum_id, groups, separates_groups=row.separates_groups)
        return Destination(course.site, course.course_id, target)
