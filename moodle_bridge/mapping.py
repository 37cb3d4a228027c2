"""From a post of the LMS to a post of Moodle, or to the reason why there is none. Pure.

The one place where both vocabularies meet: thread and opening post become a discussion, a response a reply to
its first post, a comment a reply to the response's post.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from moodle_bridge.events import Audience, Author, PostEvent
from moodle_bridge.moodle.types import EVERYBODY, SERVICE_ACCOUNT, Item

MAX_SUBJECT: Final = 255
_ENTITY_CUT = re.compile(r"&[a-z]{0,3}\Z")
_MATH = re.compile(r'(<(span|div) class="math (inline|display)">)(.*?)(</\2>)', re.DOTALL)
_DELIMITED = re.compile(
    r'(<(?:span|div) class="math (?:inline|display)">)(\\\(|\\\[)(.*?)(\\\)|\\\])(</(?:span|div)>)', re.DOTALL
)
_ADDED = re.compile(r'\s*<p class="peerbridge-(?:author|mark)">.*?</p>', re.DOTALL)
_DELIMITERS: Final = {"inline": ("\\(", "\\)"), "display": ("\\[", "\\]")}


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines that the bridge adds, in the tenant's language. attribution holds {name}; reply holds {title}."""

    attribution: str
    accepted: str
    endorsed: str
    removed: str
    reply: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a space is mirrored. groups: Moodle group ids by our group id, empty unless groups are separate."""

    forum_id: int
    groups: Mapping[str, int]
    separates_groups: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a post's copy.

    is_sent: Moodle may hold one. is_confirmed: it does. is_gone: Moodle confirmed that its text is gone.
    """

    is_sent: bool
    is_confirmed: bool
    is_gone: bool
    forum_id: int
    user_id: int


NEVER_SENT: Final = Known(
    is_sent=False, is_confirmed=False, is_gone=False, forum_id=0, user_id=SERVICE_ACCOUNT
)


@dataclass(frozen=True, slots=True)
class Deliver:
    """What Moodle is to be sent. withdrawn_for: why a copy goes whose audience narrowed, else "".

    is_whole: False when this only makes a place for the post; once it is there, the event is mapped again.
    """

    item: Item
    withdrawn_for: str = ""
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Withhold:
    """Nothing goes to Moodle, and nothing is there."""

    cause: str


Decision: TypeAlias = Deliver | Withhold


@dataclass(frozen=True, slots=True)
class Byline:
    """Under whose account a post appears. user_id 0: the service account, with the name in the text."""

    user_id: int


SERVICE: Final = Byline(SERVICE_ACCOUNT)


def map_post(
    event: PostEvent, *, source: str, target: Target | None, byline: Byline, known: Known, wording: Wording
) -> Decision:
    """What Moodle must be told so that its copy is right, whatever it was told before.

    A post that is deleted before Moodle is known to have it is created blank first, so that answers to it have a
    place and Moodle ends the same whether or not it saw the text.
    """
    group_id, cause = resolve_audience(event.audience, target)
    forum_id = known.forum_id if known.is_sent or target is None else target.forum_id
    draft = _Draft(event, source, forum_id, group_id or EVERYBODY, wording)
    if cause and (known.is_gone or not known.is_sent):
        return Withhold(cause)
    if cause:
        return Deliver(draft.gone(known.user_id), withdrawn_for=cause)
    if not (event.post.is_deleted or event.post.is_erased):
        return Deliver(draft.text(byline))
    if known.is_confirmed or event.revision == 1:
        return Deliver(draft.gone(known.user_id))
    return Deliver(draft.placeholder(), is_whole=False)


def resolve_audience(audience: Audience, target: Target | None) -> tuple[int, str]:
    """Moodle's group id and "", or 0 and why the post is withheld.

    Moodle's readers must be a subset of the post's: what is unknown is withheld.
    """
    if target is None:
        return 0, "unmapped"
    if audience.kind == "course":
        return EVERYBODY, ""
    if audience.kind != "group":
        return 0, audience.kind if audience.kind in ("staff", "withheld") else "audience"
    if not target.separates_groups:
        return 0, "groupsnotseparate"
    group_id = target.groups.get(audience.group_id)
    return (0, "unmappedgroup") if group_id is None else (group_id, "")


def attribute(item: Item, event: PostEvent, wording: Wording) -> Item:
    """The same post for the same readers under the service account, with its author's name in the text."""
    return replace(item, userid=SERVICE_ACCOUNT, message=compose(event, SERVICE, wording))


def compose(event: PostEvent, byline: Byline, wording: Wording) -> str:
    """The text for Moodle: who wrote it where the account does not say so, its marks, then the post."""
    lines = []
    if byline.user_id == SERVICE_ACCOUNT:
        lines.append(_attribution(event.author, wording))
    if event.post.is_accepted:
        lines.append(f'<p class="peerbridge-mark"><em>{html.escape(wording.accepted)}</em></p>')
    if event.post.is_endorsed:
        lines.append(f'<p class="peerbridge-mark"><em>{html.escape(wording.endorsed)}</em></p>')
    return "".join(lines) + with_delimiters(event.post.html)


def with_delimiters(text: str) -> str:
    """Formulas marked up by our editor, given the delimiters that Moodle's MathJax looks for."""

    def _delimit(match: re.Match[str]) -> str:
        opening, closing = _DELIMITERS[match[3]]
        return f"{match[1]}{opening}{match[4]}{closing}{match[5]}"

    return _MATH.sub(_delimit, text)


def text_of_copy(text: str) -> str:
    """What somebody made of a copy, without the lines and delimiters that the bridge added to it."""
    return _DELIMITED.sub(r"\1\3\5", _ADDED.sub("", text))


def subject_of(event: PostEvent, wording: Wording) -> str:
    """At most 255 characters that Moodle takes as a title: one line, `<`, `>` and `&` written as entities."""
    title = " ".join(event.thread.title.split()) or "-"
    text = title if event.post.depth == 0 else wording.reply.format(title=title)
    escaped = html.escape(text, quote=False)
    if len(escaped) <= MAX_SUBJECT:
        return escaped
    return _ENTITY_CUT.sub("", escaped[: MAX_SUBJECT - 1]).rstrip() + "…"


def _attribution(author: Author, wording: Wording) -> str:
    name = " ".join(author.name.split())
    line = html.escape(wording.attribution).format(name=f"<strong>{html.escape(name)}</strong>")
    return f'<p class="peerbridge-author">{line}</p>'


@dataclass(frozen=True, slots=True)
class _Draft:
    """What every item of an event has."""

    event: PostEvent
    source: str
    forum_id: int
    group_id: int
    wording: Wording

    def text(self, byline: Byline) -> Item:
        """The post with its text."""
        message = compose(self.event, byline, self.wording)
        return self._item(byline.user_id, subject=subject_of(self.event, self.wording), message=message)

    def placeholder(self) -> Item:
        """The post as it was just before it was deleted, without its text."""
        notice = f"<p>{html.escape(self.wording.removed)}</p>"
        item = self._item(SERVICE_ACCOUNT, subject=self.wording.removed, message=notice)
        return replace(item, revision=self.event.revision - 1)

    def gone(self, user_id: int) -> Item:
        """The post without its text, deleted."""
        return replace(self._item(user_id, subject="", message=""), deleted=True)

    def _item(self, user_id: int, *, subject: str, message: str) -> Item:
        event = self.event
        created = int(event.post.created_at.timestamp())
        edited = int((event.post.edited_at or event.post.created_at).timestamp())
        return Item(
            source=self.source,
            externalid=event.post.id,
            revision=event.revision,
            forumid=self.forum_id,
            userid=user_id,
            parent=event.post.parent,
            subject=subject,
            message=message,
            groupid=self.group_id,
            timecreated=created,
            timemodified=max(created, edited),
            deleted=False,
            pinned=event.thread.is_pinned,
            locked=event.thread.is_closed,
            edit=event.post.edit,
        )
