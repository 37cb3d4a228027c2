"""Pages: every order, both ways, nothing lost and nothing twice, as whole numbers sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from peer_xblock.api import discussion
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.api.discussion.reading import Order
from peer_xblock.domain.discussion import Kind, OpenThread
from peer_xblock.domain.errors import Invalid
from peer_xblock.models import Post, Thread

from .world import World

pytestmark = pytest.mark.django_db
SEEDS = range(4)
VOTERS = ("Noah", "Yuki", "Léa", "Omar")


def busy_thread(world: World, rng: Random) -> str:
    """12 to 25 responses with votes, endorsements, a comment here and there, perhaps an answer."""
    amina, ines = world.person("Amina"), world.facilitator("Inès")
    thread = world.ask(amina).thread.id
    for _ in range(rng.randrange(12, 26)):
        post = world.respond(world.person("Tomás"), thread).post.id
        for voter in rng.sample(VOTERS, rng.randrange(3)):
            discussion.vote(world.visit(world.person(voter)), post=post, on=True)
        if rng.random() < 0.2:
            discussion.endorse(world.visit(ines), post=post, on=True)
        fate = rng.random()
        if fate < 0.2:
            discussion.delete_post(world.visit(ines), post=post)
        elif fate < 0.3:
            world.comment(amina, post)
    if rng.random() < 0.5:
        answer = rng.choice(Post.objects.filter(depth=1, deleted_at=None).order_by("pk"))
        discussion.accept_answer(world.visit(amina), post=answer.public_id, on=True)
    return thread


def expected(order: Order) -> list[str]:
    """The responses in order, told from the rows in Python; the accepted one stands apart."""
    rows = list(Post.objects.filter(depth=1, accepted_of=None))
    keys: dict[Order, Callable[[Post], tuple[int, ...]]] = {
        Order.BEST: lambda p: (p.endorsed_at is None, -p.vote_count, p.number),
        Order.OLDEST: lambda p: (p.number,),
        Order.NEWEST: lambda p: (-p.number,),
    }
    return [row.public_id for row in sorted(rows, key=keys[order])]


@dataclass(frozen=True, slots=True)
class Opening:
    """One reader's way through a thread."""

    world: World
    thread: str
    order: Order
    limit: int

    def page(self, *, cursor: str | None = None, post: str | None = None) -> OpenThread:
        visit = self.world.visit(self.world.person("Amina"))
        return discussion.get_thread(
            visit, thread=self.thread, order=self.order, cursor=cursor, post=post, limit=self.limit
        )

    def onwards(self, first: OpenThread) -> list[OpenThread]:
        """This page and all after it."""
        pages = [first]
        while pages[-1].next:
            pages.append(self.page(cursor=pages[-1].next))
        return pages

    def back(self, last: OpenThread) -> list[OpenThread]:
        """All before this page, and it."""
        pages = [last]
        while pages[0].previous:
            pages.insert(0, self.page(cursor=pages[0].previous))
        return pages


def ids(page: OpenThread) -> list[str]:
    return [response.id for response in page.responses]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_responses_page_forwards_and_back_without_loss(world: World, seed: int) -> None:
    rng = Random(seed)
    thread = busy_thread(world, rng)
    for order in Order:
        opening = Opening(world, thread, order, limit=rng.randrange(1, 7))
        first = opening.page()
        assert first.previous is None
        pages = opening.onwards(first)
        assert [post for page in pages for post in ids(page)] == expected(order)
        assert [post for page in opening.back(pages[-1]) for post in ids(page)] == expected(order)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_from_a_linked_response_all_others_are_reached_both_ways(world: World, seed: int) -> None:
    rng = Random(seed)
    thread = busy_thread(world, rng)
    for order in Order:
        target = rng.choice(expected(order))
        opening = Opening(world, thread, order, limit=rng.randrange(1, 7))
        linked = opening.page(post=target)
        assert ids(linked)[0] == target
        pages = [*opening.back(linked)[:-1], *opening.onwards(linked)]
        assert [post for page in pages for post in ids(page)] == expected(order)


OF_LEARNERS = (Kind.QUESTION, Kind.DISCUSSION)
LISTINGS = [Sort.ACTIVITY, Sort.VOTES, Sort.UNANSWERED]


@pytest.mark.slow
@pytest.mark.parametrize("sort", LISTINGS)
@pytest.mark.parametrize("seed", SEEDS)
def test_listings_page_without_loss(world: World, seed: int, sort: Sort) -> None:
    rng = Random(seed)
    amina, ines = world.person("Amina"), world.facilitator("Inès")
    for _ in range(rng.randrange(10, 20)):
        made = world.ask(amina, kind=rng.choice(OF_LEARNERS))
        for voter in rng.sample(VOTERS, rng.randrange(3)):
            discussion.vote(world.visit(world.person(voter)), post=made.thread.id, on=True)
        if rng.random() < 0.3 and made.thread.kind == Kind.QUESTION:
            answer = world.respond(ines, made.thread.id).post.id
            discussion.accept_answer(world.visit(ines), post=answer, on=True)
        if rng.random() < 0.2:
            discussion.delete_post(world.visit(ines), post=made.thread.id)
    visit, limit = world.visit(world.person("Noah")), rng.randrange(1, 6)
    found, cursor = [], None
    while True:
        page = discussion.list_threads(visit, sort=sort, cursor=cursor, limit=limit)
        found += [thread.id for thread in page.threads]
        cursor = page.next
        if cursor is None:
            break
    assert found == expected_threads(sort)


def expected_threads(sort: Sort) -> list[str]:
    """From the rows in Python: ties between equal votes or moments go by the id's tail, downwards."""
    rows = [
        row
        for row in Thread.objects.all()
        if row.post_count or not row.posts.filter(number=0, deleted_at__isnull=False).exists()
    ]
    if sort is Sort.UNANSWERED:
        unanswered = (r for r in rows if r.kind == "question")
        rows = [r for r in unanswered if not Post.objects.filter(accepted_of=r).exists()]

    def place(row: Thread) -> tuple[float, str]:
        value = row.vote_count if sort is Sort.VOTES else row.active_at.timestamp()
        return value, row.public_id[-16:]

    return [row.public_id for row in sorted(rows, key=place, reverse=True)]


def mine(world: World, name: str, *, limit: int = 2) -> list[str]:
    """The titles of all pages."""
    found, cursor = [], None
    while True:
        visit = world.visit(world.person(name))
        page = discussion.list_threads(visit, sort=Sort.MINE, cursor=cursor, limit=limit)
        found += [thread.title for thread in page.threads]
        cursor = page.next
        if cursor is None:
            return found


def test_mine_are_the_threads_in_which_one_wrote_by_when_one_last_did(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    first, second, third = (world.ask(amina, title).thread.id for title in ("First", "Second", "Third"))
    world.ask(noah, "Of Noah")
    world.respond(noah, second)
    response = world.respond(amina, first).post.id
    world.comment(noah, response)
    assert mine(world, "Noah") == ["First", "Second", "Of Noah"]
    assert mine(world, "Amina") == ["First", "Third", "Second"]
    assert mine(world, "Yuki") == []
    discussion.delete_post(world.visit(amina), post=third)
    assert mine(world, "Amina") == ["First", "Second"]


def test_what_is_mine_elsewhere_is_not_here(world: World) -> None:
    amina = world.person("Amina")
    there = world.visit(amina, space=world.add_space("u2"))
    discussion.create_thread(there, client_key="k", kind=Kind.QUESTION, title="There", body="x")
    assert mine(world, "Amina") == []


def test_pinned_threads_lead_but_not_among_the_unanswered(world: World) -> None:
    amina = world.person("Amina")
    first, second, third = (world.ask(amina).thread.id for _ in range(3))
    row = Thread.objects.get(public_id=first)
    row.is_pinned = True
    row.save()
    assert list(discussion.repair_counters(world.space)) == [first]
    visit = world.visit(amina)
    listed = [t.id for t in discussion.list_threads(visit).threads]
    open_ones = [t.id for t in discussion.list_threads(visit, sort=Sort.UNANSWERED).threads]
    assert listed == [first, third, second]
    assert open_ones == [third, second, first]


def test_a_listing_holds_its_own_space_only_whatever_the_cursor(world: World) -> None:
    amina = world.person("Amina")
    here = world.ask(amina).thread.id
    other = world.add_space("u2")
    there = world.visit(amina, space=other)
    discussion.create_thread(there, client_key="k", kind=Kind.QUESTION, title="There", body="x")
    assert [t.id for t in discussion.list_threads(world.visit(amina), cursor="f" * 33).threads] == [here]
    assert discussion.list_threads(world.visit(amina), cursor="0" * 33).threads == ()


@pytest.mark.parametrize("cursor", ["", "x", "0" * 32, "0" * 34, "G" * 33, "0" * 33 + "\n"])
def test_a_listings_cursor_that_is_none_is_refused_by_name(world: World, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        discussion.list_threads(world.visit(world.person("Amina")), cursor=cursor)
    assert refused.value.field == "cursor"
