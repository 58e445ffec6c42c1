"""Who may press what about roles, broken glass and CPR numbers (APP-2, ROLE-02, §14.3)."""

from uuid import uuid4

from domain.cases import Case
from domain.matters import MatterKind
from tests.support.acts import Staged, act, with_a_case
from tests.support.acts_concerns import a_concern, opened
from tests.support.acts_groups import on_the_group
from tests.support.cases import a_case, keep_case
from tests.support.chat import Chat
from tests.support.town import CARL, DORTE, SOFIE, STINE, Town
from usecases.break_glass import break_glass

CPR = "0405119995"
BREAKS = ("steward", "head", "data protection")
REVEALS = ("facilitator", "member", "secretariat", "steward")


async def a_colleague(_: Town) -> Staged:
    """Think of Sofie, who sits in Valby's group."""
    return Staged(carried={"colleague": SOFIE.aad_id}, number=SOFIE.name)


async def _case(town: Town, *, cpr: str = CPR) -> Case:
    """Keep a case with a number in Bo's group, from which Carl has to stand back."""
    async with town.remembers() as tx:
        case = a_case(await tx.cases.next_reference(town.hour.now.year))
        await keep_case(tx, case, name="Max Myrekær", cpr=cpr)
        await tx.relations.recuse(
            case.id, CARL.id, "near", town.hour.now, key=str(case.subject), by=DORTE.id
        )
    return case


async def on_the_case(town: Town) -> Staged:
    return with_a_case(await _case(town))


async def on_the_glass(town: Town) -> Staged:
    """Let Stine break the glass of a case."""
    case, glass = await _case(town, cpr=""), uuid4()
    async with town.remembers() as tx:
        await break_glass(
            tx,
            id=glass,
            kind=MatterKind.CASE,
            about=case.id,
            minutes=60,
            reason="Politiet ringer midt om natten",
            by=STINE,
            now=town.hour.now,
        )
    await town.settles()
    return Staged(carried={"glass": str(glass)}, number=case.reference)


async def having_opened(_: Town, who: Chat, staged: Staged) -> Staged:
    """Let somebody say that they are not near."""
    await who.types(f"sag {staged.number}")
    await who.types(f"nej {staged.number}")
    return staged


ACTS = {
    "role.show": act(a_colleague, "steward"),
    "role.give": act(a_colleague, "steward"),
    "role.take": act(a_colleague, "steward"),
    "glass.break_case": act(on_the_case, *BREAKS),
    "glass.break_concern": act(a_concern, *BREAKS),
    "glass.break_group": act(on_the_group, *BREAKS),
    "glass.review": act(on_the_glass, "head"),
    "cpr.reveal_case": act(on_the_case, *REVEALS, before=having_opened),
    "cpr.stand_case": act(on_the_case, *REVEALS),
    "cpr.hide_case": act(on_the_case, *REVEALS),
    "cpr.reveal_concern": act(a_concern, *REVEALS, before=opened),
    "cpr.stand_concern": act(a_concern, *REVEALS),
    "cpr.hide_concern": act(a_concern, *REVEALS),
}
