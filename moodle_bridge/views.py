"""The health page, for load balancers and for people."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from moodle_bridge.health import measure


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while alive, 503 when not; with `?useful=1` also 503 when events do not get through.

    A balancer asks without it: a bridge that cannot reach a Moodle must still receive.
    """
    health = measure(now=timezone.now())
    is_well = health.is_alive and (health.is_useful or request.GET.get("useful") != "1")
    response = JsonResponse(asdict(health), status=200 if is_well else 503)
    response["Cache-Control"] = "no-store"
    return response
