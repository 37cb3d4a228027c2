"""Asking an index. What it cannot answer is nothing found: a search that fails must not break a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.models import LearningContext

from .documents import Found, Reach, ThreadHit
from .engine import Engine
from .folder import Folder

T = TypeVar("T")

_log = logging.getLogger(__name__)


def find_threads(context: LearningContext, text: str, reach: Reach, *, limit: int) -> list[ThreadHit]:
    """Questions of the course with words of the text, best first. No statement."""
    return _ask(context, lambda engine: engine.find_threads(text, reach, limit=limit), [])


def search_threads(context: LearningContext, asked: ThreadQuery, reach: Reach, *, limit: int) -> Found:
    """Threads of the course, of any kind, by words and by what they are. No statement."""
    return _ask(context, lambda engine: engine.search_threads(asked, reach, limit=limit), Found())


def similar_threads(context: LearningContext, title: str, reach: Reach, *, limit: int) -> Found:
    """Threads of the course with words of a title, best first. No statement."""
    return _ask(context, lambda engine: engine.similar_threads(title, reach, limit=limit), Found())


def threads_answered_by(
    context: LearningContext, user_id: int, reach: Reach, *, limit: int
) -> list[ThreadHit]:
    """Questions that somebody answered by name, the last active first. No statement."""
    return _ask(context, lambda engine: engine.threads_answered_by(user_id, reach, limit=limit), [])


def find_people(context: LearningContext, name: str, *, limit: int) -> list[int]:
    """People who are listed and whose name begins so, by their accounts. No statement."""
    return _ask(context, lambda engine: engine.find_people(name, limit=limit), [])


def _ask(context: LearningContext, question: Callable[[Engine], T], nothing: T) -> T:
    if not context.pk:  # Studio's preview, before anybody opened a block of the course
        return nothing
    folder = Folder(context)
    if not folder.exists():
        return nothing
    try:
        return question(folder.engine)
    except (OSError, ValueError) as error:
        _log.warning("search index of course %s not readable: %s", context.pk, type(error).__name__)
        folder.forget()
        return nothing
