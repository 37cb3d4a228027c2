"""The whole course's threads, from any of its discussions: only those of spaces that the viewer may open."""

from __future__ import annotations

from django.db.models import Q

from peer_xblock.api.around import Around, look_around
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE
from peer_xblock.domain.keys import listing_ceiling, listing_floor
from peer_xblock.domain.marks import CoursePage, ThreadElsewhere
from peer_xblock.models import Thread
from peer_xblock.models.discussion import KEY

from .listing import CourseSort, KeyRange, next_cursor, page_size
from .present import Presenter
from .rows import as_rows


def list_course(
    visit: Visit, *, sort: CourseSort = CourseSort.ACTIVITY, cursor: str | None = None, limit: int = PAGE
) -> CoursePage:
    """A page of the course's threads. Three statements beside the visit's own. Raises Invalid."""
    around = look_around(visit)
    scope, size = visit.space.context_id or 0, page_size(limit)
    keys = KeyRange(f"key_course_{sort.value}", listing_floor(scope), listing_ceiling(scope), KEY)
    threads = Thread.objects.filter(readable_around(around))
    found = keys.page(as_rows(threads, visit.viewer.user_id), cursor=cursor, size=size)
    presenter = Presenter(visit)
    for row in found:
        presenter.expect_thread(row)
    shown = tuple(
        ThreadElsewhere(
            presenter.thread(row),
            around.spaces[row.space_id].title,
            row.space_id == visit.space.pk,
            around.units.get(row.space_id, ""),
        )
        for row in found[:size]
    )
    return CoursePage(shown, next_cursor(found, size))


def readable_around(around: Around) -> Q:
    """Threads of these spaces that their reader may read."""
    here = Q(space_id__in=list(around.spaces))
    if around.sees_all_groups:
        return here
    return here & Q(group_id__in=["", around.group.id if around.group else ""])
