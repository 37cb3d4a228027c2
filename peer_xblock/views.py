"""Pages and addresses of the plugin."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from .api.spaces import find_post_space
from .domain.ids import is_id
from .platform import host


@login_required
def open_post(_request: HttpRequest, post_id: str) -> HttpResponse:
    """A post's permanent address: the unit that holds it, opened at the post. The unit itself decides who may read."""
    space = find_post_space(post_id) if is_id(post_id) else None
    if space is None:
        raise Http404
    return HttpResponseRedirect(host().unit_url(space.usage_key, post_id))
