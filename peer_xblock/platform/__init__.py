"""The only importer of edx-platform: one module a subject, behind one interface that any host can answer."""

from .host import Host, Subject, host

__all__ = ["Host", "Subject", "host"]
