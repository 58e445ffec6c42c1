"""Scenario 12 of concern.md §5.4: who leads three cases and has one on its way to SSP+ leaves."""

from dataclasses import replace

from domain.cases import CaseState
from tests.support.case_stories import NAME, a_case, an_action, anew, opens
from tests.support.plus_stories import ACCEPTED, fills_in, proposed
from tests.support.town import BO, DANISH, PIA, SOFIE, STINE, Town


async def test_nothing_of_theirs_is_left_without_anybody(town: Town) -> None:
    """ROLE-03, CASE-6, PLUS-2: each waits for Bo, who is told; the handover is answered."""
    bo, pia, sofie, stine = (town.chat(each) for each in (BO, PIA, SOFIE, STINE))
    led = [await a_case(town, state=CaseState.FOLLOW_UP, lead=SOFIE.id) for _ in range(3)]
    async with town.remembers() as tx:
        action = await an_action(tx, led[0], owner=SOFIE)
    handed_on = await proposed(town)
    async with town.remembers() as tx:
        await tx.cases.save(replace(handed_on, lead=SOFIE.id))
    assert NAME in await opens(sofie, led[0])

    await stine.types(f"rolle {SOFIE.name}")
    await stine.presses("role.take")
    await stine.fills({"post": "register"})
    await stine.presses("form.send")

    waits = await bo.types("mine opgaver")
    for case in (*led, handed_on):
        assert (await anew(town, case)).lead is None
        assert DANISH("case.no_lead_title", reference=case.reference) in bo.everything()
        assert DANISH("duty.case_without_lead", reference=f"**{case.reference}**") in waits
    owners = DANISH("duty.action_without_owner", reference=f"**{led[0].reference}**")
    assert owners in waits
    assert NAME not in await sofie.types(f"sag {led[0].reference}")

    # Bo finds others for them, and the handover is still there to be answered
    await opens(bo, led[0])
    await bo.types(f"tovholder {led[0].reference}")
    await bo.presses("form.next", lead="carl")
    assert (await anew(town, led[0])).lead == "carl"
    async with town.remembers() as tx:
        await tx.actions.save(replace(action, owner=BO.id))
    assert owners not in await bo.types("mine opgaver")
    await opens(pia, handed_on)
    assert DANISH("accept.done_title") in await fills_in(
        pia, "modtag overdragelse", handed_on, ACCEPTED
    )
    now = await anew(town, handed_on)
    assert (now.group, now.lead) == ("PKG", "sanne")
