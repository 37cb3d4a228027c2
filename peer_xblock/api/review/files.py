"""The files of an assignment: what may be uploaded, and who may have it."""

from __future__ import annotations

from peer_xblock.api import files
from peer_xblock.api.discussion.rows import only
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Closed, Conflict, Invalid, NotFound, TooLarge
from peer_xblock.domain.file_types import check_file, plain_name
from peer_xblock.domain.files import Download
from peer_xblock.domain.review.activity import FILE_BYTES_MAX, FILES_MAX
from peer_xblock.domain.review.views import FileView
from peer_xblock.models import Pair, StoredFile, Submission

from .present import Presenter, file_name_for, show_file
from .ready import rules_of
from .rows import draft_files, space_id

DRAFTS_MAX = 2 * FILES_MAX
_MEGABYTE = 1024 * 1024


def upload_file(visit: Visit, *, name: str, content: bytes) -> FileView:
    """Keep a file until it is handed in. Raises Invalid (`name`, `content`), TooLarge, Closed, Conflict."""
    visit.require_write()
    rules = rules_of(visit)
    if not rules.dates.takes_submissions(visit.now):
        raise Closed(N_("Works are no longer taken. Your text is still here."))
    if not rules.takes_files:
        raise Invalid(N_("Only a text is handed in here, no files."), field="content")
    shown = plain_name(name)
    if len(content) > FILE_BYTES_MAX:
        raise TooLarge(
            N_("“%(name)s” is larger than %(cap)d MB."),
            field="content",
            name=shown,
            cap=FILE_BYTES_MAX // _MEGABYTE,
        )
    kind = check_file(shown, content, allowed=rules.file_types)
    if len(draft_files(visit)) >= DRAFTS_MAX:
        raise Conflict(N_("Remove a file before you add another one."), field="content")
    return show_file(files.store_file(visit, shown, content, kind))


def remove_file(visit: Visit, *, file: str) -> dict[str, str]:
    """Delete a draft of the viewer's. Raises NotFound, and Conflict for a file of a work that was handed in."""
    visit.require_write()
    row = _find(visit, file)
    if row is None or row.owner_id != visit.viewer.user_id:
        raise _not_here()
    if files.delete_drafts(StoredFile.objects.filter(pk=row.pk, slot=None)) == 0:
        if _find(visit, file) is None:
            raise _not_here()
        raise Conflict(N_("This file belongs to your work. Hand in the work again without it."), field="file")
    return {}


def get_file(visit: Visit, *, file: str) -> Download:
    """A file for its owner, for who reviews or has reviewed the work, and for the team. Raises NotFound for others."""
    row = _find(visit, file)
    if row is None:
        raise _not_here()
    if row.owner_id == visit.viewer.user_id:
        return files.download(row, name=row.name)
    if row.slot_id is not None and visit.viewer.is_moderator:
        return files.download(row, name=row.name)
    work = _reviewed_work(visit, row)
    if work is None:
        raise _not_here()
    is_named = Presenter(visit, rules_of(visit)).may_know_author(work)
    return files.download(row, name=file_name_for(row, is_named=is_named))


def _find(visit: Visit, file: str) -> StoredFile | None:
    return only(StoredFile.objects.filter(public_id=file, space_id=space_id(visit)))


def _reviewed_work(visit: Visit, row: StoredFile) -> Submission | None:
    """The file's work, when the viewer holds a lease on it or has sent a review of it."""
    if row.slot_id is None or not holds_review(visit, row.slot_id):
        return None
    return only(Submission.objects.filter(slot_id=row.slot_id))


def holds_review(visit: Visit, slot_id: int) -> bool:
    """Whether the viewer holds a lease on a work or has sent a review of it."""
    mine = Pair.objects.filter(reviewer_id=visit.viewer.user_id, slot_id=slot_id)
    return mine.filter(state__in=[Pair.LIVE, Pair.DONE]).exists()


def _not_here() -> NotFound:
    return NotFound(N_("This file is not here, or not for you."), field="file")
