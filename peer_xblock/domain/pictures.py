"""Pictures inside texts: which are taken, what is kept of them, and their addresses in Markdown.

What comes is decoded and encoded anew: no EXIF (place, device, time), no comment, no second file hidden behind the
first one survives that. Of a moving picture the first frame is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import N_, Invalid, TooLarge

BYTES_MAX = 10 * 1024 * 1024
SIDE_MAX = 12_000
PIXELS_MAX = 25_000_000
SIDE_KEPT = 2_048
ADDRESS = "/peer/i/"

_TAKEN = ("PNG", "JPEG", "GIF", "WEBP")
# What it is kept as, and how. GIF would lose its colours in a smaller size.
_KEPT = {"JPEG": ("JPEG", {"quality": 85, "optimize": True}), "WEBP": ("WEBP", {"quality": 85})}
_AS_PNG = ("PNG", {"optimize": False})
_MEGABYTE = 1024 * 1024
_NOT_DECODED = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
)
_IN_HTML = re.compile(rf'<img [^>]*?src="{ADDRESS}([0-9a-f]{{32}})"')


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as it is kept. width, height: in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureView:
    """An uploaded picture: what Markdown refers to it by, and its size in pixels."""

    id: str
    url: str
    width: int
    height: int


def encode_anew(content: bytes) -> Encoded:
    """Check a picture by its content and make it ours: at most 2,048 pixels a side, upright, without metadata.

    Raises TooLarge and Invalid, naming `content`. Memory: four bytes a pixel, 100 MB at most.
    """
    if len(content) > BYTES_MAX:
        raise TooLarge(
            N_("The picture is larger than %(cap)d MB."), field="content", cap=BYTES_MAX // _MEGABYTE
        )
    try:
        with Image.open(BytesIO(content), formats=_TAKEN) as source:
            _check_size(*source.size)
            return _encode(source)
    except _NOT_DECODED as error:
        raise Invalid(
            N_("This is no picture that is taken here: PNG, JPEG, GIF or WebP, whole and undamaged."),
            field="content",
        ) from error


def pictures_in(html: str) -> list[str]:
    """The ids of our pictures in sanitised HTML, each once."""
    return list(dict.fromkeys(_IN_HTML.findall(html)))


def with_absolute_pictures(html: str, base: str) -> str:
    """The HTML for readers elsewhere. base: the address of our pages, ending in `/peer`."""
    return html.replace(f'src="{ADDRESS}', f'src="{base}/i/') if ADDRESS in html else html


def _check_size(width: int, height: int) -> None:
    if max(width, height) > SIDE_MAX or width * height > PIXELS_MAX:
        raise TooLarge(
            N_(
                "The picture has %(width)d × %(height)d pixels; %(side)d a side and %(millions)d million fit."
            ),
            field="content",
            width=width,
            height=height,
            side=SIDE_MAX,
            millions=PIXELS_MAX // 1_000_000,
        )


def _encode(source: Image.Image) -> Encoded:
    kept_as, options = _KEPT.get(source.format or "", _AS_PNG)
    source.draft("RGB", (SIDE_KEPT, SIDE_KEPT))
    upright = ImageOps.exif_transpose(source)
    is_clear = upright.has_transparency_data and kept_as != "JPEG"
    image = upright.convert("RGBA" if is_clear else "RGB")
    image.thumbnail((SIDE_KEPT, SIDE_KEPT))
    image.info = {}
    out = BytesIO()
    image.save(out, kept_as, **options)
    return Encoded(out.getvalue(), f"image/{kept_as.lower()}", *image.size)
