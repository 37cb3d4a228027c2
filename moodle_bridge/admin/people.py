"""People: who is linked to which Moodle account, and why somebody is not."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moodle_bridge.admin.readonly import ReadOnlyAdmin
from moodle_bridge.models import MoodleAccount, Person, Tenant
from moodle_bridge.replay import replay_held

if TYPE_CHECKING:
    AccountInlineBase = admin.TabularInline[MoodleAccount, Person]
else:
    AccountInlineBase = admin.TabularInline


class AccountInline(AccountInlineBase):
    """The accounts of a person, as last looked up."""

    model = MoodleAccount
    extra = 0
    can_delete = False
    readonly_fields = ["site", "state", "user_id", "checked_at"]

    def has_add_permission(self, *_args: object, **_kwargs: object) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """Searched by name and by identifying value."""

    list_display = ["name", "subject", "issuer", "tenant", "linked_to"]
    list_filter = ["tenant", "accounts__state"]
    search_fields = ["name", "subject"]
    inlines = [AccountInline]
    actions = ["look_up_again"]

    @admin.display(description=_("Moodle account"))
    def linked_to(self, person: Person) -> str:
        accounts = person.accounts.all()
        texts = [str(a.user_id) if a.user_id is not None else a.get_state_display() for a in accounts]
        return ", ".join(texts) or "-"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).prefetch_related("accounts")

    @admin.action(permissions=["operate"], description=_("Look up in Moodle again"))
    def look_up_again(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        """Forget what was found; posts that are held for anybody of the tenant are tried at once."""
        tenants = Tenant.objects.filter(people__in=queryset).distinct()
        held = sum(replay_held(tenant, now=timezone.now()) for tenant in tenants)
        MoodleAccount.objects.filter(person__in=queryset).delete()
        text = ngettext("{count} held post is tried again.", "{count} held posts are tried again.", held)
        self.message_user(request, text.format(count=held))
