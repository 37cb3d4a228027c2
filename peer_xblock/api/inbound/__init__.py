"""What the bridge brings back from a connection's Moodle: received signed, applied item by item."""

from .receiving import Answer, receive

__all__ = ["Answer", "receive"]
