"""A file is what its ending says, or it is refused: whatever the bytes are, nothing else happens."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.errors import Invalid
from peer_xblock.domain.file_types import FILE_TYPES, check_file, ending_of, plain_name

ALL = tuple(FILE_TYPES)
SIGNED = [ending for ending, kind in FILE_TYPES.items() if kind.signs]


def archive(*parts: tuple[str, str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as found:
        for name, content in parts:
            found.writestr(zipfile.ZipInfo(name), content)
    return raw.getvalue()


def open_document(kind: str) -> bytes:
    return archive(("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "<x/>"))


HOLDING = {
    ".docx": archive(("[Content_Types].xml", ""), ("word/document.xml", "")),
    ".xlsx": archive(("[Content_Types].xml", ""), ("xl/workbook.xml", "")),
    ".pptx": archive(("[Content_Types].xml", ""), ("ppt/presentation.xml", "")),
    ".odt": open_document("text"),
    ".ods": open_document("spreadsheet"),
    ".odp": open_document("presentation"),
}
HEADS = {
    ".gif": b"GIF89a" + b"\0" * 20,
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20,
    ".jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20,
    ".m4a": b"\0\0\0\x20ftypM4A \0\0\2\0" + b"\0" * 20,
    ".mp3": b"ID3\x03\0\0\0\0\0\0" + b"\0" * 20,
    ".mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41",
    ".pdf": b"%PDF-1.4\n",
    ".png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20,
    ".webp": b"RIFF\x64\0\0\0WEBPVP8 " + b"\0" * 20,
}
EXAMPLES = {**HOLDING, **HEADS}


def test_each_type_with_a_signature_has_an_example() -> None:
    assert sorted(EXAMPLES) == sorted(SIGNED)


@pytest.mark.parametrize("ending", SIGNED)
def test_a_true_ending_is_taken(ending: str) -> None:
    assert check_file(f"a{ending.upper()}", EXAMPLES[ending], allowed=ALL) is FILE_TYPES[ending]


@pytest.mark.parametrize("ending", SIGNED)
def test_the_content_of_another_type_is_refused(ending: str) -> None:
    content_type = FILE_TYPES[ending].content_type
    others = [
        one
        for one in EXAMPLES
        if FILE_TYPES[one].content_type != content_type and (ending, one) != (".m4a", ".mp4")
    ]
    for other in others:
        with pytest.raises(Invalid):
            check_file(f"a{ending}", EXAMPLES[other], allowed=ALL)


@pytest.mark.parametrize("ending", SIGNED)
def test_a_signed_file_is_no_text(ending: str) -> None:
    with pytest.raises(Invalid):
        check_file("a.txt", EXAMPLES[ending], allowed=ALL)


@given(st.sampled_from(ALL), st.binary(max_size=200) | st.sampled_from([c[:60] for c in EXAMPLES.values()]))
def test_any_bytes_are_taken_or_refused(ending: str, content: bytes) -> None:
    try:
        assert check_file(f"a{ending}", content, allowed=ALL).content_type
    except Invalid as refused:
        assert refused.field == "content"  # noqa: PT017  either may happen


@given(st.text(min_size=1, max_size=60).filter(lambda text: all(c >= " " and ord(c) < 0xD800 for c in text)))
def test_words_are_a_text(text: str) -> None:
    assert check_file("a.txt", f"In my words: {text}".encode(), allowed=ALL).content_type == "text/plain"


@given(st.text())
def test_a_plain_name_is_one_name_and_fits(name: str) -> None:
    plain = plain_name(name)
    assert len(plain) <= 200
    assert not set(plain) & set('/\\<>:"|?*\0\n')
    assert plain == plain_name(plain)


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("pdf", ""), (".pdf", ""), ("", ""), ("a.", ".")],
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_an_archive_that_says_too_much_of_itself_is_refused() -> None:
    with pytest.raises(Invalid):
        check_file("a.odt", archive(("mimetype", "x" * 1000)), allowed=ALL)
