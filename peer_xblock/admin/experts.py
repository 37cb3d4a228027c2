"""Skills and who declares them. Skills come from an import; profiles belong to the people themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peer_xblock.models import ExpertProfile, ExpertRequest, ProfileSkill, Skill, SkillLabel, Taxonomy

from .reading import ReadOnlyAdmin, ReadOnlyInline


class LabelInline(ReadOnlyInline):
    """What a skill is called in each language."""

    model = SkillLabel
    fields = ["language", "text", "is_preferred"]


@admin.register(Taxonomy)
class TaxonomyAdmin(ReadOnlyAdmin):
    """Lists of skills, when they were imported, and the command that imports them."""

    list_display = ["name", "edition", "imported_at", "skills"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Taxonomy]:
        rows: QuerySet[Taxonomy] = super().get_queryset(request)
        return rows.annotate(skill_count=Count("skills"))

    @admin.display(description=_("skills"))
    def skills(self, taxonomy: Any) -> int:
        count: int = taxonomy.skill_count
        return count

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        tell_command(request)
        return super().changelist_view(request, extra_context)


@admin.register(Skill)
class SkillAdmin(ReadOnlyAdmin):
    """Each skill with all its labels."""

    list_display = ["key", "taxonomy", "label"]
    list_filter = ["taxonomy"]
    list_select_related = ["taxonomy"]
    search_fields = ["key", "labels__text"]
    inlines = [LabelInline]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        rows: QuerySet[Skill] = super().get_queryset(request)
        return rows.prefetch_related("labels")

    @admin.display(description=_("label"))
    def label(self, skill: Any) -> str:
        """In English, else in any language; "" where it has none."""
        preferred = [label for label in skill.labels.all() if label.is_preferred]
        preferred.sort(key=lambda label: (label.language != "en", label.language))
        return preferred[0].text if preferred else ""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        tell_command(request)
        return super().changelist_view(request, extra_context)


class ProfileSkillInline(ReadOnlyInline):
    """What a person declares."""

    model = ProfileSkill
    fields = ["skill", "place"]


@admin.register(ExpertProfile)
class ExpertProfileAdmin(ReadOnlyAdmin):
    """Who is listed where, by their number. What they say of themselves stands in the directory alone."""

    list_display = [
        "public_id",
        "context",
        "user_id",
        "is_listed",
        "role",
        "weekly_limit",
        "away_until",
        "changed_at",
    ]
    list_filter = ["is_listed", "role"]
    list_select_related = ["context"]
    search_fields = ["public_id", "context__key"]
    fields = [
        "public_id",
        "context",
        "user_id",
        "is_listed",
        "role",
        "languages",
        ("weekly_limit", "away_until"),
        "revision",
        ("created_at", "changed_at"),
    ]
    readonly_fields = ["user_id"]
    inlines = [ProfileSkillInline]
    show_full_result_count = False


@admin.register(ExpertRequest)
class ExpertRequestAdmin(ReadOnlyAdmin):
    """Questions that were put to a person, and whether they were answered."""

    list_display = ["public_id", "profile", "state", "asked_at", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["profile"]
    exclude = ["client_key", "thread", "asker"]
    show_full_result_count = False


def tell_command(request: HttpRequest) -> None:
    """Skills are not edited: what is wrong in them is mended at their source, and imported again."""
    text = _(
        "Skills are imported: “manage.py lms peer_import_esco skills_en.csv skills_fr.csv”, as often as you like."
    )
    messages.info(request, text)
