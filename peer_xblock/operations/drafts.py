"""The operations on drafts: the same in each kind of space, since all of them have composers."""

from __future__ import annotations

from typing import Any

from peer_xblock.api import drafts as api

from .dispatch import Operation, Registry
from .fields import Field, Flag, Integer, Place, Text

_BASE: dict[str, Field[Any]] = {"place": Place(), "base": Integer()}

OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation("get_draft", api.get_draft, {"place": Place()}),
        Operation(
            "save_draft",
            api.save_draft,
            {
                **_BASE,
                "body": Text(),
                "title": Text(required=False),
                "kind": Text(required=False),
                "anonymous": Flag(required=False),
                "revision": Integer(required=False),
                "tags": Text(required=False),
            },
        ),
        Operation("forget_draft", api.forget_draft, _BASE),
    )
}
