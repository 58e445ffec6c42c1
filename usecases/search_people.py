"""Search for people by name or CPR number, among those one works with and no others (AC-AZ-09)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.cases import Case
from domain.cells import readable
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.gates import Purpose
from domain.matters import Matter, MatterKind
from domain.office_actions import OfficeAction
from domain.people import CommitteeCode, CommitteeType, Person
from domain.records import RecordKind
from domain.roles import Actor
from domain.searching import MOST_SHOWN, read_search
from domain.withholding import as_seen
from storage.database import Transaction
from storage.subject_index import Reach
from usecases import permit
from usecases.permit_office import permit_office


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A person found: their case within reach, and the name that was looked for."""

    case: Case
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Who was found; not `complete` where there may be others."""

    shown: Sequence[Hit]
    complete: bool


async def search_people(tx: Transaction, *, said: str, by: Person, now: datetime) -> Hits:
    """Find the people whose name or number was said, within this person's reach.

    That there was a search, and whom it showed, is on record; what was looked for is not.

    :raises RuleBroken: `search.…` for what asks for too many; `office.secretariat_only` for
        those who have no cases to search.
    """
    await permit_office(tx, by, OfficeAction.SEARCH)
    search = read_search(said, today=local_date(now))
    actor = await permit.actor_of(tx, by)
    reach = await reach_of(tx, actor, now=now)
    found = await tx.subjects.search(search, reach=reach, at_most=MOST_SHOWN)
    cases = await _cases_of(tx, actor, found.subjects, now=now)
    names = await _names(tx, cases, by)
    shown = [Hit(case=case, name=names.get(case.id, "")) for case in cases]
    shown.sort(key=lambda hit: (hit.name.casefold(), hit.case.reference))
    for about in ("people", *(str(hit.case.id) for hit in shown)):
        await tx.audit.record(
            at=now,
            actor=by.id,
            action="case.search",
            about=about,
            result=str(len(shown)) if about == "people" else "shown",
            purpose=Purpose.CRIME_PREVENTION,
        )
    return Hits(shown=shown, complete=found.complete)


async def reach_of(tx: Transaction, actor: Actor, *, now: datetime) -> Reach:
    """Say where somebody may look, by asking the table about a case there (domain.md §14.2)."""
    hidden = await tx.subjects.hidden_from(actor.person.id)
    if _may_name(actor, _a_case()):
        return Reach(scopes=None, hidden=hidden)
    codes = actor.committees.keys()
    scopes = {code for code in codes if _may_name(actor, _a_case(actor, code))}
    flagged = {code for code in codes if _may_name(actor, _a_case(actor, code, kif=True))}
    granted = [grant.matter for grant in await tx.grants.of_person(actor.person.id, now=now)]
    single = [
        *await tx.cases.led_by(actor.person.id),
        *(await tx.cases.of_ids(granted)).values(),
        *(await tx.cases.in_groups(flagged - scopes)),
    ]
    matters = await tx.matters.of_cases(single, now=now)
    besides = {case.subject for case in single if _may_name(actor, matters[case.id])}
    return Reach(scopes=frozenset(scopes), besides=frozenset(besides), hidden=hidden)


def _a_case(
    actor: Actor | None = None, code: CommitteeCode | None = None, *, kif: bool = False
) -> Matter:
    """Make a case like any other of a group, or of none."""
    plus = actor is not None and code is not None and _is_plus(actor, code)
    return Matter(
        kind=MatterKind.CASE,
        id=UUID(int=0),
        reference="",
        groups=frozenset(() if code is None else (code,)),
        plus=plus,
        kif=kif,
    )


def _is_plus(actor: Actor, code: CommitteeCode) -> bool:
    return actor.committees[code].type is CommitteeType.SSP_PLUS_COORDINATION


def _may_name(actor: Actor, matter: Matter) -> bool:
    return DataClass.IDENTITY in readable(actor, matter)


async def _cases_of(
    tx: Transaction, actor: Actor, subjects: Sequence[UUID], *, now: datetime
) -> list[Case]:
    """Find one case for each: the running one within reach, or else the latest."""
    cases = await tx.cases.of_subjects(subjects)
    into = await tx.cases.of_ids({case.merged_into for case in cases if case.merged_into})
    cases = [into[case.merged_into] if case.merged_into else case for case in cases]
    matters = await tx.matters.of_cases(cases, now=now)
    chosen: dict[UUID, Case] = {}
    for case in cases:
        if _may_name(actor, matters[case.id]):
            chosen.setdefault(case.subject, case)
    return list(chosen.values())


async def _names(tx: Transaction, cases: Sequence[Case], by: Person) -> dict[UUID, str]:
    read = await tx.records.read(
        [case.id for case in cases], [DataClass.IDENTITY], kinds=[RecordKind.IDENTITY]
    )
    seen = as_seen(read, by.authority)
    return {record.matter: str(record.content.get("name") or "") for record in seen}
