"""What the LMS is told of a person's doings where no block's runtime tells it."""

from __future__ import annotations

from collections.abc import Mapping

from opaque_keys.edx.keys import UsageKey


def track(event: str, data: Mapping[str, str], *, user_id: int) -> None:
    """To the LMS's event tracking, in the context of the course. The person is that of the request."""
    from common.djangoapps.track import contexts
    from eventtracking import tracker

    course_key = UsageKey.from_string(data["usage_key"]).context_key
    with tracker.get_tracker().context(event, contexts.course_context_from_course_id(course_key)):
        tracker.emit(event, dict(data))


def complete(user_id: int, usage_key: str) -> None:
    """As the LMS's handler of published completions does; nothing where the site keeps none."""
    from completion.models import BlockCompletion
    from completion.services import CompletionService
    from django.contrib.auth import get_user_model

    key = UsageKey.from_string(usage_key)
    user = get_user_model().objects.get(id=user_id)
    if CompletionService(user, key.context_key).completion_tracking_enabled():
        BlockCompletion.objects.submit_completion(user=user, block_key=key, completion=1.0)
