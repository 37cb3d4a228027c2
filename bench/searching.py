"""Finding threads, measured: how often what one means comes up, on real questions, and what a call costs.

The questions are those of `communities`. Where they are beside the checkout, they stand in the titles and openings of
the busy space as well, over and over; else all its threads say the same, and every word is in each.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from peer_xblock import search
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.models import Post, Thread
from peer_xblock.search import Reach, ThreadHit
from peer_xblock.search.documents import ThreadDocument
from peer_xblock.search.engine import Engine
from peer_xblock.search.folder import Folder
from tests.runtime import Unit

from .campus import BATCH, START, Campus
from .common.counting import measure
from .common.cpu import cpu_ms
from .common.judging import Row
from .communities import FOLDER, Asked, names, read

# Statements that a call may cost, the space's and the role's look-up included.
TARGETS = {"search_words": 8, "search_slip": 8, "search_filtered": 9, "search_latest": 8, "similar": 8}
CPU_MS = 60
SHOWN = 3
_EVERYWHERE = Reach(frozenset({1}), None)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def dress(campus: Campus) -> None:
    """Give the space's threads the titles and texts of real questions, and index them."""
    if FOLDER.exists():
        asked = [question for name in names() for question in read(name)]
        rows = Thread.objects.filter(space=campus.space, title__startswith="Why does it depend on").order_by(
            "pk"
        )
        for start in range(0, rows.count(), BATCH):
            _dress(list(rows[:BATCH]), asked, start)
    index_anew(campus)


def index_anew(campus: Campus) -> None:
    """Bring the course's index up to date with what was written in bulk."""
    context = campus.space.context
    Folder(context).discard()  # What is written in bulk is in no feed.
    while not search.catch_up(context, now=START, at_most=BATCH * 10):
        continue


def _dress(threads: Sequence[Thread], asked: Sequence[Asked], start: int) -> None:
    chosen = {thread.public_id: asked[(start + place) % len(asked)] for place, thread in enumerate(threads)}
    for thread in threads:
        thread.title = f"{chosen[thread.public_id].title[:190]} {thread.pk}"
    openings = list(Post.objects.filter(public_id__in=chosen))
    for post in openings:
        post.source = chosen[post.public_id].body
        post.html = f"<p>{chosen[post.public_id].body}</p>"
    Thread.objects.bulk_update(threads, ["title"], batch_size=200)
    Post.objects.bulk_update(openings, ["source", "html"], batch_size=200)


def calls_of(campus: Campus) -> dict[str, Callable[[], None]]:
    """The calls by name, each as a reader makes it."""
    reader = Unit(campus.reader, display_name="Discussion", anonymity="learners")

    def call(operation: str, **values: object) -> Callable[[], None]:
        def run() -> None:
            status, answer = reader.call(operation, **values)
            if status != 200 or not answer["threads"]:
                raise RuntimeError(f"{operation}: {status} {answer}")

        return run

    return {
        "search_words": call("search_threads", query="what it depends on"),
        "search_slip": call("search_threads", query="depens on", typing=True),
        "search_filtered": call(
            "search_threads", query="depends", kind="question", unanswered=True, author="learner"
        ),
        "search_latest": call("search_threads", kind="question"),
        "similar": call(
            "similar_threads", title="Why does the result depend on its speed, and on what else?"
        ),
    }


def rows_of(campus: Campus, *, label: str, times: int) -> Iterator[Row]:
    """Statements and CPU of each call, and what making the index anew takes."""
    started = time.process_time()
    dress(campus)
    yield Row(f"index_{label}", round(time.process_time() - started, 1), "s CPU, texts included")
    for name, run in calls_of(campus).items():
        measure(run)
        yield Row(f"{name}_{label}_sql", measure(run).sql, "sql", TARGETS[name])
        yield Row(f"{name}_{label}_cpu", round(cpu_ms(run, times=times), 2), "ms", CPU_MS)


def quality(*, at_most: int) -> Iterator[Row]:
    """How often a question is among the first three, over all communities.

    slip: it is searched by its own title with a letter wrong in each of two words. words: by its title, where the
    index has only what stands in its body; beside it, the same by the words as experts are found by them.
    """
    slips, alike, peer = [], [], []
    for name in names():
        questions = [one for one in read(name) if len(one.title.split()) >= SHOWN]
        tried = questions[:: max(len(questions) // at_most, 1)][:at_most]
        with tempfile.TemporaryDirectory() as titled, tempfile.TemporaryDirectory() as untitled:
            known, blind = (
                _indexed(questions, Path(titled)),
                _indexed(questions, Path(untitled), titled=False),
            )
            rng = Random(7)
            for one in tried:
                asked = ThreadQuery(_misspelt(one.title, rng))
                slips.append(_is_first(one, known.search_threads(asked, _EVERYWHERE, limit=SHOWN).hits))
                alike.append(_is_first(one, blind.similar_threads(one.title, _EVERYWHERE, limit=SHOWN).hits))
                peer.append(_is_first(one, blind.find_threads(one.title, _EVERYWHERE, limit=SHOWN)))
    yield Row("found_in_spite_of_slips", _share(slips), "of 1", 0.95, better="higher")
    yield Row("similar_by_other_words", _share(alike), "of 1", None, _share(peer), better="higher")


def _indexed(questions: Sequence[Asked], folder: Path, *, titled: bool = True) -> Engine:
    engine = Engine(folder)
    engine.write(
        ThreadDocument(one.id, 1, "", one.title if titled else "", one.body, 0, "question", ())
        for one in questions
    )
    return engine


def _misspelt(title: str, rng: Random) -> str:
    """A letter replaced in each of the two longest words."""
    words = title.split()
    for word in islice(sorted(words, key=len, reverse=True), 2):
        place = rng.randrange(len(word))
        words[words.index(word)] = word[:place] + rng.choice(_LETTERS) + word[place + 1 :]
    return " ".join(words)


def _is_first(asked: Asked, hits: Sequence[ThreadHit]) -> bool:
    return any(hit.id == asked.id for hit in hits[:SHOWN])


def _share(found: Sequence[bool]) -> float:
    return round(sum(found) / max(len(found), 1), 4)
