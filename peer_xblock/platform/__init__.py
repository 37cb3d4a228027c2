"""The only importer of edx-platform: one module a subject, behind one interface that any host can answer."""

from .host import Address, ClassSize, Host, Place, Subject, Told, host

__all__ = ["Address", "ClassSize", "Host", "Place", "Subject", "Told", "host"]
