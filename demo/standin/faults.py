"""Planted faults: a Moodle that is slow, down, answers HTML, or loses its answer after it has acted."""

from __future__ import annotations

import random
import time
from typing import Any

from django.http import HttpResponse

_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_LOGIN = "<!DOCTYPE html><html><head><title>Log in to the site</title></head><body></body></html>"
_random = random.Random()


def check_plan(plan: dict[str, Any]) -> None:
    """Raise ValueError for a plan with an unknown key.

    Keys: down (bool), latency_ms, html (share 0..1 answered with a page), lose (share whose answer is lost
    after the effect), cut (share whose answer is cut in half), functions (only these).
    """
    unknown = set(plan) - {"down", "latency_ms", "html", "lose", "cut", "functions"}
    if unknown:
        raise ValueError(f"unknown faults: {', '.join(sorted(unknown))}")


class Faults:
    """The plan as it applies to one call."""

    def __init__(self, plan: dict[str, Any], function: str) -> None:
        applies = not plan.get("functions") or function in plan["functions"]
        self._plan = plan if applies else {}

    def _hits(self, key: str) -> bool:
        return _random.random() < float(self._plan.get(key, 0))

    def before(self) -> HttpResponse | None:
        """What is answered instead of acting, if anything. Waits for the planned latency."""
        if self._plan.get("latency_ms"):
            time.sleep(float(self._plan["latency_ms"]) / 1000)
        if self._plan.get("down"):
            return HttpResponse(_GATEWAY, status=502)
        return HttpResponse(_LOGIN) if self._hits("html") else None

    def after(self, answer: HttpResponse) -> HttpResponse:
        """The answer, or what is left of it."""
        if self._hits("lose"):
            return HttpResponse(_GATEWAY, status=502)
        if self._hits("cut"):
            half = answer.content[: len(answer.content) // 2]
            return HttpResponse(half, content_type=answer["Content-Type"])
        return answer
