"""Bearer tokens: whether somebody we trust signed them, for us, and for now."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import jwt

from bot.openid import Key, OpenIdKeys
from bot.refusals import Unauthorised

_ALGORITHM = "RS256"
_REMEMBERED = 1_024  # tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token that was verified, and the key that did it."""

    claims: Mapping[str, Any] = field(repr=False)
    key: Key
    not_before: float
    expires: float


class Bearers:
    """Verifies tokens of one issuer, and remembers those it has verified until they expire.

    :param audience: our application id, which the token must be made for.
    :param endorsement: the channel whose name the key must carry; None where keys have none.
    """

    def __init__(
        self,
        *,
        keys: OpenIdKeys,
        audience: str,
        leeway: timedelta,
        endorsement: str | None = None,
    ) -> None:
        self._keys = keys
        self._audience = audience
        self._leeway = leeway.total_seconds()
        self._endorsement = endorsement
        self._verified: OrderedDict[bytes, Token] = OrderedDict()

    async def verify(self, header: str | None, *, now: datetime) -> Token:
        """Verify the bearer token in an Authorization header.

        :raises Unauthorised: when it is missing, forged, foreign, too old or too new.
        :raises KeysUnreachable: when there is nothing to verify it by.
        """
        scheme, _, bearer = (header or "").partition(" ")
        if scheme.casefold() != "bearer" or not bearer:
            raise Unauthorised("no_token")
        seal = hashlib.sha256(bearer.encode("utf-8", "surrogateescape")).digest()
        token = self._verified.get(seal)
        if token is None or self._keys.known(token.key.kid) != token.key:
            token = await self._read(bearer)
            self._verified[seal] = token
            if len(self._verified) > _REMEMBERED:
                self._verified.popitem(last=False)
        at = now.timestamp()
        if at >= token.expires + self._leeway:
            self._verified.pop(seal, None)
            raise Unauthorised("expired")
        if at < token.not_before - self._leeway:
            raise Unauthorised("not_yet_valid")
        return token

    async def _read(self, bearer: str) -> Token:
        try:
            kid = jwt.get_unverified_header(bearer).get("kid")
        except (jwt.PyJWTError, ValueError):
            raise Unauthorised("not_a_token") from None
        if not isinstance(kid, str):
            raise Unauthorised("unknown_key")
        key = await self._keys.find(kid)
        if key is None:
            raise Unauthorised("unknown_key")
        if self._endorsement is not None and self._endorsement not in key.endorsements:
            raise Unauthorised("key_not_endorsed")
        try:
            claims = jwt.decode(
                bearer,
                key.public,
                algorithms=[_ALGORITHM],
                audience=self._audience,
                issuer=key.issuer,
                options={
                    "require": ["exp", "nbf", "iss", "aud"],
                    "strict_aud": True,
                    "verify_exp": False,  # the clock is ours: see verify
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            raise Unauthorised("not_genuine") from None
        since = [_moment(claims[claim]) for claim in ("nbf", "iat") if claim in claims]
        return Token(claims=claims, key=key, not_before=max(since), expires=_moment(claims["exp"]))


def _moment(claim: object) -> float:
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not isfinite(claim):
        raise Unauthorised("not_a_moment")
    return float(claim)
