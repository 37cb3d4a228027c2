"""Titles and bodies, checked and rendered before any transaction is opened."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import CAPS, Preview
from peer_xblock.domain.errors import N_, Invalid, TooLarge
from peer_xblock.domain.markup import clean_foreign_html, is_blank, render_calls

from .mentioning import people_called


@dataclass(frozen=True, slots=True)
class Text:
    """A body as it was typed and as it will be shown. people: the accounts that it calls by name."""

    source: str
    html: str
    format: str = "markdown"
    people: tuple[int, ...] = ()


def check_title(title: str) -> str:
    """A title on one line. Raises Invalid or TooLarge, naming the field."""
    line = " ".join(title.split())
    if not line:
        raise Invalid(N_("Give it a title, in one sentence."), field="title")
    if len(line) > CAPS.title:
        raise TooLarge(
            N_("The title has %(length)d characters; %(cap)d fit."),
            field="title",
            length=len(line),
            cap=CAPS.title,
        )
    return line


def check_body(body: str, called: Mapping[str, Collection[int]] = MappingProxyType({})) -> Text:
    """A body, rendered. Raises Invalid when nothing would be seen, TooLarge over the cap.

    called: accounts by the folded names that the text may call.
    """
    source = body.replace("\r\n", "\n").strip("\n")
    if len(source) > CAPS.body:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field="body",
            length=len(source),
            cap=CAPS.body,
        )
    html, names = render_calls(source, called)
    if is_blank(html):
        raise Invalid(N_("There is nothing to read in this text yet."), field="body")
    if len(json.dumps(html, ensure_ascii=False).encode()) > CAPS.html:
        raise TooLarge(
            N_("With all its markup this text is too large to show. Split it in two."), field="body"
        )
    people = {user_id for name in names for user_id in called[name]}
    return Text(source, html, people=tuple(sorted(people)))


def check_html(html: str) -> Text:
    """A body that was written as HTML elsewhere, cleaned. Raises Invalid when nothing would be seen, TooLarge."""
    clean = clean_foreign_html(html)
    if is_blank(clean):
        raise Invalid(N_("There is nothing to read in this text yet."), field="body")
    if len(json.dumps(clean, ensure_ascii=False).encode()) > CAPS.html:
        raise TooLarge(
            N_("With all its markup this text is too large to show. Split it in two."), field="body"
        )
    return Text(clean, clean, "html")


def shorten_title(title: str) -> str:
    """Any text as a title: one line that fits."""
    line = " ".join(title.split()) or "…"
    return line if len(line) <= CAPS.title else line[: CAPS.title - 1].rstrip() + "…"


def preview(visit: Visit, *, body: str) -> Preview:
    """The text as it will look; nothing is stored. An empty text gives empty HTML."""
    if len(body) > CAPS.body:
        return Preview(check_body(body).html)
    return Preview(render_calls(body, people_called(visit, body))[0])
