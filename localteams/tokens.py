"""Keys and tokens: the stand-in signs its calls, and gives the bot bearers for its own."""

import base64
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from localteams.state import Json

LIFETIME_SECONDS = 3600
CONNECTOR_AUDIENCE = "https://api.botframework.com"
KEYS_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    id: str = field(default_factory=lambda: secrets.token_urlsafe(20))
    private: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
        repr=False,
    )

    def as_jwk(self) -> Json:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "x5t": self.id,
            "n": _base64url(numbers.n),
            "e": _base64url(numbers.e),
            "endorsements": ["msteams"],
        }


class Tokens:
    """Signs as Microsoft would, but with its own keys and as its own issuer.

    The issuer is the stand-in's address, known once it listens. The last two keys
    stay published, so that a rotation does not break tokens that are under way.
    """

    def __init__(
        self,
        *,
        app_id: str,
        secret: str | None = None,
        key: Key | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.issuer = ""
        self._app_id = app_id
        self._secret = secret
        self._now = now
        self._keys = [key or Key()]
        self._held: tuple[str, float] | None = None

    @property
    def service_url(self) -> str:
        return f"{self.issuer}/connector/"

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self._keys = [Key(), *self._keys][:KEYS_KEPT]
        self._held = None

    def metadata(self) -> Json:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/oauth/authorize",
            "token_endpoint": f"{self.issuer}/oauth/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }

    def jwks(self) -> Json:
        return {"keys": [key.as_jwk() for key in self._keys]}

    def for_the_bot(self) -> str:
        """Give the bearer for a call to the bot, the same one for the first half of its life."""
        if self._held is None or self._held[1] < self._now():
            self._held = (self.sign(), self._now() + LIFETIME_SECONDS / 2)
        return self._held[0]

    def for_a_visitor(self, aad_id: str, *, tenant_id: str) -> str:
        """Give what Entra gives a person's Teams for the app's own page."""
        return self.sign({"tid": tenant_id, "oid": aad_id, "scp": "access_as_user", "ver": "2.0"})

    def sign(self, claims: Json | None = None, *, without: tuple[str, ...] = ()) -> str:
        """Sign a token for the bot; tests change or leave out claims."""
        now = int(self._now())
        whole = {
            "iss": self.issuer,
            "aud": self._app_id,
            "serviceurl": self.service_url,
            "iat": now,
            "nbf": now,
            "exp": now + LIFETIME_SECONDS,
            **(claims or {}),
        }
        kept = {name: value for name, value in whole.items() if name not in without}
        return self._encode(kept)

    def grant(self, *, client_id: str, client_secret: str) -> Json | None:
        """Answer a client-credentials request; None when the credentials are not ours."""
        expected = client_secret if self._secret is None else self._secret
        known = secrets.compare_digest(client_id.encode(), self._app_id.encode())
        proven = secrets.compare_digest(client_secret.encode(), expected.encode())
        if not (known and proven and client_secret):
            return None
        now = int(self._now())
        bearer = self._encode(
            {
                "iss": self.issuer,
                "aud": CONNECTOR_AUDIENCE,
                "appid": client_id,
                "iat": now,
                "nbf": now,
                "exp": now + LIFETIME_SECONDS,
            }
        )
        return {
            "token_type": "Bearer",
            "expires_in": LIFETIME_SECONDS - 1,
            "ext_expires_in": LIFETIME_SECONDS - 1,
            "access_token": bearer,
        }

    def admits(self, authorization: str) -> bool:
        """Tell whether a call to the connector carries a bearer we gave."""
        scheme, _, bearer = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return False
        try:
            key_id = jwt.get_unverified_header(bearer).get("kid")
            key = next(key for key in self._keys if key.id == key_id)
            claims = jwt.decode(
                bearer,
                key.private.public_key(),
                algorithms=["RS256"],
                audience=CONNECTOR_AUDIENCE,
                issuer=self.issuer,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, StopIteration):
            return False
        return bool(claims["appid"] == self._app_id and self._now() < claims["exp"])

    def _encode(self, claims: Json) -> str:
        key = self._keys[0]
        return jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": key.id})


def _base64url(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
