"""Names for anonymous authors: random, drawn anew for each thread, so that nothing links two threads."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

_COLOURS = (
    "Amber", "Blue", "Bronze", "Coral", "Copper", "Crimson", "Golden", "Green", "Grey", "Indigo",
    "Ivory", "Jade", "Lilac", "Ochre", "Olive", "Pearl", "Purple", "Red", "Rose", "Russet",
    "Sable", "Scarlet", "Silver", "Teal", "Umber", "Violet", "White", "Yellow",
)  # fmt: skip
_BIRDS = (
    "Avocet", "Bittern", "Crane", "Curlew", "Dipper", "Dunlin", "Egret", "Falcon", "Finch", "Gannet",
    "Goshawk", "Grebe", "Heron", "Ibis", "Jay", "Kestrel", "Kite", "Lapwing", "Lark", "Linnet",
    "Martin", "Nuthatch", "Osprey", "Owl", "Pipit", "Plover", "Quail", "Raven", "Robin", "Siskin",
    "Snipe", "Sparrow", "Starling", "Stork", "Swallow", "Swift", "Tern", "Thrush", "Warbler", "Wren",
)  # fmt: skip


def draw_pseudonym(rng: Random, *, taken: Collection[str] = ()) -> str:
    """A name that is not in `taken`, as "Blue Heron"; past some thousand in one thread, with a number."""
    for _ in range(20):
        name = f"{rng.choice(_COLOURS)} {rng.choice(_BIRDS)}"
        if name not in taken:
            return name
    return f"{rng.choice(_COLOURS)} {rng.choice(_BIRDS)} {rng.randrange(10_000, 100_000)}"
