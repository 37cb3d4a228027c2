"""Calls to a block's handlers, with the LMS's habits.

No transaction is opened around a handler: what it wrote before it failed stays. A POST needs the CSRF token and
a session (403); a GET reaches the handler even when nobody is signed in. What Studio's forms save is published.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import NoSuchHandlerError

from demo.campus.models import Block
from demo.campus.people import published_blocks, visible_spaces
from demo.campus.runtime import Mode, runtime_for
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.tasks import follow_course

_SERVED = [mode.value for mode in Mode if mode is not Mode.STORE]


@transaction.non_atomic_requests
def handle(
    request: HttpRequest, *, mode: str, course: str, usage: str, handler: str, suffix: str = ""
) -> HttpResponse:
    """One call of one handler."""
    usage_key = find_key(usage)
    if str(usage_key.context_key) != course or mode not in _SERVED:
        raise Http404("handler")
    user = request.user
    if mode == Mode.LEARNER.value and user.is_authenticated:
        _require_open(user.pk, usage_key)
    if isinstance(user, AnonymousUser) and (request.method != "GET" or mode != Mode.LEARNER.value):
        return HttpResponseForbidden("Unauthenticated")
    if mode != Mode.LEARNER.value and not user.is_staff:
        return HttpResponseForbidden("Not an author")
    runtime = runtime_for(user, usage_key, Mode(mode))
    try:
        answer = runtime.handle(
            runtime.get_block(usage_key), handler, django_to_webob_request(request), suffix
        )
    except NoSuchHandlerError as error:
        raise Http404(handler) from error
    if mode == Mode.STUDIO.value and request.method == "POST":
        publish(course)
    found: HttpResponse = webob_to_django_response(answer)
    return found


def publish(course: str) -> None:
    """As the LMS's workers after a publish: spaces follow, and what every client is told is collected once."""
    follow_course(course)
    for block in published_blocks(course, [kind.block_type for kind in SpaceKind]):
        block.student_view_data()
        block.index_dictionary()


def _require_open(user_id: int, usage_key: UsageKey) -> None:
    """Not released, hidden, or another cohort's: 404, as for a block that is not there."""
    if not visible_spaces(user_id, str(usage_key.context_key), [str(usage_key)]):
        raise Http404("block")


def find_key(text: str) -> UsageKey:
    """The key of a block that the course has, or 404."""
    try:
        key = UsageKey.from_string(text)
    except InvalidKeyError as error:
        raise Http404("usage key") from error
    if not Block.objects.filter(usage_key=str(key)).exists():
        raise Http404("block")
    return key
