"""The keys that callers sign with, fetched without holding anybody up (AC-AUTH-08, AC-AUTH-09)."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

from bot.refusals import KeysUnreachable

log = logging.getLogger(__name__)

FETCH_WITHIN = timedelta(seconds=5)
FRESH_FOR = timedelta(hours=24)
SURVIVE_OUTAGE = timedelta(hours=24)
ASK_AGAIN_AFTER = timedelta(seconds=30)
WITHOUT_KEYS_AFTER = timedelta(seconds=2)
_MOST_BYTES = 1024 * 1024
_LEAST_BITS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One public key, who issues tokens with it, and the channels it may speak for."""

    kid: str
    issuer: str
    modulus: str
    endorsements: frozenset[str]
    public: RSAPublicKey = field(compare=False, repr=False)


class OpenIdKeys:
    """The signing keys of one issuer, remembered for a day and through a day's outage.

    A key we do not know makes us ask again, at most twice a minute, so that a rotation is
    picked up at once and a flood of invented key ids costs nothing.
    """

    def __init__(self, *, address: str, issuer: str | None, clock: Callable[[], datetime]) -> None:
        """Take keys from the metadata at `address`, which must name `issuer` unless None."""
        self._address = address
        self._issuer = issuer
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._asked_again_at: datetime | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Start fetching, without waiting for it."""
        self._session = aiohttp.ClientSession()
        self._fetch()

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])
        if self._session is not None:
            await self._session.close()

    def known(self, kid: str) -> Key | None:
        """Give a key that is at hand. An ageing one is renewed behind the caller's back."""
        if self._fetched_at is None:
            return None
        age = self._clock() - self._fetched_at
        if age > FRESH_FOR and self._may_try():
            self._fetch()
        return self._keys.get(kid) if age <= FRESH_FOR + SURVIVE_OUTAGE else None

    async def find(self, kid: str) -> Key | None:
        """Give the key, asking the issuer once more if it is not at hand.

        :raises KeysUnreachable: when there are no usable keys at all.
        """
        key = self.known(kid)
        if key is not None:
            return key
        if self._may_ask_again():
            self._fetch()
        if self._fetching is not None:
            await asyncio.wait([self._fetching])
        key = self.known(kid)
        if key is None and not self._usable():
            raise KeysUnreachable("no_signing_keys")
        return key

    def _usable(self) -> bool:
        return (
            self._fetched_at is not None
            and self._clock() - self._fetched_at <= FRESH_FOR + SURVIVE_OUTAGE
        )

    def _may_try(self) -> bool:
        wait = ASK_AGAIN_AFTER if self._usable() else WITHOUT_KEYS_AFTER
        return self._tried_at is None or self._clock() - self._tried_at >= wait

    def _may_ask_again(self) -> bool:
        if not self._usable():
            return self._may_try()
        now = self._clock()
        if self._asked_again_at is not None and now - self._asked_again_at < ASK_AGAIN_AFTER:
            return False
        self._asked_again_at = now
        return True

    def _fetch(self) -> None:
        if self._fetching is None or self._fetching.done():
            self._tried_at = self._clock()
            self._fetching = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            async with asyncio.timeout(FETCH_WITHIN.total_seconds()):
                self._keys = await self._published()
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as problem:
            log.warning("signing keys not renewed: %s", type(problem).__name__)
        else:
            self._fetched_at = self._clock()

    async def _published(self) -> Mapping[str, Key]:
        metadata = await self._get(self._address)
        issuer = _named_issuer(metadata, expected=self._issuer)
        where, here = urlsplit(str(metadata["jwks_uri"])), urlsplit(self._address)
        if where.scheme != "https" and where[:2] != here[:2]:
            raise ValueError("keys lie where nobody vouches for them")
        found = [_key(jwk, issuer) for jwk in (await self._get(where.geturl()))["keys"]]
        keys = {key.kid: key for key in found if key is not None}
        if not keys:
            raise ValueError("no usable keys")
        return keys

    async def _get(self, address: str) -> Mapping[str, Any]:
        if self._session is None:
            raise ValueError("not open")
        async with self._session.get(address, allow_redirects=False) as answer:
            if answer.status != HTTPStatus.OK:
                raise ValueError("not given")
            read = json.loads(await _limited(answer.content))
        if not isinstance(read, dict):
            raise TypeError
        return read


async def _limited(content: aiohttp.StreamReader) -> bytes:
    body = b""
    while chunk := await content.readany():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ValueError("too long")
    return body


def _named_issuer(metadata: Mapping[str, Any], *, expected: str | None) -> str:
    issuer = metadata["issuer"]
    if not isinstance(issuer, str) or not issuer or expected not in {None, issuer}:
        raise ValueError("another issuer")
    return issuer


def _key(jwk: dict[str, Any], issuer: str) -> Key | None:
    """Read one key, or None when it is of a kind we do not use."""
    try:
        public = RSAAlgorithm.from_jwk(jwk)
        if (
            not isinstance(public, RSAPublicKey)
            or public.key_size < _LEAST_BITS
            or jwk.get("use", "sig") != "sig"
        ):
            return None
        return Key(
            kid=str(jwk["kid"]),
            issuer=issuer,
            modulus=jwk["n"],
            endorsements=frozenset(map(str, jwk.get("endorsements", []))),
            public=public,
        )
    except (PyJWTError, ValueError, KeyError, TypeError, AttributeError):
        return None
