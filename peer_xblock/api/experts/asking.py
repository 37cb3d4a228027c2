"""A question put to one person: a thread that all can read and answer, and a request between the two."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError

from peer_xblock.api import discussion
from peer_xblock.api.around import Around, look_around, open_places
from peer_xblock.api.names import Names
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.domain.errors import N_, Conflict, Invalid, NotFound
from peer_xblock.domain.experts.availability import Availability, Taking, week_start
from peer_xblock.domain.experts.views import Answered, PlaceView, RequestState, RequestView
from peer_xblock.domain.ids import ID_LENGTH, new_id
from peer_xblock.domain.people import Anonymity, Person, Role
from peer_xblock.models import ExpertProfile, ExpertRequest, Post, Space, Thread
from peer_xblock.platform import host

from .people import asked_this_week, availability_now

REQUESTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, and the key that the client made for it."""

    client_key: str
    title: str
    body: str


def ask(
    visit: Visit, *, client_key: str, person: str, title: str, body: str, space: str | None = None
) -> Answered:
    """Put a question to a listed person, as a thread of one of the course's discussions.

    A repeat with the same key answers with the first result. Never more than the person takes in a week.
    Raises Invalid, TooLarge, NotFound, Conflict (away, full), PreviewOnly.
    """
    visit.require_write()
    key = hashlib.sha256(client_key.encode()).hexdigest()[:ID_LENGTH]
    request = _earlier(visit, key)
    around = look_around(visit)
    if request is None:
        place = _choose_place(visit, around, space)
        post = _Question(client_key, title, body)
        try:
            request = in_transaction(lambda: _ask(visit, person, place, post, key))
        except IntegrityError:  # The same request twice at once.
            request = _earlier(visit, key)
            if request is None:
                raise _posted_elsewhere() from None
    return Answered(_present(visit, around, [request])[0])


def answer_request(visit: Visit, *, request: str, accept: bool) -> Answered:
    """Say whether one will answer. Passing gives the week's place back; who takes it again needs one that is free.

    Raises NotFound for what is not one's own, Conflict where the week is full.
    """
    visit.require_write()
    row = in_transaction(lambda: _decide(visit, request, accept=accept))
    return Answered(_present(visit, look_around(visit), [row])[0])


def my_requests(visit: Visit, around: Around, mine: ExpertProfile | None) -> tuple[RequestView, ...]:
    """What the viewer asked and was asked in this course, the latest first. Three statements and one for names.

    mine: the viewer's profile, where there is one.
    """
    rows = ExpertRequest.objects.filter(profile__context=visit.space.context_id)
    rows = rows.select_related("profile", "thread")
    asked = rows.filter(asker=visit.viewer.user_id).order_by("-asked_at", "-pk")[:REQUESTS_SHOWN]
    put_to_me = rows.filter(profile=mine).order_by("-asked_at", "-pk")[:REQUESTS_SHOWN] if mine else ()
    both = sorted([*asked, *put_to_me], key=lambda row: (row.asked_at, row.pk), reverse=True)
    return _present(visit, around, both)


def places(visit: Visit, around: Around) -> tuple[PlaceView, ...]:
    """The discussions where a question can be posted, to choose from."""
    return tuple(PlaceView(space.public_id, space.title) for space in open_places(visit, around))


def _choose_place(visit: Visit, around: Around, space: str | None) -> Space:
    """The one that was asked for, else the first. Raises NotFound or Invalid."""
    found = open_places(visit, around)
    if space is None and found:
        return found[0]
    for place in found:
        if place.public_id == space:
            return place
    if space is None:
        raise Invalid(N_("There is no discussion in this course yet where you could ask."), field="space")
    raise NotFound(N_("This discussion is not here, or not for you."), field="space")


def _ask(visit: Visit, person: str, place: Space, question: _Question, key: str) -> ExpertRequest:
    """Under the lock of the profile, so that the places of a week are never given twice."""
    rows = ExpertProfile.objects.select_for_update().filter(
        context=visit.space.context_id, public_id=person, is_listed=True
    )
    profile = next(iter(rows), None)
    if profile is None:
        raise NotFound(N_("This person is not listed here any more."), field="person")
    if profile.user_id == visit.viewer.user_id:
        raise Invalid(N_("This is you. Ask the course instead."), field="person")
    _require_open(availability_now(visit, profile, asked_this_week(visit, [profile.pk]).get(profile.pk, 0)))
    there = _enter(visit, place)
    _require_readable(there, profile)
    made = discussion.create_thread(
        there,
        client_key=question.client_key,
        kind=Kind.QUESTION,
        title=question.title,
        body=question.body,
    )
    if made.opening.depth != Depth.OPENING:  # The key is that of a response which they wrote before.
        raise _posted_elsewhere()
    request = ExpertRequest(
        profile=profile,
        asker_id=visit.viewer.user_id,
        thread=Thread.objects.get(public_id=made.thread.id),
        public_id=new_id(visit.now, visit.rng),
        state=RequestState.ASKED.value,
        asked_at=visit.now,
        client_key=key,
    )
    request.save(force_insert=True)
    return request


def _enter(visit: Visit, place: Space) -> Visit:
    """The same person in the discussion: their group counts where it was ever divided."""
    group = host().group_of(visit.viewer.user_id, place.context.key) if place.was_divided else None
    return replace(visit, space=place, viewer=replace(visit.viewer, group=group))


def _require_open(availability: Availability) -> None:
    if availability.state is Taking.LATER:
        raise Conflict(N_("This person is away just now. Ask somebody else, or later."), field="person")
    if availability.state is Taking.FULL:
        raise Conflict(N_("This person takes no more questions this week."), field="person")


def _require_readable(there: Visit, profile: ExpertProfile) -> None:
    """Nobody is asked what they cannot read. Raises Invalid."""
    context, place, user_id = there.space.context, there.space, profile.user_id
    can_open = place.usage_key in host().visible_spaces(user_id, context.key, [place.usage_key])
    group = there.viewer.group if place.is_divided else None
    if can_open and group is not None and host().group_of(user_id, context.key) != group:
        can_open = host().role_of(user_id, context.key) is not Role.LEARNER
    if not can_open:
        raise Invalid(N_("This person does not read that discussion. Choose another one."), field="space")


def _earlier(visit: Visit, key: str) -> ExpertRequest | None:
    """What an earlier try of the same request made. Raises Conflict when it was in another course."""
    rows = ExpertRequest.objects.select_related("profile", "thread")
    request = next(iter(rows.filter(asker=visit.viewer.user_id, client_key=key)), None)
    if request is not None and request.profile.context_id != visit.space.context_id:
        raise _posted_elsewhere()
    return request


def _posted_elsewhere() -> Conflict:
    return Conflict(N_("This was already posted somewhere else."), field="client_key")


def _decide(visit: Visit, request: str, *, accept: bool) -> ExpertRequest:
    # Under the lock of the profile, as whoever asks: a place that was given back may be taken by now.
    mine = ExpertProfile.objects.filter(context=visit.space.context_id, user=visit.viewer.user_id)
    profile = next(iter(mine.select_for_update()), None)
    rows = ExpertRequest.objects.select_related("profile", "thread").filter(public_id=request)
    row = next(iter(rows.filter(profile=profile)), None) if profile else None
    if profile is None or row is None:
        raise NotFound(N_("This request is not here, or not yours."), field="request")
    if accept and row.state == RequestState.PASSED.value and row.asked_at >= week_start(visit.now):
        _require_place(visit, profile)
    row.state = (RequestState.ACCEPTED if accept else RequestState.PASSED).value
    row.answered_at = visit.now
    row.save(update_fields=["state", "answered_at"])
    return row


def _require_place(visit: Visit, profile: ExpertProfile) -> None:
    asked = asked_this_week(visit, [profile.pk]).get(profile.pk, 0)
    if profile.weekly_limit is not None and asked >= profile.weekly_limit:
        raise Conflict(N_("You have taken all the questions of this week that you wanted."), field="request")


def _present(visit: Visit, around: Around, requests: Sequence[ExpertRequest]) -> tuple[RequestView, ...]:
    """Each with the other one's name, and whether it was answered. One statement and one for names.

    The title is that of a thread which the viewer may read now, else "".
    """
    mine = visit.viewer.user_id
    others = {row.profile.user_id if row.asker_id == mine else row.asker_id for row in requests}
    names, answered = Names(visit), _answered(requests)
    names.expect(others)

    def person(row: ExpertRequest) -> Person:
        """The other one, as the viewer sees them."""
        if row.asker_id == mine:
            return names.person(row.profile.user_id, role=row.profile.role)
        return names.person(row.asker_id)

    return tuple(
        RequestView(
            id=row.public_id,
            thread=row.thread.public_id,
            url=host().post_url(row.thread.public_id),
            title=row.thread.title if around.reads(row.thread.space_id, row.thread.group_id) else "",
            state=RequestState.ANSWERED.value if row.pk in answered else row.state,
            person=person(row),
            mine=row.asker_id == mine,
            asked_at=row.asked_at,
        )
        for row in requests
    )


def _answered(requests: Sequence[ExpertRequest]) -> set[int]:
    """Requests in whose thread the person who was asked responded by name.

    By the threads alone: an engine that began from the author would walk all that they ever wrote.
    """
    if not requests:
        return set()
    responses = Post.objects.filter(
        thread__in=[row.thread_id for row in requests],
        depth=Depth.RESPONSE,
        anonymity=Anonymity.NAMED.value,
        deleted_at=None,
    )
    there = set(responses.values_list("thread_id", "author_id"))
    return {row.pk for row in requests if (row.thread_id, row.profile.user_id) in there}
