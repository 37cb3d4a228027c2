"""Where is my post? The ledger, searched by post, thread or Moodle's ids."""

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from moodle_bridge.admin.readonly import ReadOnlyAdmin
from moodle_bridge.models import LedgerEntry


@admin.register(LedgerEntry)
class LedgerAdmin(ReadOnlyAdmin):
    """One row a post, with a link to its copy."""

    list_display = [
        "external_id",
        "number",
        "tenant",
        "presence",
        "copy",
        "user_id",
        "revision",
        "delivered_at",
    ]
    list_filter = ["presence", "tenant"]
    search_fields = ["external_id", "lane__thread", "lane__context"]
    search_help_text = _(
        "Public id of the post, its thread or course; or Moodle's number of the post or discussion."
    )
    readonly_fields = ["copy"]
    list_select_related = ["tenant", "site"]
    ordering = ["-id"]

    @admin.display(description=_("in Moodle"))
    def copy(self, entry: LedgerEntry) -> SafeString | str:
        if entry.site is None or not entry.post_id or not entry.discussion_id:
            return "-"
        address = f"{entry.site.base_url}/mod/forum/discuss.php?d={entry.discussion_id}#p{entry.post_id}"
        return format_html('<a href="{}" rel="noopener">{}</a>', address, entry.post_id)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term.strip().isdigit():
            number = int(search_term)
            found |= queryset.filter(Q(post_id=number) | Q(discussion_id=number))
        return found, may_repeat
