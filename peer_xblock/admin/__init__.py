"""The platform admin's side, a module a subject: connections, what waits and is late, spaces, works, people."""

from . import connections, experts, review, running, spaces

__all__ = ["connections", "experts", "review", "running", "spaces"]
