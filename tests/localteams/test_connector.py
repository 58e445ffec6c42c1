"""What a bot can ask of the connector, and how it is told no."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import aiohttp
import pytest

from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory, Json
from tests.localteams.plain_bot import APP_ID, CARD, TENANT_ID, PlainBot, attached
from tests.localteams.town import ANNA, BO, CARL, CASES, DORTE, PEOPLE, TEAM, person


@pytest.fixture
async def chat(teams: LocalTeams) -> str:
    await teams.opens(ANNA)
    return teams.personal(ANNA).id


async def test_creating_a_chat_gives_the_chat_there_already_is(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    told = await _create(bot, teams.world.user_id(ANNA))

    assert told == (201, chat)


async def test_a_person_can_be_named_by_directory_id_too(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    assert teams.personal(ANNA).installed
    assert await _create(bot, ANNA) == (201, chat)


async def test_a_chat_with_somebody_without_the_app_is_refused(
    teams: LocalTeams, bot: PlainBot
) -> None:
    assert await _create(bot, teams.world.user_id(DORTE)) == (403, "BotNotInConversationRoster")
    assert await _create(bot, "29:nobody") == (400, "BadArgument")


async def test_after_uninstalling_nothing_can_be_sent(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    await teams.acts.uninstall(ANNA)

    told = await bot.sends(chat)

    assert (told.status, _code(told.body)) == (403, "BotNotInConversationRoster")
    assert bot.heard[-1]["action"] == "remove"


async def test_a_conversation_nobody_knows_is_not_found(teams: LocalTeams, bot: PlainBot) -> None:
    told = await bot.sends("a:1nothing")

    assert (told.status, _code(told.body)) == (404, "ConversationNotFound")
    assert teams.wire.exchanges[-1].status == 404


async def test_a_message_over_100_kb_counted_as_utf_16_is_too_big(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    frame = len('{"type": "message", "text": ""}')
    fits = 100 * 1024 // 2 - frame

    assert (await bot.sends(chat, "å" * fits)).status == 201
    told = await bot.sends(chat, "å" * (fits + 1))

    assert (told.status, _code(told.body)) == (413, "MessageSizeTooBig")
    assert len(teams.messages(chat)) == 1


@pytest.mark.parametrize("body", [[], "hej", {"type": "message"}, {"type": "event", "text": "x"}])
async def test_what_is_no_message_is_refused(bot: PlainBot, chat: str, body: object) -> None:
    told = await bot.calls("POST", f"conversations/{quote(chat)}/activities", body)

    assert (told.status, _code(told.body)) == (400, "BadSyntax")


async def test_an_update_replaces_the_message_and_says_so(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    sent = await bot.sends(chat, "før")
    await bot.calls("PUT", _activity(chat, sent.body["id"]), {"type": "message", "text": "efter"})

    [message] = teams.messages(chat)
    assert (message.text, message.edited) == ("efter", True)
    assert teams.personal(ANNA).unread == {ANNA: 1}


async def test_a_deleted_message_is_empty_and_cannot_be_changed(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    sent = await bot.sends_card(chat, CARD)
    address = _activity(chat, sent.body["id"])

    assert (await bot.calls("DELETE", address)).status == 200
    again = await bot.calls("PUT", address, {"type": "message", "text": "alligevel"})

    [message] = teams.messages(chat)
    assert (message.deleted, message.card_for(ANNA)) == (True, None)
    assert (again.status, _code(again.body)) == (404, "ActivityNotFoundInConversation")


async def test_the_bot_cannot_change_what_people_wrote(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    await teams.says(ANNA, "mine egne ord")
    [message] = teams.messages(chat)

    told = await bot.calls("PUT", _activity(chat, message.id), {"type": "message", "text": "nej"})

    assert told.status == 403
    assert message.text == "mine egne ord"


async def test_typing_is_seen_but_not_kept(teams: LocalTeams, bot: PlainBot, chat: str) -> None:
    seen: list[str] = []
    teams.world.watchers.append(lambda event: seen.append(event.type))

    told = await bot.calls("POST", f"conversations/{quote(chat)}/activities", {"type": "typing"})

    assert told.status == 201
    assert seen == ["typing"]
    assert teams.messages(chat) == []


async def test_a_team_knows_its_people_and_channels(teams: LocalTeams, bot: PlainBot) -> None:
    assert (await bot.calls("GET", f"teams/{TEAM}")).status == 403
    await teams.acts.install_team(teams.world.team(TEAM), by=BO)

    team = await bot.calls("GET", f"teams/{TEAM}")
    channels = await bot.calls("GET", f"teams/{TEAM}/conversations")
    members = await bot.calls("GET", f"conversations/{TEAM}/members")
    carl = await bot.calls("GET", f"conversations/{CASES}/members/{CARL}")
    anna = await bot.calls("GET", f"conversations/{CASES}/members/{ANNA}")

    assert team.body["name"] == "SSP Valby"
    assert channels.body["conversations"] == [
        {"id": TEAM, "name": None},
        {"id": CASES, "name": "Sager"},
    ]
    assert [member["aadObjectId"] for member in members.body] == [BO, CARL]
    assert carl.body == members.body[1]
    assert carl.body == {
        "id": teams.world.user_id(CARL),
        "aadObjectId": CARL,
        "objectId": CARL,
        "name": "Carl Cort",
        "givenName": "Carl",
        "surname": "Cort",
        "email": f"{CARL}@stand-in.example",
        "userPrincipalName": f"{CARL}@stand-in.example",
        "tenantId": TENANT_ID,
        "userRole": "user",
    }
    assert (anna.status, _code(anna.body)) == (404, "MemberNotFoundInConversation")


@pytest.fixture
async def crowd(bot: PlainBot) -> AsyncIterator[LocalTeams]:
    """A team of 120."""
    many = [f"{n:08}-0000-4000-8000-000000000000" for n in range(120)]
    whole = {
        **PEOPLE,
        "people": [person(aad_id, f"Person {aad_id[:8]}", "", "") for aad_id in many],
        "teams": [{**PEOPLE["teams"][0], "members": many}],
    }
    local = LocalTeams(
        directory=Directory.read(whole),
        app_id=APP_ID,
        tenant_id=TENANT_ID,
        bot_url=bot.url,
        limits=Limits.none(),
    )
    async with running(local) as teams:
        bot.connector = teams.service_url
        await bot.log_in(teams.base_url)
        teams.world.set_installed(teams.world.team(TEAM), installed=True)
        yield teams


@pytest.mark.parametrize(
    ("asked", "sizes"),
    [("50", [50, 50, 20]), ("1", [50, 50, 20]), ("100", [100, 20]), ("", [120])],
)
async def test_members_come_in_pages(
    crowd: LocalTeams, bot: PlainBot, asked: str, sizes: list[int]
) -> None:
    pages: list[list[Json]] = []
    token: str | None = None
    while not pages or token:
        query = {"pageSize": asked, "continuationToken": token or ""}
        wanted = "&".join(f"{name}={value}" for name, value in query.items() if value)
        told = await bot.calls("GET", f"conversations/{TEAM}/pagedmembers?{wanted}")
        pages.append(told.body["members"])
        token = told.body.get("continuationToken")

    assert [len(page) for page in pages] == sizes
    everyone = [member["aadObjectId"] for page in pages for member in page]
    assert everyone == crowd.world.team(TEAM).members


async def test_a_made_up_page_is_refused(crowd: LocalTeams, bot: PlainBot) -> None:
    for token in ("abc", "121", "-1"):
        told = await bot.calls(
            "GET", f"conversations/{TEAM}/pagedmembers?continuationToken={token}"
        )
        assert (told.status, _code(told.body)) == (400, "BadArgument")
    assert len(crowd.wire.exchanges) == 3


async def test_only_this_machine_is_answered(teams: LocalTeams) -> None:
    async with aiohttp.ClientSession() as session:
        lured = {"Host": "teams.example"}
        async with session.get(f"{teams.base_url}/api/people", headers=lured) as refused:
            assert refused.status == 403


async def test_a_card_is_read_from_the_attachments(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    await bot.sends(chat, "", attachments=[attached(CARD)], summary="Et spørgsmål")

    [message] = teams.messages(chat)
    assert (message.card, message.summary, message.importance) == (
        CARD,
        "Et spørgsmål",
        "normal",
    )


async def _create(bot: PlainBot, member: str) -> tuple[int, str]:
    told = await bot.calls(
        "POST",
        "conversations",
        {
            "bot": {"id": f"28:{APP_ID}"},
            "members": [{"id": member}],
            "channelData": {"tenant": {"id": TENANT_ID}},
        },
    )
    return told.status, told.body.get("id") or _code(told.body)


def _activity(conversation: str, activity: str) -> str:
    return f"conversations/{quote(conversation)}/activities/{activity}"


def _code(body: Json) -> str:
    return str(body["error"]["code"])
