"""What of the course's discussions a viewer reads: evidence comes from there, and questions go there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peer_xblock.api.visits import Visit
from peer_xblock.domain.people import Group
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Space
from peer_xblock.platform import host
from peer_xblock.search import Reach


@dataclass(frozen=True, slots=True)
class Around:
    """spaces: the discussions that the viewer may open, by primary key. group: theirs, where any was ever divided.

    units: the title of the unit that each stands in, where it has one.
    """

    spaces: Mapping[int, Space]
    group: Group | None
    sees_all_groups: bool
    units: Mapping[int, str] = field(default_factory=dict)

    @property
    def reach(self) -> Reach:
        """The same, as search takes it."""
        own = self.group.id if self.group else ""
        return Reach(frozenset(self.spaces), None if self.sees_all_groups else own)

    def reads(self, space: int, group: str) -> bool:
        """Whether the viewer reads a thread of this space and group, "" being everybody's."""
        own = self.group.id if self.group else ""
        return space in self.spaces and (self.sees_all_groups or group in ("", own))


def open_places(visit: Visit, around: Around) -> list[Space]:
    """The discussions where a question can be posted: the one that the author chose, else all that are open."""
    chosen = str(visit.space.options.get("ask_space", "")).strip()
    spaces = list(around.spaces.values())
    return [space for space in spaces if chosen in (space.usage_key, space.title)] if chosen else spaces


def look_around(visit: Visit) -> Around:
    """One statement, and what the platform needs to say which blocks are open and which group the viewer is in."""
    context, viewer = visit.space.context, visit.viewer
    if not visit.space.context_id:  # Studio's preview of a block in a course without any of ours.
        return Around({}, None, sees_all_groups=False)
    kept = Space.objects.filter(context=context, kind=SpaceKind.DISCUSSION.value, archived_at=None)
    spaces = list(kept.select_related("context__connection").order_by("pk"))
    user_id, keys = viewer.user_id, [space.usage_key for space in spaces]
    places = host().visible_places(user_id, context.key, keys) if keys else ()
    units = {place.usage_key: place.unit for place in places}
    is_divided = any(space.was_divided for space in spaces)
    group = host().group_of(user_id, context.key) if is_divided and user_id else None
    seen = {space.pk: space for space in spaces if space.usage_key in units}
    named = {pk: units[space.usage_key] for pk, space in seen.items()}
    return Around(seen, group, sees_all_groups=viewer.is_moderator, units=named)
