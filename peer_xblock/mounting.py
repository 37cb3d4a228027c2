"""How an element comes into a page: the configuration that its script is given, in a unit and on the course's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from .domain.spaces import SpaceKind

_LANGUAGES = ("en", "fr")
#: The scripts of each block that come after its first one, as `LATER` in static/build.mjs.
_LATER = {
    SpaceKind.DISCUSSION: ("thread", "editor", "writing", "notices", "search", "places", "moderating"),
    SpaceKind.REVIEW: ("editor", "writing"),
    SpaceKind.EXPERTS: ("editor", "writing"),
}


def page_language() -> str:
    """The language of the page where we speak it, else English."""
    active = (get_language() or "en").split("-")[0]
    return active if active in _LANGUAGES else "en"


def reader_key(user_id: int | None) -> str:
    """Whose drafts a device keeps: the same for a person on every page, and of use to nobody else; "" for nobody."""
    if user_id is None:
        return ""
    return salted_hmac("peer_xblock.reader", str(user_id), algorithm="sha256").hexdigest()[:32]


def element_config(
    kind: SpaceKind,
    *,
    call_url: str,
    public: Callable[[str], str],
    user_id: int | None,
    post: str | None = None,
) -> dict[str, Any]:
    """As `BlockConfig` of the front end.

    user_id: who reads, None for nobody and for Studio's preview.
    call_url: where operations are called, each by its name after a slash. public: the address of a file of ours.
    post: the one to open at.
    """
    language = page_language()
    return {
        "call_url": call_url,
        "css_urls": [public("peer.css"), public(f"peer-{kind}.css")],
        "catalogue_url": "" if language == "en" else public(f"peer-{language}.json"),
        "katex_url": public("peer-katex.js"),
        "scripts": {name: public(f"peer-{kind}-{name}.js") for name in _LATER[kind]},
        "reader": reader_key(user_id),
        "language": language,
        "heading_level": 2,
        "post": post,
        "thread": None,
    }
