"""Answer first: learners see what others answered once they have answered themselves.

What is hidden is everything under the opening. It opens for each learner with their own response, for all when the
thread is closed, since nobody can answer any more.
"""

from __future__ import annotations

from enum import StrEnum

from .people import Viewer


class AnswerFirst(StrEnum):
    """In which threads of a space one answers first: in none, in those that the team started by name, in all."""

    OFF = "off"
    TEAM = "team"
    ALL = "all"

    @classmethod
    def read(cls, value: object) -> AnswerFirst:
        """A stored setting; what is none of these is OFF."""
        return next((one for one in cls if one.value == value), cls.OFF)

    def covers(self, *, is_prompt: bool) -> bool:
        """Whether one answers first in a thread. is_prompt: the team started it by name."""
        return self is AnswerFirst.ALL or (self is AnswerFirst.TEAM and is_prompt)


def hides_answers(viewer: Viewer, *, waits: bool, is_asker: bool, has_answered: bool) -> bool:
    """Whether what others answered in a thread is not shown to this person yet.

    waits: the thread asks for an answer first, and takes answers. Who asked, and the team, need not answer.
    """
    return waits and not (viewer.is_moderator or is_asker or has_answered)
