"""The operations of peer review: declared once, for the block's handler and the views alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peer_xblock.api import review as api
from peer_xblock.api.review.overseeing import Filter
from peer_xblock.api.review.reviewing import Reason
from peer_xblock.domain.review.activity import FILE_BYTES_MAX

from .dispatch import Operation, Registry, ids_in
from .fields import Bytes, Choice, ClientKey, Field, Flag, Id, Ids, Integer, Mapped, Text

_JUDGED: dict[str, Field[Any]] = {
    "scores": Mapped(),
    "comments": Mapped(),
    "overall": Text(required=False),
}
_REVIEW: dict[str, Field[Any]] = {"review": Id()}
_FILE: dict[str, Field[Any]] = {"file": Id()}


def is_complete(state: Mapping[str, Any]) -> bool:
    """Handed in, and all reviews given: what is left is to read."""
    done = {step["name"] for step in state["steps"] if step["state"] == "done"}
    return {"submit", "review"} <= done


def work_of(state: Mapping[str, Any]) -> dict[str, str]:
    """The assignment, and the viewer's own work in it."""
    return {**ids_in(state), **ids_in(state["mine"])}


OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation("open_activity", api.open_activity, {}),
        Operation("pledge", api.pledge, {}, tracks="review.pledged"),
        Operation(
            "submit",
            api.submit,
            {
                "client_key": ClientKey(),
                "body": Text(),
                "files": Ids(required=False),
                "revision": Integer(required=False),
                "pledge": Flag(required=False),
            },
            tracks="submission.created",
            tells=work_of,
            completes=is_complete,
        ),
        Operation("preview", api.preview, {"body": Text()}),
        Operation("upload_file", api.upload_file, {"name": Text(), "content": Bytes()}, cap=FILE_BYTES_MAX),
        Operation("remove_file", api.remove_file, _FILE),
        Operation("get_file", api.get_file, _FILE, method="GET"),
        Operation("take_review", api.take_review, {}, tracks="review.taken"),
        Operation("save_review", api.save_review, {**_REVIEW, **_JUDGED}),
        Operation(
            "send_review",
            api.send_review,
            {**_REVIEW, **_JUDGED},
            tracks="review.created",
            completes=is_complete,
        ),
        Operation(
            "skip_review",
            api.skip_review,
            {**_REVIEW, "reason": Choice(of=Reason), "note": Text(required=False)},
            tracks="review.skipped",
        ),
        Operation(
            "oversee",
            api.oversee,
            {"filter": Choice(required=False, of=Filter), "cursor": Text(required=False)},
        ),
        Operation("read_submission", api.read_submission, {"submission": Id()}),
        Operation(
            "staff_review",
            api.staff_review,
            {"submission": Id(), **_JUDGED, "revision": Integer(required=False)},
            tracks="submission.judged",
        ),
    )
}
