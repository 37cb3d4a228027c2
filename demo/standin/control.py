"""The rig's own door, which no Moodle has: load accounts and courses, set switches, plant faults, begin anew.

`POST /standin/control` with header `X-Standin-Key` and JSON `{"do": ..., ...}`. The key is the environment's
PEER_STANDIN_KEY; without one the door stays shut.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from demo.standin import models
from demo.standin.faults import check_plan
from demo.standin.site import store

_TABLES: dict[str, Any] = {
    "accounts": models.Account,
    "tokens": models.Token,
    "courses": models.Course,
    "enrolments": models.Enrolment,
    "groups": models.Group,
    "forums": models.Forum,
}
_SEQUENCES = {
    "discussions": "standin_discussion",
    "posts": "standin_post",
    "accounts": "standin_account",
    "courses": "standin_course",
}


@csrf_exempt
@require_POST
def control(request: HttpRequest) -> JsonResponse:
    """Do one thing; 403 without the key, 400 for what cannot be done."""
    key = os.environ.get("PEER_STANDIN_KEY", "")
    if not key or not hmac.compare_digest(key, request.headers.get("X-Standin-Key", "")):
        return JsonResponse({"error": "key"}, status=403)
    try:
        order = json.loads(request.body)
        with transaction.atomic():
            return JsonResponse({"done": _ORDERS[order["do"]](order)})
    except (KeyError, TypeError, ValueError) as error:
        return JsonResponse({"error": f"{type(error).__name__}: {error}"}, status=400)


def _load(order: dict[str, Any]) -> dict[str, int]:
    """Rows by table; one with the id of a known row changes it. `members` of a group are account ids."""
    counts = {}
    for name, model in _TABLES.items():
        rows = order.get(name, [])
        for row in rows:
            values = dict(row)
            members = values.pop("members", None)
            found = model.objects.filter(pk=values.get("id", values.get("token"))).first()
            made = found or model()
            for field, value in values.items():
                setattr(made, field, value)
            made.save()
            if members is not None:
                made.members.set(members)
        counts[name] = len(rows)
    return counts


def _set_site(order: dict[str, Any]) -> list[str]:
    store(order["values"])
    return sorted(order["values"])


def _plant(order: dict[str, Any]) -> dict[str, Any]:
    plan = dict(order["faults"])
    check_plan(plan)
    store({"faults": plan})
    return plan


def _set_sequence(order: dict[str, Any]) -> int:
    """Make `next` the id of the next row of a table."""
    table = _SEQUENCES[order["table"]]
    value = int(order["next"]) - 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [value, table])
        if cursor.rowcount == 0:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, value])
    return value


def _remove(order: dict[str, Any]) -> int:
    return int(_TABLES[order["table"]].objects.filter(pk=order["id"]).delete()[0])


def _suspend(order: dict[str, Any]) -> int:
    """Suspend an enrolment, or end its suspension with `on` false."""
    rows = models.Enrolment.objects.filter(course_id=order["course"], account_id=order["account"])
    return rows.update(suspended=order.get("on", True))


def _reset(_order: dict[str, Any]) -> str:
    posts = (models.Post, models.Discussion, models.MirrorRow, models.Change)
    for model in (*posts, *reversed(_TABLES.values()), models.SiteSetting):
        model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
    return "empty"


_ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "load": _load,
    "site": _set_site,
    "faults": _plant,
    "sequence": _set_sequence,
    "remove": _remove,
    "suspend": _suspend,
    "reset": _reset,
}
