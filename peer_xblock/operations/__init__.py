"""One dispatcher for blocks and views: parse, call the api, write the answer or the refusal as JSON."""

from .dispatch import Call, Operation, Registry, dispatch
from .registries import REGISTRIES

__all__ = ["REGISTRIES", "Call", "Operation", "Registry", "dispatch"]
