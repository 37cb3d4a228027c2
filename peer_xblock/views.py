"""The plugin's pages: a course's spaces, the operations of each, and the permanent address of a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from random import SystemRandom
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_GET

from .api import notices
from .api.community import OpenSpace, enter_space, list_spaces, name_actor
from .api.glances import glance
from .api.seeing import get_picture
from .api.spaces import find_post_space, get_space
from .api.visits import Visit
from .domain.errors import NotFound, PeerError
from .domain.files import Download
from .domain.ids import is_id
from .domain.people import Actor
from .domain.spaces import SpaceKind
from .mounting import element_config, page_language
from .operations import REGISTRIES, Call, Operation, dispatch
from .operations.dispatch import ids_told, refusal
from .platform import host

_KINDS = {
    SpaceKind.DISCUSSION: _("Discussion"),
    SpaceKind.REVIEW: _("Peer review"),
    SpaceKind.EXPERTS: _("Experts"),
}


@require_GET
@login_required
def open_post(_request: HttpRequest, post_id: str) -> HttpResponse:
    """A post's permanent address: the course's page, opened at the post. That page decides who may read it."""
    space = find_post_space(post_id) if is_id(post_id) else None
    if space is None:
        raise Http404
    page = reverse("peer_xblock:space", args=[space.context.key, space.public_id])
    return HttpResponseRedirect(f"{page}?post={post_id}")


@require_GET
def show_picture(request: HttpRequest, picture_id: str) -> HttpResponse:
    """A picture of a post, for whoever may read the post: asked anew each time, though the bytes are sent once."""
    try:
        file = get_picture(_actor(request), picture_id, now=datetime.now(UTC), rng=SystemRandom())
    except PeerError as error:
        return HttpResponse(status=error.status)
    if request.headers.get("If-None-Match") == file.headers["ETag"]:
        return HttpResponse(status=304, headers=dict(file.headers))
    return _send_file(file)


@require_GET
@login_required
@ensure_csrf_cookie
def show_course(request: HttpRequest, context_key: str, space_id: str = "") -> HttpResponse:
    """The course's spaces that this person may open; one of them, or the only one, with its element."""
    try:
        spaces = list_spaces(_actor(request), context_key)
    except PeerError as error:
        raise Http404 from error
    if len(spaces) == 1:
        space_id = space_id or spaces[0].id
    chosen = next((space for space in spaces if space.id == space_id), None)
    if space_id and chosen is None:
        raise Http404
    post = request.GET.get("post", "")
    context = {
        "title": host().course_title(context_key),
        "context_key": context_key,
        "course_url": host().course_url(context_key),
        "sections": _by_place(spaces),
        "chosen": chosen,
        "style_url": _public(SpaceKind.DISCUSSION, "peer-page.css"),
        "mount": _mount(chosen, request.user.pk, post if is_id(post) else None) if chosen else None,
    }
    return render(request, "peer_xblock/course.html", context)


@csrf_exempt
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mail's link leads, without a log-in: a page with one button, since mail scanners follow links too.

    A mail program that offers to unsubscribe posts here at once (RFC 8058), and so does the button; `again` takes
    it back. The signed link is what is trusted, so that there is nothing for a forged request to gain.
    """
    try:
        context_key = notices.stopped_course(token)
        if request.method == "POST":
            notices.stop_mails(token, on="again" not in request.POST, now=datetime.now(UTC))
    except PeerError as error:
        raise Http404 from error
    context = {
        "course": host().course_title(context_key),
        "done": ("again" if "again" in request.POST else "stopped") if request.method == "POST" else "",
        "style_url": _public(SpaceKind.DISCUSSION, "peer-page.css"),
    }
    return render(request, "peer_xblock/stop.html", context)


@transaction.non_atomic_requests
def call(request: HttpRequest, space_id: str, operation: str) -> HttpResponse:
    """An operation in a space, as the block's handler answers it."""
    try:
        space = get_space(space_id)
    except NotFound as error:
        return _refuse(error)
    now, actor, kind = datetime.now(UTC), _actor(request), SpaceKind(space.kind)
    declared = REGISTRIES[kind].get(operation)

    def enter() -> Visit:
        return enter_space(name_actor(actor), space, now=now, rng=SystemRandom())

    def look() -> Visit:
        return glance(actor, space.usage_key, enter=enter, now=now)

    is_glance, asked = declared is not None and declared.glances, _call(request)
    status, answer = dispatch(REGISTRIES[kind], operation, asked, enter=look if is_glance else enter)
    if isinstance(answer, Download):
        return _send_file(answer)
    if status == 200 and declared is not None:
        _follow_up(declared, asked, answer, actor=actor, usage_key=space.usage_key, kind=kind)
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def _by_place(spaces: Sequence[OpenSpace]) -> list[dict[str, Any]]:
    """Sections with their units with their spaces, as the course has them: what stands together is listed together."""
    return [
        {
            "title": section,
            "units": [
                {"title": unit, "spaces": [{"space": one, "kind": _KINDS[one.kind]} for one in within]}
                for unit, within in groupby(below, key=lambda one: one.unit)
            ],
        }
        for section, below in groupby(spaces, key=lambda one: one.section)
    ]


def _mount(space: OpenSpace, user_id: int | None, post: str | None) -> dict[str, Any]:
    """What the page needs to show a space's element, and the way to its lesson."""
    public = partial(_public, space.kind)
    call_url = reverse("peer_xblock:call", args=[space.id, "-"]).removesuffix("/-")
    return {
        "kind": space.kind.value,
        "scripts": [public(f"peer-{space.kind}.js"), public("peer-page.js")],
        "config": element_config(space.kind, call_url=call_url, public=public, user_id=user_id, post=post),
        "lesson_url": host().unit_url(space.usage_key, post or ""),
    }


def _public(kind: SpaceKind, name: str) -> str:
    return host().resource_url(kind.block_type, name)


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return Actor(user_id=user.pk, name="", is_course_staff=user.is_staff, language=page_language())


def _call(request: HttpRequest) -> Call:
    return Call(
        length=int(request.META.get("CONTENT_LENGTH") or 0),
        read=lambda: request.body,
        method=request.method or "",
        query=request.GET,
    )


def _follow_up(
    operation: Operation,
    call: Call,
    answer: Mapping[str, Any],
    *,
    actor: Actor,
    usage_key: str,
    kind: SpaceKind,
) -> None:
    """What the block's runtime would be told: a tracking event with ids alone, and completion."""
    user_id = actor.user_id or 0
    if operation.tracks:
        event = f"edx.{kind.block_type}.{operation.tracks}"
        host().track(event, {"usage_key": usage_key, **ids_told(operation, call, answer)}, user_id=user_id)
    if operation.completes(answer):
        host().complete(user_id, usage_key)


def _refuse(error: PeerError) -> HttpResponse:
    return JsonResponse({"error": refusal(error)}, status=error.status)


def _send_file(file: Download) -> HttpResponse:
    with file.open() as stream:
        return HttpResponse(stream.read(), content_type=file.content_type, headers=dict(file.headers))
