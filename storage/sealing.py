"""Sealed values: AES-256-GCM, bound to the place where they are kept (AC-CRYPT-02)."""

import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


class NotSealed(Exception):
    """What was found or offered is not a sealed value, or not the one that belongs here."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives; it can be opened nowhere else."""

    schema: str
    table: str
    row: str
    column: str

    def bound(self, version: bytes) -> bytes:
        """Return the associated data: no two places, and no two versions, share it."""
        parts = (self.schema, self.table, self.row, self.column)
        return version + "".join(f"{len(part)}:{part}" for part in parts).encode()


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed value as it is stored: version byte, nonce, ciphertext with tag.

    :raises NotSealed: for bytes that no seal of ours has made.
    """

    stored: bytes = field(repr=False)

    def __post_init__(self) -> None:
        shortest = len(_VERSION) + _NONCE_BYTES + _TAG_BYTES
        if len(self.stored) < shortest or not self.stored.startswith(_VERSION):
            raise NotSealed("not an envelope")


class Key:
    """One AES-256 key. It seals and opens, and never shows itself."""

    __slots__ = ("_cipher",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._cipher = AESGCM(secret)

    @classmethod
    def fresh(cls) -> tuple[Self, bytes]:
        """Make a random key; the bytes are for wrapping it, and for nothing else."""
        secret = os.urandom(KEY_BYTES)
        return cls(secret), secret

    def seal(self, content: bytes, at: Place) -> Envelope:
        nonce = os.urandom(_NONCE_BYTES)
        return Envelope(
            _VERSION + nonce + self._cipher.encrypt(nonce, content, at.bound(_VERSION))
        )

    def open(self, envelope: Envelope, at: Place) -> bytes:
        """Return the content.

        :raises NotSealed: when it was sealed with another key, for another place, or altered.
        """
        stored = envelope.stored
        try:
            return self._cipher.decrypt(
                stored[1 : 1 + _NONCE_BYTES], stored[1 + _NONCE_BYTES :], at.bound(_VERSION)
            )
        except InvalidTag:
            raise NotSealed(f"refused in {at.schema}.{at.table}.{at.column}") from None
