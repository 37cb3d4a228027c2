"""Studio, in small: the outline, a unit as its author sees it, a block's settings and its OLX."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from opaque_keys.edx.keys import UsageKey

from demo.campus.handlers import find_key
from demo.campus.models import Block
from demo.campus.olx import export_block, export_unit
from demo.campus.pages import outline_of
from demo.campus.runtime import Mode, runtime_for


def _is_author(user: AbstractBaseUser | AnonymousUser) -> bool:
    return user.is_active and bool(getattr(user, "is_staff", False))


@require_GET
@user_passes_test(_is_author, login_url="/login")
def outline(request: HttpRequest, course: str) -> HttpResponse:
    """The course's units."""
    root = get_object_or_404(Block, course_key=course, block_type="course")
    return render(
        request, "campus/studio.html", {"course": root, "outline": outline_of(root, request.user.pk)}
    )


@require_GET
@user_passes_test(_is_author, login_url="/login")
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """The unit's blocks in preview, each with its way to the settings. The preview user is nobody's account."""
    row = get_object_or_404(Block, usage_key=unit, block_type="vertical")
    root = Block.objects.get(course_key=row.course_key, block_type="course")
    key = UsageKey.from_string(unit)
    runtime = runtime_for(request.user, key, Mode.PREVIEW)
    parts = []
    for child in row.children.all():
        block = runtime.get_block(UsageKey.from_string(child.usage_key))
        # Studio asks each block that it draws for the course, and draws no block of which it gets a text.
        has_form = hasattr(block, "studio_view") and block.context_key.is_course
        parts.append(
            {"row": child, "fragment": runtime.render(block, "author_view", {}), "has_form": has_form}
        )
    olx = export_unit(row, runtime_for(request.user, key, Mode.STUDIO))
    context: dict[str, Any] = {"course": root, "unit": row, "parts": parts, "olx": olx}
    return render(request, "campus/studio_unit.html", context)


@require_GET
@user_passes_test(_is_author, login_url="/login")
def settings_form(request: HttpRequest, usage: str) -> HttpResponse:
    """A block's own settings form, which saves through its own handler."""
    key = find_key(usage)
    row = get_object_or_404(Block.objects.select_related("parent"), usage_key=usage)
    root = Block.objects.get(course_key=row.course_key, block_type="course")
    runtime = runtime_for(request.user, key, Mode.STUDIO)
    block = runtime.get_block(key)
    context = {
        "course": root,
        "row": row,
        "title": getattr(block, "display_name", "") or row.block_type,
        "fragment": runtime.render(block, "studio_view", {}),
        "olx": export_block(key, runtime),
    }
    return render(request, "campus/studio_block.html", context)
