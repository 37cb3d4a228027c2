"""Where a search looks: in one space, or in all of the course that its viewer may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from peer_xblock.api.around import Around, look_around
from peer_xblock.api.visits import Visit
from peer_xblock.domain.keys import mine_floor
from peer_xblock.domain.searching import Where
from peer_xblock.models import Post, ReadState, Thread
from peer_xblock.search import Reach

from .elsewhere import readable_around
from .rows import as_rows, readable_posts, thread_rows

# Of the threads that one wrote in those that are searched.
OWN = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """around: what the viewer reads of the course, None for the visit's space alone."""

    visit: Visit
    around: Around | None

    @classmethod
    def of(cls, visit: Visit, *, everywhere: bool) -> Scope:
        """One statement, and the platform's own, where it is the course, however many spaces that has; else none."""
        return cls(visit, look_around(visit) if everywhere and visit.space.context_id else None)

    @property
    def reach(self) -> Reach:
        """The same, as the index takes it."""
        if self.around is not None:
            return self.around.reach
        viewer = self.visit.viewer
        reads_all = viewer.is_moderator or not self.visit.space.was_divided
        own = viewer.group.id if viewer.group else ""
        return Reach(frozenset({self.visit.space.pk}), None if reads_all else own)

    def threads(self) -> QuerySet[Thread]:
        """Threads that the viewer may read, as `rows.thread_rows`."""
        if self.around is None:
            return thread_rows(self.visit)
        return as_rows(Thread.objects.filter(readable_around(self.around)), self.visit.viewer.user_id)

    def posts(self) -> QuerySet[Post]:
        """Posts of such threads that the viewer may read."""
        return readable_posts(self.visit, everywhere=self.around is not None)

    def own(self) -> frozenset[str]:
        """The last threads that the viewer wrote in, anonymously too: of that the index knows nothing.

        One statement.
        """
        spaces = [self.visit.space.pk or 0] if self.around is None else list(self.around.spaces)
        if not spaces:
            return frozenset()
        rows = ReadState.objects.filter(reduce(or_, (self._mine(space) for space in spaces)))
        return frozenset(rows.order_by("-key_mine").values_list("thread__public_id", flat=True)[:OWN])

    def _mine(self, space: int) -> Q:
        user = self.visit.viewer.user_id
        return Q(key_mine__gte=mine_floor(space, user), key_mine__lt=mine_floor(space, user + 1))

    def where(self, row: Any) -> Where:
        """In which place a thread stands, from a row of `threads`."""
        if self.around is None:
            return Where("", "", is_here=True)
        space = self.around.spaces[row.space_id]
        return Where(
            space.title, self.around.units.get(row.space_id, ""), row.space_id == self.visit.space.pk
        )
