"""The directory, measured: `python -m bench.experts [QUICK]`, on the engine that PEER_TEST_DB names.

Who is found, on four real communities replayed in time order (nDCG@10, macro over communities and micro over
questions), beside counting answers and beside the same sum without age; how often skills are found in spite of typos,
in ESCO where its files are beside the checkout; how long a ranking, a suggestion and a whole call take. QUICK: some 60
questions a community. The targets of accuracy were set on seven communities, of which four are at hand.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import quantiles

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import connection, transaction
from django.test import override_settings

from peer_xblock.api.experts.evidence import QUESTIONS
from peer_xblock.domain.experts.builtin import BUILTIN_SKILLS
from peer_xblock.domain.experts.esco import SkillRow, read_rows
from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.experts.ranking import Answer, Candidate, rank
from peer_xblock.domain.experts.vocabulary import Spelling, Term, Vocabulary

from .common.counting import prepare_planner
from .common.judging import Row, json_line, table
from .communities import EVERYWHERE, FOLDER, Asked, Known, macro_micro, names, read, replay
from .directory import Directory

ESCO = FOLDER.parent / "esco"
MACRO, MICRO = 0.41, 0.329
RECALL = {1: 0.998, 2: 0.995}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def by_answers(known: Known, _question: Asked) -> list[int]:
    """Whoever answered most."""
    return [user for user, _ in known.answers.most_common(10)]


def by_directory(known: Known, question: Asked) -> list[int]:
    """As the directory ranks."""
    return _ranked(known, question, ages=True)


def by_relevance(known: Known, question: Asked) -> list[int]:
    """The same without age."""
    return _ranked(known, question, ages=False)


def _ranked(known: Known, question: Asked, *, ages: bool) -> list[int]:
    answers: dict[int, list[Answer]] = defaultdict(list)
    text = f"{question.title}\n{question.body}"[:2_000]
    for hit in known.engine.find_threads(text, EVERYWHERE, limit=QUESTIONS):
        for answered in hit.answers:
            age = question.day - known.days[hit.id, answered.author] if ages else 0.0
            answers[answered.author].append(Answer(hit.score, age))
    people = [
        Candidate(user, tuple(theirs), 0, is_free=True, is_named=False, declares=False, recency=f"{user:09}")
        for user, theirs in answers.items()
    ]
    return [candidate.id for candidate in rank(people)]


def accuracy(*, at_most: int) -> Iterator[Row]:
    """nDCG@10 of the directory, of the same without age, of counting."""
    rankers = {"directory": by_directory, "without_age": by_relevance, "most_answers": by_answers}
    scores: dict[str, list[list[float]]] = {name: [] for name in rankers}
    for name in names():
        with tempfile.TemporaryDirectory() as folder:
            found = replay(read(name), Path(folder), rankers, at_most=at_most)
        for ranker, values in found.items():
            scores[ranker].append(values)
        for ranker in rankers:
            yield _score(f"ndcg10_{name}_{ranker}", found[ranker])
    counted = macro_micro(scores["most_answers"])
    for place, (kind, target) in enumerate((("macro", MACRO), ("micro", MICRO))):
        value = macro_micro(scores["directory"])[place]
        yield Row(f"ndcg10_{kind}", round(value, 4), "", target, round(counted[place], 4), better="higher")
        gain = value - macro_micro(scores["without_age"])[place]
        yield Row(f"ndcg10_{kind}_gain_by_age", round(gain, 4), "", 0.0, better="higher")


def _score(name: str, values: Sequence[float]) -> Row:
    return Row(name, round(sum(values) / len(values), 4), "", better="higher")


def skills(*, sample: int) -> Iterator[Row]:
    """Recall at 5 with typos and the time of a suggestion, on our own list and on ESCO."""
    yield from _recall("builtin", _builtin(), sample=sample)
    if ESCO.exists():
        yield from _recall("esco", _esco(), sample=sample)


def _builtin() -> Vocabulary:
    labels = {skill.key: {"en": skill.en, "fr": skill.fr} for skill in BUILTIN_SKILLS}
    return _vocabulary(labels)


def _esco() -> Vocabulary:
    labels: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for language, name in (("en", "skills_en-us.csv"), ("fr", "skills_fr.csv")):
        with (ESCO / name).open(newline="", encoding="utf-8", errors="surrogateescape") as lines:
            for row in read_rows(lines):
                if isinstance(row, SkillRow):
                    labels[row.uri][language] = row.labels
    return _vocabulary(labels)


def _vocabulary(labels: dict[str, dict[str, tuple[str, ...]]]) -> Vocabulary:
    terms = [
        Term(pk, key, key, {language: texts[0] for language, texts in spoken.items()})
        for pk, (key, spoken) in enumerate(labels.items())
    ]
    spellings = (
        Spelling(pk, fold(text))
        for pk, spoken in enumerate(labels.values())
        for texts in spoken.values()
        for text in texts
    )
    return Vocabulary(terms, spellings)


def _recall(name: str, vocabulary: Vocabulary, *, sample: int) -> Iterator[Row]:
    times: list[float] = []
    for language in ("en", "fr"):
        for typos, target in RECALL.items():
            rng, found, tried = Random(typos), 0, 0
            spoken = [
                term for term in vocabulary.terms.values() if len(term.labels.get(language, "")) >= 5 * typos
            ]
            for term in rng.choices(spoken, k=sample):
                label = term.labels[language]
                typed = label
                for _ in range(typos):
                    typed = with_typo(typed, rng)
                started = time.process_time()
                suggested = vocabulary.suggest(typed, limit=5)
                times.append(time.process_time() - started)
                tried += 1
                found += any(other.labels.get(language) == label for other in suggested)
            value = round(found / tried, 4)
            yield Row(f"skills_{name}_{language}_{typos}_typos", value, "", target, better="higher")
    yield Row(f"skills_{name}_p95", round(_p95_ms(times), 2), "ms CPU", 5)


def with_typo(text: str, rng: Random) -> str:
    """A letter lost, added, replaced, or two swapped."""
    place, letter = rng.randrange(len(text) - 1), rng.choice(LETTERS)
    before, here, after = text[:place], text[place], text[place + 1 :]
    return rng.choice(
        [
            before + after,
            before + letter + here + after,
            before + letter + after,
            before + after[0] + here + after[1:],
        ]
    )


def calls(*, threads: int, people: int, times: int) -> Iterator[Row]:
    """CPU of each call in a course of this size, on a database and with an index of their own."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        directory = Directory()
        directory.grow(threads=threads, people=people)
        prepare_planner()
        for call, run in directory.calls().items():
            yield Row(f"{call}_{threads // 1000}k_{people // 1000}k_p95", _p95_of(run, times), "ms CPU", 150)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _p95_of(run: Callable[[], None], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        with transaction.atomic():
            started = time.process_time()
            run()
            taken.append(time.process_time() - started)
            transaction.set_rollback(True)
    return round(_p95_ms(taken), 1)


def _p95_ms(seconds: Sequence[float]) -> float:
    return 1000 * quantiles(seconds, n=20)[-1]


def run(*, quick: bool) -> list[Row]:
    """All rows."""
    rows = [*skills(sample=200 if quick else 2_000)]
    if FOLDER.exists():
        rows += accuracy(at_most=60 if quick else 10_000)
    with (
        tempfile.TemporaryDirectory() as index,
        override_settings(PEER_HOST="bench.common.host", PEER_INDEX_DIR=index),
    ):
        size = (2_000, 1_000) if quick else (20_000, 10_000)
        rows += calls(threads=size[0], people=size[1], times=10 if quick else 40)
    return rows


def main(arguments: list[str]) -> int:
    """0 whatever the figures are: they are reported, not gated. 2 for an unknown argument."""
    if arguments not in ([], ["QUICK"]):
        print("usage: python -m bench.experts [QUICK]", file=sys.stderr)
        return 2
    rows = run(quick=arguments == ["QUICK"])
    print(table(rows))
    print(json_line("experts", rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
