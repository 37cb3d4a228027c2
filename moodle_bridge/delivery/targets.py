"""Where the spaces of a tenant are mirrored."""

from collections.abc import Collection, Iterator
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
        self._destinations = {
            (course.context, space_id): destination
            for course in courses
            for space_id, destination in _destinations(course)
        }

    def find(self, space: Space) -> Destination | None:
        """The forum of a space: its own, else the one for every space of its context; None when unmapped."""
        own = self._destinations.get((space.context, space.id))
        return own or self._destinations.get((space.context, ""))


def _destinations(course: CourseMap) -> Iterator[tuple[str, Destination]]:
    """By space id, "" for every space that has no line of its own."""
    groups = {group.group_id: group.moodle_group_id for group in course.groups.all()}
    for row in course.spaces.all():
        target = Target(row.forum_id, groups, separates_groups=row.separates_groups)
        yield row.space_id, Destination(course.site, course.course_id, target)
