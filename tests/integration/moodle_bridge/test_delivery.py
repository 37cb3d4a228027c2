"""Delivery through the plugin: order, audiences, people, marks, deletion."""

from typing import Any

import pytest
import requests

from moodle_bridge.delivery.people import Directory
from moodle_bridge.delivery.sites import connect
from moodle_bridge.events import Author, Subject
from moodle_bridge.models import Counter, InboxEvent, LedgerEntry, MoodleAccount, MoodleSite, SpaceMap, Tenant
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import GROUP, ISSUER, World, comment, opening, response

pytestmark = pytest.mark.django_db

ANONYMOUS = {"kind": "anonymous", "name": "Quiet Otter"}
STAFF = {"kind": "staff"}
COHORT = {"kind": "group", "id": "cohort:1", "name": "One"}


def counted(name: str) -> int:
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0


def last_item(moodle: FakeMoodle) -> dict[str, object]:
    import json

    items = json.loads(moodle.called("local_peerbridge_upsert_posts")[-1]["items"])
    found: dict[str, object] = items[-1]
    return found


def test_an_edit_replaces_the_text(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(opening(2, revision=2, html="<p>Better</p>", title="B"))
    world.drain()
    assert moodle.text_of("t1") == "<p>Better</p>"
    assert moodle.row_of("t1").subject == "B"
    assert len(moodle.posts) == 1


def test_only_the_newest_state_of_a_post_is_sent(world: World, moodle: FakeMoodle) -> None:
    world.send(*[opening(n, revision=n, html=f"<p>{n}</p>") for n in range(1, 6)])
    world.drain()
    assert moodle.text_of("t1") == "<p>5</p>"
    assert [world.state(n) for n in range(1, 6)] == ["superseded"] * 4 + ["applied"]


def test_an_event_that_comes_late_changes_nothing(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(2, revision=2, html="<p>new</p>"))
    world.drain()
    world.send(opening(1, revision=1, html="<p>old</p>"))
    world.drain()
    assert moodle.text_of("t1") == "<p>new</p>"
    assert world.state(1) == "superseded"


def test_a_post_edited_before_delivery_keeps_its_place(world: World, moodle: FakeMoodle) -> None:
    world.send(
        opening(),
        response(2, "r1", revision=2, number=1),
        response(3, "r2", revision=3, number=2),
        response(4, "r1", revision=4, number=1, html="<p>edited</p>"),
    )
    world.drain()
    assert moodle.row_of("r1").id < moodle.row_of("r2").id
    assert moodle.text_of("r1") == "<p>edited</p>"


def test_marks_are_lines_in_the_text_and_go_again(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(), response(2, "r1", revision=2, number=1, accepted=True, endorsed=True))
    world.drain()
    assert moodle.text_of("r1").count("peerbridge-mark") == 2
    world.send(response(3, "r1", revision=3, number=1))
    world.drain()
    assert moodle.text_of("r1") == "<p>Text</p>"


def test_a_deletion_blanks_and_a_restore_brings_back(world: World, moodle: FakeMoodle) -> None:
    world.send(
        opening(), response(2, "r1", revision=2, number=1), comment(3, "c1", "r1", revision=3, number=2)
    )
    world.drain()
    world.send(response(4, "r1", revision=4, number=1, html="", deleted=True))
    world.drain()
    row = moodle.row_of("r1")
    assert (row.deleted, row.message) == (True, "")
    assert not moodle.row_of("c1").deleted
    assert LedgerEntry.objects.get(external_id="r1").presence == "erased"
    world.send(response(5, "r1", revision=5, number=1))
    world.drain()
    assert (row.deleted, row.message, row.userid) == (False, "<p>Text</p>", 11)


def test_a_post_deleted_before_it_was_seen_still_carries_its_answers(
    world: World, moodle: FakeMoodle
) -> None:
    world.send(
        opening(),
        response(2, "r1", revision=2, number=1, html="<p>secret</p>"),
        comment(3, "c1", "r1", revision=3, number=2),
        response(4, "r1", revision=4, number=1, html="", deleted=True),
    )
    world.drain()
    assert moodle.row_of("r1").deleted
    assert moodle.row_of("c1").parent == moodle.row_of("r1").id
    assert not any("secret" in str(params) for _, params in moodle.calls)


def test_erasure_outranks_every_revision(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(html="<p>planted</p>"))
    world.drain()
    world.send(opening(2, revision=2, html="", deleted=True, erased=True))
    world.drain()
    assert "planted" not in InboxEvent.objects.get(revision=1).body
    world.send(opening(3, revision=3, html="<p>planted</p>"))
    world.drain()
    assert moodle.row_of("t1").deleted
    assert world.state(3) == "superseded"
    assert LedgerEntry.objects.get().is_erased


def test_an_erasure_that_comes_late_still_counts(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(2, revision=5))
    world.drain()
    world.send(opening(1, revision=4, html="", deleted=True, erased=True))
    world.drain()
    assert moodle.row_of("t1").deleted


# --- audiences


def test_what_only_staff_may_read_is_withheld_and_counted(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(audience=STAFF, html=""))
    world.drain()
    assert world.state(1) == "withheld"
    assert counted("withheld:staff") == 1
    assert not moodle.posts


def test_a_copy_is_withdrawn_when_its_audience_narrows(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(opening(2, revision=2, audience={"kind": "withheld"}, html=""))
    world.drain()
    assert (moodle.row_of("t1").deleted, moodle.row_of("t1").message) == (True, "")
    assert counted("withdrawn") == 1
    world.send(opening(3, revision=3))
    world.drain()
    assert not moodle.row_of("t1").deleted


def test_a_copy_of_which_nothing_is_known_is_withdrawn_too(world: World, moodle: FakeMoodle) -> None:
    moodle.faults = [None, None, None, "lose"]
    world.send(opening())
    world.deliver()
    assert len(moodle.posts) == 1
    assert LedgerEntry.objects.get().presence == "sending"
    world.send(opening(2, revision=2, audience=STAFF, html=""))
    world.pass_time(minutes=10)
    world.drain()
    assert moodle.row_of("t1").deleted


def test_a_group_post_goes_to_its_group_only(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(audience=COHORT))
    world.drain()
    assert last_item(moodle)["groupid"] == GROUP


@pytest.mark.parametrize(
    ("audience", "separates", "cause"),
    [
        ({"kind": "group", "id": "cohort:9", "name": "Nine"}, True, "unmappedgroup"),
        (COHORT, False, "groupsnotseparate"),
        ({"kind": "planet"}, True, "audience"),
    ],
)
def test_an_audience_that_moodle_cannot_keep_is_withheld(
    world: World, moodle: FakeMoodle, audience: dict[str, str], separates: bool, cause: str
) -> None:
    SpaceMap.objects.update(separates_groups=separates)
    world.send(opening(audience=audience))
    world.drain()
    assert (world.state(1), world.cause(1)) == ("withheld", cause)
    assert not moodle.posts


def test_an_unmapped_space_is_withheld_until_it_is_mapped_and_replayed(
    world: World, moodle: FakeMoodle
) -> None:
    from moodle_bridge.replay import replay

    space = SpaceMap.objects.get()
    SpaceMap.objects.update(space_id="another")
    world.send(opening())
    world.drain()
    assert (world.state(1), world.cause(1)) == ("withheld", "unmapped")
    space.save()
    assert replay(InboxEvent.objects.all(), now=world.now) == 1
    world.drain()
    assert world.state(1) == "applied"


def test_an_answer_to_a_withheld_post_waits_for_it(world: World, moodle: FakeMoodle) -> None:
    world.send(
        opening(),
        response(2, "r1", revision=2, number=1, audience=STAFF, html=""),
        comment(3, "c1", "r1", revision=3, number=2),
        response(4, "r2", revision=4, number=3),
    )
    world.drain()
    assert [world.state(n) for n in (1, 2, 3, 4)] == ["applied", "withheld", "waiting", "applied"]
    world.send(response(5, "r1", revision=5, number=1))
    world.drain()
    assert world.state(3) == "applied"
    assert moodle.row_of("c1").parent == moodle.row_of("r1").id


# --- people


def test_an_anonymous_post_shows_its_pseudonym_and_nothing_else(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(author=ANONYMOUS))
    world.drain()
    row = moodle.row_of("t1")
    assert row.userid == 0
    assert (
        row.message == '<p class="peerbridge-author"><strong>Quiet Otter</strong> (Open edX)</p><p>Text</p>'
    )
    assert not moodle.called("core_user_get_users_by_field")


@pytest.mark.parametrize("subject", ["AMINA", "aminá", "amina ", "stranger", None])
def test_another_spelling_is_another_person(world: World, moodle: FakeMoodle, subject: str | None) -> None:
    world.send(opening(subject=subject))
    world.drain()
    assert moodle.row_of("t1").userid == 0
    assert moodle.text_of("t1").startswith(
        '<p class="peerbridge-author"><strong>Amina Diallo</strong> (Open edX)</p>'
    )


def test_the_exact_spelling_is_found_among_similar_ones(world: World, moodle: FakeMoodle) -> None:
    moodle.users = [(13, "AMINA"), (11, "amina"), (14, "amina ")]
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 11


def test_two_accounts_with_the_same_id_number_are_refused(world: World, moodle: FakeMoodle) -> None:
    moodle.users.append((13, "amina"))
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 0
    assert counted("attributed:matchambiguous") == 1


def test_an_id_number_that_cannot_be_read_matches_nobody(world: World, moodle: FakeMoodle) -> None:
    moodle.users = [(11, None)]
    world.send(opening())
    world.drain()
    assert counted("attributed:matchunreadable") == 1


def test_only_people_of_the_tenants_issuer_are_matched(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(issuer="https://other.test")
    world.send(opening())
    world.drain()
    assert counted("attributed:otherissuer") == 1
    assert not moodle.called("core_user_get_users_by_field")


def test_a_person_linked_later_becomes_the_author_at_the_next_revision(
    world: World, moodle: FakeMoodle
) -> None:
    users, moodle.users = moodle.users, []
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 0
    moodle.users = users
    world.pass_time(minutes=11)
    world.send(opening(2, revision=2))
    world.drain()
    assert (moodle.row_of("t1").userid, moodle.text_of("t1")) == (11, "<p>Text</p>")


def test_hold_keeps_the_post_until_the_person_is_linked(world: World, moodle: FakeMoodle) -> None:
    from moodle_bridge import housekeeping

    Tenant.objects.update(unmatched="hold")
    users, moodle.users = moodle.users, []
    world.send(opening(), response(2, "r1", revision=2, number=1))
    world.drain()
    assert [world.state(1), world.state(2)] == ["held", "waiting"]
    assert counted("held:matchnone") == 1
    moodle.users = users
    world.pass_time(minutes=11)
    housekeeping.run(now=world.now)
    world.drain()
    assert [world.state(1), world.state(2)] == ["applied", "applied"]
    assert moodle.row_of("t1").userid == 11


def test_somebody_who_is_not_enrolled_is_attributed(world: World, moodle: FakeMoodle) -> None:
    moodle.enrolled[20] = {12}
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 0
    assert counted("attributed:notenrolled") == 1


def test_somebody_who_is_not_enrolled_is_held(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(unmatched="hold")
    moodle.enrolled[20] = {12}
    world.send(opening())
    world.drain()
    assert (world.state(1), world.cause(1)) == ("held", "notenrolled")


def test_somebody_who_is_not_enrolled_is_enrolled(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(unmatched="enrol")
    moodle.enrolled[20] = {12}
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 11
    assert moodle.enrolled[20] == {11, 12}
    assert moodle.called("enrol_manual_enrol_users")[0]["enrolments[0][roleid]"] == "5"
    assert counted("enrolled") == 1


def test_an_enrolment_that_moodle_does_not_count_falls_back_to_the_policy(
    world: World, moodle: FakeMoodle
) -> None:
    moodle.item_errors["t1"] = ["notenrolled"]
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 0
    assert counted("attributed:notenrolled") == 1


def test_an_account_that_vanished_is_looked_up_again(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    moodle.users = [(15, "amina")]
    moodle.enrolled[20] = {11, 15}
    world.send(response(2, "r1", revision=2, number=1))
    world.drain()
    assert moodle.row_of("r1").userid == 0
    world.pass_time(minutes=11)
    world.send(response(3, "r1", revision=3, number=1))
    world.drain()
    assert moodle.row_of("r1").userid == 15


def test_many_people_are_looked_up_in_one_call(world: World, moodle: FakeMoodle) -> None:
    moodle.users = [(100 + n, f"person{n}") for n in range(60)]
    moodle.enrolled[20] = {100 + n for n in range(60)}
    events = [opening(subject="person0")]
    events += [response(n + 1, f"r{n}", revision=n + 1, number=n, subject=f"person{n}") for n in range(1, 60)]
    world.send(*events)
    world.drain()
    assert len(moodle.called("core_user_get_users_by_field")) == 1
    assert {moodle.row_of(f"r{n}").userid for n in range(1, 60)} == {100 + n for n in range(1, 60)}


def test_looking_up_a_hundred_people_costs_no_more_statements_than_one(
    world: World, moodle: FakeMoodle, django_assert_max_num_queries: Any
) -> None:
    authors = [
        Author(f"Person {n}", is_anonymous=False, subject=Subject(ISSUER, f"p{n}")) for n in range(100)
    ]
    with requests.Session() as session:
        directory = Directory(world.tenant, world.site(), connect(world.site(), session))
        with django_assert_max_num_queries(6):
            directory.load(authors, now=world.now)
    world.pass_time(hours=25)
    with requests.Session() as session, django_assert_max_num_queries(6):
        Directory(world.tenant, world.site(), connect(world.site(), session)).load(authors, now=world.now)
    assert MoodleAccount.objects.filter(state="none", checked_at=world.now).count() == 100


def test_the_mode_is_found_out_once(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(opening(2, revision=2))
    world.drain()
    assert len(moodle.called("core_webservice_get_site_info")) == 1
    site = MoodleSite.objects.get()
    assert (site.mode_found, site.service_user_id) == ("plugin", 3)
