"""What is on its way, what was refused and why, and how often what happened."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moodle_bridge.admin.readonly import ReadOnlyAdmin
from moodle_bridge.causes import explain
from moodle_bridge.models import OPEN_STATES, Counter, Heartbeat, InboxEvent, Lane
from moodle_bridge.replay import dismiss, replay


@admin.register(InboxEvent)
class InboxEventAdmin(ReadOnlyAdmin):
    """Every event and what became of it. Texts are not shown: who may read them is the LMS's business."""

    list_display = ["subject", "number", "revision", "tenant", "state", "why", "received_at", "retry_at"]
    list_filter = ["state", "cause", "tenant"]
    search_fields = ["event_id", "subject", "lane__thread"]
    exclude = ["body", "body_hash", "receipt"]
    readonly_fields = ["why"]
    list_select_related = ["tenant"]
    ordering = ["-id"]
    actions = ["send_again", "let_be"]

    @admin.display(description=_("why"))
    def why(self, event: InboxEvent) -> str:
        return explain(event.cause) if event.cause else "-"

    @admin.action(permissions=["operate"], description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[InboxEvent]) -> None:
        count = replay(queryset, now=timezone.now())
        text = ngettext("{count} event is on its way again.", "{count} events are on their way again.", count)
        self.message_user(request, text.format(count=count))

    @admin.action(permissions=["operate"], description=_("Dismiss: never send these"))
    def let_be(self, request: HttpRequest, queryset: QuerySet[InboxEvent]) -> None:
        count = dismiss(queryset, now=timezone.now())
        text = ngettext("{count} event was dismissed.", "{count} events were dismissed.", count)
        self.message_user(request, text.format(count=count))


@admin.register(Lane)
class LaneAdmin(ReadOnlyAdmin):
    """One lane a thread, so that a reply never arrives before its question."""

    list_display = ["thread", "tenant", "waiting", "attempts", "why", "due_at", "holes"]
    list_filter = ["tenant", "cause"]
    search_fields = ["thread", "context"]
    exclude = ["lease_token"]
    readonly_fields = ["waiting", "why"]
    list_select_related = ["tenant"]
    ordering = ["-attempts", "-due_at", "-id"]

    @admin.display(description=_("on their way"))
    def waiting(self, lane: Lane) -> int:
        return lane.events.filter(state__in=OPEN_STATES).count()

    @admin.display(description=_("why"))
    def why(self, lane: Lane) -> str:
        return explain(lane.cause) if lane.cause else "-"


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    """What was delivered, withheld, attributed, held and refused, and how often."""

    list_display = ["name", "tenant", "value", "why"]
    list_filter = ["tenant"]

    @admin.display(description=_("meaning"))
    def why(self, counter: Counter) -> str:
        cause = counter.name.partition(":")[2]
        return explain(cause) if cause else ""


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When the loops last went round."""

    list_display = ["name", "beat_at"]
