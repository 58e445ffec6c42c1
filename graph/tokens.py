"""Tokens for calling Microsoft: cached, renewed ahead of time, asked for once at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

RENEW_BEFORE = timedelta(minutes=4)  # msal itself hands out its old token until five before
ASK_AGAIN_AFTER = timedelta(seconds=30)
ANSWER_WITHIN = timedelta(seconds=10)
NOT_REACHED = "notReached"
NOT_TRUSTED = "certificateNotTrusted"
NOT_ANSWERED = "notAnswered"
SLOW = "slow"  # it did not come in time for whoever asked
NOBODY_SAID_NO = frozenset({NOT_REACHED, NOT_ANSWERED, SLOW})
LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


class TokenRefused(Exception):
    """We were not given a token.

    :param code: the giver's short code: `AADSTS…` from Entra, otherwise a word.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A token, and for how long it holds."""

    token: str = field(repr=False)
    lifetime: timedelta


Fetch = Callable[[], Awaitable[Grant]]


class Tokens:
    """One token that always holds.

    While an old token holds, nobody waits for the new one; when none does, all wait for one fetch.

    :param rest: for how long it stands when we were told no, so that whoever says so is not
        stormed; who was not reached is asked again at once.
    """

    def __init__(
        self, fetch: Fetch, *, now: Callable[[], datetime], rest: timedelta = timedelta()
    ) -> None:
        self._fetch = fetch
        self._rest = rest
        self._refusal: TokenRefused | None = None
        self._refused_at = LONG_AGO
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
            if self._refusal is not None and now < self._refused_at + self._rest:
                raise TokenRefused(self._refusal.code)
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
        try:
            grant = await self._fetch()
        except TokenRefused as problem:
            if problem.code not in NOBODY_SAID_NO:
                self._refusal, self._refused_at = problem, self._now()
            raise
        self._grant, self._refusal = grant, None
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
        raise TokenRefused(SLOW) from None


def from_local(
    *,
    session: aiohttp.ClientSession,
    url: str,
    app_id: str,
    secret: str,
    scope: str,
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
                return granted(await response.json())
        except (aiohttp.ClientConnectionError, TimeoutError) as problem:
            raise TokenRefused(NOT_REACHED) from problem
        except (aiohttp.ClientError, ValueError) as problem:
            raise TokenRefused(NOT_ANSWERED) from problem

    return fetch


def granted(answer: Mapping[str, Any]) -> Grant:
    """Read what a giver of tokens answered; Entra numbers its reasons.

    :raises TokenRefused: when there is no token in it.
    """
    if "access_token" not in answer:
        numbered = [f"AADSTS{each}" for each in answer.get("error_codes") or ()]
        raise TokenRefused(next(iter(numbered), str(answer.get("error", "no_token"))))
    return Grant(
        token=str(answer["access_token"]),
        lifetime=timedelta(seconds=int(answer.get("expires_in", 0))),
    )
