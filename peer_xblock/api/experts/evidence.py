"""Which answers speak for somebody: named, there, for this viewer to read, and taken well by others.

The index only says where to look. Every answer that is counted or shown was read from the database in this call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from peer_xblock import search
from peer_xblock.api.around import Around
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.experts.ranking import Answer
from peer_xblock.domain.experts.views import EVIDENCE_SHOWN, Evidence
from peer_xblock.domain.people import Anonymity
from peer_xblock.models import Post
from peer_xblock.platform import host
from peer_xblock.search import ThreadHit

# Questions that are looked at for one query, and the latest ones for one person.
QUESTIONS = 200
OF_ONE_PERSON = 20
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer that was taken well. relevance: of its question to what was asked, 0 without a query."""

    author: int
    post: str
    thread: str
    title: str
    is_accepted: bool
    is_endorsed: bool
    vote_count: int
    at: datetime
    relevance: float = 0.0

    def answer(self, now: datetime) -> Answer:
        """As the ranking takes it."""
        return Answer(self.relevance, (now - self.at).total_seconds() / _DAY_S)

    def shown(self) -> Evidence:
        """As a card shows it."""
        return Evidence(
            kind="answer",
            title=self.title,
            url=host().post_url(self.post),
            thread=self.thread,
            accepted=self.is_accepted,
            endorsed=self.is_endorsed,
            vote_count=self.vote_count,
            at=self.at,
        )


Proofs = Mapping[int, list[Proof]]


def proofs_about(visit: Visit, around: Around, text: str) -> Proofs:
    """Who answered questions like this one well: their answers by account, best first. One statement."""
    hits = search.find_threads(visit.space.context, text, around.reach, limit=QUESTIONS)
    return _verify(around, hits)


def proofs_of(visit: Visit, around: Around, user_ids: Collection[int]) -> Proofs:
    """The latest good answers of each of these people. One statement for all of them."""
    hits = [
        hit
        for user_id in user_ids
        for hit in search.threads_answered_by(visit.space.context, user_id, around.reach, limit=OF_ONE_PERSON)
    ]
    return _verify(around, hits, of=set(user_ids))


def shown(proofs: Iterable[Proof], now: datetime) -> tuple[Evidence, ...]:
    """The few that say most: what weighs in this ranking, else what others vouched for, then the latest."""

    def worth(proof: Proof) -> tuple[float, bool, bool, datetime]:
        """Higher for what says more."""
        return proof.answer(now).weight, proof.is_endorsed, proof.is_accepted, proof.at

    return tuple(proof.shown() for proof in sorted(proofs, key=worth, reverse=True)[:EVIDENCE_SHOWN])


def _verify(around: Around, hits: Iterable[ThreadHit], *, of: set[int] | None = None) -> Proofs:
    relevance = {hit.id: hit.score for hit in hits}
    posts = {a.post for hit in hits for a in hit.answers if of is None or a.author in of}
    found: dict[int, list[Proof]] = defaultdict(list)
    for proof in _taken_well(around, posts) if posts else ():
        if of is None or proof.author in of:
            found[proof.author].append(replace(proof, relevance=relevance.get(proof.thread, 0.0)))
    for proofs in found.values():
        proofs.sort(key=lambda proof: (proof.relevance, proof.at, proof.post), reverse=True)
    return dict(found)


def _taken_well(around: Around, posts: Collection[int]) -> Iterator[Proof]:
    """Of these answers those that are evidence for this viewer. One statement.

    What is shown only to those who have answered is evidence for nobody.
    Whether the viewer reads the thread is asked here, not of the database, which would be tempted to begin there.
    """
    well = Q(accepted_of__isnull=False) | Q(endorsed_at__isnull=False) | Q(vote_count__gt=0)
    rows = Post.objects.filter(
        well,
        pk__in=posts,
        depth=Depth.RESPONSE,
        anonymity=Anonymity.NAMED.value,
        deleted_at=None,
        author__isnull=False,
    ).select_related("thread")
    columns = (
        "author_id", "public_id", "audience", "accepted_of_id", "endorsed_at", "vote_count", "created_at",
        "thread__public_id", "thread__title", "thread__space_id", "thread__group_id",
        "thread__answer_first", "thread__is_closed",
    )  # fmt: skip
    for post in rows.only(*columns):
        thread = post.thread
        waits = thread.answer_first and not thread.is_closed
        is_theirs = post.audience != "staff" and bool(thread.title) and not waits
        if is_theirs and around.reads(thread.space_id, thread.group_id):
            yield Proof(
                author=post.author_id or 0,
                post=post.public_id,
                thread=thread.public_id,
                title=thread.title,
                is_accepted=post.accepted_of_id is not None,
                is_endorsed=post.endorsed_at is not None,
                vote_count=post.vote_count,
                at=post.created_at,
            )
