"""ESCO's files, whole and broken."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.experts.esco import NotEsco, RowFault, SkillRow, language_of, read_rows

HEADER = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
URI = "http://data.europa.eu/esco/skill/"


def read(body: str, header: str = HEADER) -> list[SkillRow | RowFault]:
    return list(read_rows(io.StringIO(header + body, newline="")))


def row(uri: str, label: str, others: str = "", kind: str = "KnowledgeSkillCompetence") -> str:
    out = io.StringIO()
    csv.writer(out).writerow([kind, uri, "", "", label, others, ""])
    return out.getvalue()


def test_a_row_is_a_skill_with_its_labels_the_preferred_one_first() -> None:
    assert read(row(f"{URI}1", "use  Python", "Python\nuse Python\n")) == [
        SkillRow(2, f"{URI}1", ("use Python", "Python"))
    ]


def test_rows_of_other_concepts_are_passed_over() -> None:
    assert read(row(f"{URI}1", "values", kind="SkillGroup")) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row("", "a"), "Its conceptUri is no address."),
        (row("javascript:alert(1)", "a"), "Its conceptUri is no address."),
        (row(URI + "x" * 255, "a"), "Its conceptUri is no address."),
        (row(f"{URI}1", " "), "Its preferredLabel is empty."),
        (row(f"{URI}1", "x" * 256), "Its preferredLabel is too long."),
        (row(f"{URI}1", "a\0b"), "It holds characters that are not UTF-8."),
        (row(f"{URI}1", "caf\udce9"), "It holds characters that are not UTF-8."),
        ("only,three,cells\n", "It has not as many columns as the first line."),
        ('a,"b"c,d,e,f,g,h\n', "Its quotation marks do not match."),
    ],
)
def test_a_broken_row_is_told_by_line_and_reason_and_the_rest_is_read(broken: str, reason: str) -> None:
    good = row(f"{URI}0", "first", "two\nlines")
    found = read(good + broken + row(f"{URI}9", "last"))
    assert found[1] == RowFault(4, reason)
    assert [skill.labels[0] for skill in found if isinstance(skill, SkillRow)] == ["first", "last"]


def test_a_uri_that_comes_twice_is_told() -> None:
    found = read(row(f"{URI}1", "one") + row(f"{URI}1", "other"))
    assert found[1] == RowFault(3, "Its conceptUri stands in an earlier row.")


@pytest.mark.parametrize("header", ["", "a,b\n", "conceptUri,label\n"])
def test_a_file_that_is_not_escos_is_refused(header: str) -> None:
    with pytest.raises(NotEsco):
        read("", header)


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert len(read(row(f"{URI}1", "one"), header="\ufeff" + HEADER)) == 1


@pytest.mark.parametrize(
    ("name", "language"),
    [("skills_fr.csv", "fr"), ("skills_en-us.csv", "en"), ("skills_de.csv", None), ("skills.csv", None)],
)
def test_the_files_name_tells_its_language(name: str, language: str | None) -> None:
    assert language_of(name) == language


@given(st.text(max_size=300))
def test_whatever_the_file_holds_it_is_read_to_its_end(body: str) -> None:
    for found in read(body):
        assert found.line >= 2
