"""Who signs out leaves nothing unsent on the device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponse

_MARK = "_peer_logged_out"
_SIGNAL = "peer_xblock.log_out"


class ClearDraftsAtLogOut:
    """Has the browser forget what our pages, and all others of this site, keep in its databases.

    What was written is on the server by then; a page of ours need not be open. PEER_CLEAR_AT_LOG_OUT switches it off.
    Browsers heed the header over HTTPS and on this machine. With it off, the next page with a block of ours cleans up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        user_logged_out.connect(_mark, dispatch_uid=_SIGNAL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a request that signed somebody out says so to the browser."""
        response = self._get_response(request)
        if getattr(request, _MARK, False) and getattr(settings, "PEER_CLEAR_AT_LOG_OUT", True):
            response.headers.setdefault("Clear-Site-Data", '"storage"')
        return response


def _mark(request: Any = None, **_kwargs: Any) -> None:
    if request is not None:
        setattr(request, _MARK, True)
