"""Everything that a call can be refused for.

PeerError
|-- Invalid            400  a field is missing, of the wrong type, or empty
|   |-- TooLarge       413  a field or the whole body is over its cap
|   |-- WrongMethod    405  an operation is called by another method of HTTP
|   `-- InvalidFields  400  several fields at once
|-- LoginRequired      403  nobody is signed in
|-- Forbidden          403  this person may not do this here
|   `-- PreviewOnly    403  Studio shows the block and writes nothing
|-- NotFound           404  no such post, thread or operation for this person
|   `-- Elsewhere      404  it is in another discussion that this person may open; `url` leads there
`-- Conflict           409  the world has moved on
    |-- StaleEdit      409  somebody saved a newer version; `current` holds it
    |-- Closed         409  the thread takes no more posts, the assignment no more works or reviews
    `-- NotReady       409  the block's settings cannot be used; its authors see why
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def N_(message: str) -> str:
    """Mark a message for extraction; it is translated where the answer is written."""
    return message


class PeerError(Exception):
    """A refusal that the person can read.

    message: an English msgid with %(name)s placeholders; params fill them.
    field: the request's field that it is about, "" for none.
    """

    code = "error"
    status = 400

    def __init__(self, message: str, /, *, field: str = "", **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.field = field
        self.params = params
        self.details: dict[str, Any] = {}


class Invalid(PeerError):
    """A field that cannot be taken as it is."""

    code = "invalid"


class TooLarge(Invalid):
    """A field or a body over its cap."""

    code = "too_large"
    status = 413


class WrongMethod(Invalid):
    """GET where POST is meant, or the other way round."""

    status = 405


class InvalidFields(Invalid):
    """All that is wrong with a form. It speaks as its first error; the answer's details list them all."""

    def __init__(self, errors: Sequence[Invalid], /) -> None:
        first = errors[0]
        super().__init__(first.message, field=first.field, **first.params)
        self.code, self.status = first.code, first.status
        self.errors = tuple(errors)


class LoginRequired(PeerError):
    """Nobody is signed in."""

    code = "login_required"
    status = 403


class Forbidden(PeerError):
    """Signed in, and not allowed."""

    code = "forbidden"
    status = 403


class PreviewOnly(Forbidden):
    """A write from Studio's preview."""

    code = "preview"


class NotFound(PeerError):
    """Not there, or not there for this person: the two are never told apart."""

    code = "not_found"
    status = 404


class Elsewhere(NotFound):
    """It is in another discussion, by now or always. url: where it is found."""

    def __init__(self, message: str, /, *, field: str, url: str) -> None:
        super().__init__(message, field=field)
        self.details = {"url": url}


class Conflict(PeerError):
    """What the request rests on is no longer so."""

    code = "conflict"
    status = 409


class StaleEdit(Conflict):
    """Somebody saved a newer version first. current: that version, as the api presents it."""

    code = "stale_edit"

    def __init__(self, message: str, /, *, current: object) -> None:
        super().__init__(message)
        self.details = {"current": current}


class Closed(Conflict):
    """It takes no more: a thread no posts, an assignment no works or reviews."""

    code = "closed"


class Lapsed(Conflict):
    """The time for a review ran out: drafts are not kept any more, and the review can still be sent."""

    code = "lapsed"


class NotReady(Conflict):
    """The block's settings cannot be used. errors: why, for those alone who can do something about it."""

    code = "not_ready"

    def __init__(self, message: str, /, *, errors: Sequence[Invalid]) -> None:
        super().__init__(message)
        self.errors = tuple(errors)
