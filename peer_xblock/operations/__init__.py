"""One dispatcher for blocks and views: parse, call the api, write the answer or the refusal as JSON."""

from .dispatch import Operation, Registry, dispatch

__all__ = ["Operation", "Registry", "dispatch"]
