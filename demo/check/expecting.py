"""What Moodle should show, read from the campus's own tables: not from events, outbox or bridge."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from demo.campus.models import Profile
from demo.check.compare import Expected
from peer_xblock.models import Post


def expected_posts() -> list[dict[str, Any]]:
    """Every post for everybody or for a cohort; as plain values, thread by thread, in our order.

    What learners answer before they see the others' answers is not for all of Moodle's readers.
    """
    profiles = {row.user_id: row for row in Profile.objects.all()}
    rows: QuerySet[Post] = (
        Post.objects.exclude(audience="staff")
        .exclude(thread__audience="staff")
        .exclude(number__gt=0, thread__answer_first=True, thread__is_closed=False)
        .select_related("thread__space", "parent", "pseudonym")
        .order_by("thread_id", "number")
    )
    return [asdict(_expected(row, profiles[row.author_id or 0])) for row in rows]


def _expected(row: Post, author: Profile) -> Expected:
    thread = row.thread
    is_anonymous = row.anonymity != "named"
    parent = row.parent.public_id if row.parent else (thread.public_id if row.depth else "")
    return Expected(
        id=row.public_id,
        thread=thread.public_id,
        number=row.number,
        depth=row.depth,
        parent=parent,
        title=thread.title,
        html=row.html,
        is_deleted=row.deleted_at is not None,
        is_accepted=row.accepted_of_id is not None,
        is_endorsed=row.endorsed_at is not None,
        is_anonymous=is_anonymous,
        subject=settings.CAMPUS_SUBJECT_PREFIX + author.subject if author.subject else "",
        shown=row.pseudonym.name if is_anonymous and row.pseudonym else author.name,
        secret=author.name if is_anonymous else "",
        group=int(thread.group_id.partition(":")[2] or 0),
        is_kept_out=thread.space.is_divided and not thread.group_id,
    )


def totals(posts: list[dict[str, Any]]) -> dict[str, int]:
    """How many threads, responses, comments and acceptances there are."""
    return {
        "threads": sum(post["depth"] == 0 for post in posts),
        "responses": sum(post["depth"] == 1 for post in posts),
        "comments": sum(post["depth"] == 2 for post in posts),
        "acceptances": sum(post["is_accepted"] for post in posts),
    }
