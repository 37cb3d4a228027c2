"""Every write opens its own transaction: handlers are not atomic in LMS courses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

T = TypeVar("T")

_TRIES = 4
# MySQL and MariaDB: deadlock, lock wait timeout. PostgreSQL: serialization failure, deadlock.
_TRANSIENT = {1213, 1205, "40001", "40P01"}


def in_transaction(work: Callable[[], T]) -> T:
    """Run the work whole or not at all; again when the database gave up a deadlock, which ends by itself.

    Inside a transaction of the caller's the work is a savepoint of it and is tried once.
    """
    tries = 1 if connection.in_atomic_block else _TRIES
    for attempt in range(tries):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if attempt == tries - 1 or not _is_transient(error):
                raise
    raise AssertionError("unreachable: the last try returns or raises")


def _is_transient(error: OperationalError) -> bool:
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or (error.args[0] if error.args else None)
    return code in _TRANSIENT
