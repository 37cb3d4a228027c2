"""How many threads of a space a reader is told of: all to the team, to others what is everybody's and their group's."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from peer_xblock.api.visits import Visit
from peer_xblock.models import GroupTally, Space, Thread


def count_thread(thread: Thread, step: int) -> None:
    """A thread came into the listings (1) or left them (-1). One statement; a second where it is a group's."""
    Space.objects.filter(pk=thread.space_id).update(
        thread_count=F("thread_count") + step,
        grouped_count=F("grouped_count") + (step if thread.group_id else 0),
    )
    if thread.group_id and not _move(thread, step):
        _begin(thread, step)


def _move(thread: Thread, step: int) -> int:
    tally = GroupTally.objects.filter(space_id=thread.space_id, group_id=thread.group_id)
    return tally.update(thread_count=F("thread_count") + step)


def _begin(thread: Thread, step: int) -> None:
    """The group's first thread here, unless another one was quicker."""
    try:
        with transaction.atomic():
            GroupTally.objects.create(
                space_id=thread.space_id, group_id=thread.group_id, thread_count=max(step, 0)
            )
    except IntegrityError:
        _move(thread, step)


def with_own_count(visit: Visit, rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Each row with `own_count`, the tally of the reader's group, where `shown_count` needs it: no statement more."""
    if not _is_counted_apart(visit):
        return rows
    return rows.annotate(own_count=Subquery(_own(visit, OuterRef("space_id")).values("thread_count")[:1]))


def shown_count(visit: Visit, found: list[Any]) -> int:
    """How many threads there are for this reader. found: of `with_own_count`; a statement only where it is empty."""
    space = visit.space
    if visit.viewer.is_moderator or not space.was_divided:
        return space.thread_count
    own = 0
    if _is_counted_apart(visit):
        counts = [row.own_count for row in found[:1]] or _own(visit, space.pk).values_list(
            "thread_count", flat=True
        )
        own = sum(count or 0 for count in counts)
    return space.thread_count - space.grouped_count + own


def _is_counted_apart(visit: Visit) -> bool:
    viewer = visit.viewer
    return visit.space.was_divided and viewer.group is not None and not viewer.is_moderator


def _own(visit: Visit, space: Any) -> QuerySet[GroupTally]:
    return GroupTally.objects.filter(
        space=space, group_id=visit.viewer.group.id if visit.viewer.group else ""
    )


def repair_tallies(space: Space) -> bool:
    """Count a space and its groups anew, under the space's lock; whether anything was wrong."""
    with transaction.atomic():
        there = Space.objects.select_for_update().get(pk=space.pk)
        listed = Thread.objects.filter(space=space, key_space_activity__isnull=False).order_by()
        right = dict(listed.values_list("group_id").annotate(n=Count("pk")))
        total, grouped = sum(right.values()), sum(n for group, n in right.items() if group)
        kept = dict(GroupTally.objects.filter(space=space).values_list("group_id", "thread_count"))
        wrong = {group for group in {*kept, *right} - {""} if kept.get(group, 0) != right.get(group, 0)}
        for group in wrong:
            counted = {"thread_count": right.get(group, 0)}
            GroupTally.objects.update_or_create(space=space, group_id=group, defaults=counted)
        Space.objects.filter(pk=space.pk).update(thread_count=total, grouped_count=grouped)
    return bool(wrong) or (there.thread_count, there.grouped_count) != (total, grouped)
