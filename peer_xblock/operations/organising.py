"""What facilitators and the course team do to threads as such."""

from __future__ import annotations

from peer_xblock.api import discussion as api
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.organising import Action

from .dispatch import Operation, Registry
from .fields import Choice, Flag, Id, Ids, Text, Texts

OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation(
            "convert_thread",
            api.convert_thread,
            {"thread": Id(), "kind": Choice(of=Kind)},
            tracks="thread.converted",
        ),
        Operation("list_destinations", api.list_destinations, {}),
        Operation(
            "moderate_threads",
            api.moderate_threads,
            {
                "threads": Ids(),
                "action": Choice(of=Action),
                "on": Flag(required=False),
                "tag": Text(required=False),
                "to": Id(required=False),
            },
            tracks="threads.moderated",
        ),
        Operation("move_thread", api.move_thread, {"thread": Id(), "to": Id()}, tracks="thread.moved"),
        Operation("merge_thread", api.merge_thread, {"thread": Id(), "into": Id()}, tracks="thread.merged"),
        Operation(
            "split_response",
            api.split_response,
            {"post": Id(), "kind": Choice(of=Kind), "title": Text()},
            tracks="response.split",
        ),
        Operation(
            "retag_thread", api.retag_thread, {"thread": Id(), "tags": Texts()}, tracks="thread.retagged"
        ),
    )
}
