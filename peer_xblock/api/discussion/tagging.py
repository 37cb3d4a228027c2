"""Tags that a space uses, for who is about to write one: the same word for the same thing is what finds threads."""

from __future__ import annotations

from collections import Counter

from peer_xblock.api.visits import Visit
from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.keys import listing_ceiling, listing_floor
from peer_xblock.domain.tags import LONGEST, TagCount, TagsSuggested, tags_in

from .rows import readable_threads

# The last active threads of the space that are looked at, whatever its size, and the tags that are offered of them.
LOOKED_AT = 500
SUGGESTED = 8


def suggest_tags(visit: Visit, *, text: str = "") -> TagsSuggested:
    """At most 8 tags that begin as `text`, or have a word that does: of threads that the viewer may read, the most used
    first. Case and accents do not count. One statement.
    """
    here = visit.space.pk or 0
    low, high = listing_floor(here), listing_ceiling(here)
    listed = readable_threads(visit).filter(key_space_activity__gte=low, key_space_activity__lt=high)
    rows = listed.order_by("-key_space_activity").values_list("tags", flat=True)[:LOOKED_AT]
    counts = Counter(tag for stored in rows for tag in tags_in(stored))
    begun = fold(text[:LONGEST])
    fitting = [TagCount(tag, count) for tag, count in counts.items() if _begins(fold(tag), begun)]
    fitting.sort(key=lambda one: (-one.count, one.tag))
    return TagsSuggested(tuple(fitting[:SUGGESTED]))


def _begins(tag: str, begun: str) -> bool:
    return tag.startswith(begun) or any(word.startswith(begun) for word in tag.split())
