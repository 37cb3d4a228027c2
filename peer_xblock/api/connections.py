"""Which connection a course has: its own entry, else its organisation's."""

from __future__ import annotations

from peer_xblock.models import ConnectionScope, LearningContext
from peer_xblock.models.spaces import hash_key


def organisation_of(context_key: str) -> str:
    """The organisation of `course-v1:Org+Course+Run` or `lib:Org:Library`."""
    return context_key.split(":", 1)[-1].replace(":", "+").split("+", 1)[0]


def connection_for(context_key: str) -> int | None:
    """The id of a course's connection; one statement."""
    return _choose(context_key, {hash_key(context_key), hash_key(organisation_of(context_key))})


def reassign_contexts() -> int:
    """Bring every known course in line with the scopes, after they were edited. Returns how many changed."""
    scopes = {(s.kind, s.value_hash): s.connection_id for s in ConnectionScope.objects.all()}
    changed = 0
    for context in LearningContext.objects.iterator():
        org = ("org", hash_key(organisation_of(context.key)))
        wanted = scopes.get(("course", context.key_hash), scopes.get(org))
        if context.connection_id != wanted:
            LearningContext.objects.filter(pk=context.pk).update(connection=wanted)
            changed += 1
    return changed


def _choose(context_key: str, hashes: set[str]) -> int | None:
    found = {
        (s.kind, s.value_hash): s.connection_id for s in ConnectionScope.objects.filter(value_hash__in=hashes)
    }
    org = ("org", hash_key(organisation_of(context_key)))
    return found.get(("course", hash_key(context_key)), found.get(org))
