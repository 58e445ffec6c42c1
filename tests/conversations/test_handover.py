"""From a coordination group to SSP+: proposed, accepted or declined, planned, followed up."""

from datetime import UTC, datetime

import pytest

from domain.cases import CaseState
from tests.support.case_stories import NAME, anew, opens
from tests.support.chat import Chat, verbs
from tests.support.plus_stories import (
    ACCEPTED,
    PROPOSED,
    SAID,
    accepted,
    assessed,
    comes,
    fills_in,
    near_18,
    proposed,
)
from tests.support.town import DANISH, LARS, OLE, RUTH, SANNE, Town

NOT_FOUND = DANISH("rule.case.not_found")


@pytest.fixture
def sanne(town: Town) -> Chat:
    """Sits in SSP+ for social services."""
    return town.chat(SANNE)


@pytest.fixture
def ole(town: Town) -> Chat:
    """Sits in SSP+ for the probation service."""
    return town.chat(OLE)


async def test_a_case_goes_from_the_group_to_ssp_plus(
    town: Town, bo: Chat, pia: Chat, sanne: Chat
) -> None:
    """PLUS-2, AGE-8: the duty stays until the yes, and is joint until 18."""
    case = await assessed(town)
    assert NOT_FOUND in await pia.types(f"sag {case.reference}")

    # Bo proposes it; Pia hears a number, opens it and reads why
    told = await fills_in(bo, "overdrag", case, PROPOSED)
    assert DANISH("propose.done_title") in told
    assert DANISH("plus_notice.handover_asked_title", reference=case.reference) in pia.everything()
    assert not [words for words in (*SAID, NAME) if words in pia.everything()]
    read = await opens(pia, case)
    for words in SAID:
        assert words in read
    assert (await anew(town, case)).group == "KG5"

    # she takes it over, and Sanne leads it
    told = await fills_in(pia, "modtag overdragelse", case, ACCEPTED)
    assert DANISH("accept.done_title") in told
    assert case.reference in sanne.everything()
    assert (
        DANISH("plus_notice.handover_answered_title", reference=case.reference) in bo.everything()
    )
    now = await anew(town, case)
    assert (now.group, now.partner, now.lead) == ("PKG", "KG5", SANNE.id)

    # until the 18th birthday Bo reads it too
    assert NAME in await opens(bo, case)
    await comes(town, datetime(2026, 8, 14, 12, tzinfo=UTC))
    assert NOT_FOUND not in await bo.types(f"sag {case.reference}")
    await comes(town, datetime(2026, 8, 15, 12, tzinfo=UTC))
    assert NOT_FOUND in await bo.types(f"sag {case.reference}")
    for who in (pia, bo):
        assert DANISH("plus_notice.plus_alone_title", reference=case.reference) in who.everything()
    assert DANISH("plus_notice.handed_over_body") in bo.everything()


async def test_a_no_leaves_it_with_the_group(town: Town, bo: Chat, pia: Chat) -> None:
    case = await proposed(town)
    await opens(pia, case)

    told = await fills_in(pia, "afvis overdragelse", case, {"reason": "Ikke vores målgruppe"})

    assert DANISH("decline.done_title") in told
    assert NOT_FOUND in await pia.types(f"sag {case.reference}")
    read = await opens(bo, case)
    assert "Ikke vores målgruppe" in read
    assert (await anew(town, case)).group == "KG5"


async def test_a_proposal_can_be_taken_back(town: Town, bo: Chat, pia: Chat) -> None:
    case = await proposed(town)

    told = await bo.types(f"træk overdragelse tilbage {case.reference}")

    assert DANISH("plus_done.withdrawn_title", reference=case.reference) in told
    assert NOT_FOUND in await pia.types(f"sag {case.reference}")


async def test_what_may_not_be_shared_is_not(town: Town, bo: Chat, pia: Chat) -> None:
    """S115-8: a condition that does not hold, and nothing is proposed."""
    case = await assessed(town)

    await fills_in(bo, "overdrag", case, {**PROPOSED, "c3": "no"})

    assert (await anew(town, case)).state is not CaseState.HANDOVER_PROPOSED
    assert NOT_FOUND in await pia.types(f"sag {case.reference}")


async def test_an_old_card_accepts_nothing(town: Town, bo: Chat, pia: Chat) -> None:
    """Scenario 3: the card of a proposal that was taken back meanwhile."""
    case = await proposed(town)
    await opens(pia, case)
    card = pia.card(pia.card_with("plus.accept"))
    await bo.types(f"træk overdragelse tilbage {case.reference}")

    assert NOT_FOUND in await pia.presses_on(card, "plus.accept")


async def test_it_is_among_pias_duties(town: Town, pia: Chat) -> None:
    case = await proposed(town)

    assert DANISH("duty.handover_waiting", reference=f"**{case.reference}**") in (
        await pia.types("mine opgaver")
    )


async def test_the_assessment_comes_first(town: Town, bo: Chat) -> None:
    case = await near_18(town)
    await opens(bo, case)

    refused = await bo.types(f"overdrag {case.reference}")

    assert DANISH("rule.handover.assess_first") in refused


class TestTheProbationService:
    async def test_sees_a_case_of_ssp_plus_only_while_it_is_flagged(
        self, town: Town, pia: Chat, ole: Chat
    ) -> None:
        """Scenario 9 of concern.md §5.4, PLUS-4: as if there were none, and gone at once."""
        case = await accepted(town)
        missing = await ole.types("sag 2026-9999")
        assert await ole.types(f"sag {case.reference}") == missing
        for typed in ("mine sager", "mine opgaver", "søg myrekær", "dagsorden"):
            told = await ole.types(typed)
            assert case.reference not in told
            assert NAME not in told

        told = await fills_in(pia, "kif", case, {"kif": "active"})
        assert DANISH("kif.done_title") in told
        assert NAME in await opens(ole, case)

        await fills_in(pia, "kif", case, {"kif": "none"})
        assert await ole.types(f"sag {case.reference}") == missing

    async def test_cannot_flag_it(self, town: Town, ole: Chat) -> None:
        case = await accepted(town)

        assert NOT_FOUND in await ole.types(f"kif {case.reference}")


class TestAPlan:
    async def test_has_goals_and_actions_by_area(self, town: Town, sanne: Chat) -> None:
        """PLUS-3: goal, action, owner, due, status."""
        case = await accepted(town)
        await opens(sanne, case)

        told = await fills_in(sanne, "mål", case, {"job": "En læreplads", "housing": "Et værelse"})
        assert DANISH("plan.done_title") in told
        case = await anew(town, case)
        action = {
            "focus": "job",
            "what": "Ring til mester",
            "owner": "per",
            "due": "2026-03-20",
        }
        told = await fills_in(sanne, "planhandling", case, action)
        assert DANISH("plan_action.done_title") in told

        shown = await sanne.types(f"plan {case.reference}")
        for words in ("En læreplads", "Et værelse", "Ring til mester", "Per Ravhjort"):
            assert words in shown
        assert DANISH("plan_card.status.open") in shown

    async def test_is_not_there_for_a_case_elsewhere(self, town: Town, bo: Chat) -> None:
        case = await near_18(town)
        await opens(bo, case)

        assert DANISH("rule.plus.not_in_ssp_plus") in await bo.types(f"mål {case.reference}")


class TestWhatBecameOfThem:
    async def test_is_asked_after_a_year_and_counted(self, town: Town, pia: Chat) -> None:
        """PLUS-7."""
        case = await accepted(town)
        await comes(town, datetime(2027, 3, 8, 12, tzinfo=UTC))
        title = DANISH("plus_notice.outcome_due_title", reference=case.reference)
        assert title not in pia.everything()
        await comes(town, datetime(2027, 3, 9, 12, tzinfo=UTC))
        assert title in pia.everything()

        case = await anew(town, case)
        answers = {"started": "yes", "started_type": "edu", "started_on": "2026-08-10"}
        told = await fills_in(pia, "opfølgning", case, answers)

        assert DANISH("outcome.done_title") in told
        async with town.remembers() as tx:
            outcome = await tx.outcomes.of_case(case.id)
        assert outcome is not None
        assert outcome.started_in_time

    async def test_is_shown_as_figures_only_where_there_are_enough(
        self, town: Town, pia: Chat, bo: Chat
    ) -> None:
        """PLUS-6: fewer than five are not shown."""
        await accepted(town)

        shown = await pia.types("ssp+ tal")

        assert DANISH("kpi.too_few", least=5) in shown
        assert DANISH("kpi.title") not in await bo.types("ssp+ tal")
        assert DANISH("kpi.title") in await town.chat(RUTH).types("ssp+ tal")
        assert DANISH("kpi.title") not in await town.chat(LARS).types("ssp+ tal")


async def test_the_card_offers_what_there_is_a_use_for(town: Town, bo: Chat, pia: Chat) -> None:
    case = await near_18(town)
    await opens(bo, case)
    assert "plus.assess" in verbs(bo.card(bo.messages()[-1]))

    case = await proposed(town)
    await opens(pia, case)
    assert {"plus.accept", "plus.decline"} <= verbs(pia.card(pia.messages()[-1]))
