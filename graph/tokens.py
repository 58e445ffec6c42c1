"""Tokens for calling Microsoft: cached, renewed ahead of time, asked for once at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import aiohttp
import msal
import requests

BOT_SCOPE = "https://api.botframework.com/.default"
ENTRA = "https://login.microsoftonline.com"

RENEW_BEFORE = timedelta(minutes=4)  # msal itself hands out its old token until five before
ASK_AGAIN_AFTER = timedelta(seconds=30)
ANSWER_WITHIN = timedelta(seconds=10)
LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


class TokenRefused(Exception):
    """We were not given a token; the text is the giver's short error code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A token, and for how long it holds."""

    token: str = field(repr=False)
    lifetime: timedelta


Fetch = Callable[[], Awaitable[Grant]]


class Tokens:
    """One token that always holds.

    While an old token holds, nobody waits for the new one; when none does, all wait for one fetch.
    """

    def __init__(self, fetch: Fetch, *, now: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._now = now
        self._grant: Grant | None = None
        self._holds_until = LONG_AGO
        self._ask_after = LONG_AGO
        self._fetching: asyncio.Task[Grant] | None = None

    async def get(self, *, within: timedelta | None = None) -> str:
        """Give a token that holds.

        :param within: how long to wait at most; one that comes later is there the next time.
        :raises TokenRefused: when there is none, and we are not given one in time.
        """
        now = self._now()
        if self._grant is None or now >= self._holds_until:
            return (await _in_time(asyncio.shield(self._asking()), within)).token
        if now >= self._holds_until - RENEW_BEFORE and now >= self._ask_after:
            self._ask_after = now + ASK_AGAIN_AFTER
            _ = self._asking()
        return self._grant.token

    def forget(self, token: str) -> None:
        """Stop using a token that was refused."""
        if self._grant is not None and self._grant.token == token:
            self._grant = None

    def _asking(self) -> asyncio.Task[Grant]:
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch_and_keep())
            self._fetching.add_done_callback(self._asked)
        return self._fetching

    async def _fetch_and_keep(self) -> Grant:
        grant = await self._fetch()
        self._grant = grant
        self._holds_until = self._now() + grant.lifetime
        return grant

    def _asked(self, task: asyncio.Task[Grant]) -> None:
        self._fetching = None
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.warning("no new token: %s", type(problem).__name__)


async def _in_time(asked: Awaitable[Grant], within: timedelta | None) -> Grant:
    seconds = None if within is None else within.total_seconds()
    try:
        return await asyncio.wait_for(asked, seconds)
    except TimeoutError:
        raise TokenRefused("slow") from None


def from_entra(
    *,
    app_id: str,
    tenant_id: str,
    credential: str | Mapping[str, str],
    scope: str = BOT_SCOPE,
    entra: str = ENTRA,
) -> Fetch:
    """Ask Entra by client credentials, off the event loop: msal blocks.

    :param credential: the secret, or msal's mapping of a certificate
        (`private_key`, `thumbprint`, `public_certificate`).
    """

    @cache  # making it already asks Entra where its endpoints are
    def client() -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            app_id,
            authority=f"{entra}/{tenant_id}",
            client_credential=credential,
            timeout=ANSWER_WITHIN.total_seconds(),
        )

    def ask() -> Mapping[str, Any]:
        answer: dict[str, Any] = client().acquire_token_for_client([scope])
        return answer

    async def fetch() -> Grant:
        try:
            return _grant(await asyncio.to_thread(ask))
        except (OSError, ValueError) as problem:  # requests' errors are OSErrors
            raise TokenRefused(type(problem).__name__) from problem

    return fetch


def from_managed_identity(*, client_id: str | None, scope: str) -> Fetch:
    """Ask the machine in Azure that we run on, off the event loop: msal blocks.

    :param client_id: of a user-assigned identity; None is the machine's own.
    """
    resource = scope.removesuffix("/.default")

    @cache
    def client() -> msal.ManagedIdentityClient:
        return msal.ManagedIdentityClient(
            msal.SystemAssignedManagedIdentity()
            if client_id is None
            else msal.UserAssignedManagedIdentity(client_id=client_id),
            http_client=requests.Session(),
        )

    def ask() -> Mapping[str, Any]:
        answer: dict[str, Any] = client().acquire_token_for_client(resource=resource)
        return answer

    async def fetch() -> Grant:
        try:
            return _grant(await asyncio.to_thread(ask))
        except (OSError, ValueError, msal.ManagedIdentityError) as problem:
            raise TokenRefused(type(problem).__name__) from problem

    return fetch


def from_local(
    *,
    session: aiohttp.ClientSession,
    url: str,
    app_id: str,
    secret: str,
    scope: str = BOT_SCOPE,
) -> Fetch:
    """Ask the local stand-in for Teams, in the same words as one asks Entra."""
    form = {
        "grant_type": "client_credentials",
        "client_id": app_id,
        "client_secret": secret,
        "scope": scope,
    }
    within = aiohttp.ClientTimeout(total=ANSWER_WITHIN.total_seconds())

    async def fetch() -> Grant:
        try:
            async with session.post(url, data=form, timeout=within) as response:
                return _grant(await response.json())
        except (aiohttp.ClientError, TimeoutError, ValueError) as problem:
            raise TokenRefused(type(problem).__name__) from problem

    return fetch


def _grant(answer: Mapping[str, Any]) -> Grant:
    if "access_token" not in answer:
        raise TokenRefused(str(answer.get("error", "no_token")))
    return Grant(
        token=str(answer["access_token"]),
        lifetime=timedelta(seconds=int(answer.get("expires_in", 0))),
    )
