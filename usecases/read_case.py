"""Open a case: everything this person may read of it, and nothing else (domain.md §14.2)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.case_actions import CaseAction, by_due
from domain.cases import Case
from domain.cells import Sight, readable, seen
from domain.concerns import Concern
from domain.countersigns import Countersign
from domain.cpr import masked
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from domain.roles import Actor
from domain.withholding import is_hidden, is_withheld
from storage.database import Transaction
from usecases import permit


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case as one person may read it now.

    `records` are of the classes they may read, the latest version of each; a CPR number is
    masked even for those who may reveal it.
    """

    case: Case
    matter: Matter
    actor: Actor
    classes: frozenset[DataClass]
    records: Sequence[Record] = field(repr=False)
    withheld: bool  # whether another authority keeps something to itself (S115-12)
    actions: Sequence[CaseAction] = field(repr=False)
    concerns: Sequence[Concern]
    asked: Sequence[Countersign]  # what waits for a colleague's agreement
    people: Mapping[PersonId, Person]
    group: str
    partner: str
    cpr: str = field(default="", repr=False)

    def latest(self, kind: RecordKind) -> Record | None:
        """Find the latest record of a kind that is not withheld from this person."""
        return next((each for each in reversed(self.open_records) if each.kind is kind), None)

    @property
    def open_records(self) -> Sequence[Record]:
        """All but what another authority keeps to itself (S115-12)."""
        authority = self.actor.person.authority
        return [each for each in self.records if not is_hidden(each, authority)]

    def of_kind(self, kind: RecordKind) -> list[Record]:
        return [each for each in self.records if each.kind is kind]

    def name_of(self, person: PersonId | None) -> str:
        return "" if person is None or person not in self.people else self.people[person].name


async def open_case(
    tx: Transaction, *, id: UUID, by: Person, no_relation: bool = False, now: datetime
) -> OpenedCase | None:
    """Read a case, or nothing until the recusal question is answered with no (INH-2).

    Every reading is on record with who and why (SEC-1).

    :raises RuleBroken: `case.not_found`
    """
    await permit.case(tx, by, Action.OPEN, id, result=None, now=now)
    if no_relation:
        await tx.relations.set_cleared(id, by.id)
    elif not await tx.relations.cleared(id, by.id):
        return None
    case, matter, actor = await permit.case(tx, by, Action.OPEN, id, now=now)
    return await read_case(tx, case=case, matter=matter, actor=actor, now=now)


async def read_case(
    tx: Transaction, *, case: Case, matter: Matter, actor: Actor, now: datetime
) -> OpenedCase:
    """Read a case for somebody who has been let in."""
    classes = readable(actor, matter)
    about = await tx.matters.about_same_person(case.id)
    records = await tx.records.read(about, classes)
    actions = await tx.actions.of_case(case.id) if DataClass.ACTIONS in classes else []
    concerns = await tx.concerns.in_cases(about) if DataClass.TEXT in classes else []
    decides = DataClass.DECISIONS in classes
    asked = await tx.countersigns.open(about=[case.id], now=now) if decides else []
    shared = [each for each in records if not is_hidden(each, actor.person.authority)]
    named = {
        *(case.lead, case.opened_by),
        *(each.owner for each in actions),
        *(each.by for each in shared),
        *(each.asked_by for each in asked),
    }
    return OpenedCase(
        case=case,
        matter=matter,
        actor=actor,
        classes=classes,
        records=shared,
        withheld=any(is_withheld(each, actor.person.authority) for each in records),
        actions=by_due(actions),
        concerns=concerns,
        asked=asked,
        people=await tx.people.of_ids([each for each in named if each is not None]),
        group=(await tx.organisation.committee(case.group)).name,
        partner=(await tx.organisation.committee(case.partner)).name if case.partner else "",
        cpr=await _masked_cpr(tx, about, actor, matter),
    )


async def _masked_cpr(tx: Transaction, about: Sequence[UUID], actor: Actor, matter: Matter) -> str:
    """Show that a CPR number is known, to those who may know it at all (concern.md §4.4)."""
    sights = (Sight.READ, Sight.MASKED, Sight.REVEAL)
    if not any(DataClass.CPR in seen(actor, matter, sight) for sight in sights):
        return ""
    found = await tx.records.read(about, [DataClass.CPR], kinds=[RecordKind.CPR])
    return masked(str(found[-1].content.get("cpr", ""))) if found else ""


async def latest_of(
    tx: Transaction, case: Case, matter: Matter, actor: Actor, kinds: Collection[RecordKind]
) -> dict[RecordKind, Record]:
    """Find the latest record of each kind that a form may begin with.

    What is withheld is not among them, not even for its own authority: saved as it stands,
    everybody would read it (S115-12).
    """
    found = await tx.records.read([case.id], readable(actor, matter), kinds=kinds)
    return {each.kind: each for each in found if each.withheld_by is None}


async def name_to_clear(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> str:
    """Give the name alone, which is needed to answer the recusal question (INH-2).

    :raises RuleBroken: `case.not_found`
    """
    case, _, _ = await permit.case(tx, by, Action.OPEN, id, result="asked", now=now)
    found = await tx.records.read([case.id], [DataClass.IDENTITY], kinds=[RecordKind.IDENTITY])
    return str(found[-1].content.get("name") or "") if found else ""


async def must_be_cleared(tx: Transaction, person: Person, case: UUID) -> None:
    """Let nobody work on a case before they have answered whether they are near (INH-2).

    :raises RuleBroken: `case.answer_relation_first`
    """
    if not await tx.relations.cleared(case, person.id):
        raise RuleBroken("case.answer_relation_first")


async def decision_of(tx: Transaction, case: Case, id: UUID) -> Mapping[str, object]:
    """Read the record of a decision that somebody who has been let in is asked to agree to."""
    record = await tx.records.find(id)
    is_its_own = record is not None and record.matter == case.id
    return record.content if record is not None and is_its_own else {}
