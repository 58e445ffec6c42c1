"""How stories about legal decisions fill in their forms, and what they look for."""

from collections.abc import Mapping
from uuid import uuid4

from domain.cases import Case
from domain.data_classes import DataClass
from domain.grants import Grant
from domain.journal import Note, NoteEvent
from domain.people import Authority, Person
from domain.records import Record, RecordKind
from tests.support.chat import Chat
from tests.support.town import BO, MONDAY_NOON, Town
from usecases.inform_family import begin_informing

TASK = "Du kender ham fra klubben og kan tale med ham om fritid"
NECESSARY = "Uden hende kan ingen tale med ham i fritiden"
HEIGHTENED = "Uden hans diagnose forstår ingen, hvorfor han bliver væk"
SERIOUS = "Han flytter sine ting i samme øjeblik, han får det at vide"
WEIGHED = "Det venter højst tre måneder, og han får det at vide bagefter"
WHY = "De er fætre og ses hver weekend"
OFFENCE = "Han er sigtet for at true en jævnaldrende"
WORDS = (TASK, NECESSARY, HEIGHTENED, SERIOUS, WEIGHED, WHY, OFFENCE)

OPEN: Mapping[str, str] = {"c1": "yes", "c2": "yes", "c3": "yes", "necessity": NECESSARY}
SHUT: Mapping[str, str] = {**OPEN, "c3": "no"}
AD_HOC: Mapping[str, str] = {
    "who": "line",
    "task": TASK,
    "classes": "D2,D8",
    **OPEN,
    "sensitive": "none",
}
ESCALATED: Mapping[str, str] = {"to": "lars", "purpose": TASK, "classes": "D2,D8", **OPEN}
EXEMPT: Mapping[str, str] = {
    "whom": "custody_1",
    "seriousness": SERIOUS,
    "weighing": WEIGHED,
    "review_on": "2026-05-31",
}


async def reroutes(
    who: Chat, to: str, *, reason: str = "wrong_area", note: str = "", **gate: str
) -> str:
    """Pass the concern on that somebody has open, by cards and through the gate."""
    await who.presses("concern.reroute")
    judged = {**OPEN, "sensitive": "none", **gate}
    await who.fills({"to": to, "reason": reason, "note": note, **judged})
    return await who.presses("form.send")


async def brings_in(who: Chat, case: Case, answers: Mapping[str, str] = AD_HOC) -> str:
    """Bring somebody in by cards; whoever does it has opened the case before."""
    await who.types(f"inddrag {case.reference}")
    await who.fills(answers)
    return await who.presses("form.send")


async def escalates(who: Chat, case: Case, answers: Mapping[str, str] = ESCALATED) -> str:
    await who.types(f"eskalér {case.reference}")
    await who.fills(answers)
    return await who.presses("form.send")


async def to_be_told(town: Town, case: Case) -> None:
    """Note that the family of a case is to be told, as is done when it is opened."""
    async with town.remembers() as tx:
        await begin_informing(
            tx, case=case, authority=Authority.SOF, collected_on=MONDAY_NOON.date()
        )


async def wrote(
    town: Town,
    case: Case,
    words: str = OFFENCE,
    *,
    by: Person = BO,
    kind: RecordKind = RecordKind.OFFENCE,
    data_class: DataClass = DataClass.OFFENCE,
) -> Record:
    """Put something that somebody wrote on a case."""
    record = Record(
        id=uuid4(),
        matter=case.id,
        key=str(case.subject),
        kind=kind,
        data_class=data_class,
        by=by.id,
        at=MONDAY_NOON,
        content={"words": words},
    )
    async with town.remembers() as tx:
        await tx.records.add(record)
    return record


async def withholds(who: Chat, case: Case, *, reason: str = WHY) -> str:
    """Withhold, or share again, the one thing that somebody's authority wrote."""
    await who.types(f"sag {case.reference}")
    await who.types(f"nej {case.reference}")
    await who.types(f"tilbagehold {case.reference}")
    await who.types("1")
    return await who.types(reason)


async def notes_of(town: Town, case: Case) -> list[NoteEvent]:
    async with town.remembers() as tx:
        return await tx.journal.notes(matters=[case.id])


async def noted(town: Town, case: Case) -> list[Note]:
    return [each.note for each in await notes_of(town, case)]


async def grants_of(town: Town, case: Case) -> list[Grant]:
    async with town.remembers() as tx:
        return await tx.grants.ever_of(case.id)


async def recorded(town: Town, case: Case, kind: RecordKind) -> list[Record]:
    async with town.remembers() as tx:
        return await tx.records.read([case.id], list(DataClass), kinds=[kind], history=True)
