"""The documented throttling, with a clock we turn by hand."""

from http import HTTPStatus

import pytest

from localteams.limits import Limits
from localteams.server import LocalTeams
from tests.localteams.plain_bot import PlainBot
from tests.localteams.town import ANNA, TEAM


class HandTurnedClock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> HandTurnedClock:
    return HandTurnedClock()


@pytest.fixture
def limits(clock: HandTurnedClock) -> Limits:
    return Limits(now=clock)


@pytest.mark.parametrize("operation", ["send", "create"])
def test_a_chat_takes_seven_in_one_second_and_eight_in_two(
    clock: HandTurnedClock, limits: Limits, operation: str
) -> None:
    assert [limits.wait(operation, "chat") for _ in range(7)] == [0] * 7
    assert limits.wait(operation, "chat") == 1

    clock.seconds += 1
    assert limits.wait(operation, "chat") == 0
    assert limits.wait(operation, "chat") == 1


def test_a_chat_takes_sixty_in_thirty_seconds(clock: HandTurnedClock, limits: Limits) -> None:
    for _ in range(60):
        assert limits.wait("send", "chat") == 0
        clock.seconds += 0.25

    assert limits.wait("send", "chat") == 15
    clock.seconds += 15
    assert limits.wait("send", "chat") == 0


def test_a_chat_takes_eighteen_hundred_in_an_hour(clock: HandTurnedClock, limits: Limits) -> None:
    for _ in range(1800):
        assert limits.wait("send", "chat") == 0
        clock.seconds += 0.75

    assert limits.wait("send", "chat") == 3600 - 1800 * 0.75


def test_looking_up_members_has_twice_the_room(limits: Limits) -> None:
    assert [limits.wait("members", "chat") for _ in range(14)] == [0] * 14
    assert limits.wait("members", "chat") == 1


def test_the_app_takes_fifty_a_second_over_all_chats(
    clock: HandTurnedClock, limits: Limits
) -> None:
    assert [limits.wait("send", f"chat {n}") for n in range(50)] == [0] * 50
    assert limits.wait("update", "one more chat") == 1

    clock.seconds += 0.5
    assert limits.wait("send", "one more chat") == 0.5
    clock.seconds += 0.5
    assert limits.wait("send", "one more chat") == 0


def test_a_refused_request_does_not_lengthen_the_wait(
    clock: HandTurnedClock, limits: Limits
) -> None:
    for _ in range(20):
        limits.wait("send", "chat")

    clock.seconds += 1
    assert limits.wait("send", "chat") == 0


async def test_too_many_sends_are_answered_429_with_retry_after(
    teams: LocalTeams, bot: PlainBot, clock: HandTurnedClock
) -> None:
    await teams.opens(ANNA)
    chat = teams.personal(ANNA).id

    told = [await bot.sends(chat, f"nummer {n}") for n in range(8)]

    assert [one.status for one in told] == [HTTPStatus.CREATED] * 7 + [429]
    assert told[-1].headers["Retry-After"] == "1"
    assert told[-1].body["error"]["code"] == "TooManyRequests"
    assert len(teams.messages(chat)) == 7
    clock.seconds += 1
    assert (await bot.sends(chat, "nummer 8")).status == HTTPStatus.CREATED


async def test_threads_of_a_channel_share_its_limit(teams: LocalTeams, bot: PlainBot) -> None:
    teams.world.set_installed(teams.world.team(TEAM), installed=True)

    told = [await bot.sends(f"{TEAM};messageid={n}", "svar") for n in range(8)]

    assert told[-1].status == 429
