"""What facilitators and the course team do to threads as such."""

from __future__ import annotations

from peer_xblock.api import discussion as api
from peer_xblock.domain.discussion import Kind

from .dispatch import Operation, Registry
from .fields import Choice, Id, Text, Texts

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
