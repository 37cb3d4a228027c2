"""Sending a picture, in each kind of space whose texts show pictures."""

from __future__ import annotations

from peer_xblock.api import pictures as api
from peer_xblock.domain.pictures import BYTES_MAX

from .dispatch import Operation, Registry
from .fields import Bytes

OPERATIONS: Registry = {
    "upload_picture": Operation(
        "upload_picture", api.upload_picture, {"content": Bytes()}, cap=BYTES_MAX + 1024
    ),
}
