import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from demo.community.seedfile import Problem, SeedFile, SeedQuestion, member_of

ANSWER: dict[str, Any] = {
    "id": 3,
    "u": "u29",
    "s": 26,
    "t": 1394743398.4,
    "x": "Think, pair, share.",
    "acc": True,
}
QUESTION: dict[str, Any] = {
    "id": 1,
    "t": 1394742724.0,
    "asker": "u21",
    "title": "Encouraging participation",
    "body": "How?",
    "tags": ["x"],
    "answers": [ANSWER],
}


def read(tmp_path: Path, *lines: bytes | dict[str, Any]) -> tuple[list[SeedQuestion], list[str]]:
    encoded = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path = tmp_path / "seed.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(encoded)))
    problems: list[Problem] = []
    questions = list(SeedFile(path).questions(problems.append))
    return questions, [str(problem) for problem in problems]


def test_reads_question_with_its_answer(tmp_path: Path) -> None:
    [question], problems = read(tmp_path, QUESTION)
    assert problems == []
    assert (question.author, question.title, question.at.year) == ("u21", "Encouraging participation", 2014)
    assert (question.answers[0].votes, question.answers[0].is_accepted) == (26, True)


def test_reads_plain_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "seed.jsonl"
    path.write_text(json.dumps(QUESTION) + "\n\n" + json.dumps(QUESTION))
    problems: list[Problem] = []
    assert len(list(SeedFile(path).questions(problems.append))) == 2
    assert problems == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{not json", "line 1: the line: not JSON"),
        (b"[]", "line 1: the line: not an object"),
        (b"\xff\xfe", "line 1: the line: not UTF-8"),
        ({**QUESTION, "title": 7}, "line 1: title: not of the right type (int)"),
        ({**QUESTION, "body": "  "}, "line 1: body: empty"),
        ({key: QUESTION[key] for key in QUESTION if key != "asker"}, "line 1: asker: missing"),
        ({**QUESTION, "t": 1e30}, "line 1: t: not a time in Unix seconds"),
        ({**QUESTION, "answers": {}}, "line 1: answers: not of the right type (dict)"),
    ],
)
def test_broken_line_is_told_and_the_rest_is_read(tmp_path: Path, line: Any, told: str) -> None:
    questions, problems = read(tmp_path, line, QUESTION)
    assert problems == [told]
    assert len(questions) == 1


def test_broken_answer_leaves_the_question(tmp_path: Path) -> None:
    broken = {key: ANSWER[key] for key in ANSWER if key != "x"}
    [question], problems = read(tmp_path, {**QUESTION, "answers": [broken, ANSWER, "no"]})
    assert problems == ["line 1: answers[0].x: missing", "line 1: answers[2].: not an object"]
    assert len(question.answers) == 1


def test_answer_is_never_older_than_its_question(tmp_path: Path) -> None:
    [question], _ = read(tmp_path, {**QUESTION, "answers": [{**ANSWER, "t": 1.0, "s": -3}]})
    assert question.answers[0].at == question.at
    assert question.answers[0].votes == 0


def test_members_are_each_author_once(tmp_path: Path) -> None:
    path = tmp_path / "seed.jsonl"
    path.write_text(json.dumps(QUESTION) + "\n" + json.dumps({**QUESTION, "asker": "u29"}))
    assert [member.username for member in SeedFile(path).members()] == ["u21", "u29"]


def test_same_author_has_the_same_readable_name() -> None:
    member = member_of("u21")
    assert member == member_of("u21")
    assert member.username == "u21"
    assert member.name.endswith("(u21)")
    assert member.subject == "seed-u21"
