"""Who is calling: the bearer token, and whether it fits the activity it came with.

The SDK leaves gaps here (concern.md P1–P8), so all of AC-AUTH 02–09 is decided in this file,
before the SDK sees anything.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.bearers import Bearers, Token
from bot.intake import Activity, Json
from bot.openid import OpenIdKeys
from bot.refusals import Forbidden, Unauthorised
from bot.settings import Settings
from graph.clouds import HOSTS

CHANNEL = "msteams"
_SERVICE_ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]{1,253})(/[A-Za-z0-9._~/-]{0,2000})?")
_STRANGERS = frozenset({"guest", "anonymous"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a verified activity comes from (AC-AUTH-10).

    `claims` are those of the token, fit for the SDK's ClaimsIdentity. `aad_id` is the person's
    Entra object id, in lower case; it is empty only where Teams itself tells of a change.
    """

    aad_id: str
    tenant_id: str
    service_url: str
    claims: Mapping[str, Any] = field(repr=False)


class Doorkeeper:
    """Decides whether a verified token fits the activity it came with."""

    def __init__(self, *, settings: Settings, keys: OpenIdKeys) -> None:
        self._settings = settings
        self._trusts = trusted_services(settings)
        self._bearers = Bearers(
            keys=keys,
            audience=settings.app_id,
            leeway=settings.token_leeway,
            endorsement=CHANNEL,
        )

    async def verify(self, header: str | None, *, now: datetime) -> Token:
        """Verify the bearer token in an Authorization header, as `Bearers.verify` says."""
        return await self._bearers.verify(header, now=now)

    def admit(self, token: Token, activity: Activity) -> Identity:
        """Decide whether the token fits the activity, and the activity fits us.

        :raises Unauthorised: when the token was made for another service address.
        :raises Forbidden: for another channel, tenant or service, and for guests.
        """
        if activity.get("channelId") != CHANNEL:
            raise Forbidden("other_channel")
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not self._trusts(service_url):
            raise Forbidden("other_service")
        if token.claims.get("serviceurl") != service_url:
            raise Unauthorised("other_service_claimed")
        self._check_tenant(activity)
        return Identity(
            aad_id=self._person(activity),
            tenant_id=self._settings.tenant_id,
            service_url=service_url,
            claims=token.claims,
        )

    def _check_tenant(self, activity: Activity) -> None:
        """Every way the activity names a tenant must name ours; one of them is always there."""
        tenant = _inside(_inside(activity, "channelData"), "tenant").get("id")
        conversation = _inside(activity, "conversation").get("tenantId", tenant)
        if not self._is_our_tenant(tenant) or not self._is_our_tenant(conversation):
            raise Forbidden("other_tenant")

    def _is_our_tenant(self, said: Json) -> bool:
        return isinstance(said, str) and said.lower() == self._settings.tenant_id

    def _person(self, activity: Activity) -> str:
        """Name the person, as far as the activity tells who is one of ours.

        Teams marks guests in an activity only sometimes; those it does not mark are strangers
        to our own register, which is asked on every turn.
        """
        sender = _inside(activity, "from")
        person = str(sender.get("aadObjectId", "")).lower()
        if not person and activity["type"] in {"message", "invoke"}:
            raise Forbidden("nobody")
        is_guest = str(sender.get("userRole", "")).lower() in _STRANGERS
        from_elsewhere = "tenantId" in sender and not self._is_our_tenant(sender["tenantId"])
        if (is_guest or from_elsewhere) and not self._settings.guests_allowed:
            raise Forbidden("guest")
        return person


def trusted_services(settings: Settings) -> Callable[[str], bool]:
    """Say which addresses tokens and messages may be sent to (AC-AUTH-07)."""
    if settings.local:
        ours = settings.local_connector.rstrip("/")
        return lambda service_url: service_url.rstrip("/") == ours

    def is_teams(service_url: str) -> bool:
        address = _SERVICE_ADDRESS.fullmatch(service_url)
        return address is not None and any(
            address["host"] == allowed
            or (allowed.startswith("*.") and address["host"].endswith(allowed[1:]))
            for allowed in settings.allowed_service_hosts
        )

    return is_teams


def trusted_keys(settings: Settings, *, clock: Callable[[], datetime]) -> OpenIdKeys:
    """Say whose signature counts: Microsoft's, or the stand-in's instead of it."""
    if settings.local:
        return OpenIdKeys(address=settings.local_openid_metadata, issuer=None, clock=clock)
    hosts = HOSTS[settings.cloud]
    return OpenIdKeys(address=hosts.bot_keys, issuer=hosts.bot, clock=clock)


def _inside(thing: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = thing.get(key)
    return value if isinstance(value, dict) else {}
