"""Who will be missing at a meeting, however they came to be: who runs it hears it in time."""

from datetime import timedelta

import pytest

from tests.support.chat import Chat
from tests.support.meet_steps import all_come, gives_a_substitute
from tests.support.town import PIA, SANNE, STINE, Town

A_DAY = timedelta(days=1)
THE_CHECK = 17 * A_DAY  # Thursday the 19th, of a meeting on Tuesday the 24th
NOT_FULL = "Ikke alle pladser er besat"
ASKED = "Kan du møde som suppleant?"


async def is_away(who: Chat, from_on: str, to_on: str) -> None:
    await who.types("fravær")
    await who.presses("form.next", from_on=from_on, to_on=to_on)


async def two_substitutes(town: Town) -> tuple[Chat, Chat]:
    """Give Sofie's seat two, who are asked one after the other."""
    for person in (PIA, SANNE):
        await gives_a_substitute(town, person.id, "KG.1")
    return town.chat(PIA), town.chat(SANNE)


def times_told(bo: Chat) -> int:
    return sum(NOT_FULL in bo.reads(each) for each in bo.messages())


class TestWhoHasNotAnswered:
    @pytest.mark.usefixtures("reference")
    async def test_is_told_as_that_at_the_check(self, town: Town, bo: Chat) -> None:
        """MTG-25: nobody has said that they come, so nothing is certain."""
        await town.passes(THE_CHECK)

        [told] = [bo.reads(each) for each in bo.messages() if NOT_FULL in bo.reads(each)]
        assert "Københavns Politi har ikke svaret (politifaglig forebygger): 1" in told
        assert "mangler" not in told

    async def test_is_no_longer_told_when_all_come(
        self, town: Town, bo: Chat, reference: str
    ) -> None:
        await all_come(town, reference)
        await town.passes(THE_CHECK)

        assert times_told(bo) == 0


class TestWhoIsAwayAfterAll:
    async def test_has_their_substitute_asked_though_they_said_they_come(
        self, town: Town, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        """MTG-25: at the reminder, as for those who have not answered."""
        await all_come(town, reference)
        await town.passes(A_DAY)
        await is_away(carl, "2026-03-20", "2026-03-27")
        assert ASKED not in per.everything()

        await town.passes(THE_CHECK - A_DAY)

        assert ASKED in per.everything()
        assert "Københavns Politi mangler (politifaglig forebygger): 1" in bo.everything()

    async def test_is_replaced_at_once_when_the_meeting_is_near(
        self, town: Town, bo: Chat, carl: Chat, per: Chat, reference: str
    ) -> None:
        """MTG-25: after the check too, and who runs it hears it."""
        await all_come(town, reference)
        await town.passes(THE_CHECK)

        await is_away(carl, "2026-03-23", "2026-03-27")

        assert ASKED in per.everything()
        assert "Københavns Politi mangler (politifaglig forebygger): 1" in bo.everything()

    async def test_comes_where_they_said_so_since(
        self, town: Town, carl: Chat, per: Chat, reference: str
    ) -> None:
        await is_away(carl, "2026-03-20", "2026-03-27")
        await town.passes(A_DAY)
        await carl.types(f"deltager {reference}")

        await town.passes(THE_CHECK)

        assert ASKED not in per.everything()

    async def test_is_replaced_by_the_next_when_they_stand_in_themselves(
        self, town: Town, sofie: Chat, reference: str
    ) -> None:
        first, second = await two_substitutes(town)
        await sofie.types(f"suppleant {reference}")
        await first.presses("meet.coming")
        await town.passes(A_DAY)
        await is_away(first, "2026-03-20", "2026-03-27")

        await town.passes(THE_CHECK - A_DAY)

        assert ASKED in second.everything()


class TestAMinimum:
    async def test_that_breaks_again_is_told_again(
        self, town: Town, bo: Chat, carl: Chat, reference: str
    ) -> None:
        """MTG-25: each time, not only the first."""
        await all_come(town, reference)
        await town.passes(THE_CHECK)
        for answer in ("afbud", "deltager", "afbud"):
            await carl.types(f"{answer} {reference}")
            await town.passes(A_DAY / 24)

        assert times_told(bo) == 2

    async def test_that_breaks_with_a_seat_is_told_and_the_next_is_asked(
        self, town: Town, bo: Chat, sofie: Chat, reference: str
    ) -> None:
        """MTG-25, MTG-28: Pia was to come for Sofie, and is nobody's substitute any more."""
        first, second = await two_substitutes(town)
        stine = town.chat(STINE)
        await all_come(town, reference)
        await sofie.types(f"suppleant {reference}")
        await first.presses("meet.coming")
        await town.passes(THE_CHECK)
        assert times_told(bo) == 0

        await stine.types("udvalg KG5")
        await stine.presses("seat.take")
        await stine.fills({"held": f"{PIA.id}/substitute"})
        await stine.presses("form.send")

        assert ASKED in second.everything()
        assert "Socialforvaltningen mangler (kriminalitetsmedarbejder" in bo.everything()


class TestWhomNobodyIsLeftFor:
    async def test_is_told_and_can_come_themselves(
        self, carl: Chat, per: Chat, reference: str
    ) -> None:
        """MTG-25: who asked for their substitute believes otherwise that somebody comes."""
        await carl.types(f"suppleant {reference}")

        await per.presses("meet.decline")

        assert "ingen suppleant kan komme i stedet" in carl.everything()
        assert "Dit svar: Deltager" in await carl.presses("meet.coming")
