"""What the platform's own notification system is told, where it has one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from peer_xblock.domain.notices import Reason
from peer_xblock.domain.people import Anonymity
from peer_xblock.models import Notice, Post
from peer_xblock.platform import Told, host


def tell_platform(made: Sequence[Notice], posts: Mapping[int, Post]) -> None:
    """One call a post and reason. An anonymous author goes by the thread's pseudonym, whoever the reader is."""
    people: dict[tuple[int, str], list[int]] = defaultdict(list)
    for notice in made:
        people[notice.post_id, notice.reason].append(notice.user_id)
    if not people:
        return
    named = {post.author_id for post in posts.values() if post.anonymity == Anonymity.NAMED.value}
    names = host().names_of({user_id for user_id in named if user_id})
    for (post_id, reason), user_ids in people.items():
        post = posts[post_id]
        told = Told(
            reason=Reason(reason),
            author=_shown_author(post, names),
            title=post.thread.title,
            url=host().post_url(post.public_id),
        )
        host().notify(user_ids, post.thread.space.context.key, told)


def _shown_author(post: Post, names: Mapping[int, str]) -> str:
    if post.anonymity != Anonymity.NAMED.value:
        return post.pseudonym.name if post.pseudonym else ""
    return names.get(post.author_id or 0, "")
