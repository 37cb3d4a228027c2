"""The health page, for load balancers and for people, and the figures for Prometheus."""

from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from moodle_bridge.health import measure
from moodle_bridge.metrics import expose


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


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for who has the token; without one in the settings there is no such page."""
    token = str(settings.BRIDGE_METRICS_TOKEN)
    if not token or not constant_time_compare(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        raise Http404
    response = HttpResponse(expose(now=timezone.now()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response["Cache-Control"] = "no-store"
    return response
