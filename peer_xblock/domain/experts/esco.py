"""ESCO's own CSV files: one row a skill, one file a language, the same URIs in all of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peer_xblock.domain.errors import N_

from .folding import fold

# The name of the list.
ESCO = "esco"
LABEL_CAP = 255
URI_CAP = 255
SKILL = "KnowledgeSkillCompetence"
REQUIRED = ("conceptUri", "preferredLabel")
_URI = re.compile(r"https?://[^\s<>\"]+")
_FILE_LANGUAGE = re.compile(r"_(en|fr)(-[a-z]{2})?\.csv", re.IGNORECASE)
# What a byte that is no UTF-8 becomes when a file is opened with errors="surrogateescape".
_BROKEN = re.compile("[\ud800-\udfff]")

csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill in one language. labels: the preferred one first, none twice."""

    line: int
    uri: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out. line: where it begins, from 1. reason: a msgid with %(name)s placeholders."""

    line: int
    reason: str


class NotEsco(Exception):
    """The file has no header of ESCO's; the message names the column that is missing."""


def language_of(name: str) -> str | None:
    """`skills_fr.csv` is French, `skills_en-us.csv` English; None when the name does not tell."""
    found = _FILE_LANGUAGE.search(name)
    return found[1].lower() if found else None


def read_rows(lines: Iterable[str]) -> Iterator[SkillRow | RowFault]:
    """The skills of a file and the rows that are none; rows of other concepts (groups) are passed over.

    lines: opened with newline="" and errors="surrogateescape". Raises NotEsco.
    """
    reader = csv.reader(lines, strict=True)
    header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    for name in REQUIRED:
        if name not in header:
            raise NotEsco(name)
    seen: set[str] = set()
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RowFault(line, N_("Its quotation marks do not match."))
            continue
        if not cells:
            continue
        read = _read(line, header, cells, seen)
        if read is not None:
            yield read


def _read(line: int, header: list[str], cells: list[str], seen: set[str]) -> SkillRow | RowFault | None:
    if len(cells) != len(header):
        return RowFault(line, N_("It has not as many columns as the first line."))
    row = dict(zip(header, cells, strict=True))
    if row.get("conceptType", SKILL) != SKILL:
        return None
    uri = row["conceptUri"].strip()
    labels = _labels(row)
    fault = _fault(uri, labels, row["preferredLabel"], seen)
    if fault:
        return RowFault(line, fault)
    seen.add(uri)
    return SkillRow(line, uri, labels)


def _fault(uri: str, labels: tuple[str, ...], preferred: str, seen: set[str]) -> str | None:
    if not _URI.fullmatch(uri) or len(uri) > URI_CAP:
        return N_("Its conceptUri is no address.")
    if uri in seen:
        return N_("Its conceptUri stands in an earlier row.")
    if any(_BROKEN.search(label) or "\0" in label for label in (preferred, *labels)):
        return N_("It holds characters that are not UTF-8.")
    if not fold(preferred):
        return N_("Its preferredLabel is empty.")
    if len(preferred.strip()) > LABEL_CAP:
        return N_("Its preferredLabel is too long.")
    return None


def _labels(row: dict[str, str]) -> tuple[str, ...]:
    """Preferred, then alternative and hidden ones; what is empty or too long to be a label is left out."""
    others = f"{row.get('altLabels') or ''}\n{row.get('hiddenLabels') or ''}".splitlines()
    texts = (" ".join(text.split()) for text in (row["preferredLabel"], *others))
    return tuple(dict.fromkeys(text for text in texts if fold(text) and len(text) <= LABEL_CAP))
