"""Edit with history, soft delete, restore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from peer_xblock.api.pictures import attach_pictures
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import ChangedPost, Depth, History, Source, Version
from peer_xblock.domain.errors import N_, Forbidden, StaleEdit
from peer_xblock.domain.markup import clean_html, render_markdown
from peer_xblock.domain.people import Anonymity
from peer_xblock.domain.permissions import may_read_history
from peer_xblock.domain.tags import read_tags, stored_tags, tags_in
from peer_xblock.models import Post, PostVersion, Thread

from .answering import note_presence
from .changes import best_key, listing_keys, pseudonym_of, save_thread, tell
from .following import settle_post
from .locked import present_changed, require
from .mentioning import people_called, replace_mentions
from .present import Byline, Presenter, is_private, post_facts
from .rows import get_post_row, get_thread_row, lock_post
from .tallies import count_thread
from .text import Text, check_body, check_title


def get_source(visit: Visit, *, post: str) -> Source:
    """What the author edits. Raises Forbidden for who may not edit it."""
    row: Any = get_post_row(visit, post)
    thread = get_thread_row(visit, row.thread_public_id)
    row.thread = thread
    require(visit, row, "edit", owner_id=None)
    title = thread.title if row.depth == Depth.OPENING else None
    tags = tags_in(thread.tags) if row.depth == Depth.OPENING else None
    return Source(row.public_id, title, row.source, row.revision, tags)


def get_history(visit: Visit, *, post: str) -> History:
    """All versions of a post, newest first; a removed post's only for its author and moderators."""
    row: Any = get_post_row(visit, post)
    thread: Any = get_thread_row(visit, row.thread_public_id)
    facts = post_facts(row, thread, owner_id=None, viewer_id=visit.viewer.user_id)
    if not may_read_history(visit.viewer, facts):
        raise Forbidden(N_("This post was removed, and its versions with it."), field="post")
    former = list(PostVersion.objects.filter(post=row).order_by("-revision"))
    presenter = Presenter(visit)
    presenter.expect([Byline.of(row)], also=[row.editor_id, *(v.editor_id for v in former)])

    def editor(user_id: int | None) -> Any:
        """Who wrote a version: an author who edits stays as anonymous as the post."""
        is_author = user_id is None or user_id == row.author_id
        return presenter.author(Byline.of(row)) if is_author else presenter.named(user_id)

    title = (thread.title or thread.removed_title) if row.depth == Depth.OPENING else None
    written = row.edited_at or row.created_at
    shown = Version(row.revision, title, row.source, row.html, written, editor(row.editor_id))
    earlier = (
        Version(v.revision, v.title, v.source, _html_of(v), v.written_at, editor(v.editor_id)) for v in former
    )
    return History((shown, *earlier))


def _html_of(version: PostVersion) -> str:
    """A former version as it was shown."""
    return clean_html(version.source) if version.format == "html" else render_markdown(version.source)


def edit_post(
    visit: Visit,
    *,
    post: str,
    revision: int,
    body: str | Text,
    title: str | None = None,
    tags: Sequence[str] | None = None,
) -> ChangedPost:
    """Replace a post's text and keep the former version. title, tags: of an opening post only.

    Raises StaleEdit with the newer version when `revision` is not the one that is there.
    """
    visit.require_write()
    text = check_body(body, people_called(visit, body)) if isinstance(body, str) else body
    line = _Line(
        check_title(title) if title is not None else None,
        stored_tags(read_tags(tags)) if tags is not None else None,
    )
    return in_transaction(lambda: _edit(visit, post, revision, text, line))


@dataclass(frozen=True, slots=True)
class _Line:
    """What an edit says of a thread's line: None for what stands."""

    title: str | None = None
    tags: str | None = None


def _edit(visit: Visit, post_id: str, revision: int, text: Text, line: _Line) -> ChangedPost:
    post = lock_post(visit, post_id)
    thread = post.thread
    require(visit, post, "edit", owner_id=None)
    if post.depth != Depth.OPENING:
        line = _Line()
    title = line.title or thread.title
    kept = thread.tags if line.tags is None else line.tags
    if post.revision != revision:
        raise StaleEdit(
            N_("Somebody saved a newer version. Your text is still here."), current=_current(post)
        )
    if (post.source, thread.title) != (text.source, title):
        _keep_version(post)
        text = _call_people(post, text)
        post.source, post.html, post.revision = text.source, text.html, post.revision + 1
        post.edited_at, post.editor_id = visit.now, visit.viewer.user_id or None
        post.format = text.format
        post.save(update_fields=["source", "format", "html", "revision", "edited_at", "editor"])
        attach_pictures(visit, post.html, post=post)
        save_thread(visit, thread, {"title": title, "tags": kept}, is_seen=not is_private(post))
        _tell(visit, post)
    elif kept != thread.tags:
        save_thread(visit, thread, {"tags": kept})
        _tell(visit, post)
    return present_changed(visit, post)


def _call_people(post: Post, text: Text) -> Text:
    """Whom the new text calls is mentioned, and nobody else; an anonymous post calls nobody."""
    if post.anonymity != Anonymity.NAMED.value and text.people:
        text = check_body(text.source)
    if "@" in post.source + text.source:
        replace_mentions(post, text.people)
    return text


def _keep_version(post: Post) -> None:
    PostVersion.objects.create(
        post=post,
        revision=post.revision,
        title=post.thread.title if post.depth == Depth.OPENING else None,
        source=post.source,
        format=post.format,
        editor_id=post.editor_id,
        written_at=post.edited_at or post.created_at,
    )


def _current(post: Post) -> dict[str, Any]:
    """The newer version, for who may edit it."""
    title = post.thread.title if post.depth == Depth.OPENING else None
    return {"post": post.public_id, "title": title, "source": post.source, "revision": post.revision}


def delete_post(visit: Visit, *, post: str) -> ChangedPost:
    """Remove a post for all readers; its replies stand, and it can be restored. Repeating it changes nothing."""
    visit.require_write()
    return in_transaction(lambda: _delete(visit, post))


def _delete(visit: Visit, post_id: str) -> ChangedPost:
    post = lock_post(visit, post_id)
    if post.deleted_at is None:
        require(visit, post, "delete", owner_id=None)
        post.deleted_at = visit.now
        post.deleted_by = "author" if post.author_id == visit.viewer.user_id else "staff"
        post.accepted_of = post.accepted_by = None
        _store_presence(visit, post, step=-1)
        settle_post(visit, post)
    return present_changed(visit, post)


def restore_post(visit: Visit, *, post: str) -> ChangedPost:
    """Bring a removed post back, unaccepted. Repeating it changes nothing."""
    visit.require_write()
    return in_transaction(lambda: _restore(visit, post))


def _restore(visit: Visit, post_id: str) -> ChangedPost:
    post = lock_post(visit, post_id)
    if post.deleted_at is not None:
        require(visit, post, "restore", owner_id=None)
        post.deleted_at, post.deleted_by = None, ""
        _store_presence(visit, post, step=1)
    return present_changed(visit, post)


def _store_presence(visit: Visit, post: Post, *, step: int) -> None:
    """Write that a post is gone or back: its own row, the counters above it, the listings, the event."""
    thread = post.thread
    post.key_best = best_key(thread, post)
    post.save(update_fields=["deleted_at", "deleted_by", "accepted_of", "accepted_by", "key_best"])
    if post.parent_id is not None:
        Post.objects.filter(pk=post.parent_id).update(comment_count=F("comment_count") + step)
    if is_private(post):
        save_thread(visit, thread, {}, is_seen=False)
    else:
        _store_in_thread(visit, post, step=step)
    _tell(visit, post)


def _store_in_thread(visit: Visit, post: Post, *, step: int) -> None:
    """The thread's side of it."""
    thread = post.thread
    bump = {
        "post_count": step * (post.depth != Depth.OPENING),
        "response_count": step * (post.depth == Depth.RESPONSE),
    }
    was_listed = thread.key_space_activity is not None
    opening_deleted = post.deleted_at is not None if post.depth == Depth.OPENING else _opening_deleted(thread)
    is_listed = not opening_deleted or thread.post_count + bump["post_count"] > 0
    is_answered = Post.objects.filter(accepted_of=thread).exists()
    changes = listing_keys(visit.space, thread, is_listed=is_listed, is_answered=is_answered)
    save_thread(visit, thread, {**changes, **_titles(thread, post)}, bump=bump)
    note_presence(thread, post)
    if was_listed != is_listed:
        count_thread(thread, 1 if is_listed else -1)


def _titles(thread: Thread, post: Post) -> dict[str, str]:
    """A removed opening takes its title along; its restore brings it back."""
    if post.depth != Depth.OPENING:
        return {}
    if post.deleted_at is not None:
        return {"title": "", "removed_title": thread.title}
    return {"title": thread.removed_title, "removed_title": ""}


def _opening_deleted(thread: Any) -> bool:
    return Post.objects.filter(public_id=thread.public_id, deleted_at__isnull=False).exists()


def _tell(visit: Visit, post: Post) -> None:
    parent_id = post.parent.public_id if post.parent else None
    tell(visit, post.thread, post, parent_id=parent_id, pseudonym=pseudonym_of(post))
