"""What stories about SSP+ begin with: somebody near 18, and how the forms are filled in."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.cases import Case, CaseState
from tests.support.case_stories import a_case, anew, opens
from tests.support.chat import Chat
from tests.support.plus_cases import CHILD_VIEW, DRAFT_PLAN, REASON
from tests.support.town import BO, PIA, Town
from usecases.follow_ages import follow_age

A_MINUTE = timedelta(minutes=1)
A_MOMENT = timedelta(milliseconds=100)
CHORES_BEGIN_WITHIN = 4  # minutes
ASKED_AT_MOST = 10_000
SEVENTEEN_AND_A_HALF = date(2008, 8, 15)  # on MONDAY_NOON, and 18 on 15 August
ASSESSED: Mapping[str, str] = {
    "verdict": "in_target",
    "criteria": "repeated_serious",
    "reason": REASON,
}
PROPOSED: Mapping[str, str] = {
    "criteria": "repeated_serious",
    "reason": REASON,
    "plan": DRAFT_PLAN,
    "child_view": CHILD_VIEW,
    "c1": "yes",
    "c2": "yes",
    "c3": "yes",
    "necessity": "SSP+ skal kunne tage sagen over",
    "sensitive": "none",
}
ACCEPTED: Mapping[str, str] = {
    "meets_on": "2026-03-09",
    "lead": "sanne",
    "plus_type": "handover",
}
SAID = (REASON, DRAFT_PLAN, CHILD_VIEW)


async def near_18(town: Town) -> Case:
    """Put a case on level 3 into Bo's group that is to be assessed."""
    case = await a_case(town, born=SEVENTEEN_AND_A_HALF, level=3, state=CaseState.COORDINATION)
    async with town.remembers() as tx:
        held = await tx.cases.hold(case.id)
        assert held is not None
        await follow_age(tx, held, now=town.hour.now)
    return case


async def comes(town: Town, when: datetime) -> None:
    """Let an hour come, and what waits be told: whoever gets many letters waits for some.

    What a conversation can take is counted by the true clock (teams.md §5), which hardly moves
    in a story; so it is asked for again, a moment of the story at a time.
    """
    await town.passes(when - town.hour.now)
    for _ in range(CHORES_BEGIN_WITHIN):
        await town.passes(A_MINUTE)
    for _ in range(ASKED_AT_MOST):
        async with town.remembers() as tx:
            due = await tx.outbox.next_due()
        if due is None or due > town.hour.now + A_MINUTE:
            return
        await town.passes(max(due - town.hour.now, A_MOMENT))
    raise AssertionError("something still waits to be told")


async def fills_in(who: Chat, command: str, case: Case, answers: Mapping[str, str]) -> str:
    """Begin a form about a case by keyboard, fill it in by cards and send it."""
    asked = await who.types(f"{command} {case.reference}")
    told = await who.fills(answers)
    if "form.send" in str(who.form()):
        return await who.presses("form.send")
    return told or asked


async def assessed(town: Town) -> Case:
    """Let Bo's group find that it is one for SSP+."""
    case = await near_18(town)
    bo = town.chat(BO)
    await opens(bo, case)
    await fills_in(bo, "vurdér", case, ASSESSED)
    return await anew(town, case)


async def proposed(town: Town) -> Case:
    case = await assessed(town)
    await fills_in(town.chat(BO), "overdrag", case, PROPOSED)
    return await anew(town, case)


async def accepted(town: Town) -> Case:
    """Let SSP+ take it over, with Sanne as its lead."""
    case = await proposed(town)
    pia = town.chat(PIA)
    await opens(pia, case)
    await fills_in(pia, "modtag overdragelse", case, ACCEPTED)
    return await anew(town, case)
