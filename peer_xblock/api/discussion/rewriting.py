"""Numbers and keys of many posts in one statement each: a thread of thousands is moved, merged or split at once.

Each is a folded key of `domain.keys`, of which the parts that change are written anew by the database.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, CharField, F, Func, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Substr

from peer_xblock.domain.discussion import PRIVATE_FROM, Depth
from peer_xblock.domain.keys import response_floor
from peer_xblock.models import Bookmark, Notice, Post, ReadState, Space, Thread

_SPACE, _THREAD = 8, 12
# After the thread in a response's key: its standing and its votes.
_JUDGED = 9
_MAX_32 = 0xFFFFFFFF


class _Hex8(Func):
    """A number from 0 to 2**32-1 as eight lower-case hexadecimal digits."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="printf('%%%%08x', %(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "lpad(to_hex((%(expressions)s)::bigint), 8, '0')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_mysql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "lpad(lower(hex(%(expressions)s)), 8, '0')"
        return self.as_sql(compiler, connection, template=template, **context)


def rekey_space(thread: Thread, space: Space) -> None:
    """What lies by space of a thread that came to this one: what people wrote, saved, and were told of there."""
    posts = Post.objects.filter(thread=thread).values("pk")
    ReadState.objects.filter(thread=thread, key_mine__isnull=False).update(
        key_mine=_in_space("key_mine", space)
    )
    Bookmark.objects.filter(post__in=posts).update(key=_in_space("key", space))
    Notice.objects.filter(thread=thread).update(space=space, key=_in_space("key", space))


def _in_space(column: str, space: Space) -> Combinable:
    """A key with this space at its beginning."""
    return Concat(Value(f"{space.pk:08x}"), Substr(column, _SPACE + 1))


def append_posts(source: Thread, thread: Thread, *, offset: int) -> None:
    """All posts of a thread into another one, numbered from `offset`, with the notices of them. Five statements.

    Private posts go on in their own range. MySQL reads columns that the same statement has changed already as
    changed: so keys come after numbers.
    """
    for rows in (Post.objects.filter(thread=source), Notice.objects.filter(thread=source)):
        rows.filter(number__gte=PRIVATE_FROM).update(thread=thread, number=F("number") + thread.private_count)
        rows.update(thread=thread, number=F("number") + offset)
    Post.objects.filter(
        thread=thread, number__gte=offset, number__lt=PRIVATE_FROM, depth=Depth.RESPONSE
    ).update(
        key_best=Concat(
            Value(response_floor(thread.pk)), Substr("key_best", _THREAD + 1, _JUDGED), _latest_last("number")
        )
    )


def raise_comments(response: Post, thread: Thread) -> None:
    """The comments of a response become the responses of this thread, in their order, and all notices follow.

    The response is the thread's opening already. Three statements.
    """
    comments = Post.objects.filter(parent_id=response.pk)
    comments.update(thread=thread, number=F("ordinal"), depth=Depth.RESPONSE)
    raised = Post.objects.filter(thread=thread, depth=Depth.RESPONSE)
    judged = Concat(Value(f"{response_floor(thread.pk)}0"), _Hex8(F("vote_count")), _latest_last("number"))
    raised.update(key_best=judged, parent=None, ordinal=0)
    posts = Post.objects.filter(thread=thread)
    number_of = Subquery(Post.objects.filter(pk=OuterRef("post_id")).values("number"))
    Notice.objects.filter(post__in=posts.values("pk")).update(thread=thread, number=number_of)


def _latest_last(column: str) -> Combinable:
    """As `keys.response_key` has it: the older comes first."""
    left = Value(_MAX_32, output_field=BigIntegerField()) - F(column)
    return _Hex8(left)
