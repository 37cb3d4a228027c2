"""The difference between a forum and what is known of it. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from moodle_bridge.moodle.types import DigestRow

ERASED_THERE = 999_999_999_999_999_999
"""The revision of a post whose author Moodle erased: nothing may bring it back."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What the ledger knows of a post of the LMS in this forum. is_gone: its text was taken away."""

    external_id: str
    post_id: int
    revision: int
    content_hash: str
    is_gone: bool


@dataclass(slots=True)
class Differences:
    """Ids by what is wrong with them: of the LMS's posts their own, of Moodle's their number there.

    missing: not in Moodle any more; behind: an older revision is there; changed: another text; undeleted: its text is
    back; untold: written in Moodle and never brought to the LMS; copied: a second copy of a post of the LMS, which
    nothing links to it; lost: brought to the LMS, and not in Moodle any more though nobody deleted it.
    """

    missing: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    undeleted: list[str] = field(default_factory=list)
    untold: list[int] = field(default_factory=list)
    copied: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    @property
    def to_retell(self) -> list[str]:
        """What the LMS is to tell anew."""
        return [*self.missing, *self.behind, *self.changed, *self.undeleted]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind, without those of which there are none."""
        kinds = ("missing", "behind", "changed", "undeleted", "untold", "copied", "lost")
        return {kind: len(getattr(self, kind)) for kind in kinds if getattr(self, kind)}


def compare(
    digest: Iterable[DigestRow],
    copies: Mapping[str, Copy],
    *,
    told: Mapping[int, bool],
    hashes: Collection[str],
) -> Differences:
    """told: posts of Moodle that were brought to the LMS, and whether they were gone the last time.

    copies: those of which nothing is on its way. hashes: of all texts that the bridge wrote for the tenant.
    """
    found = Differences()
    seen: set[str] = set()
    natives: set[int] = set()
    for row in digest:
        if row.externalid:
            seen.add(row.externalid)
            _compare_copy(row, copies.get(row.externalid), found)
        else:
            natives.add(row.postid)
            _compare_native(row, told, hashes, found)
    found.missing += [name for name, copy in copies.items() if name not in seen and not copy.is_gone]
    found.lost += [post for post, is_gone in told.items() if not is_gone and post not in natives]
    return found


def _compare_copy(row: DigestRow, copy: Copy | None, found: Differences) -> None:
    """What Moodle is ahead with, an answer that was lost, is known with the next try."""
    if copy is None or row.revision > copy.revision:
        return
    if row.revision < copy.revision:
        found.behind.append(row.externalid)
    elif copy.is_gone and not row.deleted:
        found.undeleted.append(row.externalid)
    elif not copy.is_gone and not row.deleted and row.hash != copy.content_hash:
        found.changed.append(row.externalid)


def _compare_native(
    row: DigestRow, told: Mapping[int, bool], hashes: Collection[str], found: Differences
) -> None:
    if row.deleted or told.get(row.postid) is False:
        return
    kind = found.copied if row.hash in hashes and row.postid not in told else found.untold
    kind.append(row.postid)
