"""A CPR number: half of it for everybody who works on the case, all of it for a minute."""

from datetime import timedelta

import pytest

from domain.cases import Case
from domain.cpr import masked
from domain.people import Person
from tests.support.case_stories import opens
from tests.support.cases import a_case, keep_case
from tests.support.chat import Chat
from tests.support.town import (
    BENTE,
    BO,
    CARL,
    DANISH,
    DORTE,
    EVA,
    HENRIETTE,
    SANNE,
    SOFIE,
    STINE,
    Town,
)
from tests.support.trail import audited

CPR = "0405119995"
WHOLE = "040511-9995"
WHY = "Slår op i fagsystemet før mødet"


@pytest.fixture
async def case(town: Town) -> Case:
    """A case in Bo's group about somebody whose number is known."""
    kept = a_case("2026-0001")
    async with town.remembers() as tx:
        await keep_case(tx, kept, name="Max Myrekær", cpr=CPR)
    return kept


async def reveals(who: Chat, case: Case) -> str:
    await opens(who, case)
    await who.types(f"vis cpr {case.reference}")
    return await who.fills({"why": WHY})


class TestTheNumber:
    @pytest.mark.parametrize("person", [BO, SOFIE, DORTE])
    async def test_is_shown_whole_for_sixty_seconds(
        self, town: Town, case: Case, person: Person
    ) -> None:
        """§14.3: what is asked again after that gives the half of it."""
        who = town.chat(person)
        assert WHOLE not in await opens(who, case)

        assert WHOLE in await reveals(who, case)

        town.hour.now += timedelta(seconds=59)
        assert WHOLE in await who.forges("cpr.stand_case", _about(case))
        town.hour.now += timedelta(seconds=1)
        later = await who.forges("cpr.stand_case", _about(case))
        assert masked(CPR) in later
        assert WHOLE not in later
        assert DANISH("cpr_shown.hidden") in later

    async def test_is_hidden_before_when_somebody_asks(self, town: Town, case: Case) -> None:
        bo = town.chat(BO)
        await reveals(bo, case)

        assert WHOLE not in await bo.types(f"skjul {case.reference}")
        assert WHOLE not in await bo.forges("cpr.stand_case", _about(case))

    async def test_is_nobody_elses_for_that_minute(self, town: Town, case: Case) -> None:
        await reveals(town.chat(BO), case)

        assert WHOLE not in await town.chat(SOFIE).forges("cpr.stand_case", _about(case))

    async def test_is_asked_for_with_a_reason_that_goes_on_record(
        self, town: Town, case: Case
    ) -> None:
        bo = town.chat(BO)
        await opens(bo, case)
        await bo.types(f"vis cpr {case.reference}")

        await bo.fills({"why": "Slår op"})

        assert WHOLE not in bo.everything()
        await reveals(bo, case)
        async with town.remembers() as tx:
            found = await audited(tx, action="case.reveal_cpr")
        assert {(each.actor, each.about) for each in found} == {(BO.id, str(case.id))}

    async def test_is_asked_for_after_the_question_whether_one_is_near(
        self, town: Town, case: Case
    ) -> None:
        """INH-2."""
        bo = town.chat(BO)
        await bo.types(f"vis cpr {case.reference}")

        told = await bo.fills({"why": WHY})

        assert DANISH("rule.case.answer_relation_first") in told
        assert WHOLE not in told

    @pytest.mark.parametrize("person", [BENTE, EVA, SANNE, HENRIETTE, CARL])
    async def test_is_for_those_whose_cell_says_so(
        self, town: Town, case: Case, person: Person
    ) -> None:
        who = town.chat(person)
        async with town.remembers() as tx:
            await tx.relations.recuse(
                case.id, CARL.id, "near", town.hour.now, key=str(case.subject), by=DORTE.id
            )

        assert DANISH("rule.case.not_found") in await who.types(f"vis cpr {case.reference}")
        told = await who.forges("cpr.stand_case", _about(case))
        assert DANISH("rule.case.not_found") in told

    async def test_can_be_shown_to_the_data_steward_who_cannot_open_the_case(
        self, town: Town, case: Case
    ) -> None:
        """D3 of §14.2; whether she is near, she has not been asked."""
        stine = town.chat(STINE)

        await stine.types(f"vis cpr {case.reference}")

        assert WHOLE in await stine.fills({"why": WHY})


def _about(case: Case) -> dict[str, object]:
    return {"case": str(case.id), "version": case.version}
