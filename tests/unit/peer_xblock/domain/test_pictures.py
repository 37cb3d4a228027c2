"""Pictures: checked by what they hold, kept without what they tell of their maker."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from peer_xblock.domain import pictures
from peer_xblock.domain.errors import Invalid, TooLarge
from peer_xblock.domain.markup import render_markdown

ORIENTATION, ARTIST = 0x0112, 0x013B
ID = "0" * 31 + "a"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("kind", "kept"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "png"), ("WEBP", "webp")]
)
def test_each_type_is_known_by_its_content(kind: str, kept: str) -> None:
    encoded = pictures.encode_anew(picture(kind))
    assert encoded.content_type == f"image/{kept}"
    assert (encoded.width, encoded.height) == (40, 30)
    assert opened(encoded.content).format == kept.upper()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.4",
        picture("BMP"),
        picture()[:60],
    ],
    ids=["empty", "head alone", "svg", "pdf", "bmp", "cut off"],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        pictures.encode_anew(content)
    assert refused.value.field == "content"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_what_the_camera_wrote_is_kept(kind: str) -> None:
    exif = Image.Exif()
    exif[ARTIST] = "Amina, at home"
    kept = pictures.encode_anew(picture(kind, exif=exif)).content
    assert b"Amina" not in kept
    assert not opened(kept).getexif()


def test_neither_a_comment_nor_what_hides_behind_the_picture_is_kept() -> None:
    content = picture("JPEG", comment=b"a secret") + b"PK\x03\x04 a secret archive"
    assert b"secret" not in pictures.encode_anew(content).content


def test_a_picture_that_was_taken_upright_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    encoded = pictures.encode_anew(picture("JPEG", exif=exif))
    assert (encoded.width, encoded.height) == (30, 40)


def test_what_is_clear_stays_clear() -> None:
    assert opened(pictures.encode_anew(picture(mode="RGBA")).content).mode == "RGBA"


def test_a_large_picture_is_made_smaller() -> None:
    encoded = pictures.encode_anew(picture("JPEG", (4_096, 1_024)))
    assert (encoded.width, encoded.height) == (2_048, 512)


@pytest.mark.parametrize("size", [(12_001, 1), (6_000, 5_000)], ids=["too long", "too many pixels"])
def test_too_many_pixels_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge) as refused:
        pictures.encode_anew(picture("PNG", size, "1"))
    assert refused.value.params["width"] == size[0]


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(TooLarge):
        pictures.encode_anew(b"x" * (pictures.BYTES_MAX + 1))


def test_a_picture_of_ours_passes_the_sanitiser_and_is_found() -> None:
    html = render_markdown(f"![A slope]({pictures.ADDRESS}{ID}) ![else](https://example.test/peer/i/{ID})")
    assert pictures.pictures_in(html) == [ID]


def test_readers_elsewhere_get_whole_addresses() -> None:
    html = render_markdown(f"![A slope]({pictures.ADDRESS}{ID})")
    told = pictures.with_absolute_pictures(html, "https://lms.example.test/peer")
    assert f'src="https://lms.example.test/peer/i/{ID}"' in told
