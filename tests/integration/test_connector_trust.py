"""Where our token and our messages never go (AC-AUTH-07)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.connector import Connector, open_session
from domain.delivery import (
    UNTRUSTED,
    NotDelivered,
)
from graph.tokens import Tokens
from tests.support.line import HELLO, NOON, Line, a_line, a_server, granted


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with a_line() as opened:
        yield opened


class TestTrust:
    async def test_neither_token_nor_message_goes_to_an_address_we_do_not_trust(
        self, line: Line
    ) -> None:
        """AC-AUTH-07."""
        async with _stranger() as (address, heard):
            with pytest.raises(NotDelivered) as problem:
                await line.connector.send(
                    service_url=address, conversation=line.anna, activity=HELLO
                )

        assert problem.value.code == UNTRUSTED
        assert heard == []

    async def test_a_redirect_does_not_take_our_token_along(self) -> None:
        async with (
            _stranger() as (address, heard),
            _redirecting(address) as trusted,
            open_session() as session,
        ):
            tokens = Tokens(granted, now=lambda: NOON)
            connector = Connector(session=session, tokens=tokens, trusts=lambda _: True)
            with pytest.raises(NotDelivered) as problem:
                await connector.send(service_url=trusted, conversation="a:1", activity=HELLO)

        assert problem.value.status == 307
        assert heard == []


@asynccontextmanager
async def _stranger() -> AsyncIterator[tuple[str, list[str]]]:
    """Somebody else's server, and what it came to hear."""
    heard: list[str] = []

    async def listen(request: web.Request) -> web.Response:
        heard.append(request.headers.get("Authorization", ""))
        return web.json_response({"id": "1"})

    async with a_server(listen) as address:
        yield address, heard


@asynccontextmanager
async def _redirecting(to: str) -> AsyncIterator[str]:
    async def redirect(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(to)

    async with a_server(redirect) as address:
        yield address
