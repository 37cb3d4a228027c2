"""What people write in an assignment, checked and rendered before any transaction is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from peer_xblock.api.discussion.text import Text, check_body
from peer_xblock.domain.errors import N_, Invalid, TooLarge
from peer_xblock.domain.markup import is_blank, plain_text, render_markdown
from peer_xblock.domain.review.activity import Activity, HandIn
from peer_xblock.domain.review.rubric import Rubric

COMMENT_CAP = 5000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Comments:
    """A review's texts: as typed and as shown, by criterion, and of the whole."""

    sources: Mapping[str, str]
    html: Mapping[str, str]
    overall: Text


@lru_cache(maxsize=256)
def render_prompt(source: str) -> str:
    """An author's prompt as it is shown: the same for everybody, and read at each visit."""
    return render_markdown(source)


def check_work(rules: Activity, body: str, file_count: int) -> Text:
    """The text of a work. Raises Invalid or TooLarge, naming `body` or `files`."""
    if file_count and not rules.takes_files:
        raise Invalid(N_("Only a text is handed in here, no files."), field="files")
    if rules.hand_in is HandIn.FILES and not file_count:
        raise Invalid(N_("Add at least one file."), field="files")
    if not rules.needs_text and not body.strip():
        return Text("", "")
    return check_body(body)


def count_words(html: str) -> int:
    """The words of a shown text."""
    return len(_WORD.findall(plain_text(html)))


def check_comments(rubric: Rubric, comments: Mapping[str, str], overall: str, *, is_whole: bool) -> Comments:
    """A review's texts; with `is_whole` no criterion may be without one.

    Raises Invalid or TooLarge, naming `comments.<criterion>` or `overall`.
    """
    unknown = [criterion_id for criterion_id in comments if rubric.criterion(criterion_id) is None]
    if unknown:
        raise Invalid(N_("The rubric has no such criterion."), field=f"comments.{unknown[0]}")
    sources = {name: _check_length(text, f"comments.{name}") for name, text in comments.items()}
    html = {name: render_markdown(text) for name, text in sources.items()}
    for criterion in rubric.criteria:
        if is_whole and is_blank(html.get(criterion.id, "")):
            raise Invalid(
                N_("Say in a sentence why, for “%(name)s”."),
                field=f"comments.{criterion.id}",
                name=criterion.name,
            )
    source = _check_length(overall, "overall")
    shown = render_markdown(source)
    return Comments(sources, html, Text(source, "" if is_blank(shown) else shown))


def _check_length(text: str, field: str) -> str:
    if len(text) > COMMENT_CAP:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field=field,
            length=len(text),
            cap=COMMENT_CAP,
        )
    return text
