"""The vault: master keys, blind-index keys, and the data keys lately used."""

import hashlib
import hmac
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta

from domain.trail import ChainKey
from storage.sealing import KEY_BYTES, Envelope, Key, NotSealed, Place

REMEMBERED_FOR = timedelta(seconds=60)  # so long may a destroyed key outlive itself in memory
_REMEMBERED_AT_MOST = 2048
_LABEL_MARK_BYTES = 16  # two labels in a city never share them; a row for each word stays small
_TEN_DIGITS = re.compile(r"[0-9]{10}")


class KeyRefused(Exception):
    """The keys given are not the keys this database was sealed with. Never shows a key."""


class Shredded(Exception):
    """The data key is gone, and with it everything that was sealed with it (AC-CRYPT-04)."""


class Vault:
    """Wraps and unwraps data keys, and makes the blind index. Holds no connection."""

    def __init__(
        self,
        *,
        masters: Mapping[int, bytes],
        indexes: Mapping[int, bytes],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the secrets of 32 bytes, by version.

        :raises KeyRefused: when there is none of a kind, one is short, or one is used twice.
        """
        secrets = [*masters.values(), *indexes.values()]
        if not masters or not indexes:
            raise KeyRefused("a master key and an index key are needed")
        if any(len(secret) != KEY_BYTES for secret in secrets):
            raise KeyRefused("a key does not have 32 bytes")
        if len(set(secrets)) != len(secrets):
            raise KeyRefused("the same secret is given as two keys")
        self._masters = {version: Key(secret) for version, secret in masters.items()}
        self._indexes = dict(indexes)
        self._ticks = ticks
        self._remembered: OrderedDict[str, tuple[Key, float]] = OrderedDict()

    @property
    def newest_master(self) -> int:
        return max(self._masters)

    @property
    def newest_index(self) -> int:
        return max(self._indexes)

    def fresh_key(self, subject: str, *, version: int) -> tuple[Key, Envelope]:
        """Make a data key, and the same one wrapped by that master."""
        key, secret = Key.fresh()
        return key, self._wrap(subject, version, secret)

    def unwrap(self, subject: str, *, version: int, wrapped: Envelope) -> Key:
        """Return the data key.

        :raises KeyRefused: when that master is unknown, or did not wrap this.
        """
        return Key(self._secret(subject, version=version, wrapped=wrapped))

    def rewrap(self, subject: str, *, version: int, wrapped: Envelope, under: int) -> Envelope:
        """Wrap the same data key by another master."""
        return self._wrap(subject, under, self._secret(subject, version=version, wrapped=wrapped))

    def fresh_chain_key(self, version: int, *, master: int) -> tuple[ChainKey, Envelope]:
        """Make a key for the audit chain, and the same one wrapped by that master."""
        _, secret = Key.fresh()
        return ChainKey(version, secret), self._wrap(chain_subject(version), master, secret)

    def chain_key(self, version: int, *, master: int, wrapped: Envelope) -> ChainKey:
        """Return a key of the audit chain.

        :raises KeyRefused: when that master is unknown, or did not wrap this.
        """
        secret = self._secret(chain_subject(version), version=master, wrapped=wrapped)
        return ChainKey(version, secret)

    def _wrap(self, subject: str, version: int, secret: bytes) -> Envelope:
        return self._master(version).seal(secret, _wrapping(subject, version))

    def _secret(self, subject: str, *, version: int, wrapped: Envelope) -> bytes:
        try:
            return self._master(version).open(wrapped, _wrapping(subject, version))
        except NotSealed:
            raise KeyRefused(f"a data key was not wrapped by master version {version}") from None

    def _master(self, version: int) -> Key:
        if version not in self._masters:
            raise KeyRefused(f"master key version {version} is missing")
        return self._masters[version]

    def master_proof(self, version: int) -> Envelope:
        """Make what is kept beside the data keys to recognise this master by."""
        return self._master(version).seal(b"", _proof(version))

    def proves_master(self, version: int, proof: Envelope) -> bool:
        """Tell whether our master of this version is the one that made the proof."""
        try:
            return self._master(version).open(proof, _proof(version)) == b""
        except (KeyRefused, NotSealed):
            return False

    def index_proof(self, version: int) -> bytes:
        return _mac(self._indexes[version], f"proof|{version}")

    def proves_index(self, version: int, proof: bytes) -> bool:
        return version in self._indexes and hmac.compare_digest(self.index_proof(version), proof)

    def marks(self, digits: str) -> dict[int, bytes]:
        """Return the blind index of ten digits under every index key, by version.

        There are about 10⁸ CPR numbers: whoever holds an index key can try them all, so it is
        the key that protects the index; a plain hash would protect nothing (AC-CRYPT-05).
        """
        if not _TEN_DIGITS.fullmatch(digits):
            raise ValueError("a CPR number has ten digits")
        return {version: _mac(secret, f"v1|{digits}") for version, secret in self._indexes.items()}

    def label_mark(self, version: int, label: str) -> bytes:
        """Return the blind index of `<what it is>|<text>` under one index key (AC-CRYPT-05).

        What it is keeps a word, a day of birth and a number apart, though they look alike. There
        are few first names: docs/decisions/0030 says what may be guessed from their marks.
        """
        return _mac(self._indexes[version], label)[:_LABEL_MARK_BYTES]

    @property
    def index_versions(self) -> frozenset[int]:
        return frozenset(self._indexes)

    def recall(self, subject: str) -> Key | None:
        """Return the data key if it was used within the last minute."""
        found = self._remembered.get(subject)
        if found is None:
            return None
        key, until = found
        if until <= self._ticks():
            del self._remembered[subject]
            return None
        self._remembered.move_to_end(subject)
        return key

    def remember(self, keys: Mapping[str, Key]) -> None:
        """Keep data keys that are certainly in the store, each for a minute at most."""
        until = self._ticks() + REMEMBERED_FOR.total_seconds()
        for subject, key in keys.items():
            self._remembered[subject] = (key, until)
        while len(self._remembered) > _REMEMBERED_AT_MOST:
            self._remembered.popitem(last=False)

    def forget(self, subject: str) -> None:
        self._remembered.pop(subject, None)


def chain_subject(version: int) -> str:
    """Name what a key of the audit chain is wrapped for."""
    return f"audit/{version}"


def _wrapping(subject: str, version: int) -> Place:
    return Place("keys", "data_keys", f"{subject}|{version}", "wrapped")


def _proof(version: int) -> Place:
    return Place("keys", "masters", str(version), "proof")


def _mac(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode(), hashlib.sha256)
