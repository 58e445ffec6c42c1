"""A meeting comes nearer: who is reminded, who is missed, and what was late."""

from datetime import timedelta

import pytest

from tests.support.chat import Chat
from tests.support.meet_steps import all_come
from tests.support.steering import until
from tests.support.town import Town
from tests.support.year_plans import DAYS, a_plan, meetings_of, published

A_DAY = timedelta(days=1)


class TestAsTimePasses:
    @pytest.mark.usefixtures("reference")
    async def test_who_is_known_to_be_away_has_their_substitute_asked_at_the_reminder(
        self, town: Town, carl: Chat, per: Chat, liv: Chat
    ) -> None:
        """And who has not answered is reminded, once."""
        await carl.types("fravær")
        await carl.presses("form.next", from_on="2026-03-20", to_on="2026-03-27")

        await town.passes(17 * A_DAY)
        await town.passes(A_DAY / 24)

        assert "Kan du møde som suppleant?" in per.everything()
        assert len([m for m in liv.messages() if "Vi mangler dit svar" in liv.reads(m)]) == 1
        assert "Vi mangler dit svar" not in carl.everything()

    async def test_the_facilitator_hears_which_authority_will_be_missing(
        self, town: Town, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        """MTG-25: at least two working days ahead; a composition is no quorum (REP-1)."""
        await carl.types(f"suppleant {reference}")
        await per.presses("meet.decline")

        await town.passes(17 * A_DAY)

        assert "Ikke alle pladser er besat" in bo.everything()
        assert "Københavns Politi mangler (politifaglig forebygger): 1" in bo.everything()
        assert town.hour.now.isoformat() < "2026-03-20"

    async def test_the_facilitator_hears_it_too_when_somebody_cancels_later(
        self, town: Town, bo: Chat, carl: Chat, reference: str
    ) -> None:
        await all_come(town, reference)
        await town.passes(18 * A_DAY)
        assert "Ikke alle pladser er besat" not in bo.everything()

        await carl.types(f"afbud {reference}")

        assert "Københavns Politi mangler (politifaglig forebygger): 1" in bo.everything()

    @pytest.mark.usefixtures("reference")
    async def test_a_meeting_that_nobody_could_prepare_is_told_as_missed(
        self, town: Town, bo: Chat
    ) -> None:
        """MTG-21: what was late is done and said to be late, or said to be missed, by kind."""
        await town.stops()
        town.hour.now += 30 * A_DAY
        await town.starts()
        await town.passes(A_DAY / 24)

        told = [bo.reads(each) for each in bo.messages() if "Efter fristen" in bo.reads(each)]

        assert any("Den endelige dagsorden" in each for each in told)
        assert len(told) == len(set(told))

    async def test_nothing_falls_due_of_a_meeting_that_was_cancelled(
        self, town: Town, bo: Chat, carl: Chat, reference: str
    ) -> None:
        await bo.types(f"aflys {reference}")
        await bo.presses("form.next", sure="yes")
        before = len(carl.messages())

        await town.passes(60 * A_DAY)

        assert all(
            "Vi mangler dit svar" not in carl.reads(each) for each in carl.messages()[before:]
        )


class TestWhatWaits:
    async def test_is_an_answer_within_the_fortnight_before(
        self, town: Town, carl: Chat, reference: str
    ) -> None:
        assert reference not in await carl.types("mine opgaver")

        town.hour.now += 10 * A_DAY
        assert f"Svar på indkaldelsen til mødet **{reference}**" in await carl.types(
            "mine opgaver"
        )

        await carl.types(f"deltager {reference}")
        assert reference not in await carl.types("mine opgaver")


class TestThatHasBegun:
    async def test_is_left_where_it_was_by_a_new_plan(self, town: Town, dorte: Chat) -> None:
        """MTG-10: one of this morning, which was approved to be moved to tomorrow."""
        await published(town, dorte)
        await until(town, DAYS[0], hour=10)

        await published(town, dorte, a_plan(DAYS[0] + A_DAY, *DAYS[1:]))

        begun, *_ = await meetings_of(town)
        assert (begun.day, begun.sequence) == (DAYS[0], 0)
