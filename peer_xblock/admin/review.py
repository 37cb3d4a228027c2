"""Works of peer reviews: how far each has come. What people wrote is read in the unit, by the team."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from peer_xblock.models import Pair, Slot

from .reading import ReadOnlyAdmin, ReadOnlyInline


class PairInline(ReadOnlyInline):
    """Who was given the work, and what became of it."""

    model = Pair
    fk_name = "slot"
    fields = ["public_id", "reviewer_id", "state", "taken_at", "expires_at", "reason"]
    readonly_fields = ["reviewer_id"]
    verbose_name = _("reviewer")
    verbose_name_plural = _("reviewers")


@admin.register(Slot)
class SlotAdmin(ReadOnlyAdmin):
    """Authors by their number, with what they had and gave; a grade that did not reach the gradebook yet is marked."""

    list_display = [
        "public_id",
        "activity",
        "author_id",
        "submitted_at",
        "done",
        "live",
        "gave",
        "grade",
        "settled_at",
        "is_published",
    ]
    list_filter = ["settled_by"]
    list_select_related = ["activity"]
    search_fields = ["public_id", "activity__title"]
    fields = [
        "public_id",
        "activity",
        "author_id",
        "pledged_at",
        "submitted_at",
        ("done", "live", "gave"),
        ("grade", "settled_at", "settled_by"),
        "is_published",
        "sequence",
    ]
    readonly_fields = ["author_id", "is_published"]
    inlines = [PairInline]
    show_full_result_count = False

    @admin.display(description=_("in the gradebook"), boolean=True)
    def is_published(self, slot: Any) -> bool | None:
        """None: there is no grade yet."""
        return None if slot.grade is None else slot.unpublished_since is None
