"""Chats that survive a restart of the stand-in."""

import json
from pathlib import Path

from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory, Json
from tests.localteams.plain_bot import APP_ID, CARD, SECRET, TENANT_ID, PlainBot
from tests.localteams.town import ANNA, BO, CASES, PEOPLE, TEAM


def local(bot: PlainBot, state_file: Path, *, people: Json = PEOPLE) -> LocalTeams:
    return LocalTeams(
        directory=Directory.read(people),
        app_id=APP_ID,
        tenant_id=TENANT_ID,
        bot_url=bot.url,
        secret=SECRET,
        state_file=state_file,
        limits=Limits.none(),
    )


async def log_in(bot: PlainBot, teams: LocalTeams) -> None:
    bot.connector = teams.service_url
    assert await bot.log_in(teams.base_url) == 200


async def test_chats_are_there_again_after_a_restart(bot: PlainBot, tmp_path: Path) -> None:
    file = tmp_path / "teams.json"
    async with running(local(bot, file)) as teams:
        await log_in(bot, teams)
        await teams.says(ANNA, "før genstart")
        card = (await bot.sends_card(teams.personal(ANNA).id, CARD)).body["id"]
        group = await teams.acts.make_group(ANNA, [BO])
        await teams.acts.install_team(teams.world.team(TEAM), by=BO)
        await bot.sends(CASES, "i kanalen")
    bot.heard.clear()

    async with running(local(bot, file)) as teams:
        await log_in(bot, teams)
        mine, its = teams.messages(teams.personal(ANNA))
        await teams.says(ANNA, "efter genstart")
        pressed = await teams.presses(ANNA, card, "old.way")
        sent = await bot.sends(group.id, "til gruppen")

        assert (mine.text, its.card) == ("før genstart", CARD)
        assert [message.text for message in teams.messages(CASES)] == ["i kanalen"]
        assert teams.world.team(TEAM).installed
        assert bot.heard_of("installationUpdate") == []
        assert pressed.ok
        assert int(sent.body["id"]) > int(card)
        assert sent.status == 201


async def test_those_who_left_take_their_chats_with_them(bot: PlainBot, tmp_path: Path) -> None:
    file = tmp_path / "teams.json"
    async with running(local(bot, file)) as teams:
        await teams.says(ANNA, "farvel")
    stayed = [person for person in PEOPLE["people"] if person["aad_id"] != ANNA]

    async with running(local(bot, file, people={**PEOPLE, "people": stayed})) as teams:
        kinds = {one.kind for one in teams.world.conversations.values()}
        assert kinds == {"channel"}


async def test_a_file_of_another_version_is_left_alone(bot: PlainBot, tmp_path: Path) -> None:
    file = tmp_path / "teams.json"
    file.write_text('{"version": 0, "conversations": "something else"}')

    async with running(local(bot, file)) as teams:
        await teams.says(ANNA, "hej")

    assert json.loads(file.read_text())["version"] == 1
