"""The assignment of a space, or why it cannot be used."""

from __future__ import annotations

from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, InvalidFields, NotReady
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import kept_activity
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
    due_at = rules.dates.reviews_due
    numbers = {"wanted": rules.wanted, "to_give": rules.to_give}
    dates = {"due_at": due_at, "look_at": due_at}
    activity, is_new = Activity.objects.get_or_create(space_id=space.pk, defaults={**numbers, **dates})
    if is_new:
        make_tallies(space.pk)
    elif due_at is not None and (activity.due_at is None or activity.due_at < due_at):
        Activity.objects.filter(pk=activity.pk).update(**dates)
    return activity
