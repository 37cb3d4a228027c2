"""The people whom an answer shows: their names are fetched once, for all who were announced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peer_xblock.domain.people import Person, ReaderView, Role, hue_of
from peer_xblock.platform import host

from .visits import Visit


@dataclass(slots=True)
class Names:
    """Display names for one visit: one look-up of the platform's, none for the viewer's own."""

    visit: Visit
    _wanted: set[int] = field(default_factory=set)
    _found: Mapping[int, str] | None = None

    def expect(self, user_ids: Iterable[int | None]) -> None:
        """Announce people, before the first name is asked for."""
        self._wanted.update(user_id for user_id in user_ids if user_id)

    def of(self, user_id: int) -> str | None:
        """A person's name, None for a retired one."""
        if user_id == self.visit.viewer.user_id:
            return self.visit.viewer.name
        if self._found is None:
            others = self._wanted - {self.visit.viewer.user_id}
            self._found = host().names_of(others) if others else {}
        return self._found.get(user_id)

    def person(self, user_id: int | None, *, role: str = Role.LEARNER.value) -> Person:
        """A person by name; a retired one has none left."""
        name = self.of(user_id) if user_id else None
        shown_role = None if role in ("", Role.LEARNER.value) else role
        is_me = user_id is not None and user_id == self.visit.viewer.user_id
        if name is None:
            return Person("", "former", None, 1, is_me)
        return Person(name, "named", shown_role, hue_of(name), is_me)


def reader(visit: Visit) -> ReaderView:
    """Who reads, as review and experts show it."""
    viewer = visit.viewer
    return ReaderView(
        name=viewer.name,
        hue=hue_of(viewer.name),
        role=None if viewer.role is Role.LEARNER else viewer.role.value,
        is_preview=viewer.is_preview,
        language=viewer.language,
        group=viewer.group.name if viewer.group else None,
    )
