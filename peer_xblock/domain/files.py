"""What the api hands out of a stored file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Download:
    """A file for one person. name: as it was uploaded. open: a fresh binary stream; who takes it closes it.

    tag: of a picture that a page shows; its bytes never change under this tag. "" for what is only saved.
    """

    name: str
    content_type: str
    open: Callable[[], IO[bytes]]
    tag: str = ""

    @property
    def headers(self) -> Mapping[str, str]:
        """An attachment that no page can run and no cache keeps; a picture is kept, and asked about each time."""
        safe = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if self.tag:
            return {
                **safe,
                "Content-Disposition": "inline",
                "Cache-Control": "private, no-cache",
                "ETag": f'"{self.tag}"',
            }
        return {
            **safe,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(self.name)}",
            "Cache-Control": "private, no-store",
        }
