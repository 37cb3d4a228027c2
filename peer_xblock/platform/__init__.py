"""The only importer of edx-platform: one module a subject, behind one interface that any host can answer."""

from .host import Address, Host, Place, Subject, Told, host

__all__ = ["Address", "Host", "Place", "Subject", "Told", "host"]
