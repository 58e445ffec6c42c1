"""Efforts for stories: an application by cards, and efforts that are so far already."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from domain.efforts import Assessment, Criteria, Effort, EffortKind
from domain.people import AreaCode, Authority, CommitteeCode, Person
from tests.support.chat import Chat
from tests.support.town import ANNA, DORTE, LARS, LINE, MONDAY_NOON, Town
from usecases.apply_for_effort import apply_for_effort
from usecases.decide_effort import approve_effort, assess_effort

NUMBER = "I2026-0001"
AMOUNT = 12_500_00
PURPOSE = "To aftener om ugen holder vi hallen åben for de unge ved stationen."
REASON = "Det er kun ved Valby Station, at der er uro, og det haster."
LEARNED = "De unge kom fra første aften, og der var roligt ved stationen."
FORM = {
    "title": "Åben hal i Valby",
    "kind": "local",
    "areas": "VAL",
    "purpose": PURPOSE,
    "parties": "BUF,KP",
    "together": "Fritidscentret åbner hallen, og nærpolitiet kommer forbi.",
    "relevant": "no",
    "reason": REASON,
    "knowledge": "Social pejling har virket på to skoler i området.",
    "amount": "12.500 kr.",
    "lead": ANNA.id,
    "contact": LARS.id,
    "from_on": "2026-04-01",
    "to_on": "2026-06-30",
    "during_on": "2026-05-15",
    "end_on": "2026-07-10",
}


async def applies(who: Chat, form: dict[str, str] = FORM) -> str:
    """Apply by cards; give what the last card says."""
    await who.types("indsats")
    await who.fills(form)
    return await who.presses("form.send")


async def an_effort(
    town: Town,
    *,
    by: Person = ANNA,
    kind: EffortKind = EffortKind.LOCAL,
    amount: int = AMOUNT,
) -> Effort:
    """Apply without a conversation; the Secretariat has not assessed it."""
    applied = replace(AN_APPLICATION, id=uuid4(), applied_by=by.id, kind=kind, amount=amount)
    async with town.remembers() as tx:
        return await apply_for_effort(tx, applied, by=by)


async def an_assessed(
    town: Town,
    *,
    by: Person = ANNA,
    kind: EffortKind = EffortKind.LOCAL,
    amount: int = AMOUNT,
) -> Effort:
    effort = await an_effort(town, by=by, kind=kind, amount=amount)
    said = Assessment(
        parties=True, relevant=False, words="God, men kun lokal.", by=DORTE.id, at=town.hour.now
    )
    async with town.remembers() as tx:
        return await assess_effort(
            tx, id=effort.id, seen=effort.version, assessment=said, by=DORTE
        )


async def an_approved(town: Town, *, amount: int = AMOUNT) -> Effort:
    effort = await an_assessed(town, amount=amount)
    async with town.remembers() as tx:
        return await approve_effort(
            tx, id=effort.id, seen=effort.version, by=LARS, now=town.hour.now
        )


async def a_running(town: Town) -> Effort:
    """Let an effort have begun, so that it can be evaluated, and have cost something."""
    effort = await an_approved(town)
    async with town.remembers() as tx:
        return await tx.efforts.save(replace(effort, from_on=town.hour.now.date()))


AN_APPLICATION = Effort(
    id=UUID(int=1),
    reference="",
    kind=EffortKind.LOCAL,
    title="Åben hal i Valby",
    purpose=PURPOSE,
    areas=(AreaCode("VAL"),),
    parties=(Authority.BUF, Authority.KP),
    criteria=Criteria(
        together="Hallen og nærpolitiet.", relevant=False, relevance=REASON, knowledge="Pejling."
    ),
    committee=CommitteeCode("LG3"),
    year=2026,
    amount=AMOUNT,
    lead=LINE.id,
    contact=LARS.id,
    from_on=date(2026, 4, 1),
    to_on=date(2026, 6, 30),
    during_on=date(2026, 5, 15),
    end_on=date(2026, 7, 10),
    applied_by=ANNA.id,
    applied_at=MONDAY_NOON,
)
