"""Connection secrets: encrypted at rest, two valid during a rotation, never shown again, never in a log."""

from __future__ import annotations

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEPT = 2


def add_secret(stored: str, secret: str) -> str:
    """The stored text with a new secret in front; of the former ones the newest is kept."""
    return _encrypt([secret, *read_secrets(stored)][:KEPT])


def keep_newest(stored: str) -> str:
    """The stored text with the newest secret only: the end of a rotation."""
    return _encrypt(read_secrets(stored)[:1])


def read_secrets(stored: str) -> list[str]:
    """The secrets, newest first. Raises ImproperlyConfigured when no key of PEER_SECRET_KEYS reads them."""
    if not stored:
        return []
    try:
        secrets: list[str] = json.loads(_fernet().decrypt(stored.encode()))
    except InvalidToken as error:
        raise ImproperlyConfigured("no key in PEER_SECRET_KEYS reads a connection's secrets") from error
    return secrets


def _encrypt(secrets: list[str]) -> str:
    return _fernet().encrypt(json.dumps(secrets).encode()).decode()


def _fernet() -> MultiFernet:
    keys = settings.PEER_SECRET_KEYS
    if not keys:
        raise ImproperlyConfigured("PEER_SECRET_KEYS is empty: connections cannot keep a secret")
    return MultiFernet([Fernet(key) for key in keys])
