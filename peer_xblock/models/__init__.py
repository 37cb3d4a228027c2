"""The tables. Only api, search, outbox and admin read or write them."""

from .connections import Connection, ConnectionScope
from .discussion import Post, PostVersion, Pseudonym, ReadState, Thread, Vote
from .jobs import Job
from .outbox import OutboxEvent
from .spaces import LearningContext, Space

__all__ = [
    "Connection",
    "ConnectionScope",
    "Job",
    "LearningContext",
    "OutboxEvent",
    "Post",
    "PostVersion",
    "Pseudonym",
    "ReadState",
    "Space",
    "Thread",
    "Vote",
]
