"""Setting up: tenants, their Moodles, and what is mapped where."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from moodle_bridge.causes import explain
from moodle_bridge.delivery.sites import connect, open_session
from moodle_bridge.models import CourseMap, GroupMap, MoodleSite, SpaceMap, Tenant
from moodle_bridge.moodle.client import UPSERT_POSTS
from moodle_bridge.moodle.errors import MoodleError
from moodle_bridge.nudge import nudge_on_commit

if TYPE_CHECKING:
    TenantBase = admin.ModelAdmin[Tenant]
    SiteBase = admin.ModelAdmin[MoodleSite]
    CourseBase = admin.ModelAdmin[CourseMap]
    SpaceInlineBase = admin.TabularInline[SpaceMap, CourseMap]
    GroupInlineBase = admin.TabularInline[GroupMap, CourseMap]
    TenantFormBase = forms.ModelForm[Tenant]
    SiteFormBase = forms.ModelForm[MoodleSite]
else:
    TenantBase = SiteBase = CourseBase = admin.ModelAdmin
    SpaceInlineBase = GroupInlineBase = admin.TabularInline
    TenantFormBase = SiteFormBase = forms.ModelForm


def write_only(label: Any, help_text: Any) -> forms.CharField:
    """A field that takes a new secret and never shows the one that is stored."""
    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget, strip=True)


class TenantForm(TenantFormBase):
    """The tenant with a field for a new secret."""

    new_secret = write_only(
        _("new secret"),
        _(
            "From the LMS's connection, beginning with whsec_. The one before stays valid until the next change."
        ),
    )

    new_inbound_secret = write_only(
        _("new secret of the way back"),
        _("The incoming secret of the LMS's connection, beginning with whsec_."),
    )

    class Meta:
        model = Tenant
        fields = ["slug", "name", "is_active", "unmatched", "issuer", "claim", "language", "lms_url"]


@admin.register(Tenant)
class TenantAdmin(TenantBase):
    """Companies: who may send, and how their people are recognised."""

    form = TenantForm
    list_display = ["slug", "name", "is_active", "unmatched", "has_secret"]
    fields = [
        "slug",
        "name",
        "is_active",
        "new_secret",
        "has_secret",
        "unmatched",
        "issuer",
        "claim",
        "language",
        "lms_url",
        "new_inbound_secret",
    ]
    readonly_fields = ["has_secret"]

    @admin.display(description=_("secret is set"), boolean=True)
    def has_secret(self, tenant: Tenant) -> bool:
        return bool(tenant.secret_encrypted)

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        secret = form.cleaned_data.get("new_secret")
        if secret:
            obj.set_secret(secret)
        if inbound := form.cleaned_data.get("new_inbound_secret"):
            obj.set_inbound_secret(inbound)
        super().save_model(request, obj, form, change)


class SiteForm(SiteFormBase):
    """The Moodle with a field for a new token."""

    new_token = write_only(
        _("new token"), _("Of the service account in Moodle. The stored one is never shown.")
    )

    class Meta:
        model = MoodleSite
        fields = [
            "tenant",
            "name",
            "base_url",
            "mode",
            "timeout_s",
            "settle_s",
            "student_role_id",
            "is_paused",
        ]


@admin.register(MoodleSite)
class MoodleSiteAdmin(SiteBase):
    """Moodles: how they are reached and whether they can be written to."""

    form = SiteForm
    list_display = ["__str__", "tenant", "mode", "is_paused", "stopped_because", "failures", "succeeded_at"]
    list_filter = ["tenant", "is_paused"]
    readonly_fields = [
        "has_token",
        "release",
        "mode_found",
        "stopped_because",
        "stopped_at",
        "retry_at",
        "succeeded_at",
    ]
    fields = [*SiteForm.Meta.fields, "new_token", *readonly_fields]
    actions = ["check_connection", "resume"]

    @admin.display(description=_("token is set"), boolean=True)
    def has_token(self, site: MoodleSite) -> bool:
        return bool(site.token_encrypted)

    @admin.display(description=_("stopped because"))
    def stopped_because(self, site: MoodleSite) -> str:
        return explain(site.stop_code) if site.stop_code else "-"

    def save_model(self, request: HttpRequest, obj: MoodleSite, form: Any, change: bool) -> None:
        token = form.cleaned_data.get("new_token")
        if token:
            obj.set_token(token)
        if token or {"base_url", "mode", "is_paused"} & set(form.changed_data):
            obj.reopen()
            nudge_on_commit()
        super().save_model(request, obj, form, change)

    @admin.action(permissions=["change"], description=_("Check the connection"))
    def check_connection(self, request: HttpRequest, queryset: QuerySet[MoodleSite]) -> None:
        for site in queryset:
            level, text = _check(site)
            self.message_user(request, f"{site}: {text}", level)

    @admin.action(permissions=["change"], description=_("Let it start again"))
    def resume(self, request: HttpRequest, queryset: QuerySet[MoodleSite]) -> None:
        for site in queryset:
            site.is_paused = False
            site.reopen()
            site.save()
        nudge_on_commit()
        count = len(queryset)
        text = ngettext("{count} Moodle starts again.", "{count} Moodles start again.", count)
        self.message_user(request, text.format(count=count))


def _check(site: MoodleSite) -> tuple[int, str]:
    try:
        with open_session() as session:
            info = connect(site, session).get_site_info()
    except MoodleError as error:
        return messages.ERROR, explain(error.code)
    way = gettext("with the plugin") if UPSERT_POSTS in info.functions else gettext("without the plugin")
    return messages.SUCCESS, gettext("Moodle {release} answers, {way}.").format(release=info.release, way=way)


class SpaceInline(SpaceInlineBase):
    """The forums of a course."""

    model = SpaceMap
    extra = 1


class GroupInline(GroupInlineBase):
    """The groups of a course."""

    model = GroupMap
    extra = 0


@admin.register(CourseMap)
class CourseMapAdmin(CourseBase):
    """Which course goes where, with its forums and groups."""

    list_display = ["context", "tenant", "site", "course_id"]
    list_filter = ["tenant"]
    search_fields = ["context"]
    inlines = [SpaceInline, GroupInline]
