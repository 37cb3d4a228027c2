"""Reading what an author wrote, from a form or from OLX: anything may stand there, and each fault is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from peer_xblock.domain.errors import N_, Invalid, InvalidFields


@dataclass(slots=True)
class Faults:
    """What cannot be taken, in the order in which it was met."""

    errors: list[Invalid] = field(default_factory=list)

    def add(self, path: str, message: str, **params: object) -> None:
        """Note a fault. path: the field, as `rubric.0.options.1.name`."""
        self.errors.append(Invalid(message, field=path, **params))

    def raise_any(self) -> None:
        """Raises InvalidFields when there was one."""
        if self.errors:
            raise InvalidFields(self.errors)

    def text(self, value: object, path: str, *, cap: int, missing: str = "") -> str:
        """Text on the field. missing: what is said when it is empty, "" where it may be."""
        if value is None:
            value = ""
        if not isinstance(value, str) or _is_unstorable(value):
            self.add(path, N_("This must be text."))
            return ""
        text = value.strip()
        if missing and not text:
            self.add(path, missing)
        if len(text) > cap:
            self.add(path, N_("The text has %(length)d characters; %(cap)d fit."), length=len(text), cap=cap)
        return text

    def whole(self, value: object, path: str, *, low: int, high: int) -> int:
        """A whole number from low to high; the low end when it cannot be read."""
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.add(path, N_("Enter a whole number from %(low)d to %(high)d."), low=low, high=high)
            return low
        return value

    def number(self, value: object, path: str, *, low: float, high: float) -> float:
        """A number from low to high; the low end when it cannot be read."""
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            self.add(path, N_("Enter a number from %(low)s to %(high)s."), low=low, high=high)
            return low
        return float(value)

    def moment(self, value: object, path: str) -> datetime | None:
        """A time: a datetime or ISO 8601, taken as UTC without an offset; None when there is none."""
        if value is None or value == "":
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            moment = None
        if not isinstance(moment, datetime):
            self.add(path, N_("Enter a date and a time."))
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def rows(self, value: object, path: str) -> Sequence[Mapping[str, Any]]:
        """A list of objects; empty when it is anything else."""
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
            self.add(path, N_("This must be a list."))
            return ()
        return value


def _is_unstorable(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
