"""Who looks at the tab: Entra says so, in a token that Teams fetched for them (teams.md §8)."""

from collections.abc import Callable
from datetime import datetime

from bot.bearers import Bearers
from bot.openid import OpenIdKeys
from bot.refusals import Forbidden
from bot.settings import Settings

ENTRA = "https://login.microsoftonline.com"
SCOPE = "access_as_user"  # what the app exposes, and Teams is preauthorised for


class Visitors:
    """Lets people of our own tenant in; what they may see is asked of the register."""

    def __init__(self, *, settings: Settings, keys: OpenIdKeys) -> None:
        self._tenant_id = settings.tenant_id
        self._bearers = Bearers(keys=keys, audience=settings.app_id, leeway=settings.token_leeway)

    async def admit(self, header: str | None, *, now: datetime) -> str:
        """Give the Entra object id of who asks, in lower case.

        :raises Unauthorised: when the token is missing, forged, foreign, too old or too new.
        :raises Forbidden: for another tenant, an app without a person, or another permission.
        :raises KeysUnreachable: when there is nothing to verify it by.
        """
        claims = (await self._bearers.verify(header, now=now)).claims
        if str(claims.get("tid", "")).lower() != self._tenant_id:
            raise Forbidden("other_tenant")
        if SCOPE not in str(claims.get("scp", "")).split():
            raise Forbidden("other_scope")
        person = claims.get("oid")
        if not isinstance(person, str) or not person:
            raise Forbidden("nobody")
        return person.lower()


def entra_keys(settings: Settings, *, clock: Callable[[], datetime]) -> OpenIdKeys:
    """Say whose signature counts: our tenant's, or the stand-in's instead of it."""
    if settings.local:
        return OpenIdKeys(address=settings.local_openid_metadata, issuer=None, clock=clock)
    issuer = f"{ENTRA}/{settings.tenant_id}/v2.0"
    return OpenIdKeys(
        address=f"{issuer}/.well-known/openid-configuration", issuer=issuer, clock=clock
    )
