"""A measurement's rows: printed as a table, judged against their targets, closed by one JSON line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. target and peer: None where there is none. better: lower or higher."""

    name: str
    value: float
    unit: str
    target: float | None = None
    peer: float | None = None
    better: str = "lower"

    @property
    def met(self) -> bool:
        """Whether the target is reached; without one, always."""
        if self.target is None:
            return True
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, a row that misses its target marked."""
    cells = [("", "value", "", "target", "peer", "")]
    cells += [
        (row.name, _number(row.value), row.unit, _number(row.target), _number(row.peer), _verdict(row))
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in (0, 2, 5) else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def json_line(bench: str, rows: Sequence[Row]) -> str:
    """The measurement as one line of JSON."""
    return json.dumps({"bench": bench, "rows": [{**asdict(row), "met": row.met} for row in rows]})


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _verdict(row: Row) -> str:
    return "" if row.target is None else ("met" if row.met else "MISSED")
