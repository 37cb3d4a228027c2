"""Courses and libraries, and the spaces in them."""

from __future__ import annotations

from django.contrib import admin

from peer_xblock.models import LearningContext, Space

from .reading import ReadOnlyAdmin


@admin.register(Space)
class SpaceAdmin(ReadOnlyAdmin):
    """Where threads live."""

    list_display = ["title", "kind", "context", "anonymity", "is_divided", "thread_count", "archived_at"]
    search_fields = ["title", "usage_key"]


@admin.register(LearningContext)
class LearningContextAdmin(ReadOnlyAdmin):
    """Courses and libraries, and the connection of each."""

    list_display = ["key", "connection"]
    search_fields = ["key"]
