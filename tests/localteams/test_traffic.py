"""How fast the stand-in answers, how much it takes in a second, and what it counted."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from localteams.latency import Latency, Span
from localteams.limits import Limits
from localteams.server import LocalTeams
from localteams.tally import KEPT_EACH, Tally, most_within
from tests.localteams.plain_bot import PlainBot
from tests.localteams.town import ANNA, BO


class HandTurnedClock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> HandTurnedClock:
    return HandTurnedClock()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def chat(teams: LocalTeams) -> str:
    await teams.opens(ANNA)
    return teams.personal(ANNA).id


class TestLatency:
    def test_is_off_until_it_is_set(self) -> None:
        assert Latency().draw() == 0

    def test_lies_in_its_span_and_is_the_same_for_the_same_seed(self) -> None:
        first, second, other = (
            [latency.draw() for _ in range(200)]
            for latency in (Latency(Span.read("0.15-0.25"), seed=seed) for seed in (1, 1, 2))
        )

        assert first == second != other
        assert 0.15 <= min(first) < 0.16
        assert 0.24 < max(first) <= 0.25

    @pytest.mark.parametrize("said", ["0.25-0.15", "-1", "soon", "", "0.1-x"])
    def test_is_refused_when_it_is_no_span(self, said: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            Span.read(said)

    async def test_passes_after_the_message_was_taken(
        self, teams: LocalTeams, bot: PlainBot, chat: str
    ) -> None:
        taken: list[int] = []

        async def lapse(_: float) -> None:
            taken.append(len(teams.messages(chat)))

        teams.latency.span, teams.latency.lapse = Span(least=0.15, most=0.25), lapse

        assert (await bot.sends(chat)).status == 201
        assert taken == [1]


class TestCeiling:
    @pytest.mark.parametrize("ceiling", [10, 30, 50])
    def test_holds_in_every_sliding_second(self, clock: HandTurnedClock, ceiling: int) -> None:
        limits = Limits(per_second=ceiling, now=clock)
        let_in = []
        for _ in range(700):
            if limits.wait("send", f"chat {clock.seconds}") == 0:
                let_in.append(clock.seconds)
            clock.seconds += 1 / 128

        assert most_within(1, let_in) == ceiling

    def test_can_be_moved_while_it_runs(self, clock: HandTurnedClock) -> None:
        limits = Limits(per_second=2, now=clock)
        assert [limits.wait("send", f"chat {n}") for n in range(3)] == [0, 0, 1]

        limits.per_second = 3
        assert [limits.wait("send", f"other {n}") for n in range(2)] == [0, 1]
        limits.per_second = None
        assert [limits.wait("send", f"third {n}") for n in range(100)] == [0] * 100


class TestTally:
    def test_a_second_ends_before_the_same_instant_of_the_next(self) -> None:
        assert most_within(1, []) == 0
        assert most_within(1, [0.0, 0.5, 1.0, 1.25, 1.5]) == 3
        assert most_within(1, [0.0, 0.5, 0.75, 5.0, 5.9]) == 3

    def test_tells_accepted_from_refused_and_one_operation_from_another(
        self, clock: HandTurnedClock
    ) -> None:
        tally = Tally(now=clock)
        for refused in (False, False, True):
            tally.count("send", "chat", refused=refused, throttled=refused)
            clock.seconds += 0.25
        tally.count("members", "chat", refused=False)

        figures = tally.figures()

        assert figures["arrived"] == {"count": 4, "most_in_a_second": 4}
        assert figures["accepted"]["send"] == {"count": 2, "most_in_a_second": 2}
        assert figures["accepted"]["members"] == {"count": 1, "most_in_a_second": 1}
        assert figures["refused"] == {"send": {"count": 1, "most_in_a_second": 1}}
        assert figures["throttled"] == 1

    def test_counts_each_conversation_in_one_two_and_thirty_seconds(
        self, clock: HandTurnedClock
    ) -> None:
        tally = Tally(now=clock)
        for _ in range(6):
            tally.count("send", "busy", refused=False)
            clock.seconds += 0.75
        tally.count("send", "calm", refused=False)

        assert tally.of_conversations()["busy"]["most"] == {"1": 2, "2": 3, "30": 6}
        assert tally.figures()["most_in_a_conversation"] == {"1": 2, "2": 3, "30": 6}
        assert tally.figures()["conversations"] == 2
        assert tally.sends["calm"] == [1004.5]

    def test_keeps_no_more_of_a_conversation_than_it_must(self) -> None:
        tally = Tally()
        for _ in range(3 * KEPT_EACH):
            tally.count("send", "chat", refused=False)

        assert len(tally.sends["chat"]) <= KEPT_EACH
        assert tally.figures()["accepted"]["send"]["count"] == 3 * KEPT_EACH


async def test_what_was_refused_is_counted_apart_and_what_hangs_arrived_too(
    teams: LocalTeams, bot: PlainBot, chat: str
) -> None:
    teams.tally.reset()
    teams.limits.per_second = 2
    teams.faults.add(op="send", status=503, times=1)

    told = [(await bot.sends(chat)).status for _ in range(4)]

    assert told == [503, 201, 201, 429]
    assert teams.tally.most_in_a_second() == 4
    assert teams.tally.throttled == 1
    assert len(teams.tally.accepted["send"]) == 2
    assert len(teams.tally.sends[chat]) == 4


async def test_figures_are_read_and_begun_anew_over_http(
    teams: LocalTeams, bot: PlainBot, chat: str, session: aiohttp.ClientSession
) -> None:
    address = f"{teams.base_url}/local/figures"
    await teams.opens(BO)
    await session.delete(address)
    for conversation in (chat, chat, teams.personal(BO).id):
        await bot.sends(conversation)

    async with session.get(address) as answer:
        figures = await answer.json()
    async with session.get(f"{address}/conversations") as answer:
        conversations = await answer.json()

    assert figures["accepted"]["send"]["count"] == 3
    assert figures["settings"] == {"per_second": None, "latency": None}
    assert {chat_id: len(one["at"]) for chat_id, one in conversations.items()} == {
        chat: 2,
        teams.personal(BO).id: 1,
    }
    await session.delete(address)
    async with session.get(address) as answer:
        assert (await answer.json())["arrived"]["count"] == 0


async def test_latency_and_ceiling_are_set_over_http_and_nonsense_is_refused(
    teams: LocalTeams, session: aiohttp.ClientSession
) -> None:
    address = f"{teams.base_url}/local/traffic"

    async with session.post(address, json={"per_second": 30, "latency": "0.15-0.25"}) as answer:
        assert await answer.json() == {"per_second": 30, "latency": "0.15-0.25"}
    for nonsense in ({"per_second": 0}, {"per_second": "many"}, {"latency": "slow"}):
        async with session.post(address, json=nonsense) as answer:
            assert answer.status == 400
    async with session.get(address) as answer:
        assert await answer.json() == {"per_second": 30, "latency": "0.15-0.25"}
    async with session.post(address, json={"latency": None, "per_second": None}) as answer:
        assert await answer.json() == {"per_second": None, "latency": None}
