"""Digests: one mail of what waits, in the reader's language, never twice, ended by a link that asks for no log-in."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Collection, Mapping

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings

from peer_xblock.api import discussion, notices
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.notices import Digest
from peer_xblock.models import Mail, MailStop, Notice, SpaceMember
from peer_xblock.platform import Address
from tests import host
from tests.host import LANGUAGES

from .world import World

pytestmark = pytest.mark.django_db


def answered(world: World, body: str = "So *it* is.", *, anonymous: bool = False) -> User:
    """Amina's question with Noah's answer."""
    amina, noah = world.person("Amina"), world.person("Noah")
    world.respond(noah, world.ask(amina).thread.id, body, anonymous=anonymous)
    return amina


def run(world: World, **delta: float) -> list[EmailMultiAlternatives]:
    """Periodic work now and after a while; the mails that it sent."""
    before = len(mail.outbox)
    notices.note_posts(now=world.at, rng=world.rng)
    if delta:
        world.later(**delta)
    notices.prepare_mails(now=world.at, rng=world.rng)
    notices.send_mails(now=world.at, rng=world.rng)
    return [message for message in mail.outbox[before:] if isinstance(message, EmailMultiAlternatives)]


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def stop_path(message: EmailMultiAlternatives) -> str:
    url = str(message.extra_headers["List-Unsubscribe"])
    return url.strip("<>").removeprefix("http://lms.example.test")


def test_a_digest_goes_out_the_next_morning(world: World) -> None:
    answered(world)
    assert run(world, hours=12) == []
    [message] = run(world, hours=12)
    assert (message.to, message.subject) == (["amina@example.test"], "1 new post for you in Data literacy")


def test_it_says_what_happened_as_text_and_as_html(world: World) -> None:
    answered(world, "Less < more & *so*.")
    [message] = run(world, days=1)
    assert "Why?\nNoah answered you\nLess < more & so.\n" in message.body
    assert "http://lms.example.test/peer/p/" in message.body
    assert "Less &lt; more &amp; so." in html_of(message)


def test_it_speaks_the_readers_language(world: World) -> None:
    amina = answered(world)
    LANGUAGES[amina.pk] = "fr"
    [message] = run(world, days=1)
    LANGUAGES.clear()
    assert message.subject == "1 nouveau message pour vous dans Data literacy"
    assert 'lang="fr"' in html_of(message)


def test_a_post_is_in_one_mail_alone(world: World) -> None:
    answered(world)
    assert [len(run(world, days=1)) for _ in range(3)] == [1, 0, 0]


def test_spaces_of_a_course_share_a_mail(world: World) -> None:
    amina = answered(world)
    other = world.add_space("u2")
    notices.follow_space(world.visit(amina, space=other), on=True)
    discussion.create_thread(
        world.visit(world.person("Noah"), space=other),
        client_key="other",
        kind=Kind.DISCUSSION,
        title="Elsewhere",
        body="Here too.",
    )
    [message] = run(world, days=1)
    assert "Discussion u1" in message.body
    assert "Discussion u2" in message.body


@pytest.mark.parametrize(("digest", "days"), [(Digest.DAILY, [1]), (Digest.WEEKLY, [6]), (Digest.OFF, [])])
def test_it_comes_as_often_as_was_chosen(world: World, digest: Digest, days: list[int]) -> None:
    amina = answered(world)  # On a Tuesday.
    notices.choose_notices(world.visit(amina), digest=digest)
    assert [day for day in range(1, 9) if run(world, days=1)] == days


@override_settings(PEER_DIGEST="off")
def test_a_site_may_send_none_unless_somebody_chooses(world: World) -> None:
    amina = answered(world)
    assert run(world, days=1) == []
    assert notices.choose_notices(world.visit(amina), digest=Digest.DAILY).digest == "daily"
    assert len(run(world, days=1)) == 1


def test_what_was_read_meanwhile_is_not_told(world: World) -> None:
    amina = answered(world)
    thread = thread_told_of(world, amina)
    discussion.mark_read(world.visit(amina), thread=thread, number=1)
    assert run(world, days=1) == []
    assert not Mail.objects.exists()


def thread_told_of(world: World, user: User) -> str:
    notices.note_posts(now=world.at, rng=world.rng)
    return Notice.objects.get(user=user).thread.public_id


def test_what_may_no_longer_be_read_is_not_told(world: World) -> None:
    amina = answered(world)
    notices.note_posts(now=world.at, rng=world.rng)
    amina.groups.add(Group.objects.create(name=f"locked|{world.space.usage_key}"))
    assert run(world, days=1) == []
    assert Mail.objects.get().state == Mail.EMPTY


def test_an_anonymous_author_goes_by_the_pseudonym() -> None:
    world = World(anonymity="learners")
    answered(world, anonymous=True)
    [message] = run(world, days=1)
    assert "Noah" not in message.body + html_of(message)
    assert re.search(r"\w+ \w+ answered you", str(message.body))


def test_the_link_ends_all_mails_of_the_course_without_a_log_in(world: World) -> None:
    amina = answered(world)
    [message] = run(world, days=1)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    browser = Client(enforce_csrf_checks=True)
    assert "Stop the mails of this course?" in browser.get(stop_path(message)).content.decode()
    assert not MailStop.objects.exists()
    posted = browser.post(stop_path(message), {"List-Unsubscribe": "One-Click"})
    assert "You get no more mails of this course" in posted.content.decode()
    answered(world, "More.")
    assert run(world, days=1) == []
    assert notices.notice_settings(world.visit(amina)).digest == "off"


def test_the_link_can_be_taken_back_and_a_choice_in_the_block_ends_it(world: World) -> None:
    amina = answered(world)
    [message] = run(world, days=1)
    Client().post(stop_path(message))
    Client().post(stop_path(message), {"again": "1"})
    assert notices.notice_settings(world.visit(amina)).digest == "daily"
    Client().post(stop_path(message))
    notices.choose_notices(world.visit(amina), digest=Digest.WEEKLY)
    assert notices.notice_settings(world.visit(amina)).digest == "weekly"


def test_the_link_of_an_account_that_is_deleted_is_not_there(world: World) -> None:
    amina = answered(world)
    [message] = run(world, days=1)
    amina.delete()
    assert Client().post(stop_path(message)).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1abc:def"])
def test_a_forged_link_is_not_there(world: World, token: str) -> None:
    assert Client().post(f"/peer/stop/{token}").status_code == 404


def test_nobody_is_mailed_twice_after_a_kill(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answered(world)
    sent = EmailMultiAlternatives.send

    def send_and_die(self: EmailMultiAlternatives, fail_silently: bool = False) -> int:
        sent(self, fail_silently)
        raise KeyboardInterrupt

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_and_die)
    with pytest.raises(KeyboardInterrupt):
        run(world, days=1)
    monkeypatch.undo()
    assert run(world, days=1) == []
    assert (len(mail.outbox), Mail.objects.get().state) == (1, Mail.SENDING)


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected, LookupError])
def test_what_the_mail_server_refuses_is_tried_again_a_few_times(
    world: World, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    answered(world)

    def refuse(self: EmailMultiAlternatives, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    run(world, days=1)
    assert (Mail.objects.get().state, Mail.objects.get().tries) == (Mail.WAITING, 1)
    for _ in range(4):
        run(world, hours=6)
    assert Mail.objects.get().state == Mail.FAILED


def test_a_mail_that_cannot_be_made_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    amina, yuki = answered(world), world.person("Yuki")
    world.respond(world.person("Noah"), world.ask(yuki).thread.id)

    known = host.addresses_of

    def addresses_of(people: Collection[int]) -> Mapping[int, Address]:
        if amina.pk in people:
            raise LookupError
        return known(people)

    monkeypatch.setattr(host, "addresses_of", addresses_of)
    assert [message.to for message in run(world, days=1)] == [["yuki@example.test"]]
    assert Mail.objects.get(user=amina).state == Mail.WAITING


def test_one_whose_account_has_no_address_is_sent_nothing(world: World) -> None:
    amina = answered(world)
    notices.note_posts(now=world.at, rng=world.rng)
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert run(world, days=1) == []
    assert Mail.objects.get().state == Mail.EMPTY


def test_a_retired_person_leaves_no_trace_here(world: World) -> None:
    amina = answered(world)
    run(world, days=1)
    assert notices.retire_reader(amina.pk, limit=200, now=world.at, rng=world.rng) == 1
    for model in (Notice, SpaceMember, Mail, MailStop):
        assert not model._default_manager.filter(user=amina).exists()
