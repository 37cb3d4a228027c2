"""Figures against their targets: the table, the verdict, the line of JSON."""

import json

import pytest

from bench.common.judging import Row, json_line, table

LIST = Row("list_50k_postgres_sql", 3, "sql", target=4, peer=200)
SLOW = Row("list_50k_postgres_cpu", 12.5, "ms", target=12)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (LIST, True),
        (SLOW, False),
        (Row("x", 4, "sql", target=4), True),
        (Row("x", 99, "ms"), True),
        (Row("x", 0.9, "", target=1, better="higher"), False),
        (Row("x", 1.1, "", target=1, better="higher"), True),
    ],
)
def test_a_target_is_met_on_its_better_side(row: Row, met: bool) -> None:
    assert row.met is met


def test_the_line_is_one_json_object_with_each_rows_verdict() -> None:
    line = json_line("discussion", [LIST, SLOW])
    assert "\n" not in line
    assert json.loads(line)["bench"] == "discussion"
    assert json.loads(line)["rows"][0] == {
        "name": "list_50k_postgres_sql",
        "value": 3,
        "unit": "sql",
        "target": 4,
        "peer": 200,
        "better": "lower",
        "met": True,
    }


def test_the_table_marks_what_missed_its_target() -> None:
    lines = table([LIST, SLOW, Row("mark_read", 1200, "rows")]).splitlines()
    assert lines[1].split() == ["list_50k_postgres_sql", "3", "sql", "4", "200", "met"]
    assert lines[2].split() == ["list_50k_postgres_cpu", "12.50", "ms", "12", "-", "MISSED"]
    assert lines[3].split() == ["mark_read", "1,200", "rows", "-", "-"]
