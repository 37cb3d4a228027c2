"""What the check has people do, on top of an imported community. The same choices at every run of the same file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random, SystemRandom

from django.contrib.auth.models import User

from demo.community.cast import CAST, COHORTS, Member
from demo.community.people import ensure_people
from demo.community.writing import Pens, space_of
from peer_xblock.api import discussion
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.models import Post

PREFIX = "block-v1:Peer+DL101+2026+type@peer_discussion+block@"
COMMUNITY, ANONYMOUS, DIVIDED = "talk31", "talk32", "talk41"
# Three whom no identity provider knows, two whom it knows and Moodle does not.
STRANGERS = tuple(
    Member(f"stranger{number}", "Stranger", str(number), subject=f"unknown-{number}" if number > 3 else "")
    for number in range(1, 6)
)
# Learners whom Moodle knows, by cohort.
_LINKED = {
    cohort: [member.username for member in CAST if member.cohort == cohort and member.subject]
    for cohort in COHORTS
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each; `restores` are among the deletions, `grouped` are for a cohort, `for_all` for every cohort."""

    comments: int = 100
    edits: int = 50
    deletions: int = 20
    restores: int = 10
    anonymous: int = 20
    grouped: int = 10
    for_all: int = 12


class Script:
    """Acts through the public api, at the present moment."""

    def __init__(self, plan: Plan, community: list[str], *, rng: Random) -> None:
        self._plan = plan
        self._community = community
        self._rng = rng
        ensure_people(STRANGERS, is_listed=False)
        self._pens = Pens(SystemRandom())
        self._names: dict[int, str] = dict(User.objects.values_list("pk", "username"))
        self._spaces = {
            name: space_of(PREFIX + name, now=datetime.now(UTC), rng=SystemRandom())
            for name in (COMMUNITY, ANONYMOUS, DIVIDED)
        }
        self._key = 0

    def run(self) -> dict[str, int]:
        """Everything; how many of each were done."""
        parts: dict[str, Callable[[], int]] = {
            "strangers": self._strangers,
            "anonymous": self._anonymous,
            "grouped": self._grouped,
            "for_all": self._for_all,
            "comments": self._comments,
            "edits": self._edits,
            "deletions": self._deletions,
        }
        return {name: part() for name, part in parts.items()}

    def _visit(self, username: str, name: str) -> Visit:
        return self._pens.visit(username, self._spaces[name], datetime.now(UTC))

    def _next_key(self) -> str:
        self._key += 1
        return f"check-{self._key}"

    def _posts(self, name: str, *depths: int) -> list[Post]:
        posts = Post.objects.filter(thread__space=self._spaces[name], depth__in=depths, deleted_at=None)
        return list(posts.select_related("thread").order_by("id"))

    def _ask(self, username: str, name: str, title: str, body: str, *, anonymous: bool = False) -> str:
        made = discussion.create_thread(
            self._visit(username, name),
            client_key=self._next_key(),
            kind=Kind.QUESTION,
            title=title,
            body=body,
            anonymous=anonymous,
        )
        return made.thread.id

    def _respond(self, username: str, name: str, thread: str, body: str, *, anonymous: bool = False) -> str:
        made = discussion.create_response(
            self._visit(username, name),
            client_key=self._next_key(),
            thread=thread,
            body=body,
            anonymous=anonymous,
        )
        return made.post.id

    def _strangers(self) -> int:
        for number, member in enumerate(STRANGERS, start=1):
            thread = self._rng.choice(self._posts(COMMUNITY, Depth.OPENING)).thread
            self._respond(
                member.username,
                COMMUNITY,
                thread.public_id,
                f"A word of stranger number {number}: $x_{number}$.",
            )
        return len(STRANGERS)

    def _anonymous(self) -> int:
        """Half of them questions, half of them answers, some by one who also writes under a name there."""
        for number in range(self._plan.anonymous // 2):
            asker, helper = self._rng.sample(self._community, 2)
            thread = self._ask(
                asker,
                ANONYMOUS,
                f"What nobody dares to ask, {number}",
                f"Why so, **{number}**?",
                anonymous=True,
            )
            self._respond(helper, ANONYMOUS, thread, f"Because of {number} < 7 & more.", anonymous=True)
            self._respond(helper, ANONYMOUS, thread, f"Under my name: {number}.")
        return self._plan.anonymous

    def _grouped(self) -> int:
        for number in range(self._plan.grouped // 2):
            people = _LINKED[1 + number % len(_LINKED)]
            thread = self._ask(
                people[0], DIVIDED, f"For our cohort only, {number}", f"Between us: number {number}."
            )
            self._respond(people[-1], DIVIDED, thread, f"It stays here, {number}.")
        return self._plan.grouped

    def _for_all(self) -> int:
        """Topics of a facilitator among the cohorts, answered from each of them; Moodle refuses all of these."""
        for number in range(self._plan.for_all // (1 + len(_LINKED))):
            thread = self._ask(
                "ines", DIVIDED, f"For every cohort, {number}", f"What do you think of {number}?"
            )
            for cohort, people in _LINKED.items():
                self._respond(people[0], DIVIDED, thread, f"Cohort {cohort} says: {number} & more.")
        return self._plan.for_all

    def _comments(self) -> int:
        responses = self._posts(COMMUNITY, Depth.RESPONSE)
        for number in range(self._plan.comments):
            response = self._rng.choice(responses)
            discussion.create_comment(
                self._visit(self._rng.choice(self._community), COMMUNITY),
                client_key=self._next_key(),
                response=response.public_id,
                body=f"Comment {number}: `if a < b: print(a & b)` — and *so on*.",
            )
        return self._plan.comments

    def _edits(self) -> int:
        posts = self._rng.sample(
            self._posts(COMMUNITY, Depth.OPENING, Depth.RESPONSE, Depth.COMMENT), self._plan.edits
        )
        for number, post in enumerate(posts):
            visit = self._visit(self._names[post.author_id or 0], COMMUNITY)
            source = discussion.get_source(visit, post=post.public_id)
            title = f"{source.title or ''} (edited)"[:200] if post.depth == Depth.OPENING else None
            discussion.edit_post(
                visit,
                post=post.public_id,
                revision=source.revision,
                body=f"{source.source}\n\nEdit number {number}.",
                title=title,
            )
        return len(posts)

    def _deletions(self) -> int:
        """Half by the author, half by course staff; of each kind of post."""
        posts = self._rng.sample(
            self._posts(COMMUNITY, Depth.OPENING, Depth.RESPONSE, Depth.COMMENT), self._plan.deletions
        )
        for number, post in enumerate(posts):
            by = "staff" if number % 2 else self._names[post.author_id or 0]
            discussion.delete_post(self._visit(by, COMMUNITY), post=post.public_id)
            if number < self._plan.restores:
                discussion.restore_post(self._visit(by, COMMUNITY), post=post.public_id)
        return len(posts)
