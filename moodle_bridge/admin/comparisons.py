"""What the comparisons with Moodle found, and what somebody has to decide."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moodle_bridge.admin.readonly import ReadOnlyAdmin
from moodle_bridge.models import Comparison
from moodle_bridge.reconcile.saying import say_decision, say_found


@admin.register(Comparison)
class ComparisonAdmin(ReadOnlyAdmin):
    """One line a forum and comparison, the newest first."""

    list_display = ["compared_at", "site", "context", "forum_id", "posts", "what", "repaired", "to_do"]
    list_filter = ["decision", "is_dry_run", "site"]
    search_fields = ["context", "=forum_id"]
    exclude = ["found", "decision"]
    readonly_fields = ["what", "to_do"]
    list_select_related = ["site"]
    ordering = ["-id"]

    @admin.display(description=_("found"))
    def what(self, comparison: Comparison) -> str:
        return say_found(comparison) or "-"

    @admin.display(description=_("to be decided"))
    def to_do(self, comparison: Comparison) -> str:
        return say_decision(comparison) or "-"
