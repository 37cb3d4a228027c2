"""Which types of file are taken, and whether a file is what its name's ending says.

Only types that a browser does not run are here: no HTML, no SVG, no script, no archive of anything.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import puremagic

from .errors import N_, Invalid

NAME_CAP = 200
_HEAD = 4096
_TEXT_CONTROLS = frozenset("\t\n\r\f\x1b")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_OPEN_DOCUMENT_NAME = "mimetype"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken. signs: endings by which the signature library may know it, none for plain text.

    part: what an Office archive must hold. Of an OpenDocument archive its own statement is read.
    """

    content_type: str
    signs: frozenset[str] = frozenset()
    part: str = ""


def _signed(content_type: str, *signs: str) -> FileType:
    return FileType(content_type, frozenset(signs))


FILE_TYPES: Mapping[str, FileType] = {
    ".csv": FileType("text/csv"),
    ".docx": FileType(f"{_OFFICE}.wordprocessingml.document", frozenset({".docx"}), "word/"),
    ".gif": _signed("image/gif", ".gif"),
    ".ipynb": FileType("application/json"),
    ".jpeg": _signed("image/jpeg", ".jpg", ".jpeg", ".jfif"),
    ".jpg": _signed("image/jpeg", ".jpg", ".jpeg", ".jfif"),
    ".json": FileType("application/json"),
    ".m4a": _signed("audio/mp4", ".m4a", ".f4a", ".mp4"),
    ".md": FileType("text/markdown"),
    ".mp3": _signed("audio/mpeg", ".mp3"),
    ".mp4": _signed("video/mp4", ".mp4"),
    ".odp": FileType(f"{_OPEN_DOCUMENT}.presentation", frozenset({".docx"})),
    ".ods": FileType(f"{_OPEN_DOCUMENT}.spreadsheet", frozenset({".docx"})),
    ".odt": FileType(f"{_OPEN_DOCUMENT}.text", frozenset({".docx"})),
    ".pdf": _signed("application/pdf", ".pdf"),
    ".png": _signed("image/png", ".png"),
    ".pptx": FileType(f"{_OFFICE}.presentationml.presentation", frozenset({".pptx"}), "ppt/"),
    ".py": FileType("text/x-python"),
    ".tex": FileType("application/x-tex"),
    ".txt": FileType("text/plain"),
    ".webp": _signed("image/webp", ".webp"),
    ".xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", frozenset({".xlsx"}), "xl/"),
}
_BINARY_SIGNS = frozenset({".exe"}).union(*(kind.signs for kind in FILE_TYPES.values()))


def check_file(name: str, content: bytes, *, allowed: tuple[str, ...]) -> FileType:
    """The type of a file whose ending is allowed and true. Raises Invalid, naming `name` or `content`.

    allowed: endings as `.pdf`.
    """
    ending = ending_of(name)
    if ending not in allowed or ending not in FILE_TYPES:
        raise Invalid(
            N_("“%(name)s” is not of a type that is taken here: %(allowed)s."),
            field="name",
            name=name,
            allowed=", ".join(allowed),
        )
    kind = FILE_TYPES[ending]
    if not (_is_signed(content, kind) if kind.signs else _is_text(content)):
        raise Invalid(
            N_("“%(name)s” is not what its ending says: its content is not that of a %(ending)s file."),
            field="content",
            name=name,
            ending=ending,
        )
    return kind


def ending_of(name: str) -> str:
    """The ending in lower case with its dot, "" without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def plain_name(name: str) -> str:
    """The name without any folder, control characters or what file systems refuse, cut to fit."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*').strip(" .")
    ending = ending_of(kept)
    return kept if len(kept) <= NAME_CAP else kept[: NAME_CAP - len(ending)] + ending


def _is_signed(content: bytes, kind: FileType) -> bool:
    if not _signs_of(content) & kind.signs:
        return False
    if kind.part:
        return any(name.startswith(kind.part) for name in _parts_of(content))
    if kind.content_type.startswith(_OPEN_DOCUMENT):
        return _stated_type(content) == kind.content_type
    return True


def _is_text(content: bytes) -> bool:
    if _signs_of(content) & _BINARY_SIGNS:
        return False
    for encoding in ("utf-16", "utf-8", "cp1252"):
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(character >= " " or character in _TEXT_CONTROLS for character in text)
    return False


def _signs_of(content: bytes) -> frozenset[str]:
    try:
        return frozenset(match.extension for match in puremagic.magic_string(content[:_HEAD]))
    except (puremagic.PureError, ValueError):  # Nothing known, or nothing there.
        return frozenset()


def _parts_of(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _stated_type(content: bytes) -> str:
    """What an OpenDocument archive says of itself: its first entry, stored as it is."""
    if _OPEN_DOCUMENT_NAME not in _parts_of(content)[:1]:
        return ""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(_OPEN_DOCUMENT_NAME)
        if entry.file_size > NAME_CAP:
            return ""
        try:
            return archive.read(entry).decode("ascii", "replace").strip()
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
        ):  # Broken, encrypted, packed unusually.
            return ""
