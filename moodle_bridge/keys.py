"""Encryption of what must not be readable in a copy of the database: secrets of tenants, tokens of Moodles.

Fernet keys come from BRIDGE_SECRET_KEYS: the first encrypts, all decrypt, so that a key is replaced by
putting the new one in front and removing the old one once everything was saved again.
"""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Undecryptable(Exception):
    """A stored secret cannot be read with the present keys."""


def encrypt(text: str) -> str:
    """The text under the first key; "" stays "", so that an absent secret is seen as absent."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """The text of `encrypt`. Raises Undecryptable when no key fits."""
    if not token:
        return ""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as exc:
        raise Undecryptable("no key of BRIDGE_SECRET_KEYS fits a stored secret") from exc


def load_or_create_key(path: Path) -> str:
    """The text in `path`, readable by its owner only; made at first use. For a local trial.

    Two processes that start at once end with the same key: the file is created exclusively.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(Fernet.generate_key().decode())
    return path.read_text().strip()


def _fernet() -> MultiFernet:
    keys = list(settings.BRIDGE_SECRET_KEYS)
    if not keys:
        raise ImproperlyConfigured("BRIDGE_SECRET_KEYS is empty: no secret can be stored or read")
    return MultiFernet([Fernet(key) for key in keys])
