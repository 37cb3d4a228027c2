"""A right mirror has no findings; each planted fault turns its own counter red, and no other."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from demo.check.compare import KINDS, Actual, Expected, Site, compare

Mirror: TypeAlias = list[Actual]
SITE = Site(
    accounts={"sub-amina": 4, "sub-tomas": 5},
    service=3,
    groups={1: 71},
    forum=10,
    grouped_forum=11,
)
QUESTION = Expected(
    id="q",
    thread="q",
    number=0,
    depth=0,
    parent="",
    title="Is r < 1 & why?",
    html='<p>With <span class="math inline">r = 0.9</span>?</p>',
    is_deleted=False,
    is_accepted=False,
    is_endorsed=False,
    is_anonymous=False,
    subject="sub-amina",
    shown="Amina",
    secret="",
    group=0,
    is_kept_out=False,
)
ANSWER = replace(
    QUESTION,
    id="a",
    number=1,
    depth=1,
    parent="q",
    html="<p>Because.</p>",
    subject="sub-tomas",
    shown="Tomás",
    is_accepted=True,
)
HIDDEN = replace(
    ANSWER, id="h", number=2, html="<p>I dare.</p>", is_accepted=False, is_anonymous=True, shown="White Finch"
)
HIDDEN = replace(HIDDEN, secret="Tomás Ferreira")
COMMENT = replace(
    ANSWER, id="c", number=3, depth=2, parent="a", html="<p>Thanks.</p>", is_accepted=False, subject=""
)
COMMENT = replace(COMMENT, shown="Omar")
REMOVED = replace(ANSWER, id="r", number=4, html="<p>Never mind.</p>", is_deleted=True, is_accepted=False)
GROUPED = replace(QUESTION, id="g", thread="g", title="Ours", html="<p>Between us.</p>", group=1)
EXPECTED = [QUESTION, ANSWER, HIDDEN, COMMENT, REMOVED, GROUPED]


FIRST = Actual(
    id=100,
    discussion=50,
    forum=10,
    group=-1,
    parent=0,
    user=4,
    created=1000,
    subject="Is r &lt; 1 &amp; why?",
    message='<p>With <span class="math inline">\\(r = 0.9\\)</span>?</p>',
    is_deleted=False,
    external="q",
)


def mirror() -> Mirror:
    """What a Moodle holds that mirrors all of it rightly."""
    answer = replace(
        FIRST,
        id=101,
        parent=100,
        user=5,
        created=1010,
        subject="Re: Is r &lt; 1 &amp; why?",
        message="<p><em>✓ Accepted answer</em></p><p>Because.</p>",
        external="a",
    )
    hidden = replace(
        answer,
        id=102,
        user=3,
        created=1020,
        message="<p><strong>White Finch</strong> (Open edX)</p><p>I dare.</p>",
        external="h",
    )
    comment = replace(
        hidden,
        id=103,
        parent=101,
        created=1030,
        message="<p><strong>Omar</strong> (Open edX)</p><p>Thanks.</p>",
        external="c",
    )
    removed = replace(answer, id=104, created=1040, subject="", message="", is_deleted=True, external="r")
    grouped = replace(
        FIRST,
        id=200,
        discussion=60,
        forum=11,
        group=71,
        subject="Ours",
        message="<p>Between us.</p>",
        external="g",
    )
    return [FIRST, answer, hidden, comment, removed, grouped]


def change(external: str, **values: object) -> Callable[[Mirror], Mirror]:
    return lambda posts: [
        replace(post, **values) if post.external == external else post  # type: ignore[arg-type]  # values of a test
        for post in posts
    ]


def drop(external: str) -> Callable[[Mirror], Mirror]:
    return lambda posts: [post for post in posts if post.external != external]


def add(**values: object) -> Callable[[Mirror], Mirror]:
    return lambda posts: [*posts, replace(posts[1], id=300, external="", **values)]  # type: ignore[arg-type]  # as above


def test_right_mirror_has_no_findings() -> None:
    assert compare(EXPECTED, mirror(), SITE).as_dict() == dict.fromkeys(KINDS, 0)


def test_right_mirror_without_external_ids_has_no_findings() -> None:
    posts = [replace(post, external="") for post in mirror()]
    assert compare(EXPECTED, posts, SITE).as_dict() == dict.fromkeys(KINDS, 0)


@pytest.mark.parametrize(
    ("fault", "counter"),
    [
        (drop("a"), "missing"),
        (change("c", is_deleted=True, message="", subject=""), "missing"),
        (add(), "duplicate"),
        (add(message="<p>Because.</p>"), "duplicate"),
        (lambda posts: [*posts, replace(posts[1], id=301)], "duplicate"),
        (change("q", user=5), "wrong_author"),
        (change("c", message="<p><strong>Jo</strong> (Open edX)</p><p>Thanks.</p>"), "wrong_author"),
        (change("c", parent=100), "wrong_parent"),
        (change("a", parent=0), "wrong_parent"),
        (change("c", created=1015), "wrong_order"),
        (change("q", message="<p>With r?</p>"), "wrong_text"),
        (change("a", message="<p>Because.</p>"), "wrong_text"),
        (change("q", subject="Is r?"), "wrong_text"),
        (change("r", is_deleted=False, message="<p>Never mind.</p>"), "leaked"),
        (change("r", message="<p>Never mind.</p>"), "leaked"),
        (change("g", group=-1), "leaked"),
        (change("g", forum=10), "leaked"),
        (add(message="<p>A secret of the staff.</p>"), "leaked"),
        (
            change(
                "h",
                message="<p><strong>White Finch</strong> (Open edX)</p><p>I dare.</p>",
                subject="Re: by Tomás Ferreira",
            ),
            "leaked",
        ),
    ],
)
def test_fault_turns_its_counter_red(fault: Callable[[Mirror], Mirror], counter: str) -> None:
    counts = compare(EXPECTED, fault(mirror()), SITE).as_dict()
    assert counts == {**dict.fromkeys(KINDS, 0), counter: 1}


def test_anonymous_post_under_its_authors_account_is_leaked() -> None:
    counts = compare(EXPECTED, change("h", user=5)(mirror()), SITE).as_dict()
    assert (counts["leaked"], counts["wrong_author"]) == (1, 1)


def test_account_shared_by_nobody_is_the_service_account() -> None:
    site = replace(SITE, accounts={"sub-amina": 4})
    posts = change(
        "a",
        user=3,
        message="<p><strong>Tomás</strong> (Open edX)</p><p><em>✓ Accepted answer</em></p><p>Because.</p>",
    )(mirror())
    assert compare(EXPECTED, posts, site).as_dict() == dict.fromkeys(KINDS, 0)


def test_learner_whom_moodle_keeps_out_is_named_by_the_service_account() -> None:
    expected = [replace(post, is_kept_out=post.id == "a") for post in EXPECTED]
    named = "<p><strong>Tomás</strong> (Open edX)</p><p><em>✓ Accepted answer</em></p><p>Because.</p>"
    posts = change("a", user=3, message=named)(mirror())
    assert compare(expected, posts, SITE).as_dict() == dict.fromkeys(KINDS, 0)
    assert compare(expected, mirror(), SITE).as_dict()["wrong_author"] == 1
