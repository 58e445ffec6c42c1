"""The way out to Teams: one pooled session to the Bot Connector, JSON straight to the wire."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, Literal
from urllib.parse import quote

import aiohttp
from yarl import URL

from domain.delivery import NO_CONNECTION, REFUSALS, RETRIED, UNCLEAR, UNTRUSTED, NotDelivered
from graph.tokens import TokenRefused, Tokens
from storage.shown_cards import ShownCard

Json = Mapping[str, Any]
Body = Json | bytes  # bytes are JSON that somebody has written already
Method = Literal["GET", "POST", "PUT", "DELETE"]

ANSWER_WITHIN: Final = timedelta(seconds=7)  # with what comes before, shorter than a lease
TOKEN_WITHIN: Final = timedelta(
    milliseconds=1500
)  # for a notice; whoever waits for an answer waits
CONNECT_WITHIN: Final = timedelta(seconds=5)
CONNECTIONS: Final = 64
LONGEST_ID: Final = 256
GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

AT_ONCE_OR_NEVER: Final[Sequence[float]] = ()
IN_A_TURN: Final[Sequence[float]] = (0.5, 1.0, 2.0)  # seconds; somebody is waiting for the answer
LONGEST_IN_A_TURN: Final = timedelta(seconds=3)

# Teams wraps the code that matters differently from one release to the next (teams.md §6)
_TELLING_CODE = re.compile(
    "|".join(sorted({code for status, code in REFUSALS if status and code}))
)
_SECONDS = re.compile(r"[0-9]{1,6}")


def open_session() -> aiohttp.ClientSession:
    """Open the one session that everything we send goes through."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=30),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(
            total=ANSWER_WITHIN.total_seconds(), sock_connect=CONNECT_WITHIN.total_seconds()
        ),
    )


def write(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


class Connector:
    """The Bot Connector's own calls, with our token, to trusted addresses only (AC-AUTH-07).

    Every call raises NotDelivered when Teams does not confirm it. A request is repeated only
    where `pauses` says so, only on an answer that asks for it, and never when the connection
    broke on the way: it may have arrived.
    """

    def __init__(
        self, *, session: aiohttp.ClientSession, tokens: Tokens, trusts: Callable[[str], bool]
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._trusts = trusts
        self._spent = 0

    def take_spent(self) -> int:
        """Say how many calls went without a slot since it was last asked.

        They go ahead of the pace, because somebody waits for an answer, and count in it.
        """
        spent, self._spent = self._spent, 0
        return spent

    async def send(
        self,
        *,
        service_url: str,
        conversation: str,
        activity: Body,
        pauses: Sequence[float] = AT_ONCE_OR_NEVER,
        paced: bool = False,
    ) -> str:
        """Send an activity; give the id it got.

        :param paced: it goes in a slot of the pace, and is not to be counted once more.
        """
        path = f"v3/conversations/{_safe(conversation)}/activities"
        return _id(
            await self._call("POST", service_url, path, activity, pauses=pauses, paced=paced)
        )

    async def reply(
        self,
        *,
        service_url: str,
        conversation: str,
        to: str,
        activity: Body,
        pauses: Sequence[float] = IN_A_TURN,
    ) -> str:
        """Answer the activity `to`; give the id that the answer got."""
        path = f"v3/conversations/{_safe(conversation)}/activities/{_safe(to)}"
        return _id(await self._call("POST", service_url, path, activity, pauses=pauses))

    async def update(
        self,
        *,
        service_url: str,
        conversation: str,
        id: str,
        activity: Body,
        pauses: Sequence[float] = IN_A_TURN,
    ) -> str:
        """Put `activity` in the place of one sent before."""
        path = f"v3/conversations/{_safe(conversation)}/activities/{_safe(id)}"
        return _id(await self._call("PUT", service_url, path, activity, pauses=pauses)) or id

    async def delete(
        self,
        *,
        service_url: str,
        conversation: str,
        id: str,
        pauses: Sequence[float] = IN_A_TURN,
    ) -> None:
        path = f"v3/conversations/{_safe(conversation)}/activities/{_safe(id)}"
        await self._call("DELETE", service_url, path, pauses=pauses)

    async def take_back(self, card: ShownCard) -> None:
        """Delete a message of ours; one that is gone already is taken back.

        :raises NotDelivered: when Teams did not confirm it.
        """
        try:
            await self.delete(
                service_url=card.service_url, conversation=card.conversation, id=card.activity
            )
        except NotDelivered as problem:
            if problem.status not in GONE:
                raise

    async def create_conversation(self, *, service_url: str, parameters: Json) -> Json:
        """Open a conversation: `id`, and `activityId` if an activity was sent along."""
        return await self._call("POST", service_url, "v3/conversations", parameters)

    async def member(self, *, service_url: str, conversation: str, member: str) -> Json:
        path = f"v3/conversations/{_safe(conversation)}/members/{_safe(member)}"
        return await self._call("GET", service_url, path, pauses=IN_A_TURN)

    async def members(
        self, *, service_url: str, conversation: str, page_size: int = 200
    ) -> AsyncIterator[Json]:
        """Name everybody in a conversation, page after page."""
        path = f"v3/conversations/{_safe(conversation)}/pagedmembers?pageSize={page_size}"
        following = ""
        while True:
            page = await self._call("GET", service_url, path + following, pauses=IN_A_TURN)
            for member in page.get("members", ()):
                yield member
            if not (token := page.get("continuationToken")):
                return
            following = f"&continuationToken={_safe(token)}"

    async def team(self, *, service_url: str, team: str) -> Json:
        return await self._call("GET", service_url, f"v3/teams/{_safe(team)}", pauses=IN_A_TURN)

    async def channels(self, *, service_url: str, team: str) -> Sequence[Json]:
        path = f"v3/teams/{_safe(team)}/conversations"
        page = await self._call("GET", service_url, path, pauses=IN_A_TURN)
        return list(page.get("conversations", ()))

    async def _call(
        self,
        method: Method,
        service_url: str,
        path: str,
        body: Body | None = None,
        *,
        pauses: Sequence[float] = AT_ONCE_OR_NEVER,
        paced: bool = False,
    ) -> Json:
        if not self._trusts(service_url):
            raise NotDelivered(status=None, code=UNTRUSTED)
        self._spent += not paced
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        written = body if body is None or isinstance(body, bytes) else write(body)
        for pause in pauses:
            try:
                return await self._attempt(method, url, written, paced=paced)
            except NotDelivered as problem:
                wait = problem.retry_after or timedelta(seconds=pause)
                if problem.status not in RETRIED or wait > LONGEST_IN_A_TURN:
                    raise
                await asyncio.sleep(wait.total_seconds())
        return await self._attempt(method, url, written, paced=paced)

    async def _attempt(self, method: Method, url: URL, body: bytes | None, *, paced: bool) -> Json:
        try:
            token = await self._tokens.get(within=TOKEN_WITHIN if paced else None)
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            async with self._session.request(
                method, url, data=body, headers=headers, allow_redirects=False
            ) as response:
                answer = await response.read()
        except (TokenRefused, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as why:
            raise NotDelivered(status=None, code=NO_CONNECTION) from why
        except (aiohttp.ClientError, TimeoutError) as why:
            raise NotDelivered(status=None, code=UNCLEAR) from why
        if response.status < HTTPStatus.MULTIPLE_CHOICES:
            return _object(answer)
        if response.status == HTTPStatus.UNAUTHORIZED:
            self._tokens.forget(token)
        raise NotDelivered(
            status=response.status,
            code=_code(answer),
            retry_after=_seconds(response.headers.get("Retry-After", "")),
        )


def _safe(part: str) -> str:
    """Quote everything, as the SDK does; ids have colons, and `quote` is quick without them."""
    return quote(part, safe=":").replace(":", "%3A")


def _id(answer: Json) -> str:
    """Read an id; whatever else it is, it is something a database can keep."""
    said = str(answer.get("id", ""))[:LONGEST_ID]
    return said if said.isprintable() else "".join(filter(str.isprintable, said))


def _object(answer: bytes) -> Json:
    """Read an answer; an empty or strange one to a confirmed call is no reason to repeat it."""
    try:
        read = json.loads(answer) if answer else {}
    except ValueError:
        read = {}
    return read if isinstance(read, dict) else {}


def _code(answer: bytes) -> str:
    """Find the code we act on, wherever it hides; else the outermost one."""
    if found := _TELLING_CODE.search(answer.decode(errors="replace")):
        return found[0]
    error = _object(answer).get("error")
    return str(error.get("code", ""))[:64] if isinstance(error, dict) else ""


def _seconds(header: str) -> timedelta | None:
    return timedelta(seconds=int(header)) if _SECONDS.fullmatch(header) else None
