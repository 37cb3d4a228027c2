"""The door through which a bridge brings back what people did in Moodle."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .api.inbound import receive

_TOO_LARGE = {"error": {"code": "too_large"}}


@csrf_exempt
@require_POST
@transaction.non_atomic_requests
def take_inbound(request: HttpRequest) -> HttpResponse:
    """A signed batch of items; who sends it is told by the signature, not by a session."""
    try:
        raw = request.body
    except RequestDataTooBig:
        return JsonResponse(_TOO_LARGE, status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = receive(raw, headers, now=datetime.now(UTC), rng=SystemRandom())
    return JsonResponse(dict(answer.body), status=answer.status)
