"""An effort that was approved: evaluated on the way and at its end, and settled (EFF-1, EFF-6)."""

from datetime import UTC, datetime, timedelta

from tests.support.chat import Chat, verbs
from tests.support.efforts import LEARNED, NUMBER, an_approved
from tests.support.town import DANISH, LARS, LINE, Town

A_MINUTE = timedelta(minutes=1)
WORDS = "God idé, og hallen står tom."
BEGINS = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)
DURING = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
AFTER = datetime(2026, 7, 10, 6, 0, tzinfo=UTC)


async def reaches(town: Town, moment: datetime) -> None:
    await town.passes(moment - town.hour.now)
    await town.passes(A_MINUTE)


class TestSettling:
    async def test_gives_the_pool_back_what_was_not_spent(self, town: Town) -> None:
        """EFF-6: the lead and the contact settle it."""
        await an_approved(town)
        line = town.chat(LINE)
        assert DANISH("rule.effort.not_begun") in await _settles(line)
        await line.types("annullér")
        await line.types("ja")
        await reaches(town, BEGINS)
        await line.types(f"afregn {NUMBER}")

        too_much = await line.presses("form.next", spent="12.500,01", words=WORDS)
        said = await line.presses("form.next", spent="10.000", words=WORDS)

        assert DANISH("rule.effort.beyond_amount", amount="12.500 kr.") in too_much
        assert DANISH("effort_settle.done_title") in said
        assert "290.000 kr." in await town.chat(LARS).types("indsatser")
        assert DANISH("rule.effort.settled") in await _settles(line)


async def _settles(who: Chat) -> str:
    await who.types(f"afregn {NUMBER}")
    return await who.presses("form.next", spent="1", words=WORDS)


class TestEvaluating:
    async def test_is_asked_for_until_it_is_done(self, town: Town) -> None:
        """EFF-1: during the effort and at its end; each week, and no longer than needed."""
        await an_approved(town)
        line, lars = town.chat(LINE), town.chat(LARS)
        title = DANISH("efforts.told_due_title", reference=NUMBER)

        def asked(who: Chat) -> int:
            return who.everything().splitlines().count(title)

        await reaches(town, DURING - timedelta(days=1))
        assert asked(line) == asked(lars) == 0
        await reaches(town, DURING)
        assert asked(line) == asked(lars) == 1
        await reaches(town, DURING + timedelta(days=3))
        assert asked(line) == 1
        await reaches(town, DURING + timedelta(days=7))
        assert asked(line) == 2
        waiting = DANISH("duty.effort_to_evaluate", reference=f"**{NUMBER}**")
        assert waiting in await line.types("mine opgaver")
        await _evaluates(line, "during")
        await reaches(town, DURING + timedelta(days=14))
        assert asked(line) == 2
        assert waiting not in await line.types("mine opgaver")

    async def test_at_the_end_waits_until_it_is_over(self, town: Town) -> None:
        """EFF-1."""
        await an_approved(town)
        line = town.chat(LINE)
        await line.types(f"indsats {NUMBER}")
        assert "effort.evaluate" not in verbs(line.card(line.messages()[-1]))
        await reaches(town, BEGINS)

        assert DANISH("rule.effort.not_over") in await _evaluates(line, "end")
        await reaches(town, AFTER)
        await line.types("annullér")
        await line.types("ja")
        assert DANISH("effort_evaluate.done_title") in await _evaluates(line, "end")
        read = await town.chat(LARS).types(f"indsats {NUMBER}")
        assert LEARNED in read
        assert DANISH("efforts.due_settle") in read


async def _evaluates(who: Chat, stage: str) -> str:
    await who.types(f"evaluér {NUMBER}")
    return await who.presses("form.next", stage=stage, words=LEARNED)
