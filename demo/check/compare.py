"""The comparison itself: expected posts against the posts that Moodle returned. Pure."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from demo.check.visible import visible

ACCEPTED, ENDORSED = "✓ Accepted answer", "★ Endorsed by the course team"
ATTRIBUTION = "{name} (Open edX)"
KINDS = ("missing", "duplicate", "wrong_author", "wrong_parent", "wrong_order", "wrong_text", "leaked")


@dataclass(frozen=True, slots=True)
class Expected:
    """A post of the campus.

    subject: who the author is to the identity provider, "" for nobody. shown: the name in the text, where the
    account does not say it. secret: a name that must not appear. group: the cohort's number, 0 for everybody.
    is_kept_out: written for everybody where the forum separates groups, which Moodle allows to none of these people.
    """

    id: str
    thread: str
    number: int
    depth: int
    parent: str
    title: str
    html: str
    is_deleted: bool
    is_accepted: bool
    is_endorsed: bool
    is_anonymous: bool
    subject: str
    shown: str
    secret: str
    group: int
    is_kept_out: bool

    def text(self, *, with_name: bool) -> str:
        """What a reader of Moodle should see."""
        lines = [ATTRIBUTION.format(name=self.shown)] if with_name else []
        lines += [ACCEPTED] if self.is_accepted else []
        lines += [ENDORSED] if self.is_endorsed else []
        return " ".join([*lines, visible(self.html)])


@dataclass(frozen=True, slots=True)
class Actual:
    """A post of Moodle, as stored. `external`: the id that it was mirrored under, "" when the site cannot say."""

    id: int
    discussion: int
    forum: int
    group: int
    parent: int
    user: int
    created: int
    subject: str
    message: str
    is_deleted: bool
    external: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the comparison must know of the Moodle: accounts by subject, its service account, groups, forums."""

    accounts: Mapping[str, int]
    service: int
    groups: Mapping[int, int]
    forum: int
    grouped_forum: int


@dataclass(slots=True)
class Findings:
    """How often each thing was wrong, and the first examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, what: str) -> None:
        """One more."""
        self.counts[kind] += 1
        self.examples.setdefault(kind, [])
        if len(self.examples[kind]) < 5:
            self.examples[kind].append(what)

    def as_dict(self) -> dict[str, int]:
        """Every kind, also those that are 0."""
        return {kind: self.counts[kind] for kind in KINDS}


def compare(expected: Sequence[Expected], actual: Sequence[Actual], site: Site) -> Findings:
    """Everything that may be there exactly once and right, nothing that may not."""
    findings = Findings()
    pairs, strangers = _match(expected, actual, site, findings)
    for post in expected:
        copy = pairs.get(post.id)
        if copy is None:
            if not post.is_deleted:
                findings.add("missing", f"{post.id} ({post.title})")
            continue
        _judge(post, copy, pairs, site, findings)
    _judge_order(expected, pairs, findings)
    _judge_strangers(strangers, expected, findings)
    return findings


def _match(
    expected: Sequence[Expected], actual: Sequence[Actual], site: Site, findings: Findings
) -> tuple[dict[str, Actual], list[Actual]]:
    """Expected id to its copy, and the copies that are nobody's. By external id where Moodle knows it, else by text."""
    known = {post.id: post for post in expected}
    pairs: dict[str, Actual] = {}
    strangers: list[Actual] = []
    unnamed: list[Actual] = []
    for copy in sorted(actual, key=lambda one: one.id):
        if copy.external not in known:
            (strangers if copy.external else unnamed).append(copy)
        elif copy.external in pairs:
            findings.add("duplicate", f"{copy.external} is posts {pairs[copy.external].id} and {copy.id}")
        else:
            pairs[copy.external] = copy
    by_text: dict[tuple[int, str], list[Expected]] = {}
    for post in expected:
        if post.id not in pairs and not post.is_deleted:
            by_text.setdefault(_key(post, site), []).append(post)
    for copy in unnamed:
        candidates = by_text.get((copy.user, visible(copy.message)), [])
        if candidates:
            pairs[candidates.pop(0).id] = copy
        else:
            strangers.append(copy)
    return pairs, strangers


def _key(post: Expected, site: Site) -> tuple[int, str]:
    account = account_of(post, site)
    return account, post.text(with_name=account == site.service)


def account_of(post: Expected, site: Site) -> int:
    """The account that the post must stand under."""
    if post.is_anonymous or post.is_kept_out or not post.subject:
        return site.service
    return site.accounts.get(post.subject, site.service)


def _judge(post: Expected, copy: Actual, pairs: Mapping[str, Actual], site: Site, findings: Findings) -> None:
    if post.is_deleted:
        if not copy.is_deleted or visible(copy.message) or visible(copy.subject):
            findings.add("leaked", f"{post.id} was deleted, and is post {copy.id}")
        return
    if copy.is_deleted:
        findings.add("missing", f"{post.id} is deleted in Moodle")
        return
    _judge_author(post, copy, site, findings)
    _judge_text(post, copy, site, findings)
    _judge_audience(post, copy, site, findings)
    if post.parent and post.parent not in pairs:
        return  # the parent is counted as missing
    wanted = pairs[post.parent].id if post.parent else 0
    if copy.parent != wanted:
        findings.add("wrong_parent", f"{post.id}: post {copy.id} is below {copy.parent}, not {wanted}")


def _judge_author(post: Expected, copy: Actual, site: Site, findings: Findings) -> None:
    account = account_of(post, site)
    is_named = account != site.service or visible(copy.message).startswith(
        ATTRIBUTION.format(name=post.shown)
    )
    if copy.user != account or not is_named:
        findings.add("wrong_author", f"{post.id}: account {copy.user}, not {account} ({post.shown})")
    seen = f"{copy.subject} {visible(copy.message)}"
    is_given_away = site.accounts.get(post.subject) == copy.user if post.is_anonymous else False
    # The author may have written their own name: only what the bridge added counts.
    if post.is_anonymous and (
        is_given_away or (post.secret in seen and post.secret not in visible(post.html))
    ):
        findings.add("leaked", f"{post.id} is anonymous, and post {copy.id} tells by whom it is")


def _judge_text(post: Expected, copy: Actual, site: Site, findings: Findings) -> None:
    with_name = account_of(post, site) == site.service
    seen, wanted = visible(copy.message), post.text(with_name=with_name)
    # The name is the author's matter: a wrong one is counted there, once.
    if with_name:
        seen = seen.partition(" (Open edX)")[2]
        wanted = wanted.partition(" (Open edX)")[2]
    title = html.unescape(copy.subject)
    is_titled = _same_title(title, post.title) if post.depth == 0 else title.startswith("Re: ")
    if seen != wanted or not is_titled:
        findings.add("wrong_text", f"{post.id}: post {copy.id}: {seen[:60]!r} for {wanted[:60]!r}")


def _same_title(seen: str, wanted: str) -> bool:
    if seen.endswith("…") and not wanted.endswith("…"):
        return wanted.startswith(seen[:-1])
    return seen == wanted


def _judge_audience(post: Expected, copy: Actual, site: Site, findings: Findings) -> None:
    if post.group == 0:
        return
    if copy.forum != site.grouped_forum or copy.group != site.groups.get(post.group):
        findings.add("leaked", f"{post.id} is for cohort {post.group}, post {copy.id} for group {copy.group}")


def _judge_order(expected: Sequence[Expected], pairs: Mapping[str, Actual], findings: Findings) -> None:
    """Within a discussion, (created, id) must give our numbers."""
    threads: dict[str, list[tuple[int, int, int]]] = {}
    for post in expected:
        copy = pairs.get(post.id)
        if copy is not None:
            threads.setdefault(post.thread, []).append((post.number, copy.created, copy.id))
    for thread, rows in threads.items():
        rows.sort()
        for earlier, later in pairwise(rows):
            if earlier[1:] > later[1:]:
                findings.add("wrong_order", f"{thread}: number {later[0]} comes before {earlier[0]}")


def _judge_strangers(strangers: Sequence[Actual], expected: Sequence[Expected], findings: Findings) -> None:
    """A copy that is nobody's is a second one of somebody's, or something that may not be there."""
    texts = {visible(post.html) for post in expected if not post.is_deleted}
    named = {post.text(with_name=with_name) for post in expected for with_name in (True, False)}
    for copy in strangers:
        seen = visible(copy.message)
        if copy.is_deleted and not seen:
            continue
        kind = "duplicate" if seen in texts or seen in named else "leaked"
        findings.add(kind, f"post {copy.id} in discussion {copy.discussion}: {seen[:60]!r}")
