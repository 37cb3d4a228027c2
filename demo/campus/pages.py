"""The pages that learners meet: who they are, the course, a unit in its frame."""

from __future__ import annotations

from typing import Any

from completion.models import BlockCompletion
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment

from demo.campus.models import Block, Profile
from demo.campus.people import units_for
from demo.campus.runtime import CampusRuntime, Mode, runtime_for

_THEMES = ("light", "dark")
_YEAR_S = 365 * 24 * 3600


def shared(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: the person, the theme, where the mirror is."""
    user = getattr(request, "user", None)
    profile = Profile.objects.filter(user=user).first() if user and user.is_authenticated else None
    theme = request.COOKIES.get("campus_theme", "light")
    return {
        "me": profile,
        "theme": theme if theme in _THEMES else "light",
        "forum_url": settings.CAMPUS_FORUM_URL,
        "bridge_url": settings.CAMPUS_BRIDGE_URL,
    }


def outline_of(course: Block, user_id: int | None) -> list[tuple[Block, list[Block]]]:
    """Chapters with the units that the person may open, in order: three statements."""
    chapters = list(course.children.all())
    units: dict[int, list[Block]] = {}
    for unit in units_for(user_id).filter(parent__in=chapters):
        units.setdefault(unit.parent_id or 0, []).append(unit)
    return [(chapter, units.get(chapter.pk, [])) for chapter in chapters]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The course's page; for a stranger, the door."""
    if not request.user.is_authenticated:
        return redirect("log_in")
    course = Block.objects.filter(block_type="course").first()
    outline = outline_of(course, request.user.pk) if course else []
    return render(request, "campus/home.html", {"course": course, "outline": outline})


def log_in(request: HttpRequest) -> HttpResponse:
    """The people whom one can be, with one click each. Loopback only: there is no password."""
    following = _safe_next(request)
    if request.method == "POST":
        user = get_object_or_404(User, username=request.POST.get("username", ""), campus__is_listed=True)
        login(request, user)
        return HttpResponseRedirect(following)
    people = Profile.objects.filter(is_listed=True).select_related("user").order_by("id")
    groups = [
        (role, [one for one in people if one.role == role]) for role in ("learner", "facilitator", "staff")
    ]
    return render(request, "campus/log_in.html", {"groups": groups, "following": following})


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else "/"


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Back to the door."""
    logout(request)
    return redirect("log_in")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light or dark, kept in a cookie."""
    answer = HttpResponseRedirect(_safe_next(request))
    theme = request.POST.get("theme", "")
    if theme in _THEMES:
        answer.set_cookie("campus_theme", theme, max_age=_YEAR_S, samesite="Lax")
    return answer


@require_GET
@login_required
def learn(request: HttpRequest, course: str, unit: str) -> HttpResponse:
    """The outer page: the course's navigation, and the unit in an iframe, as the learning MFE shows it."""
    row = get_object_or_404(units_for(request.user.pk), usage_key=unit, course_key=course)
    root = Block.objects.get(course_key=course, block_type="course")
    outline = outline_of(root, request.user.pk)
    units = [one for _, below in outline for one in below]
    index = units.index(row)
    done = BlockCompletion.objects.filter(user_id=request.user.pk, completion=1.0)
    keys = {str(key) for key in done.values_list("block_key", flat=True)}
    finished = set(
        Block.objects.filter(usage_key__in=keys, course_key=course).values_list("parent_id", flat=True)
    )
    context = {
        "course": root,
        "outline": outline,
        "unit": row,
        "finished": finished,
        "previous": units[index - 1] if index else None,
        "following": units[index + 1] if index + 1 < len(units) else None,
        "post": request.GET.get("peer_post", ""),
    }
    return render(request, "campus/learn.html", context)


@require_GET
def chromeless(request: HttpRequest, usage: str) -> HttpResponse:
    """The inner page: the unit's blocks and nothing else. For a stranger there is no such page."""
    if not request.user.is_authenticated:
        raise Http404("xblock")
    unit = get_object_or_404(units_for(request.user.pk), usage_key=usage)
    runtime = runtime_for(request.user, UsageKey.from_string(usage), Mode.LEARNER)
    fragment = render_unit(unit, runtime, "student_view", {"peer_post": request.GET.get("peer_post") or None})
    return render(request, "campus/chromeless.html", {"fragment": fragment, "unit": unit})


def render_unit(unit: Block, runtime: CampusRuntime, view: str, context: dict[str, Any]) -> Fragment:
    """All blocks of a unit, one below the other, with their scripts and styles."""
    whole = Fragment()
    for child in unit.children.all():
        block = runtime.get_block(UsageKey.from_string(child.usage_key))
        part = runtime.render(block, view, context)
        whole.add_content(part.body_html())
        whole.add_fragment_resources(part)
    return whole
