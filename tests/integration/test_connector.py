"""The way out, over HTTP, to the stand-in for Teams and whatever trouble it is told to make."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot import connector as connectors
from bot.connector import LONGEST_ID, Connector, open_session
from bot.courier import TeamsCourier
from cards.shown import Piece, Shown
from domain.delivery import (
    NO_CONNECTION,
    UNCLEAR,
    Address,
    DeliveryState,
    NotDelivered,
    Unreachable,
    verdict,
)
from graph.tokens import Grant, Tokens
from tests.support.line import (
    ANNA,
    APP_ID,
    BO,
    HELLO,
    NOON,
    TENANT,
    WITHOUT_WAITING,
    Line,
    a_line,
    a_server,
    granted,
)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with a_line() as opened:
        yield opened


async def test_a_message_sent_is_there_under_the_id_we_were_given(line: Line) -> None:
    sent = await line.sends()

    assert [(message.id, message.text) for message in line.teams.messages(line.anna)] == [
        (sent, "hej")
    ]


async def test_what_was_sent_can_be_changed_and_taken_back(line: Line) -> None:
    service_url = line.teams.service_url
    sent = await line.sends()
    await line.connector.update(
        service_url=service_url,
        conversation=line.anna,
        id=sent,
        activity={**HELLO, "text": "goddag"},
    )
    assert line.texts == ["goddag"]

    await line.connector.delete(service_url=service_url, conversation=line.anna, id=sent)
    assert line.texts == []


async def test_an_answer_reaches_the_conversation_of_what_it_answers(line: Line) -> None:
    sent = await line.sends()
    await line.connector.reply(
        service_url=line.teams.service_url,
        conversation=line.anna,
        to=sent,
        activity={**HELLO, "text": "svar"},
    )

    assert line.texts == ["hej", "svar"]


async def test_a_conversation_can_be_opened_with_somebody_new(line: Line) -> None:
    line.teams.personal(BO).installed = True
    made = await line.connector.create_conversation(
        service_url=line.teams.service_url,
        parameters={
            "bot": {"id": f"28:{APP_ID}"},
            "members": [{"id": line.teams.world.user_id(BO)}],
            "tenantId": TENANT,
            "activity": HELLO,
        },
    )

    [message] = line.teams.messages(line.teams.personal(BO))
    assert (made["id"], made["activityId"]) == (line.teams.personal(BO).id, message.id)


async def test_a_team_tells_its_channels_and_its_people(line: Line) -> None:
    where = {"service_url": line.teams.service_url, "team": "19:general@thread.tacv2"}
    team = await line.connector.team(**where)
    channels = await line.connector.channels(**where)
    people = [
        member["aadObjectId"]
        async for member in line.connector.members(
            service_url=line.teams.service_url, conversation="19:general@thread.tacv2"
        )
    ]

    assert (team["name"], len(channels), sorted(people)) == ("KG", 1, [ANNA, BO])


async def test_one_token_serves_many_messages(line: Line) -> None:
    await asyncio.gather(*(line.sends() for _ in range(20)))

    paths = [exchange.path for exchange in line.teams.wire.exchanges]
    assert len(line.texts) == 20
    assert paths.count("/oauth/token") <= 1


async def test_a_card_goes_out_with_the_summary_a_notification_may_show(line: Line) -> None:
    """AC-OUT-05."""
    card: Piece = {"type": "AdaptiveCard", "version": "1.5", "body": []}
    shown = Shown(words="alt, ord for ord", summary="SSP: B2026-0001", card=card)
    to = Address(conversation_id=line.anna, service_url=line.teams.service_url, tenant_id=TENANT)
    courier = TeamsCourier(line.connector)
    sent = await courier.deliver(courier.write(shown), to=to)

    [message] = line.teams.messages(line.anna)
    assert (message.id, message.card, message.summary) == (sent, card, "SSP: B2026-0001")
    assert message.text == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("1\x00\n2\ud800", "12"),
        ("1" * 10_000, "1" * LONGEST_ID),
        (1678900000000, "1678900000000"),
    ],
)
async def test_whatever_id_an_answer_has_it_is_one_that_a_database_can_keep(
    given: object, kept: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"id": given})

    async with a_server(answer) as address, open_session() as session:
        tokens = Tokens(granted, now=lambda: NOON)
        connector = Connector(session=session, tokens=tokens, trusts=lambda _: True)
        sent = await connector.send(service_url=address, conversation="a:1", activity=HELLO)

    assert sent == kept


class TestTrouble:
    @pytest.mark.parametrize("status", [400, 403, 404, 412, 413, 429, 500, 502, 503, 504])
    async def test_a_refusal_says_its_status_and_is_not_repeated(
        self, line: Line, status: int
    ) -> None:
        line.teams.faults.add(op="send", status=status, times=1)
        problem = await line.is_refused()

        assert problem.status == status
        assert len(line.teams.faults.struck) == 1
        assert line.texts == []

    @pytest.mark.parametrize(
        ("subcode", "state"),
        [
            ("BotNotInConversationRoster", DeliveryState.APP_MISSING),
            ("ForbiddenOperationException", DeliveryState.APP_MISSING),
            ("ConversationBlockedByUser", DeliveryState.BLOCKED),
            ("MessageWritesBlocked", DeliveryState.BLOCKED),
        ],
    )
    @pytest.mark.parametrize("where", ["code", "subcode"])
    async def test_the_code_that_matters_is_found_wherever_it_hides(
        self, line: Line, where: str, subcode: str, state: DeliveryState
    ) -> None:
        if where == "code":
            line.teams.faults.add(op="send", status=403, code=subcode)
        else:
            line.teams.faults.add(op="send", status=403, code="Forbidden", subcode=subcode)
        problem = await line.is_refused()

        follows = verdict(problem.status, problem.code, None)
        assert isinstance(follows, Unreachable)
        assert follows.state is state

    async def test_throttled_tells_for_how_long(self, line: Line) -> None:
        line.teams.faults.add(op="send", status=429, retry_after=7)

        assert (await line.is_refused()).retry_after == timedelta(seconds=7)

    async def test_a_chat_that_is_not_there_is_told_as_such(self, line: Line) -> None:
        line.anna = "a:nowhere"
        problem = await line.is_refused()

        assert (problem.status, problem.code) == (404, "ConversationNotFound")

    async def test_a_message_that_arrived_before_the_line_broke_is_unclear_and_not_repeated(
        self, line: Line
    ) -> None:
        line.teams.faults.add(op="send", accept_then_drop=True, times=1)
        with pytest.raises(NotDelivered) as problem:
            await line.sends(pauses=WITHOUT_WAITING)

        assert (problem.value.status, problem.value.code) == (None, UNCLEAR)
        assert line.texts == ["hej"]

    async def test_no_answer_in_time_is_unclear(self, line: Line) -> None:
        line.teams.faults.add(op="send", timeout=True)
        hurried = aiohttp.ClientTimeout(total=0.2)
        async with aiohttp.ClientSession(timeout=hurried) as session:
            problem = await Line(line.teams, session).is_refused()

        assert (problem.status, problem.code) == (None, UNCLEAR)

    async def test_nobody_there_means_that_nothing_left(self, line: Line) -> None:
        async with open_session() as session:
            tokens = Tokens(granted, now=lambda: NOON)
            connector = Connector(session=session, tokens=tokens, trusts=lambda _: True)
            with pytest.raises(NotDelivered) as problem:
                await connector.send(
                    service_url="http://127.0.0.1:1/", conversation=line.anna, activity=HELLO
                )

        assert (problem.value.status, problem.value.code) == (None, NO_CONNECTION)

    async def test_a_notice_does_not_wait_for_a_slow_token_and_never_left(
        self, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its lease would run out; whoever waits for an answer waits for the token too."""
        monkeypatch.setattr(connectors, "TOKEN_WITHIN", timedelta(0))
        comes = asyncio.Event()

        async def slow() -> Grant:
            await comes.wait()
            return await line.grant()

        async with open_session() as session:
            line.connector = Connector(
                session=session, tokens=Tokens(slow, now=lambda: NOON), trusts=lambda _: True
            )
            answer = asyncio.create_task(line.sends())
            with pytest.raises(NotDelivered) as problem:
                await asyncio.wait_for(line.sends(paced=True), timeout=5)
            assert (problem.value.status, problem.value.code) == (None, NO_CONNECTION)
            assert line.texts == []

            comes.set()
            await answer
            await line.sends(paced=True)

        assert line.texts == ["hej", "hej"]

    async def test_in_a_turn_a_passing_trouble_is_waited_out(self, line: Line) -> None:
        for status in (412, 502):
            line.teams.faults.add(op="send", status=status, times=1)
        await line.sends(pauses=WITHOUT_WAITING)

        assert line.texts == ["hej"]

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 500])
    async def test_in_a_turn_a_refusal_that_stays_is_not_repeated(
        self, line: Line, status: int
    ) -> None:
        """BER-14."""
        line.teams.faults.add(op="send", status=status, times=1)
        with pytest.raises(NotDelivered):
            await line.sends(pauses=WITHOUT_WAITING)

        assert line.texts == []

    async def test_nobody_waits_in_a_turn_for_as_long_as_a_minute(self, line: Line) -> None:
        line.teams.faults.add(op="send", status=429, retry_after=60, times=1)
        with pytest.raises(NotDelivered) as problem:
            await line.sends(pauses=WITHOUT_WAITING)

        assert problem.value.retry_after == timedelta(minutes=1)

    async def test_a_token_that_is_refused_is_not_used_again(self, line: Line) -> None:
        await line.sends()
        for _ in range(2):
            line.teams.tokens.rotate()  # both old keys are gone: our token is worth nothing
        assert (await line.is_refused()).status == 401

        await line.sends()
        assert line.texts == ["hej", "hej"]
