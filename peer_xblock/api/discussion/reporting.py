"""Reports of posts: one a person and post, withdrawn by the same; the team sees how many, from whom and why."""

from __future__ import annotations

from django.db.models import F

from peer_xblock.api.names import Names
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Forbidden, Invalid, TooLarge
from peer_xblock.domain.flagging import WORDS_CAP, Flags, FlagView, Reason
from peer_xblock.domain.permissions import rights
from peer_xblock.models import Flag, Post

from .present import post_facts
from .rows import get_post_row, lock_post


def flag_post(visit: Visit, *, post: str, reason: Reason, words: str = "") -> Flags:
    """Tell the team that a post should be looked at; told again, the newer reason stands.

    Raises Invalid or TooLarge for the words, Forbidden for one's own post and for one that is gone, NotFound.
    """
    visit.require_write()
    said = " ".join(words.split())
    if len(said) > WORDS_CAP:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field="words",
            length=len(said),
            cap=WORDS_CAP,
        )
    if reason is Reason.OTHER and not said:
        raise Invalid(N_("Say in a few words what is wrong with it."), field="words")
    return in_transaction(lambda: _flag(visit, post, reason, said))


def _flag(visit: Visit, post_id: str, reason: Reason, words: str) -> Flags:
    post = lock_post(visit, post_id)
    facts = post_facts(post, post.thread, owner_id=None, viewer_id=visit.viewer.user_id)
    if not rights(visit.viewer, facts).flag:
        raise Forbidden(N_("Nobody reports their own post, or one that is gone."), field="post")
    told = {"reason": reason.value, "words": words, "created_at": visit.now}
    _, is_new = Flag.objects.update_or_create(user_id=visit.viewer.user_id, post=post, defaults=told)
    if is_new:
        Post.objects.filter(pk=post.pk).update(flag_count=F("flag_count") + 1)
    return _flags_of(visit, post)


def withdraw_flag(visit: Visit, *, post: str) -> Flags:
    """Take one's own report back. Repeating it changes nothing. Raises NotFound."""
    visit.require_write()
    return in_transaction(lambda: _withdraw(visit, post))


def _withdraw(visit: Visit, post_id: str) -> Flags:
    post = lock_post(visit, post_id)
    gone = Flag.objects.filter(user_id=visit.viewer.user_id, post=post).delete()[0]
    if gone:
        Post.objects.filter(pk=post.pk).update(flag_count=F("flag_count") - gone)
    return _flags_of(visit, post)


def get_flags(visit: Visit, *, post: str) -> Flags:
    """One's own report of a post; for facilitators and the course team all of them, oldest first. Raises NotFound."""
    return _flags_of(visit, get_post_row(visit, post))


def _flags_of(visit: Visit, post: Post) -> Flags:
    rows = Flag.objects.filter(post=post).order_by("pk")
    is_team = visit.viewer.is_moderator
    found = list(rows if is_team else rows.filter(user_id=visit.viewer.user_id))
    names = Names(visit)
    names.expect(row.user_id for row in found)
    shown = {
        row.user_id: FlagView(names.person(row.user_id), row.reason, row.words, row.created_at)
        for row in found
    }
    everything = tuple(shown.values()) if is_team else ()
    return Flags(post.public_id, shown.get(visit.viewer.user_id), len(everything), everything)
