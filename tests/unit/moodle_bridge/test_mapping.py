"""Mapping: audiences, bylines, titles, marks, deletions."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_bridge.events import Audience, Author, Post, PostEvent, Space, Subject, Thread
from moodle_bridge.mapping import (
    NEVER_SENT,
    Byline,
    Decision,
    Deliver,
    Known,
    Target,
    Withhold,
    Wording,
    compose,
    map_post,
    resolve_audience,
    subject_of,
    with_delimiters,
)

WORDING = Wording("{name} (Open edX)", "accepted", "endorsed", "removed", "Re: {title}")
TARGET = Target(7, {"cohort:1": 5}, separates_groups=True)
SENT = Known(is_sent=True, is_confirmed=True, is_gone=False, forum_id=7, user_id=11)
POST = Post(
    id="r1",
    number=1,
    depth=1,
    parent="t1",
    html="<p>Text</p>",
    created_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    edited_at=None,
    is_deleted=False,
    is_erased=False,
    is_accepted=False,
    is_endorsed=False,
)
EVENT = PostEvent(
    revision=4,
    thread=Thread("t1", "question", "Title", is_pinned=True, is_closed=False),
    space=Space("s1", "course-v1:A+B+C"),
    post=POST,
    author=Author("Amina", is_anonymous=False, subject=Subject("iss", "amina")),
    audience=Audience("course", ""),
)


def mapped(
    event: PostEvent = EVENT, *, target: Target | None = TARGET, user: int = 11, known: Known = NEVER_SENT
) -> Decision:
    return map_post(event, source="acme", target=target, byline=Byline(user), known=known, wording=WORDING)


def titled(title: str, *, depth: int = 0) -> str:
    event = replace(EVENT, thread=replace(EVENT.thread, title=title), post=replace(POST, depth=depth))
    return subject_of(event, WORDING)


def test_a_response_answers_its_parent_under_its_authors_account() -> None:
    decision = mapped()
    assert isinstance(decision, Deliver)
    item = decision.item
    assert (item.parent, item.userid, item.message, item.subject) == ("t1", 11, "<p>Text</p>", "Re: Title")
    assert (item.forumid, item.groupid, item.revision, item.pinned) == (7, -1, 4, True)
    assert item.timecreated == item.timemodified == 1795507200


def test_a_name_cannot_smuggle_markup_into_the_byline() -> None:
    event = replace(EVENT, author=Author("<img src=x> {name} & Co", is_anonymous=False, subject=None))
    assert compose(event, Byline(0), WORDING) == (
        '<p class="peerbridge-author"><strong>&lt;img src=x&gt; {name} &amp; Co</strong> (Open edX)</p><p>Text</p>'
    )


def test_marks_stand_between_byline_and_text() -> None:
    event = replace(EVENT, post=replace(POST, is_accepted=True, is_endorsed=True))
    lines = re.findall(r"<p class=\"([\w-]+)\"", compose(event, Byline(0), WORDING))
    assert lines == ["peerbridge-author", "peerbridge-mark", "peerbridge-mark"]


@pytest.mark.parametrize(
    ("audience", "target", "expected"),
    [
        (Audience("course", ""), TARGET, (-1, "")),
        (Audience("course", ""), None, (0, "unmapped")),
        (Audience("group", "cohort:1"), TARGET, (5, "")),
        (Audience("group", "cohort:2"), TARGET, (0, "unmappedgroup")),
        (Audience("group", "cohort:1"), replace(TARGET, separates_groups=False), (0, "groupsnotseparate")),
        (Audience("staff", ""), TARGET, (0, "staff")),
        (Audience("withheld", ""), TARGET, (0, "withheld")),
        (Audience("somethingnew", ""), TARGET, (0, "audience")),
    ],
)
def test_only_what_moodles_readers_may_read_goes_there(
    audience: Audience, target: Target | None, expected: tuple[int, str]
) -> None:
    assert resolve_audience(audience, target) == expected


def test_a_narrowed_audience_withdraws_the_copy_once() -> None:
    staff = replace(EVENT, audience=Audience("staff", ""))
    assert mapped(staff) == Withhold("staff")
    withdrawal = mapped(staff, known=SENT)
    assert isinstance(withdrawal, Deliver)
    assert (withdrawal.item.deleted, withdrawal.item.message, withdrawal.withdrawn_for) == (
        True,
        "",
        "staff",
    )
    assert mapped(staff, known=replace(SENT, is_gone=True)) == Withhold("staff")


@pytest.mark.parametrize("change", [{"is_deleted": True}, {"is_erased": True}])
def test_a_deletion_carries_no_text(change: dict[str, bool]) -> None:
    decision = mapped(replace(EVENT, post=replace(POST, **change)), known=SENT)  # type: ignore[arg-type]  # booleans
    assert isinstance(decision, Deliver)
    item = decision.item
    assert (item.deleted, item.subject, item.message, item.userid) == (True, "", "", 11)
    assert decision.is_whole


@pytest.mark.parametrize("known", [NEVER_SENT, replace(SENT, is_confirmed=False)])
def test_a_post_deleted_before_it_is_known_to_be_there_gets_a_place_without_text_or_name(
    known: Known,
) -> None:
    decision = mapped(replace(EVENT, post=replace(POST, is_deleted=True)), known=known)
    assert isinstance(decision, Deliver)
    item = decision.item
    assert (item.revision, item.deleted, item.userid, item.message) == (3, False, 0, "<p>removed</p>")
    assert not decision.is_whole


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("<b>hi</b>", "&lt;b&gt;hi&lt;/b&gt;"),
        ("x <3 you", "x &lt;3 you"),
        ("R&D", "R&amp;D"),
        ("tab\tnl\nz  pad ", "tab nl z pad"),
        ("", "-"),
        ('"q" {title}', '"q" {title}'),
        ("😀 ß 漢", "😀 ß 漢"),
    ],
)
def test_a_title_is_what_moodle_takes(title: str, subject: str) -> None:
    assert titled(title) == subject
    assert titled(title, depth=1) == f"Re: {subject}"


@given(title=st.text(max_size=400), depth=st.integers(0, 2))
def test_a_title_fits_and_is_one_line_without_tags(title: str, depth: int) -> None:
    subject = titled(title, depth=depth)
    assert 0 < len(subject) <= 255
    assert "<" not in subject
    assert ">" not in subject
    assert re.fullmatch(r"(?:[^&]|&(?:lt|gt|amp);)*", subject)
    assert len(subject.splitlines()) == 1
    wanted = " ".join(title.split()) or "-"
    assert unescape(subject).removeprefix("Re: ").rstrip("…").strip() in wanted + "…"


def test_formulas_get_moodles_delimiters() -> None:
    text = '<p>a <span class="math inline">x^2</span></p><div class="math display">\n\\sum_i\n</div><code>x</code>'
    assert with_delimiters(text) == (
        '<p>a <span class="math inline">\\(x^2\\)</span></p>'
        '<div class="math display">\\[\n\\sum_i\n\\]</div><code>x</code>'
    )


def test_an_anonymous_post_is_the_same_whoever_knows_the_author() -> None:
    """The byline is the pseudonym even if an account would have been at hand."""
    event = replace(EVENT, author=Author("Quiet Otter", is_anonymous=True, subject=None))
    decision = mapped(event, user=0)
    assert isinstance(decision, Deliver)
    assert decision.item.userid == 0
    assert decision.item.message == (
        '<p class="peerbridge-author"><strong>Quiet Otter</strong> (Open edX)</p><p>Text</p>'
    )
