"""Scenario 3 of concern.md §5.4: another case's id in a card, and an old card after reopening."""

from domain.cases import CaseState
from tests.support.case_stories import (
    ENDING,
    NAME,
    READY_TO_CLOSE,
    a_case,
    anew,
    coordinates,
    opens,
    ready_to_close,
)
from tests.support.chat import Chat, data_of
from tests.support.reports import REPORT
from tests.support.town import DANISH, EVA, VANLOESE_GROUP, Town
from tests.support.trail import audited

REOPENING = "Der er kommet en ny bekymring om ham"


class TestAnEditedId:
    async def test_leads_a_reporter_to_nothing(self, town: Town, anna: Chat) -> None:
        """AC-CARD-02, AC-CARD-08: the id of somebody's case in the card of one's own concern."""
        case = await a_case(town)
        await anna.reports(REPORT)
        receipt = data_of(anna.card(anna.card_with("concern.add")), "concern.add")
        missing = DANISH("rule.case.not_found")

        for verb in ("concern.add", "concern.open", "concern.withdraw"):
            told = await anna.forges(verb, {**receipt, "concern": str(case.id)})
            assert DANISH("rule.concern.not_found") in told
        carried = {"case": str(case.id), "version": case.version}
        for verb in ("case.open", "case.clear", "case.history", "action.list"):
            assert missing in await anna.forges(verb, carried)
        assert NAME not in anna.everything().replace(REPORT["name"], "", 1)
        async with town.remembers() as tx:
            denied = await audited(tx, action="access.denied", actor=anna.person.id)
        assert [each.about for each in denied].count(str(case.id)) == 7

    async def test_leads_a_facilitator_to_nothing_of_another_group(
        self, town: Town, bo: Chat
    ) -> None:
        """The one who may do most, with the id of a case elsewhere in a card of his own."""
        mine = await a_case(town)
        theirs = await a_case(town, name="Sif Lyngager", group=VANLOESE_GROUP.code)
        await opens(bo, mine)
        card = data_of(bo.card(bo.card_with("case.coordinate")), "case.coordinate")

        for verb in ("case.open", "case.clear", "case.coordinate", "case.close", "case.export"):
            told = await bo.forges(verb, {**card, "case": str(theirs.id)})
            assert DANISH("rule.case.not_found") in told
        assert "Lyngager" not in bo.everything()
        assert "Lyngager" in await opens(town.chat(EVA), theirs)


async def test_a_press_of_before_closes_no_case_that_was_opened_again(
    town: Town, bo: Chat, carl: Chat, sofie: Chat
) -> None:
    """AC-CARD-04: each of the presses that closed it, when it is ready to be closed once more."""
    case = await a_case(town)
    await ready_to_close(town, bo, case)
    await opens(bo, case)
    to_close = data_of(bo.card(bo.card_with("case.close")), "case.close")
    await bo.types(f"luk {case.reference}")
    to_ask = data_of(bo.form(), "form.next")
    reason = {"reason": "coordination_done", "words": ENDING}
    await bo.presses("form.next", **reason)
    for who in (carl, sofie):
        await opens(who, case)
        await who.presses("countersign.open")
    to_agree = data_of(carl.card(carl.card_with("countersign.give")), "countersign.give")
    await carl.presses("countersign.give")
    assert (await anew(town, case)).state is CaseState.CLOSED
    await bo.types(f"genåbn {case.reference}")
    await bo.presses("form.next", words=REOPENING)
    await carl.presses("countersign.open")
    await carl.presses("countersign.give")
    await coordinates(bo, case, READY_TO_CLOSE)

    before = await anew(town, case)
    assert before.state is CaseState.COORDINATION
    for who in (carl, sofie):
        told = await who.forges("countersign.give", to_agree)
        assert DANISH("countersign.given_title") not in told
    assert DANISH("form.gone_text") in await bo.forges("form.next", {**to_ask, **reason})
    await bo.forges("case.close", to_close)

    assert await anew(town, case) == before
    async with town.remembers() as tx:
        assert await tx.countersigns.open(now=town.hour.now) == []
