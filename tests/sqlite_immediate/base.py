"""SQLite for Django < 5.1, which cannot be told to begin its transactions as writers.

Without that, two transactions that read and then write at once fail with "database is locked" instead of
waiting for one another. Newer versions have the option transaction_mode.
"""

from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with BEGIN IMMEDIATE and a write-ahead log."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode=WAL")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self.cursor().execute("BEGIN IMMEDIATE")
