"""The only importer of edx-platform: one module a subject, behind one interface that any host can answer."""

from .host import Host, Place, Subject, host

__all__ = ["Host", "Place", "Subject", "host"]
