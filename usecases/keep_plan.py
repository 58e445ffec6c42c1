"""Keep the plan of a case in SSP+: its kind, its goals, who else has the person (PLUS-3, 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain import plus
from domain.access import Action
from domain.case_actions import CaseAction
from domain.cases import Case, Kif, PlusType
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import Note
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.plus import Focus
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import agree_action, must_be_seen, must_run
from usecases.ssp_plus import must_be_in_ssp_plus


class Consent(StrEnum):
    """Whether the young person agreed to a voluntary case; never a condition (domain.md K4)."""

    GIVEN = "given"
    NOT_ASKED = "not_asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is aimed at in each of the five areas; what is done about it are actions (PLUS-3)."""

    goals: Mapping[Focus, str] = field(repr=False)
    consent: Consent | None = field(default=None, repr=False)


async def to_plan(
    tx: Transaction, *, id: UUID, by: Person, result: str | None = "asked", now: datetime
) -> tuple[Case, Matter]:
    """Find a case of SSP+ for somebody who may change its plan.

    :raises RuleBroken: `case.not_found`, `case.closed`, or `plus.not_in_ssp_plus`.
    """
    case, matter, _ = await permit.case(tx, by, Action.PLAN, id, result=result, now=now)
    must_run(matter)
    await must_be_in_ssp_plus(tx, case)
    return case, matter


async def plan_of(tx: Transaction, case: Case) -> tuple[Plan, UUID | None]:
    """Read the plan, for somebody who has been let in, and the record it is kept as."""
    found = await tx.records.read([case.id], [DataClass.ACTIONS], kinds=[RecordKind.PLAN])
    if not found:
        return Plan(goals={}), None
    said = found[-1].content
    goals = {each: str(said[each]) for each in Focus if said.get(each)}
    consent = Consent(str(said["consent"])) if said.get("consent") else None
    return Plan(goals=goals, consent=consent), found[-1].id


async def set_plan(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    plan: Plan,
    now: datetime,
) -> Case:
    """Agree on the goals; what they were before stays in the history.

    :param id: the record's, so that sending it twice makes one.
    :param seen: the version of the case the person acts on (AC-CARD-04).
    :raises RuleBroken: as `to_plan`; `case.moved_on`, or `plan.no_goal`.
    """
    found, _ = await to_plan(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    goals = {focus: goal.strip() for focus, goal in plan.goals.items() if goal.strip()}
    if not goals:
        raise RuleBroken("plan.no_goal")
    _, before = await plan_of(tx, found)
    said = plan.consent or ""
    await tx.records.add(
        Record(
            id=id,
            matter=case,
            key=str(found.subject),
            kind=RecordKind.PLAN,
            data_class=DataClass.ACTIONS,
            by=by.id,
            at=now,
            content={str(focus): goal for focus, goal in goals.items()} | {"consent": said},
            replaces=before,
        )
    )
    saved = await tx.cases.save(replace(found, last_event_at=now))
    await tx.journal.note(Note.PLANNED, matter=case, source=id, by=by.id, at=now)
    return saved


async def plan_action(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    focus: Focus,
    what: str,
    owner: PersonId,
    due_on: date,
    now: datetime,
) -> CaseAction:
    """Agree on an action in one of the five areas: an action as any other, with its owner and day.

    :raises RuleBroken: as `to_plan`; `case.moved_on`, and what an action refuses.
    """
    found, matter = await to_plan(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    return await agree_action(
        tx,
        case=found,
        matter=matter,
        id=id,
        by=by,
        what=what,
        owner=owner,
        due_on=due_on,
        focus=focus,
        now=now,
    )


async def set_type(
    tx: Transaction, *, case: UUID, seen: int, by: Person, plus_type: PlusType, now: datetime
) -> Case:
    """Say which of the two kinds of case in SSP+ it is (PLUS-3).

    :raises RuleBroken: as `to_plan`; `case.moved_on`.
    """
    found, _ = await to_plan(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    return await tx.cases.save(replace(plus.of_type(found, plus_type), last_event_at=now))


async def set_kif(
    tx: Transaction, *, case: UUID, seen: int, by: Person, kif: Kif, now: datetime
) -> Case:
    """Say whether the probation service has, or will have, the person: it sees the case then.

    With no, those of the probation service no longer find it, at their next press (PLUS-4).

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `plus.not_running`, or
        `plus.not_in_ssp_plus`.
    """
    found, _, _ = await permit.case(tx, by, Action.SET_KIF, case, now=now)
    must_be_seen(found, seen)
    await must_be_in_ssp_plus(tx, found)
    saved = await tx.cases.save(replace(plus.with_kif(found, kif), last_event_at=now))
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"case.kif_{kif}",
        about=str(case),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
    return saved
