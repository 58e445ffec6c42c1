"""One request to Graph: where it goes, what it carries, and what came back."""

import json
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import uuid4

import aiohttp
from yarl import URL

from graph.answers import came_of, read
from graph.calls import FOREIGN_LINK, Call, Came, GraphRefused, GraphSilent
from graph.tokens import NOT_REACHED, NOT_TRUSTED, TokenRefused, Tokens

NO_ANSWER: Final = "noAnswer"
ANSWER_WITHIN: Final = aiohttp.ClientTimeout(total=30, sock_connect=5)
SOON: Final = aiohttp.ClientTimeout(total=6, sock_connect=3)
TOKEN_SOON: Final = timedelta(milliseconds=1500)


class Asker:
    """Asks Graph at `base`, and nobody else, with a token of ours."""

    def __init__(self, *, session: aiohttp.ClientSession, tokens: Tokens, base: str) -> None:
        self._session = session
        self._tokens = tokens
        self._base = base.rstrip("/")

    async def ask(self, call: Call) -> Came:
        """Ask once; and once more with another token where the one we had is refused."""
        url = self._url(call)
        if url is None:
            return GraphRefused(need=call.need, codes=[FOREIGN_LINK])
        within = TOKEN_SOON if call.hurried else None
        try:
            came = await self._ask(call, url, token := await self._tokens.get(within=within))
            if isinstance(came, GraphRefused) and came.status == HTTPStatus.UNAUTHORIZED:
                self._tokens.forget(token)
                came = await self._ask(call, url, await self._tokens.get(within=within))
        except TokenRefused as problem:
            return GraphRefused(need=call.need, codes=[problem.code])
        return came

    async def _ask(self, call: Call, url: URL, token: str) -> Came:
        try:
            async with self._session.request(
                call.method,
                url,
                data=_written(call),
                headers=_headers(call, token),
                timeout=SOON if call.hurried else ANSWER_WITHIN,
                allow_redirects=False,
            ) as response:
                body = read(await response.read())
        except aiohttp.ClientSSLError:
            return GraphRefused(need=call.need, codes=[NOT_TRUSTED])
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return GraphRefused(need=call.need, codes=[NOT_REACHED])
        except (aiohttp.ClientError, TimeoutError):
            return GraphSilent(need=call.need, codes=[NO_ANSWER])
        return came_of(call, status=response.status, headers=response.headers, body=body)

    def _url(self, call: Call) -> URL | None:
        """Give the address; none where a link leads anywhere but to Graph."""
        if call.path.startswith("/"):
            return URL(f"{self._base}{call.path}", encoded=True).extend_query(call.params)
        base, link = URL(self._base), URL(call.path, encoded=True)
        ours = link.absolute and link.origin() == base.origin() and ".." not in link.raw_parts
        return link if ours and link.raw_path.startswith(f"{base.raw_path}/") else None


def _written(call: Call) -> bytes | None:
    if call.text is not None:
        return call.text.encode()
    return None if call.body is None else json.dumps(call.body, separators=(",", ":")).encode()


def _headers(call: Call, token: str) -> Mapping[str, str]:
    headers = {
        **call.headers,
        "Authorization": f"Bearer {token}",
        "client-request-id": str(uuid4()),
    }
    if call.text is not None:
        headers["Content-Type"] = "text/plain"
    elif call.body is not None:
        headers["Content-Type"] = "application/json"
    return headers
