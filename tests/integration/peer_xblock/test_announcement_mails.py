"""An announcement goes by mail to each who may read it, once, whatever happens between."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings

from peer_xblock.api import discussion, notices
from peer_xblock.api.notices import announcing
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.notices import Digest
from peer_xblock.models import Announcement, Mail, MailStop
from tests.host import LANGUAGES

from .world import COURSE, World

pytestmark = pytest.mark.django_db


def announce(world: World) -> str:
    """Jo's, to Amina, Noah and Yuki."""
    for name in ("Amina", "Noah", "Yuki"):
        world.person(name)
    return world.ask(world.staff("Jo"), "Exam moved", "To *Friday*.", kind=Kind.ANNOUNCEMENT).thread.id


def run(world: World, **delta: float) -> list[EmailMultiAlternatives]:
    """Periodic work after a while; the mails that it sent."""
    before = len(mail.outbox)
    world.later(**(delta or {"minutes": 2}))
    notices.note_posts(now=world.at, rng=world.rng)
    notices.mail_announcements(now=world.at, rng=world.rng)
    notices.prepare_mails(now=world.at, rng=world.rng)
    notices.send_mails(now=world.at, rng=world.rng)
    return [message for message in mail.outbox[before:] if isinstance(message, EmailMultiAlternatives)]


def receivers(messages: list[EmailMultiAlternatives]) -> list[str]:
    return sorted(message.to[0].split("@")[0] for message in messages)


def test_all_but_its_author_get_it_once(world: World) -> None:
    announce(world)
    sent = run(world)
    assert receivers(sent) == ["amina", "noah", "yuki"]
    assert (sent[0].subject, run(world), run(world, days=2)) == (
        "Exam moved (announcement in Data literacy)",
        [],
        [],
    )
    assert "Jo announces:\n\nTo Friday.\n\nhttp://lms.example.test/peer/p/" in sent[0].body
    assert "<p>To <em>Friday</em>.</p>" in str(sent[0].alternatives[0][0])


def test_a_digest_does_not_tell_of_it_again(world: World) -> None:
    thread = announce(world)
    amina = world.person("Amina")
    notices.follow_space(world.visit(amina), on=True)
    assert len(run(world)) == 3
    world.respond(world.person("Noah"), thread, "So late?")
    world.ask(world.person("Noah"), "Where?")
    [digest] = [message for message in run(world, days=1) if message.to == ["amina@example.test"]]
    assert "Where?" in digest.body
    assert "Exam moved\nJo" not in digest.body


def test_who_wants_no_mail_or_may_not_read_it_gets_none(world: World) -> None:
    notices.choose_notices(world.visit(world.person("Amina")), digest=Digest.OFF)
    MailStop.objects.create(user=world.person("Noah"), context=world.space.context, created_at=world.at)
    world.person("Yuki", f"locked|{world.space.usage_key}")
    world.person("Omar", f"outside|{COURSE}")
    world.person("Léa")
    announce(world)
    assert receivers(run(world)) == ["léa"]


@override_settings(PEER_DIGEST="off")
def test_where_the_site_sends_none_only_who_chose_gets_it(world: World) -> None:
    notices.choose_notices(world.visit(world.person("Amina")), digest=Digest.WEEKLY)
    announce(world)
    assert receivers(run(world)) == ["amina"]


def test_a_run_that_dies_is_gone_on_with_and_nobody_gets_two(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(world)
    monkeypatch.setattr(announcing, "PEOPLE", 2)
    monkeypatch.setattr(announcing, "ROUNDS", 1)
    make, calls = announcing._mail, []

    def die_at_the_third(*arguments: object) -> Mail:
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return make(*arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(announcing, "_mail", die_at_the_third)
    sent = run(world)
    with pytest.raises(KeyboardInterrupt):
        run(world)
    for _ in range(3):
        sent += run(world)
    assert receivers(sent) == ["amina", "noah", "yuki"]
    assert Announcement.objects.get().done_at is not None


def test_a_repeat_from_the_beginning_makes_no_second_mail(world: World) -> None:
    announce(world)
    assert len(run(world)) == 3
    Announcement.objects.update(reached=0, done_at=None)
    assert run(world) == []


def test_one_that_was_removed_or_closed_to_the_reader_before_it_went_is_not_sent(world: World) -> None:
    thread = announce(world)
    world.later(minutes=2)
    notices.note_posts(now=world.at, rng=world.rng)
    notices.mail_announcements(now=world.at, rng=world.rng)
    world.person("Amina").groups.add(Group.objects.create(name=f"locked|{world.space.usage_key}"))
    discussion.delete_post(world.visit(world.staff("Jo")), post=thread)
    notices.send_mails(now=world.at, rng=world.rng)
    assert mail.outbox == []
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.EMPTY}


def test_it_speaks_french_around_the_authors_words(world: World) -> None:
    LANGUAGES[world.person("Amina").pk] = "fr"
    announce(world)
    [french] = [message for message in run(world) if message.to == ["amina@example.test"]]
    LANGUAGES.clear()
    assert french.subject == "Exam moved (annonce dans Data literacy)"
    assert "Ne plus recevoir de courriel de ce cours" in str(french.alternatives[0][0])
