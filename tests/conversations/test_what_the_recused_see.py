"""Who is near, or not covered by §115, finds a case and a concern nowhere: as if there were none.

Everything that can be read by typing is read twice: before there is anything, and when there is
a case with a lead, an action, a number, a concern, something to agree to and something to file.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.cases import Case, CaseState
from domain.countersigns import CountersignKind
from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.people import Person
from domain.records import Record, RecordKind
from tests.support.case_stories import NAME, WHAT, a_case, an_action
from tests.support.read_everything import BY_NUMBER, LISTS, NOTHING, reads
from tests.support.reports import GRAVE
from tests.support.reports import NAME as REPORTED
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DORTE,
    LARS,
    LINE,
    SOFIE,
    STINE,
    Town,
    uncovered,
)
from usecases.countersign import ask

CPR = "0405119995"
SEARCHES = ("myrekær", "max", CPR)
BARRED = pytest.mark.parametrize("person", [BO, CARL, SOFIE, DORTE, STINE, LARS, LINE])
GRANTS = {LARS.id: GrantKind.ESCALATION, LINE.id: GrantKind.AD_HOC}


@dataclass(frozen=True, kw_only=True)
class There:
    """What there is, and the words that give it away."""

    case: Case
    concern: str

    @property
    def words(self) -> tuple[str, ...]:
        return (self.case.reference, self.concern, NAME, REPORTED, WHAT, CPR[:6], CPR[6:])


def test_every_path_by_number_is_tried() -> None:
    """AC-AZ-04: twelve ways at least."""
    assert len(LISTS) + len(SEARCHES) + sum(map(len, BY_NUMBER.values())) >= 12
    assert {"sag", "historik", "vis cpr", "udtræk"} <= set(BY_NUMBER["case"])


async def appears(town: Town, person: Person) -> There:
    """Let there be a case and a concern, and this person have had to do with both."""
    concern = await town.chat(ANNA).reports(GRAVE)
    lead = SOFIE.id if person == SOFIE else None
    case = await a_case(town, state=CaseState.FOLLOW_UP, level=2, lead=lead)
    async with town.remembers() as tx:
        await an_action(tx, case, owner=person)
        await tx.records.add(
            Record(
                id=uuid4(),
                matter=case.id,
                key=str(case.subject),
                kind=RecordKind.CPR,
                data_class=DataClass.CPR,
                by=BO.id,
                at=town.hour.now,
                content={"cpr": CPR},
            )
        )
        await tx.subjects.reindex(case.subject)
        if person.id in GRANTS:
            await tx.grants.add(
                Grant(
                    id=uuid4(),
                    matter=case.id,
                    person=person.id,
                    kind=GRANTS[person.id],
                    classes=frozenset(DataClass),
                    by=BO.id,
                    begins_at=town.hour.now,
                    expires_at=town.hour.now + timedelta(days=14),
                )
            )
        asker = DORTE if person == STINE else STINE
        await ask(
            tx,
            kind=CountersignKind.RELEASE,
            about=case.id,
            seen=case.version,
            by=asker,
            now=town.hour.now,
        )
    return There(case=case, concern=concern)


async def recuses(town: Town, person: Person, there: There) -> None:
    """Bar somebody from both."""
    concern = await town.concern(there.concern)
    async with town.remembers() as tx:
        for matter, key in ((there.case.id, there.case.subject), (concern.id, concern.id)):
            await tx.relations.recuse(matter, person.id, "near", town.hour.now, key=str(key))


@BARRED
async def test_the_recused_find_neither(town: Town, person: Person) -> None:
    """AC-AZ-04, INH-3: not in a list, a search, a count, an error or a card."""
    who = town.chat(person)
    before = await reads(who, *NOTHING, searches=SEARCHES)
    there = await appears(town, person)
    await recuses(town, person, there)

    assert await reads(who, there.case.reference, there.concern, searches=SEARCHES) == before


@pytest.mark.parametrize("person", [BO, CARL, DORTE])
async def test_who_is_neither_finds_both(town: Town, person: Person) -> None:
    """The other side, so that the others cannot pass by showing nobody anything."""
    who = town.chat(person)
    before = await reads(who, *NOTHING, searches=SEARCHES)

    there = await appears(town, person)

    shown = "\n".join(await reads(who, there.case.reference, there.concern, searches=SEARCHES))
    told = "\n".join(before)  # the search explains itself with a name
    for word in (there.case.reference, there.concern, NAME):
        assert shown.count(word) > told.count(word), word


@BARRED
async def test_who_is_not_covered_finds_neither(town: Town, person: Person) -> None:
    """AC-AZ-05, S115-9: whatever seat, office, lead or grant they have."""
    who = town.chat(person)
    async with town.remembers() as tx:
        await tx.people.save(uncovered(person))
    before = await reads(who, *NOTHING, searches=SEARCHES)
    async with town.remembers() as tx:
        await tx.people.save(replace(person, s115_covered=True))
    there = await appears(town, person)
    async with town.remembers() as tx:
        await tx.people.save(uncovered(person))

    assert await reads(who, there.case.reference, there.concern, searches=SEARCHES) == before


@pytest.mark.parametrize("person", [BO, CARL, DORTE, LINE])
@pytest.mark.parametrize("barred", ["recused", "uncovered"])
async def test_no_letter_reaches_them(town: Town, person: Person, barred: str) -> None:
    """AC-AZ-04, AC-AZ-05: digest, reminders and agenda for a week."""
    who = town.chat(person)
    there = await appears(town, person)
    if barred == "recused":
        await recuses(town, person, there)
    else:
        async with town.remembers() as tx:
            await tx.people.save(uncovered(person))
    before = len(who.messages())

    for _ in range(8):
        await town.passes(timedelta(days=1))
    await who.types("dagsorden")

    letters = "\n".join(who.reads(each) for each in who.messages()[before:])
    assert not [word for word in there.words if word in letters]
