"""What the door says, and how little it tells (AC-IN 03, 05, 07, AC-BAK-03)."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.web import Answer
from tests.support.door import (
    SECOND,
    SETTINGS,
    TEAMS_HERE,
    Knocker,
    Reply,
    knocker,
    message,
    of_type,
)


def _said(reply: Reply) -> tuple[str, str]:
    said = json.loads(reply.text)
    return said["message"], said["correlation"]


class TestARefusal:
    async def test_has_constant_words_and_a_number_to_ask_about(self, outside: Knocker) -> None:
        """AC-IN-03."""
        replies = [
            await outside.sends(message(text=5)),
            await outside.sends(message(id="")),
            await outside.sends_bytes(b"<script>"),
        ]

        words, numbers = zip(*map(_said, replies), strict=True)
        assert set(words) == {"Det kunne ikke læses."}
        assert len(set(numbers)) == 3

    async def test_never_repeats_what_came(self, outside: Knocker) -> None:
        """AC-IN-03."""
        canary = "kanariefugl"

        replies = [
            await outside.sends_bytes(canary.encode()),
            await outside.sends(message(text=5, id=canary)),
            await outside.sends(token=canary),
            await outside.sends(message(serviceUrl=f"https://{canary}")),
            await outside.asks("GET", f"/{canary}"),
            await outside.asks(canary.upper(), "/api/messages"),
        ]

        assert [reply.status for reply in replies] == [400, 400, 401, 403, 404, 400]
        assert not [reply for reply in replies if canary in str(reply).casefold()]


class TestEveryOtherAddress:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/"),
            ("GET", "/api/messages"),
            ("HEAD", "/api/messages"),
            ("PUT", "/api/messages"),
            ("OPTIONS", "/api/messages"),
            ("TRACE", "/api/messages"),
            ("POST", "/api/messages/"),
            ("POST", "/healthz"),
            ("POST", "/local/clock"),
            ("GET", "/local/clock"),
            ("GET", "/favicon.ico"),
            ("GET", "/../bot/settings.py"),
            ("GET", "/%00"),
        ],
    )
    async def test_is_nothing(self, outside: Knocker, method: str, path: str) -> None:
        reply = await outside.asks(method, path)

        assert reply.status == 404
        assert "Allow" not in reply.headers

    async def test_no_answer_tells_what_we_are_made_of(self, outside: Knocker) -> None:
        """AC-BAK-03."""
        replies = [
            await outside.asks("GET", "/"),
            await outside.asks("GET", "/healthz"),
            await outside.asks("GET", "/readyz"),
            await outside.sends(),
            await outside.sends_bytes(b"{"),
        ]

        everything = "\n".join(str(reply) for reply in replies).casefold()
        assert not [
            word for word in ("python", "aiohttp", "3.1", "botbuilder") if word in everything
        ]


@pytest.mark.parametrize(
    "line",
    [
        b"not http at all\r\n\r\n",
        b"POST /api/messages HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"kanariefugl" * 2_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nkanariefugl\r\n",
    ],
)
async def test_what_is_not_even_http_is_told_no_more(outside: Knocker, line: bytes) -> None:
    """AC-IN-03: these never reach a handler, and still hear only our words."""
    host, port = outside.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(line)
    writer.write_eof()
    answer = (await reader.read()).decode()
    writer.close()

    assert "Python" not in answer
    assert "aiohttp" not in answer
    assert "kanariefugl" not in answer
    assert " 500 " not in answer.partition("\r\n")[0]


async def test_two_tokens_are_none(outside: Knocker) -> None:
    """AC-AUTH-02: which of them would count?"""
    body = json.dumps(message()).encode()
    host, port = outside.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    bearer = f"Authorization: Bearer {outside.token()}\r\n".encode()
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        + bearer * 2
        + b"\r\n"
        + body
    )
    answer = (await reader.read()).decode()
    writer.close()

    assert " 401 " in answer.partition("\r\n")[0]
    assert outside.turns == []


class TestATurn:
    async def test_is_answered_with_what_it_gives(self, outside: Knocker) -> None:
        outside.answer = lambda: Answer(status=200, body={"statusCode": 200, "value": "æøå"})

        reply = await outside.sends(of_type("invoke"))

        assert (reply.status, json.loads(reply.text)["value"]) == (200, "æøå")

    async def test_that_breaks_gives_neutral_words_and_a_number(self, outside: Knocker) -> None:
        """AC-IN-07."""

        def breaks() -> Answer:
            raise ValueError("Anna er bekymret")

        outside.answer = breaks

        reply = await outside.sends()

        words, number = _said(reply)
        assert reply.status == 500
        assert words.startswith("Noget gik galt hos os.")
        assert number
        assert "Anna" not in reply.text


class TestHealth:
    async def test_is_told_without_details(self, outside: Knocker) -> None:
        """AC-BAK-03."""
        reply = await outside.asks("GET", "/healthz")

        assert (reply.status, reply.text) == (200, '{"alive": true}')

    async def test_readiness_is_what_the_house_says(self, outside: Knocker) -> None:
        reply = await outside.asks("GET", "/readyz")

        assert (reply.status, reply.text) == (200, '{"ready": true}')

    async def test_what_is_amiss_is_told_by_its_codes(self, outside: Knocker) -> None:
        """BER-78: an operator's watch reads what it is."""
        outside.amiss = ["outbox.overdue", "chores.missed"]
        reply = await outside.asks("GET", "/readyz")

        assert reply.status == 503
        assert json.loads(reply.text) == {
            "ready": False,
            "why": ["chores.missed", "outbox.overdue"],
        }

    async def test_readiness_is_asked_once_a_second(self, outside: Knocker) -> None:
        """A crowd at the address does not become a crowd at the database."""
        await outside.asks("GET", "/readyz")
        outside.amiss = ["database"]
        at_once = await outside.asks("GET", "/readyz")
        outside.at += SECOND
        later = await outside.asks("GET", "/readyz")

        assert (at_once.status, later.status) == (200, 503)


class TestHaste:
    async def test_of_one_person_is_refused_kindly(self, outside: Knocker) -> None:
        """AC-IN-05: thirty in a minute, and no more turns."""
        replies = [await outside.sends(message(id=str(n))) for n in range(31)]

        assert [reply.status for reply in replies] == [200] * 30 + [429]
        assert _said(replies[-1])[0].startswith("Det går lidt for hurtigt.")
        assert replies[-1].headers["Retry-After"] == "30"
        assert len(outside.turns) == 30

    async def test_is_over_when_the_minute_is(self, outside: Knocker) -> None:
        """AC-IN-05."""
        for n in range(31):
            await outside.sends(message(id=str(n)))
        outside.at += 120 * SECOND

        assert (await outside.sends()).status == 200

    async def test_cannot_hide_at_the_turn_of_the_minute(self, outside: Knocker) -> None:
        """AC-IN-05: the minute slides."""
        outside.at += 55 * SECOND
        for n in range(30):
            await outside.sends(message(id=str(n)))
        outside.at += 10 * SECOND

        replies = [await outside.sends(message(id=str(n))) for n in range(30, 60)]

        assert sum(reply.status == 200 for reply in replies) <= 5

    async def test_of_one_is_not_that_of_another(self, outside: Knocker) -> None:
        """AC-IN-05."""
        for n in range(31):
            await outside.sends(message(id=str(n)))
        bo = {"id": "29:bo", "aadObjectId": "b0000000-0000-4000-8000-00000000000b"}

        assert (await outside.sends(message(**{"from": bo}))).status == 200

    async def test_of_a_card_is_not_that_of_its_reader(self, outside: Knocker) -> None:
        """AC-IN-05: a card that refreshes itself takes nobody's turn."""
        refresh = of_type("invoke", value={"action": {"verb": "go"}, "trigger": "automatic"})
        refreshed = [await outside.sends(refresh) for _ in range(31)]

        assert refreshed[-1].status == 429
        assert (await outside.sends()).status == 200

    async def test_of_everyone_together_is_refused(self) -> None:
        """AC-IN-05: for each tenant."""
        async with knocker(replace(SETTINGS, tenant_per_minute=3)) as outside:
            people = [{"id": f"29:{n}", "aadObjectId": f"person-{n}"} for n in range(4)]
            replies = [await outside.sends(message(**{"from": person})) for person in people]

        assert [reply.status for reply in replies] == [200, 200, 200, 429]

    async def test_of_strangers_uses_nothing_up(self, outside: Knocker) -> None:
        """AC-IN-05: a call that is not let in is not counted against anybody."""
        for _ in range(40):
            await outside.sends(token="forged")

        assert (await outside.sends()).status == 200


class TestTheLocalClock:
    async def test_is_moved_by_the_stand_in(self) -> None:
        async with knocker(local=True) as outside:
            token = outside.token(serviceurl=TEAMS_HERE)
            reply = await outside.sends({"offset_seconds": 3600}, token=token, to="/local/clock")

            assert reply.status == 204
            assert outside.clock.now() - outside.clock.real() == timedelta(hours=1)

    async def test_is_not_moved_by_anybody_else(self) -> None:
        async with knocker(local=True) as outside:
            reply = await outside.sends({"offset_seconds": 1}, token="forged", to="/local/clock")

            assert reply.status == 401
            assert outside.clock.now() == outside.clock.real()

    @pytest.mark.parametrize("offset", [None, "1", True, [], 1e12, -1e12], ids=str)
    async def test_is_moved_by_a_sensible_number_only(self, offset: object) -> None:
        async with knocker(local=True) as outside:
            reply = await outside.sends({"offset_seconds": offset}, to="/local/clock")

            assert reply.status == 400
            assert outside.clock.now() == outside.clock.real()

    async def test_is_not_there_in_production(self, outside: Knocker) -> None:
        reply = await outside.sends({"offset_seconds": 3600}, to="/local/clock")

        assert reply.status == 404
        assert outside.clock.now() == outside.clock.real()
