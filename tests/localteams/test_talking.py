"""People and a bot talk, over HTTP, as they would through Teams."""

import asyncio

import pytest
from aiohttp import web

from localteams.drawn import NotOnTheCard
from localteams.server import LocalTeams, NoAnswer
from localteams.state import Json
from tests.localteams.plain_bot import CARD, TENANT_ID, PlainBot, attached, with_card
from tests.localteams.town import ANNA, BO, CARL, CASES, DORTE, TEAM


async def test_opening_the_chat_installs_the_app_once(teams: LocalTeams, bot: PlainBot) -> None:
    await teams.opens(ANNA)
    await teams.opens(ANNA)

    assert [activity["type"] for activity in bot.heard] == [
        "installationUpdate",
        "conversationUpdate",
    ]


async def test_a_typed_message_arrives_as_teams_writes_it(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.says(ANNA, "bekymring")

    [message] = bot.heard_of("message")
    assert message["text"] == "bekymring"
    assert message["from"] == {
        "id": teams.world.user_id(ANNA),
        "name": "Anna Ahl",
        "aadObjectId": ANNA,
    }
    assert message["from"]["id"].startswith("29:")
    assert message["conversation"] == {
        "id": teams.personal(ANNA).id,
        "conversationType": "personal",
        "tenantId": TENANT_ID,
    }
    assert message["channelData"]["tenant"]["id"] == TENANT_ID
    assert message["serviceUrl"] == bot.connector
    assert message["channelId"] == "msteams"


async def test_what_the_bot_answers_is_what_the_person_gets(
    teams: LocalTeams, bot: PlainBot
) -> None:
    async def echo(activity: Json) -> web.Response:
        if activity["type"] == "message":
            await bot.sends(activity["conversation"]["id"], f"Du skrev: {activity['text']}")
        return web.Response()

    bot.answer = echo

    [answer] = await teams.says(ANNA, "hej")

    assert answer.text == "Du skrev: hej"
    assert teams.personal(ANNA).unread == {ANNA: 1}


async def test_a_bot_that_is_away_is_told_to_the_person(teams: LocalTeams) -> None:
    await teams.opens(ANNA)
    teams.sender.bot_url = "http://127.0.0.1:1/api/messages"

    with pytest.raises(NoAnswer):
        await teams.says(ANNA, "er du der?")


async def test_an_app_that_is_away_is_installed_when_it_is_back(
    teams: LocalTeams, bot: PlainBot
) -> None:
    away, teams.sender.bot_url = teams.sender.bot_url, "http://127.0.0.1:1/api/messages"
    await teams.opens(ANNA)
    assert not teams.personal(ANNA).installed

    teams.sender.bot_url = away
    await teams.opens(ANNA)

    assert teams.personal(ANNA).installed
    assert len(bot.heard_of("installationUpdate")) == 1


async def test_installing_everywhere_leaves_out_those_who_removed_the_app(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.opens(ANNA)
    await teams.acts.uninstall(ANNA)
    bot.heard.clear()

    await teams.acts.install_everywhere(every=0)

    told = [activity["conversation"] for activity in bot.heard_of("installationUpdate")]
    assert [one["conversationType"] for one in told] == ["channel"] + ["personal"] * 3
    assert not teams.personal(ANNA).installed


async def test_a_press_carries_the_buttons_data_and_the_inputs(
    teams: LocalTeams, bot: PlainBot
) -> None:
    card = await _has_card(teams, bot)

    async def thank(_: Json) -> web.Response:
        return with_card({"type": "AdaptiveCard", "version": "1.5", "body": []})

    bot.answer = thank
    pressed = await teams.presses(ANNA, card, "ask.answer", {"said": "no", "note": "ved skolen"})

    [invoke] = bot.heard_of("invoke")
    assert invoke["name"] == "adaptiveCard/action"
    assert invoke["replyToId"] == card
    assert invoke["value"]["trigger"] == "manual"
    assert invoke["value"]["action"]["data"] == {"said": "no", "note": "ved skolen"}
    assert pressed.ok
    assert teams.world.message(card).card == pressed.card


async def test_nobody_can_press_what_is_not_on_the_card(teams: LocalTeams, bot: PlainBot) -> None:
    card = await _has_card(teams, bot)

    with pytest.raises(NotOnTheCard):
        await teams.presses(ANNA, card, "ask.answer")
    with pytest.raises(NotOnTheCard):
        await teams.presses(ANNA, card, "concern.delete")


async def test_a_submit_button_sends_a_message_without_text(
    teams: LocalTeams, bot: PlainBot
) -> None:
    card = await _has_card(teams, bot)

    assert (await teams.presses(ANNA, card, "old.way")).ok

    [message] = bot.heard_of("message")
    assert message["value"] == {"verb": "old.way", "note": ""}
    assert "text" not in message


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, {"statusCode": 200}, "Noget gik galt. Prøv igen."),
        (501, None, "Noget gik galt. Prøv igen."),
        (
            200,
            {
                "statusCode": 400,
                "type": "application/vnd.microsoft.error",
                "value": {"code": "BadRequest", "message": "Det kan ikke lade sig gøre."},
            },
            "Det kan ikke lade sig gøre.",
        ),
    ],
)
async def test_a_wrong_answer_to_a_press_is_shown_as_an_error(
    teams: LocalTeams, bot: PlainBot, status: int, body: object, error: str
) -> None:
    card = await _has_card(teams, bot)

    async def refuse(_: Json) -> web.Response:
        return web.json_response(body, status=status)

    bot.answer = refuse

    pressed = await teams.presses(ANNA, card, "ask.answer", {"said": "yes"})
    assert pressed.error == error
    assert teams.world.message(card).card == CARD


async def test_the_bot_hears_in_a_channel_only_what_mentions_it(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.acts.install_team(teams.world.team(TEAM), by=BO)
    channel = teams.world.conversation(CASES)

    await teams.says(BO, "uden for bottens ører", where=channel)
    await teams.says(BO, "@ssp-bot hjælp", where=channel)

    [message] = bot.heard_of("message")
    [mention] = [entity for entity in message["entities"] if entity["type"] == "mention"]
    assert message["text"] == "<at>SSP-bot</at> hjælp"
    assert mention["mentioned"]["id"] == message["recipient"]["id"]
    assert message["conversation"]["id"].startswith(f"{CASES};messageid=")
    assert message["channelData"]["team"]["id"] == TEAM
    assert message["channelData"]["channel"]["id"] == CASES


async def test_an_answer_in_a_thread_stays_in_the_thread(teams: LocalTeams, bot: PlainBot) -> None:
    await teams.acts.install_team(teams.world.team(TEAM), by=BO)
    channel = teams.world.conversation(CASES)
    await teams.says(BO, "@SSP-bot hjælp", where=channel)
    [asked] = bot.heard_of("message")

    await bot.sends(asked["conversation"]["id"], "Skriv til mig i privat chat.")
    created = await bot.calls(
        "POST",
        "conversations",
        {
            "isGroup": True,
            "channelData": {"channel": {"id": CASES}},
            "activity": {"type": "message", "text": "En ny sag venter."},
        },
    )

    question, answer, post = teams.messages(CASES)
    assert answer.thread == question.id
    assert post.thread == post.id
    assert created.body["id"] == f"{CASES};messageid={post.id}"
    assert created.body["activityId"] == post.id


async def test_a_group_chat_and_a_team_tell_the_bot_who_comes_and_goes(
    teams: LocalTeams, bot: PlainBot
) -> None:
    team = teams.world.team(TEAM)
    group = await teams.acts.make_group(ANNA, [BO])
    await teams.acts.install_team(team, by=BO)
    await teams.acts.join(DORTE, team, by=BO)
    await teams.acts.rename_team(team, "SSP Vest", by=BO)
    await teams.acts.uninstall_team(team, by=CARL)

    updates = bot.heard_of("conversationUpdate")
    assert [update["channelData"].get("eventType") for update in updates] == [
        None,
        "teamMemberAdded",
        "teamMemberAdded",
        "teamRenamed",
        "teamMemberRemoved",
    ]
    assert updates[0]["conversation"]["id"] == group.id
    assert updates[2]["membersAdded"] == [{"id": teams.world.user_id(DORTE)}]
    assert updates[3]["channelData"]["team"]["name"] == "SSP Vest"
    assert [update["action"] for update in bot.heard_of("installationUpdate")] == [
        "add",
        "add",
        "remove",
    ]


async def test_waiting_for_a_message_that_comes_unasked(teams: LocalTeams, bot: PlainBot) -> None:
    await teams.opens(BO)
    waiting = asyncio.create_task(teams.receives(BO, "bekymring venter"))

    await bot.sends_card(
        teams.personal(BO).id,
        {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "En bekymring venter"}]},
    )

    assert (await waiting).sender is None
    await teams.settled()
    with pytest.raises(TimeoutError):
        await teams.receives(BO, "noget andet", within=0)


async def test_nothing_is_settled_while_the_bot_still_thinks(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.opens(ANNA)
    heard, thought = asyncio.Event(), asyncio.Event()

    async def think(_: Json) -> web.Response:
        heard.set()
        await thought.wait()
        return web.Response()

    bot.answer = think
    saying = asyncio.create_task(teams.says(ANNA, "tænk dig om"))
    await asyncio.wait_for(heard.wait(), timeout=10)
    with pytest.raises(TimeoutError):
        await teams.settled(within=0)
    thought.set()
    await teams.settled()

    assert await saying == []


async def _has_card(teams: LocalTeams, bot: PlainBot) -> str:
    """Let Anna have a card from the bot; give its id."""
    await teams.opens(ANNA)
    sent = await bot.sends(teams.personal(ANNA).id, "", attachments=[attached(CARD)])
    assert sent.status == 201
    bot.heard.clear()
    return str(sent.body["id"])
