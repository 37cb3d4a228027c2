"""What waits, what is dead, what runs by the clock and whether it is late."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peer_xblock.api.relay import send_again
from peer_xblock.api.ticking import is_late
from peer_xblock.models import Job, OutboxEvent, Retirement

from .reading import ReadOnlyAdmin


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    """Events by state; what people wrote is not shown."""

    list_display = ["event_id", "connection", "type", "aggregate", "sequence", "audience", "state", "error_code",
                    "error_field", "created_at", "settled_at"]  # fmt: skip
    list_filter = ["state", "error_code", "audience", "connection"]
    search_fields = ["event_id", "aggregate"]
    exclude = ["body"]
    actions = ["resend"]
    show_full_result_count = False

    @admin.action(description=_("Send again"), permissions=["view"])
    def resend(self, request: HttpRequest, chosen: QuerySet[OutboxEvent]) -> None:
        """Put dead letters back, after their cause was mended."""
        if not request.user.has_perm("peer_xblock.change_outboxevent"):
            self.message_user(request, _("You may look at events and not send them."), messages.ERROR)
            return
        count = send_again(chosen.values_list("pk", flat=True), now=datetime.now(UTC))
        text = ngettext("%(count)d event is sent again.", "%(count)d events are sent again.", count)
        self.message_user(request, text % {"count": count})


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Periodic work: when it last ran, with what result, and whether it is late."""

    list_display = ["name", "every_s", "due_at", "last_run_at", "last_result", "is_on_time"]

    @admin.display(description=_("on time"), boolean=True)
    def is_on_time(self, job: Job) -> bool:
        return not is_late(job, now=datetime.now(UTC))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        warn_when_late(request)
        return super().changelist_view(request, extra_context)


@admin.register(Retirement)
class RetirementAdmin(ReadOnlyAdmin):
    """Who retires, and how far their name is taken off what they did."""

    list_display = ["user_id", "requested_at", "done", "done_at"]


def warn_when_late(request: HttpRequest) -> None:
    now = datetime.now(UTC)
    late = [job for job in Job.objects.all() if is_late(job, now=now)]
    if late or not Job.objects.exists():
        text = _(
            "Periodic work is late: nothing is sent by itself. Run “manage.py lms peer_tick” each minute."
        )
        messages.warning(request, text)
