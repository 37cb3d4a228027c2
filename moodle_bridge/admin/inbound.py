"""The way back: how far each Moodle was read, and what became of each post from there."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moodle_bridge.admin.readonly import ReadOnlyAdmin
from moodle_bridge.causes import explain
from moodle_bridge.models import InboundLine, InboundPost
from moodle_bridge.replay import dismiss_inbound, replay_inbound


@admin.register(InboundLine)
class InboundLineAdmin(ReadOnlyAdmin):
    """One line a Moodle."""

    list_display = ["site", "read_at", "due_at", "failures", "why"]
    exclude = ["lease_token"]
    readonly_fields = ["why"]
    list_select_related = ["site"]

    @admin.display(description=_("why"))
    def why(self, line: InboundLine) -> str:
        return explain(line.cause) if line.cause else "-"


@admin.register(InboundPost)
class InboundPostAdmin(ReadOnlyAdmin):
    """Every revision that was read. Texts are not shown."""

    list_display = ["post_id", "revision", "site", "state", "why", "lms_post", "received_at"]
    list_filter = ["state", "cause", "site"]
    search_fields = ["=post_id", "=discussion_id", "lms_post"]
    exclude = ["body"]
    readonly_fields = ["why"]
    list_select_related = ["site"]
    ordering = ["-id"]
    actions = ["send_again", "let_be"]

    @admin.display(description=_("why"))
    def why(self, post: InboundPost) -> str:
        return explain(post.cause) if post.cause else "-"

    @admin.action(permissions=["operate"], description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[InboundPost]) -> None:
        count = replay_inbound(queryset, now=timezone.now())
        text = ngettext("{count} post is on its way again.", "{count} posts are on their way again.", count)
        self.message_user(request, text.format(count=count))

    @admin.action(permissions=["operate"], description=_("Dismiss: never send these"))
    def let_be(self, request: HttpRequest, queryset: QuerySet[InboundPost]) -> None:
        count = dismiss_inbound(queryset, now=timezone.now())
        text = ngettext("{count} post was dismissed.", "{count} posts were dismissed.", count)
        self.message_user(request, text.format(count=count))
