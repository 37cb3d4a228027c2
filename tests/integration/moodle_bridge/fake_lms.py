"""An LMS at the HTTP edge, in memory: what it was sent, and the answers and faults that a test orders."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests
import responses
from standardwebhooks import Webhook

from tests.integration.moodle_bridge.world import SECRET

URL = "https://lms.example.test"


@dataclass
class FakeLms:
    """posts: the newest item by id. refused, stands: code by id. offers: all of them.

    faults: statuses, exceptions or "lose", first in first out.
    """

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    stands: dict[str, str] = field(default_factory=dict)
    offers: list[dict[str, Any]] = field(default_factory=list)
    retold: list[str] = field(default_factory=list)
    faults: list[Any] = field(default_factory=list)
    batches: int = 0

    def install(self, mock: responses.RequestsMock) -> None:
        mock.add_callback(responses.POST, f"{URL}/peer/v1/inbound", callback=self.answer)

    def answer(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        if isinstance(fault, int):
            return fault, {}, ""
        body = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
        assert request.headers["Peer-Tenant"] == "acme"
        sent = {name.lower(): value for name, value in request.headers.items()}
        at = datetime.fromtimestamp(int(sent["webhook-timestamp"]), UTC)
        assert Webhook(SECRET).sign(sent["webhook-id"], at, body) == sent["webhook-signature"]
        self.batches += 1
        batch = json.loads(body)
        results = [self._take(item) for item in batch["items"]]
        self.retold += batch.get("retell", [])
        told = [{"post": one, "status": "told"} for one in batch.get("retell", [])]
        if fault == "lose":
            raise requests.exceptions.ReadTimeout
        return 200, {}, json.dumps({"results": results, "told": told})

    def _take(self, item: dict[str, Any]) -> dict[str, Any]:
        shown = {"id": item["id"], "revision": item["revision"], "code": "", "post": f"lms{item['id']}"}
        if item["id"] in self.refused:
            return {**shown, "status": "refused", "code": self.refused[item["id"]]}
        if item.get("post"):
            self.offers.append(item)
            if item["id"] in self.stands:
                return {**shown, "status": "stands", "code": self.stands[item["id"]]}
        known = self.posts.get(item["id"])
        if known is not None and known["revision"] >= item["revision"]:
            return {**shown, "status": "known"}
        parent = item["parent"]
        if (
            known is None
            and not item["deleted"]
            and parent
            and "id" in parent
            and parent["id"] not in self.posts
        ):
            return {**shown, "status": "waiting"}
        if known is None:
            self.created.append(item["id"])
        self.posts[item["id"]] = item
        return {**shown, "status": "applied"}
