"""Trouble on demand, as rules and as seeds, and what the bot gets to see of it."""

import asyncio
from http import HTTPStatus

import aiohttp
import pytest

from localteams.faults import Faults
from localteams.server import LocalTeams
from tests.localteams.plain_bot import PlainBot
from tests.localteams.town import ANNA, BO


@pytest.fixture
async def chat(teams: LocalTeams) -> str:
    await teams.opens(ANNA)
    return teams.personal(ANNA).id


async def test_a_rule_strikes_so_many_times_and_only_what_it_names(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    await teams.opens(BO)
    teams.faults.add(op="send", person=ANNA, status=503, times=2)

    assert (await bot.sends(teams.personal(BO).id)).status == 201
    assert [(await bot.sends(chat)).status for _ in range(3)] == [503, 503, 201]
    assert [op for op, _ in teams.faults.struck] == ["send", "send"]


async def test_a_subcode_is_where_clients_look_for_it(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    teams.faults.add(conversation=chat, status=403, subcode="MessageWritesBlocked", times=1)
    teams.faults.add(conversation=chat, status=403, code="BotDisabledByAdmin", times=1)

    first, second = await bot.sends(chat), await bot.sends(chat)

    assert first.body["error"]["subCode"] == "MessageWritesBlocked"
    assert second.body["error"]["code"] == "BotDisabledByAdmin"
    assert teams.messages(chat) == []


async def test_a_chat_that_cannot_be_created_is_matched_by_its_person(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.opens(ANNA)
    teams.faults.add(op="create", person=ANNA, status=403, code="ConversationBlockedByUser")

    told = await bot.calls(
        "POST",
        "conversations",
        {"members": [{"id": teams.world.user_id(ANNA)}], "tenantId": teams.tenant_id},
    )

    assert told.status == 403


async def test_a_message_is_accepted_though_the_line_drops(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    teams.faults.add(op="send", accept_then_drop=True, times=1)

    with pytest.raises(aiohttp.ClientError):
        await bot.sends(chat, "kom den frem?")

    assert [message.text for message in teams.messages(chat)] == ["kom den frem?"]
    assert [one.status for one in teams.wire.exchanges if one.direction == "from_bot"] == [0]


async def test_a_message_is_accepted_though_the_answer_says_504(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    teams.faults.add(op="send", status=504, accepted=True, times=1)

    assert (await bot.sends(chat)).status == 504
    assert len(teams.messages(chat)) == 1


async def test_a_request_that_times_out_is_not_accepted_and_disturbs_nobody(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    teams.faults.add(op="send", timeout=True, times=1)
    hangs = asyncio.create_task(bot.sends(chat, "hænger"))
    await teams.pulse.until(lambda: teams.faults.struck or None)

    assert (await bot.sends(chat, "går igennem")).status == 201
    await teams.settled()
    assert not hangs.done()
    assert [message.text for message in teams.messages(chat)] == ["går igennem"]
    hangs.cancel()
    await asyncio.gather(hangs, return_exceptions=True)


async def test_rules_come_over_http_and_go_again(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    address = f"{teams.base_url}/local/faults"
    rule = {"match": {"op": "send"}, "do": {"status": 429, "retry_after": 7}}
    async with aiohttp.ClientSession() as session:
        async with session.post(address, json=rule) as added:
            assert added.status == 200
        async with session.post(address, json={"match": {"op": "send"}, "do": {}}) as refused:
            assert refused.status == 400
        told = await bot.sends(chat)
        await session.delete(address)

    assert (told.status, told.headers["Retry-After"]) == (429, "7")
    assert (await bot.sends(chat)).status == 201


def test_the_same_seed_makes_the_same_trouble() -> None:
    first, second, other = (_weather(seed=seed) for seed in (1, 1, 2))

    assert first == second
    assert first != other
    assert set(first) == {0, 412, 503}
    assert 150 < sum(status > 0 for status in first) < 250


def test_a_rule_can_end_by_itself() -> None:
    seconds = [100.0]
    faults = Faults(now=lambda: seconds[0])
    faults.add_json({"match": {}, "do": {"status": HTTPStatus.SERVICE_UNAVAILABLE}, "seconds": 30})

    assert faults.next(op="send", conversation="c", people=[]) is not None
    seconds[0] += 30
    assert faults.next(op="send", conversation="c", people=[]) is None


def test_a_fault_is_exactly_one_thing() -> None:
    with pytest.raises(ValueError, match="one of"):
        Faults().add(status=500, timeout=True)
    with pytest.raises(ValueError, match="among"):
        Faults().add_storm(seed=1, rate=0.5, among=[])


def _weather(*, seed: int) -> list[int]:
    """Ask a thousand times; 0 is fine weather."""
    faults = Faults()
    faults.add_storm(seed=seed, rate=0.2, among=[412, 503])
    asked = [faults.next(op="send", conversation="c", people=[]) for _ in range(1000)]
    return [fault.status if fault else 0 for fault in asked]
