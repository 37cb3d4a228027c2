"""The assignment of a space, or why it cannot be used."""

from __future__ import annotations

from datetime import datetime

from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, InvalidFields, NotReady
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import inherited_due, kept_activity
from peer_xblock.models import Activity, Space

from .ranks import make_tallies


def rules_of(visit: Visit) -> Rules:
    """What the author set up. Raises NotReady, to the team with every reason."""
    try:
        return kept_activity(visit.space.options)
    except InvalidFields as refused:
        errors = refused.errors if visit.viewer.is_moderator else ()
        raise NotReady(N_("This assignment is not ready yet."), errors=errors) from refused


def activity_of(space: Space, rules: Rules) -> Activity:
    """What periodic work knows of the assignment, made with its counts for the first work. In a transaction."""
    due_at, look_at = inherited_due(space.options), rules.dates.reviews_due
    first = {"wanted": rules.wanted, "to_give": rules.to_give, "due_at": due_at, "look_at": look_at}
    activity, is_new = Activity.objects.get_or_create(space_id=space.pk, defaults=first)
    if is_new:
        make_tallies(space.pk)
        return activity
    dates: dict[str, datetime] = {}
    if due_at is not None and (activity.due_at is None or activity.due_at < due_at):
        dates["due_at"] = due_at
    if look_at is not None and activity.look_at is None:
        dates["look_at"] = look_at
    if dates:
        Activity.objects.filter(pk=activity.pk).update(**dates)
    return activity
