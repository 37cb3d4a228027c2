"""The drafts of all readers on the mock's server, as the three blocks keep them."""

from base64 import b64decode
from dataclasses import dataclass, field

from tests.browser.static.mock_state import Json, Refusal

SAVED_AT = "2026-11-24T08:00:00.000Z"
#: One pixel.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = "0" * 31 + "e"
PEOPLE = ("Amina Diallo", "Amélie", "Tomás")
FIELDS = ("title", "body", "kind", "anonymous", "revision", "tags")


@dataclass
class ServerDrafts:
    """By reader, block and place."""

    rows: dict[tuple[str, str, str], Json] = field(default_factory=dict)

    def answer(self, reader: str, block: str, operation: str, data: Json) -> Json | None:
        """The answer to an operation on drafts or pictures, None for any other."""
        if operation == "upload_picture":
            return {"id": PICTURE, "url": f"/peer/i/{PICTURE}", "width": 40, "height": 30}
        if operation == "suggest_people":
            start = str(data["text"]).lower()
            return {"people": [{"name": name} for name in PEOPLE if name.lower().startswith(start)]}
        key = (reader, block, data.get("place", ""))
        row = self.rows.get(key, {"revision": 0, "saved_at": None, "draft": None})
        if operation == "get_draft":
            return row
        if operation == "save_draft":
            text = {name: data.get(name) for name in FIELDS}
            if row["revision"] != data["base"]:
                raise Refusal(409, "stale_draft", "Changed on another device.", "base", current=row)
            return self._put(key, row, text)
        if operation == "forget_draft":
            return self._put(key, row, None) if row["revision"] == data["base"] else row
        return None

    def _put(self, key: tuple[str, str, str], row: Json, text: Json | None) -> Json:
        self.rows[key] = {"revision": row["revision"] + 1, "saved_at": SAVED_AT, "draft": text}
        return self.rows[key]
