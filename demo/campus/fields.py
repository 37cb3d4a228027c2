"""Field data of blocks, in the campus's own table."""

from __future__ import annotations

from typing import Any

from xblock.runtime import KeyValueStore, KvsFieldData

from demo.campus.models import FieldValue


class TableStore(KeyValueStore):  # type: ignore[misc]  # XBlock ships no types
    """A row a field. Values are JSON; a missing row is a KeyError, as the interface wants."""

    def get(self, key: Any) -> Any:
        row = FieldValue.objects.filter(**_where(key)).first()
        if row is None:
            raise KeyError(key.field_name)
        return row.value

    def set(self, key: Any, value: Any) -> None:
        FieldValue.objects.update_or_create(**_where(key), defaults={"value": value})

    def delete(self, key: Any) -> None:
        FieldValue.objects.filter(**_where(key)).delete()

    def has(self, key: Any) -> bool:
        return FieldValue.objects.filter(**_where(key)).exists()


def _where(key: Any) -> dict[str, Any]:
    # A block's own settings are the same for everybody: a preview and a learner read one row.
    return {
        "scope": key.scope.name or "-",
        "owner": str(key.block_scope_id or ""),
        "user_id": int(key.user_id or 0),
        "name": key.field_name,
    }


def field_data() -> KvsFieldData:
    """Field data for a runtime."""
    return KvsFieldData(TableStore())
