"""A thread goes to another discussion of the course, with all that was written, read, saved and noted of it.

Its id, and each of its posts', stays: what links to them finds them in their new place. Who may read it stays too: a
group's thread is that group's wherever it is.
"""

from __future__ import annotations

from dataclasses import replace

from peer_xblock.api.around import look_around
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.organising import Destination, Destinations, Moved
from peer_xblock.models import Post, Space, Thread
from peer_xblock.platform import host

from .changes import listing_keys, pseudonym_of, save_thread, tell
from .converting import answering_of, require_organiser
from .rewriting import rekey_space
from .rows import only
from .tallies import count_thread


def list_destinations(visit: Visit) -> Destinations:
    """The other discussions of the course that the viewer may open. Raises Forbidden."""
    require_organiser(visit)
    spaces = {
        space.usage_key: space for space in look_around(visit).spaces.values() if space.pk != visit.space.pk
    }
    context_key = visit.space.context.key
    places = host().visible_places(visit.viewer.user_id, context_key, list(spaces)) if spaces else ()
    return Destinations(
        tuple(
            Destination(spaces[place.usage_key].public_id, spaces[place.usage_key].title, place.unit)
            for place in places
        )
    )


def move_thread(visit: Visit, *, thread: str, to: str) -> Moved:
    """Move a thread of any discussion of the course that the viewer may open to another one of them.

    Repeating it changes nothing. As many statements for a thread of thousands. Raises Forbidden, NotFound.
    """
    visit.require_write()
    require_organiser(visit)
    spaces = look_around(visit).spaces
    destination = next((space for space in spaces.values() if space.public_id == to), None)
    if destination is None:
        raise NotFound(N_("There is no such discussion."), field="to")
    there = replace(visit, space=destination)
    in_transaction(lambda: _move(there, thread, list(spaces)))
    return Moved(thread, destination.public_id, destination.title, host().post_url(thread))


def _move(visit: Visit, thread_id: str, spaces: list[int]) -> None:
    """visit: in the new place. spaces: where the thread may be now."""
    rows = Thread.objects.select_for_update().filter(public_id=thread_id, space_id__in=spaces)
    thread, space = only(rows), visit.space
    if thread is None:
        raise NotFound(N_("This thread is not here, or not for you."), field="thread")
    if thread.space_id == space.pk:
        return
    is_listed = thread.key_space_activity is not None
    if is_listed:
        count_thread(thread, -1)
    _open_to_groups(space, thread)
    thread.space = space
    opening = Post.objects.select_related("pseudonym").get(public_id=thread.public_id)
    is_answered = Post.objects.filter(accepted_of=thread).exists()
    keys = listing_keys(space, thread, is_listed=is_listed, is_answered=is_answered)
    answering = answering_of(space, opening, Kind(thread.kind))
    # The bridge hears of each post: it may have another forum for this place, or none.
    retell = {"retell_from": 1} if space.context.connection else {}
    save_thread(visit, thread, {"space": space, **keys, **answering, **retell})
    if is_listed:
        count_thread(thread, 1)
    rekey_space(thread, space)
    tell(visit, thread, opening, parent_id=None, pseudonym=pseudonym_of(opening))


def _open_to_groups(space: Space, thread: Thread) -> None:
    """A space that holds a group's thread shows it to that group alone, whether or not it is divided."""
    if thread.group_id and not space.was_divided:
        Space.objects.filter(pk=space.pk).update(was_divided=True)
        space.was_divided = True
