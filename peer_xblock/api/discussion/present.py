"""Rows to what one viewer sees. Here, and only here, it is decided whether an author is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from peer_xblock.api.names import Names
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import (
    PRIVATE_FROM,
    AudienceView,
    Deletion,
    Kind,
    PostView,
    SpaceView,
    ThreadView,
    ViewerView,
)
from peer_xblock.domain.people import Anonymity, Person, Role, hue_of
from peer_xblock.domain.permissions import PostFacts, may_respond, may_start, rights, thread_rights
from peer_xblock.domain.reacting import Reaction, counts, offered
from peer_xblock.domain.tags import tags_in
from peer_xblock.models import Post, Thread
from peer_xblock.platform import host

from .answering import are_answers_hidden, waits


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote something, as stored: the account, the role at the time, and how far it is hidden.

    guest: the name of one without an account, else "".
    """

    author_id: int | None
    role: str
    anonymity: Anonymity
    pseudonym: str | None
    guest: str = ""

    @classmethod
    def of(cls, row: Any, prefix: str = "") -> Byline:
        """From a post (`author_id`, ...) or from a thread's joined opening (`o_`) or accepted answer (`a_`)."""
        if prefix:
            author, role, anonymity, pseudonym, guest = (
                getattr(row, prefix + name) for name in ("author", "role", "anonymity", "pseudonym", "guest")
            )
            return cls(author, role, Anonymity(anonymity), pseudonym, guest)
        anonymity = Anonymity(row.anonymity)
        return cls(row.author_id, row.author_role, anonymity, row.pseudonym_name, row.guest)


@dataclass(slots=True)
class Presenter:
    """Shows rows to one viewer. Names are fetched once, for all rows that were announced by `expect`."""

    visit: Visit
    names: Names = field(init=False)
    reactions: tuple[Reaction, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.visit)
        self.reactions = offered(self.visit.space.options.get("reactions"))

    def expect(self, bylines: Iterable[Byline], *, also: Iterable[int | None] = ()) -> None:
        """Announce authors, and people who are always named (who accepted, who endorsed, who edited)."""
        may_know = self.visit.viewer.may_know
        self.names.expect(b.author_id for b in bylines if may_know(b.anonymity))
        self.names.expect(also)

    def expect_posts(self, posts: Iterable[Post]) -> None:
        """Announce all the people whom these posts show."""
        for post in posts:
            self.expect([Byline.of(post)], also=[post.accepted_by_id, post.endorsed_by_id])

    def expect_thread(self, row: Any) -> None:
        """Announce the people whom a thread's line shows."""
        self.expect([Byline.of(row, "o_")] + ([Byline.of(row, "a_")] if row.a_id else []))

    def author(self, byline: Byline) -> Person:
        """The author as this viewer may see them."""
        viewer = self.visit.viewer
        is_me = byline.author_id is not None and byline.author_id == viewer.user_id
        if byline.guest and byline.author_id is None:
            return Person(byline.guest, "named", None, hue_of(byline.guest), is_me=False)
        if byline.anonymity is Anonymity.NAMED:
            return self.named(byline.author_id, role=byline.role)
        shown = byline.pseudonym or ""
        known = viewer.may_know(byline.anonymity) and byline.author_id is not None
        real_name = self.names.of(byline.author_id) if known and byline.author_id else None
        return Person(shown, "anonymous", None, hue_of(shown), is_me, real_name)

    def named(self, user_id: int | None, *, role: str = Role.LEARNER.value) -> Person:
        """A person by name; a retired one has none left."""
        return self.names.person(user_id, role=role)

    def thread(self, row: Any) -> ThreadView:
        """A thread's line, from a row of `rows.thread_rows`."""
        byline = Byline.of(row, "o_")
        is_mine = byline.author_id == self.visit.viewer.user_id
        read_number = row.read_number if row.read_number is not None else (0 if is_mine else -1)
        is_hidden = are_answers_hidden(self.visit, row)
        last_number = max(read_number, 0) if is_hidden else row.last_number
        answer = None if is_hidden else row.a_id
        return ThreadView(
            id=row.public_id,
            kind=row.kind,
            title=row.title,
            state=_state(row, is_answered=answer is not None),
            is_pinned=row.is_pinned,
            is_unread=read_number < last_number or read_number < 0,
            new_count=last_number - max(read_number, 0),
            read_number=read_number,
            last_number=last_number,
            author=self.author(byline),
            created_at=row.created_at,
            active_at=row.created_at if is_hidden else row.active_at,
            vote_count=row.vote_count,
            response_count=0 if is_hidden else row.response_count,
            post_count=0 if is_hidden else row.post_count,
            answered_by=self.author(Byline.of(row, "a_")) if answer else None,
            is_endorsed=answer is not None and row.a_endorsed_at is not None,
            answer_first=waits(row),
            answers_hidden=is_hidden,
            follows=_follows(row, is_mine=is_mine),
            deleted=Deletion(row.o_deleted_by, row.o_deleted_at) if row.o_deleted_at else None,
            audience=AudienceView(row.audience, row.group_name or None),
            can=thread_rights(self.visit.viewer),
            url=host().post_url(row.public_id),
            tags=() if row.o_deleted_at else tags_in(row.tags),
            private_count=row.private_count if self.visit.viewer.is_moderator else 0,
        )

    def post(
        self, row: Any, thread: Thread, *, owner_id: int | None, comments: Iterable[Any] = ()
    ) -> PostView:
        """A post, from a row of `rows.post_rows`. owner_id: the author of the thread's opening."""
        viewer = self.visit.viewer
        facts = post_facts(row, thread, owner_id=owner_id, viewer_id=viewer.user_id)
        return PostView(
            id=row.public_id,
            number=row.number,
            depth=row.depth,
            ordinal=row.ordinal,
            parent=row.parent_public_id,
            author=self.author(Byline.of(row)),
            html="" if row.deleted_at else row.html,
            created_at=row.created_at,
            edited_at=row.edited_at,
            revision=row.revision,
            vote_count=row.vote_count if row.number else thread.vote_count,
            has_voted=row.voted is not None,
            is_saved=row.saved is not None,
            is_own=facts.is_own,
            is_accepted=row.accepted_of_id is not None,
            accepted_by=self._accepted_by(row, thread, owner_id),
            is_endorsed=row.endorsed_at is not None,
            endorsed_by=self.named(row.endorsed_by_id, role=row.endorsed_role) if row.endorsed_at else None,
            deleted=Deletion(row.deleted_by, row.deleted_at) if row.deleted_at else None,
            audience=_audience(row, thread),
            can=rights(viewer, facts),
            reactions=() if row.deleted_at else counts(self.reactions, row.reactions, row.marks),
            flag_count=row.flag_count if viewer.is_moderator else 0,
            comment_count=row.comment_count,
            comment_total=row.child_total,
            comments=tuple(self.post(comment, thread, owner_id=owner_id) for comment in comments),
            url=host().post_url(row.public_id),
        )

    def _accepted_by(self, row: Any, thread: Any, owner_id: int | None) -> Person | None:
        """Whoever asked anonymously accepts under the same pseudonym."""
        if row.accepted_of_id is None:
            return None
        if row.accepted_by_id == owner_id and owner_id is not None:
            return self.author(Byline.of(thread, "o_"))
        return self.named(row.accepted_by_id, role=row.accepted_role)

    def space(self, *, thread_count: int) -> SpaceView:
        """The space's settings. thread_count: of `tallies.shown_count`; what other groups wrote is not told."""
        space = self.visit.space
        kinds = tuple(kind.value for kind in Kind if may_start(self.visit.viewer, kind))
        return SpaceView(space.public_id, space.title, space.anonymity, kinds, thread_count)

    def viewer(self) -> ViewerView:
        """The reader, and what may be done here."""
        viewer = self.visit.viewer
        return ViewerView(
            name=viewer.name,
            role=None if viewer.role is Role.LEARNER else viewer.role.value,
            hue=hue_of(viewer.name),
            can_write=may_respond(viewer, thread_closed=False),
            may_be_anonymous=self.visit.space.anonymity != Anonymity.NAMED.value,
            is_preview=viewer.is_preview,
            language=viewer.language,
            group=viewer.group.name if viewer.group else None,
            reactions=tuple(reaction.code for reaction in self.reactions),
        )


def post_facts(row: Any, thread: Thread, *, owner_id: int | None, viewer_id: int) -> PostFacts:
    """What the permission rules need."""
    return PostFacts(
        depth=row.depth,
        is_own=row.author_id is not None and row.author_id == viewer_id,
        is_deleted=row.deleted_at is not None,
        deleted_by=row.deleted_by,
        thread_kind=thread.kind,
        thread_closed=thread.is_closed,
        owns_thread=owner_id is not None and owner_id == viewer_id,
        is_purged=row.deleted_at is not None and not row.source,
        is_foreign=bool(row.origin),
        is_private=is_private(row),
    )


def is_private(post: Any) -> bool:
    """Whether a post is for the team and the learner who talks with it."""
    return bool(post.number >= PRIVATE_FROM)


def _audience(row: Any, thread: Thread) -> AudienceView:
    if row.audience == "staff":
        return AudienceView("staff", None)
    return AudienceView(thread.audience, thread.group_name or None)


def _follows(row: Any, *, is_mine: bool) -> bool | None:
    """As the reader chose; who has chosen nothing follows where they wrote."""
    if row.read_follows is not None:
        return bool(row.read_follows)
    return True if is_mine or row.wrote is not None else None


def _state(row: Any, *, is_answered: bool) -> str:
    if row.is_closed:
        return "closed"
    if row.kind != Kind.QUESTION.value:
        return str(row.kind)
    return "answered" if is_answered else "open"
