"""Setting a tenant up from the command line: idempotent, for demos and automated installations."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from moodle_bridge.models import CourseMap, GroupMap, MoodleSite, SpaceMap, Tenant


@dataclass(frozen=True, slots=True)
class Setup:
    """A tenant with one Moodle and one course. forum: for every space; spaces: forums of single spaces.

    groups: Moodle group ids by our group id; with any, the forums are taken to have separate groups.
    """

    tenant: str
    secret: str
    moodle_url: str
    moodle_token: str
    context: str
    course: int
    forum: int
    spaces: Mapping[str, int]
    groups: Mapping[str, int]
    issuer: str = ""
    claim: str = "sub"
    unmatched: str = "attribute"
    mode: str = "auto"
    language: str = "en"
    lms_url: str = ""
    inbound_secret: str = ""


@transaction.atomic
def apply(setup: Setup) -> Tenant:
    """Create or change what is named, and let a stopped Moodle start again.

    Raises django.core.exceptions.ValidationError naming the field that is wrong.
    """
    tenant = Tenant.objects.filter(slug=setup.tenant).first() or Tenant(slug=setup.tenant)
    tenant.issuer = setup.issuer
    tenant.claim = setup.claim
    tenant.unmatched = setup.unmatched
    tenant.language = setup.language
    tenant.is_active = True
    tenant.set_secret(setup.secret)
    tenant.lms_url = setup.lms_url
    if setup.inbound_secret:
        tenant.set_inbound_secret(setup.inbound_secret)
    tenant.full_clean()
    tenant.save()
    base_url = setup.moodle_url.rstrip("/")
    site = MoodleSite.objects.filter(tenant=tenant, base_url=base_url).first() or MoodleSite(
        tenant=tenant, base_url=base_url
    )
    site.mode = setup.mode
    site.set_token(setup.moodle_token)
    site.reopen()
    site.full_clean()
    site.save()
    course, _ = CourseMap.objects.update_or_create(
        tenant=tenant, context=setup.context, defaults={"site": site, "course_id": setup.course}
    )
    for space_id, forum_id in {"": setup.forum, **setup.spaces}.items():
        SpaceMap.objects.update_or_create(
            course=course,
            space_id=space_id,
            defaults={"forum_id": forum_id, "separates_groups": bool(setup.groups)},
        )
    for group_id, moodle_group_id in setup.groups.items():
        GroupMap.objects.update_or_create(
            course=course, group_id=group_id, defaults={"moodle_group_id": moodle_group_id}
        )
    return tenant
