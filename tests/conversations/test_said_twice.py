"""The same activity once more: no second effect, the same answer (AC-AUTH-06)."""

import asyncio
from datetime import timedelta

import pytest

from localteams.server import NoAnswer
from localteams.wire import Exchange
from tests.support.chat import Chat, reference_in
from tests.support.reports import REPORT
from tests.support.town import DANISH, Town


def last_said(town: Town) -> Exchange:
    """Find what Teams last brought to the bot."""
    return [each for each in town.teams.wire.exchanges if each.direction == "to_bot"][-1]


async def again(town: Town, said: Exchange) -> object:
    answer = await town.teams.sender.redeliver(said.request)
    assert answer is not None
    assert answer.fine
    return answer.body


async def sent(town: Town, anna: Chat) -> tuple[str, Exchange]:
    """Let Anna send a concern by its button; give the number, and what Teams brought."""
    await anna.types("bekymring")
    await anna.fills(REPORT)
    reference = reference_in(await anna.presses("form.send"))
    pressed = [
        each
        for each in town.teams.wire.exchanges
        if each.direction == "to_bot" and "form.send" in str(each.request)
    ]
    return reference, pressed[-1]


async def presses_in_vain(chat: Chat, verb: str) -> None:
    pressed = await chat.teams.presses(chat.person.aad_id, chat.card_with(verb), verb)
    assert not pressed.ok


async def reported(anna: Chat) -> int:
    listed = await anna.types("mine bekymringer")
    return listed.count("**B2026")


class TestAPress:
    async def test_once_more_gives_the_same_receipt(
        self, town: Town, anna: Chat, bo: Chat
    ) -> None:
        _, press = await sent(town, anna)
        told = bo.everything()

        assert await again(town, press) == press.answer
        await town.settles()
        assert await reported(anna) == 1
        assert bo.everything() == told

    async def test_after_a_restart_gives_the_same_receipt(self, town: Town, anna: Chat) -> None:
        _, press = await sent(town, anna)
        await town.restarts()

        assert await again(town, press) == press.answer
        assert await reported(anna) == 1

    async def test_long_after_still_has_no_second_effect(self, town: Town, anna: Chat) -> None:
        _, press = await sent(town, anna)
        await town.passes(timedelta(hours=30))

        assert await again(town, press) == press.answer
        assert await reported(anna) == 1

    async def test_twenty_at_once_have_one_effect(self, town: Town, anna: Chat) -> None:
        """The first of them too: the bot was away when Anna pressed Send."""
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await town.stops()
        await presses_in_vain(anna, "form.send")
        unheard = last_said(town)
        await town.starts()

        answers = await asyncio.gather(*(again(town, unheard) for _ in range(20)))

        assert all(answer == answers[0] for answer in answers)
        assert reference_in(str(answers[0])) == "B2026-0001"
        assert await reported(anna) == 1

    async def test_in_a_form_does_not_go_two_steps(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills({key: REPORT[key] for key in list(REPORT)[:4]})
        press = last_said(town)

        assert await again(town, press) == press.answer
        assert DANISH("concern.step.person") in await anna.types("fortsæt")


class TestAMessage:
    async def test_once_more_is_not_answered_again(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.types("nej")
        said, before = last_said(town), anna.everything()

        await again(town, said)
        await town.settles()

        assert anna.everything() == before
        assert DANISH("concern.notified.label") in await anna.types("fortsæt")

    async def test_once_more_after_a_restart_is_not_answered_again(
        self, town: Town, anna: Chat
    ) -> None:
        await anna.types("bekymring")
        await anna.types("nej")
        said, before = last_said(town), anna.everything()
        await town.restarts()
        await town.passes(timedelta(minutes=1))

        await again(town, said)

        assert anna.everything() == before

    async def test_whose_answer_was_lost_is_answered_when_it_comes_again(
        self, town: Town, anna: Chat
    ) -> None:
        """AC-IN-06: the effect is committed; Teams did not take the answer, and repeats."""
        await anna.types("bekymring")
        town.teams.faults.add(op="send", status=500, times=9)
        with pytest.raises(NoAnswer):
            await anna.types("nej")
        said = last_said(town)
        town.teams.faults.clear()
        town.hour.now += timedelta(minutes=1)

        await again(town, said)

        assert DANISH("concern.notified.label") in anna.last()

    async def test_sent_twice_at_once_sends_one_concern(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(REPORT)
        await anna.types("send")
        said = last_said(town)

        await asyncio.gather(*(again(town, said) for _ in range(5)))

        assert await reported(anna) == 1
