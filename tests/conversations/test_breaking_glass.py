"""Reading in need: for an hour at most, with a reason, and somebody else hears of it."""

from datetime import timedelta

import pytest

from domain.cases import Case
from domain.people import Person
from tests.support.case_stories import NAME, a_case, opens
from tests.support.chat import Chat
from tests.support.reports import CARL_IS_NEAR, GRAVE
from tests.support.town import (
    ANNA,
    DAN,
    DANISH,
    DORTE,
    HENRIETTE,
    STINE,
    SUNE,
    Town,
)
from tests.support.trail import audited

WHY = "Politiet ringer, og gruppens facilitator kan ikke nås i nat"
NOT_FOUND = DANISH("rule.case.not_found")


async def breaks(who: Chat, case: Case, *, minutes: str = "60", reason: str = WHY) -> str:
    await who.types(f"bryd glas {case.reference}")
    return await who.fills({"minutes": minutes, "reason": reason})


class TestTheGlass:
    @pytest.mark.parametrize("person", [HENRIETTE, DAN, STINE])
    async def test_opens_a_case_for_as_long_as_was_asked_for(
        self, town: Town, person: Person
    ) -> None:
        """ROLE-02: at 59 minutes and 59 seconds it is open, at 60 it is not."""
        case, who = await a_case(town), town.chat(person)
        assert NOT_FOUND in await who.types(f"sag {case.reference}")

        told = await breaks(who, case)

        assert DANISH("glass_case.done_title") in told
        assert NAME in await opens(who, case)
        town.hour.now += timedelta(minutes=59, seconds=59)
        assert NAME in await who.types(f"sag {case.reference}")
        town.hour.now += timedelta(seconds=1)
        assert NOT_FOUND in await who.types(f"sag {case.reference}")

    @pytest.mark.parametrize(("minutes", "is_open"), [("59", True), ("60", True), ("61", False)])
    async def test_is_open_for_an_hour_at_most(
        self, town: Town, minutes: str, *, is_open: bool
    ) -> None:
        """ROLE-02: 59, 60 and 61 minutes."""
        case, who = await a_case(town), town.chat(HENRIETTE)

        await breaks(who, case, minutes=minutes)

        async with town.remembers() as tx:
            given = await tx.grants.of_person(HENRIETTE.id, now=town.hour.now)
        lasts = [each.expires_at - each.begins_at for each in given]
        assert lasts == ([timedelta(minutes=int(minutes))] if is_open else [])

    @pytest.mark.parametrize(("reason", "is_open"), [("x" * 19, False), ("x" * 20, True)])
    async def test_needs_a_reason_of_twenty_characters(
        self, town: Town, reason: str, *, is_open: bool
    ) -> None:
        case, who = await a_case(town), town.chat(HENRIETTE)

        await breaks(who, case, reason=reason)

        assert (NOT_FOUND in await who.types(f"sag {case.reference}")) is not is_open

    async def test_is_not_there_for_who_is_near(self, town: Town) -> None:
        """ROLE-02: no recusal is gone around."""
        case, who = await a_case(town), town.chat(HENRIETTE)
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, HENRIETTE.id, "near", town.hour.now, key=str(case.subject), by=DORTE.id
            )

        assert NOT_FOUND in await who.types(f"bryd glas {case.reference}")

    @pytest.mark.parametrize("person", [SUNE, ANNA, DORTE])
    async def test_is_not_there_for_any_other_office(self, town: Town, person: Person) -> None:
        case = await a_case(town)

        assert NOT_FOUND in await town.chat(person).types(f"bryd glas {case.reference}")

    async def test_of_a_concern_is_broken_the_same_way(self, town: Town) -> None:
        reference = await town.chat(ANNA).reports({**GRAVE, **CARL_IS_NEAR})
        who = town.chat(STINE)

        await who.types(f"bryd glas {reference}")
        await who.fills({"minutes": "5", "reason": WHY})

        assert GRAVE["observed"] in await who.opens(reference)


class TestTheSecondPerson:
    @pytest.mark.parametrize(("breaker", "second"), [(STINE, HENRIETTE), (HENRIETTE, DAN)])
    async def test_hears_of_it_at_once_and_reviews_it(
        self, town: Town, breaker: Person, second: Person
    ) -> None:
        """ROLE-02: the head; of the head's own, data protection."""
        case, reviewer = await a_case(town), town.chat(second)
        await breaks(town.chat(breaker), case)

        assert DANISH("glass.broken_title", reference=case.reference) in reviewer.last()
        assert NAME not in reviewer.last()
        assert WHY not in reviewer.last()
        read = await reviewer.presses("glass.review")
        assert WHY in read
        assert breaker.name in read
        duty = DANISH("duty.glass_to_review", reference=case.reference)
        assert duty in (await reviewer.types("mine opgaver")).replace("**", "")
        await reviewer.fills({"verdict": "justified", "words": "Der var ingen anden udvej"})

        assert DANISH("glass.none_title") in await reviewer.types("glasbrud")
        async with town.remembers() as tx:
            assert await audited(tx, action="case.review_break_glass")
            assert await tx.grants.to_review() == []

    async def test_is_reminded_on_the_sixth_day_of_what_is_not_reviewed(self, town: Town) -> None:
        case, reviewer = await a_case(town), town.chat(HENRIETTE)
        await breaks(town.chat(STINE), case)

        await town.passes(timedelta(days=6, minutes=1))

        title = DANISH("glass.to_review_title", reference=case.reference)
        assert title in reviewer.everything()

    async def test_is_telephoned_when_the_message_is_lost(self, town: Town) -> None:
        """ROLE-02, BER-16: on the call list like anybody who was not reached."""
        case = await a_case(town)
        await town.teams.acts.uninstall(HENRIETTE.aad_id)

        await breaks(town.chat(STINE), case)

        assert HENRIETTE.name in await town.chat(DORTE).types("ringeliste")

    async def test_is_somebody_else_than_who_broke_it(self, town: Town) -> None:
        case = await a_case(town)
        await breaks(town.chat(DAN), case)

        assert DANISH("glass.none_title") in await town.chat(DAN).types("glasbrud")
        assert case.reference in await town.chat(HENRIETTE).types("glasbrud")
