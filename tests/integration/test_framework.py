"""botbuilder under our door: turns in, answers out through the pooled connector."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.authenticate import Identity
from bot.connector import Connector, open_session
from bot.framework import Adapter
from domain.delivery import NotDelivered
from graph.clouds import HOSTS, Cloud
from graph.tokens import Tokens, from_local
from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory, Person

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
ANNA = "a0000000-0000-4000-8000-00000000000a"
CARD = "application/vnd.microsoft.card.adaptive"
BOT_SCOPE = HOSTS[Cloud.GLOBAL].bot_scope
OnTurn = Callable[[TurnContext], Awaitable[None]]


class House:
    """The adapter, the stand-in it answers to, and Anna who speaks."""

    def __init__(self, teams: LocalTeams, connector: Connector) -> None:
        self.teams = teams
        self.adapter = Adapter(connector)
        self.anna = teams.personal(ANNA)

    async def hears(self, on_turn: OnTurn, **changes: object) -> tuple[int, object] | None:
        activity = {
            "type": "message",
            "id": "1",
            "timestamp": NOON.isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.teams.service_url,
            "from": {"id": "29:anna", "name": "Anna", "aadObjectId": ANNA},
            "recipient": {"id": f"28:{APP_ID}", "name": "SSP"},
            "conversation": {"id": self.anna.id, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "text": "hej",
            "locale": "da-DK",
        }
        identity = Identity(
            aad_id=ANNA,
            tenant_id=TENANT,
            service_url=self.teams.service_url,
            claims={"aud": APP_ID},
        )
        answer = await self.adapter.process(identity, {**activity, **changes}, on_turn)
        return None if answer is None else (answer.status, answer.body)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.teams.messages(self.anna)]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    anna = Person(aad_id=ANNA, name="Anna")
    teams = LocalTeams(
        directory=Directory(people={ANNA: anna}, teams=[]),
        app_id=APP_ID,
        tenant_id=TENANT,
        limits=Limits.none(),
    )
    teams.personal(ANNA).installed = True
    async with running(teams), open_session() as session:
        url = f"{teams.base_url}/oauth/token"
        tokens = Tokens(
            from_local(session=session, url=url, app_id=APP_ID, secret="secret", scope=BOT_SCOPE),
            now=lambda: NOON,
        )
        connector = Connector(
            session=session, tokens=tokens, trusts=lambda url: url == teams.service_url
        )
        yield House(teams, connector)


async def test_an_answer_said_as_json_arrives_as_it_stands(house: House) -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [], "lang": "da"}

    async def on_turn(context: TurnContext) -> None:
        attachment = {"contentType": CARD, "content": card}
        await house.adapter.say(
            context, {"type": "message", "summary": "SSP", "attachments": [attachment]}
        )

    assert await house.hears(on_turn) is None
    [message] = house.teams.messages(house.anna)
    assert (message.card, message.summary) == (card, "SSP")


async def test_the_sdk_sees_who_spoke_where_and_what(house: House) -> None:
    seen: list[Activity] = []

    async def on_turn(context: TurnContext) -> None:
        seen.append(context.activity)

    mention = {"type": "mention", "text": "<at>SSP</at>", "mentioned": {"id": "28:bot"}}
    await house.hears(on_turn, entities=[mention], membersAdded=[{"id": "29:bo"}])

    [activity] = seen
    assert activity.from_property.aad_object_id == ANNA
    assert activity.conversation.tenant_id == TENANT
    assert activity.members_added[0].id == "29:bo"
    assert activity.entities[0].additional_properties["mentioned"] == {"id": "28:bot"}
    assert (activity.text, activity.locale, activity.channel_id) == ("hej", "da-DK", "msteams")


async def test_the_sdks_own_sending_goes_the_same_way(house: House) -> None:
    async def on_turn(context: TurnContext) -> None:
        sent = await context.send_activity("hej")
        changed = Activity(id=sent.id, type="message", text="goddag")
        await context.update_activity(changed)
        gone = await context.send_activity("farvel")
        await context.delete_activity(gone.id)

    await house.hears(on_turn)
    kept = [each.text for each in house.teams.messages(house.anna) if not each.deleted]
    assert kept == ["goddag"]


async def test_an_invoke_is_answered_with_our_own_words(house: House) -> None:
    body: dict[str, Any] = {"statusCode": 200, "type": CARD, "value": {"type": "AdaptiveCard"}}

    async def on_turn(context: TurnContext) -> None:
        house.adapter.answer(context, status=200, body=body)

    answer = await house.hears(on_turn, type="invoke", name="adaptiveCard/action", value={})
    assert answer == (200, body)


async def test_a_caller_cannot_have_the_answers_handed_back_instead_of_sent(
    house: House,
) -> None:
    async def on_turn(context: TurnContext) -> None:
        await house.adapter.say(context, {"type": "message", "text": "svar"})

    answer = await house.hears(on_turn, deliveryMode="expectReplies", callerId="urn:other")
    assert answer is None
    assert house.texts == ["svar"]


async def test_an_answer_waits_out_a_passing_trouble(house: House) -> None:
    async def on_turn(context: TurnContext) -> None:
        await house.adapter.say(context, {"type": "message", "text": "svar"})

    house.teams.faults.add(op="send", status=502, times=1)
    await house.hears(on_turn)
    assert house.texts == ["svar"]


async def test_an_answer_teams_will_not_take_is_told(house: House) -> None:
    async def on_turn(context: TurnContext) -> None:
        await house.adapter.say(context, {"type": "message", "text": "svar"})

    house.teams.faults.add(op="send", status=403, subcode="MessageWritesBlocked")
    with pytest.raises(NotDelivered, match="MessageWritesBlocked"):
        await house.hears(on_turn)


async def test_the_adapter_lets_in_nobody_by_itself(house: House) -> None:
    async def on_turn(_context: TurnContext) -> None:
        raise AssertionError("a stranger took a turn")

    with pytest.raises(PermissionError):
        await house.adapter.process_activity("Bearer token", Activity(type="message"), on_turn)
