"""Find out whether SSP knows the person a concern is about, and say no more of it than is due.

Matching is done by the server alone (CON-5). What a group may not see, it is not told: of a
case elsewhere it learns that there is one, and the Secretariat looks at both (decision 0030).
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.cases import RUNNING, Case
from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.identities import Identity, may_be_same, same_name
from domain.records import RecordKind
from domain.roles import Actor
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case whose person was born the same day and has a like name: a human must look."""

    case: Case
    same_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What somebody who handles a concern may know of whether the person is known.

    `same` is the case of the very person, within reach. `runs_elsewhere` says that another
    group has a running case of theirs. The candidates are within reach; `maybe_elsewhere` says
    that there are others.
    """

    who: Identity = field(repr=False)
    subject: UUID | None = None
    same: Case | None = None
    runs_elsewhere: bool = False
    was_elsewhere: bool = False
    candidates: tuple[Candidate, ...] = ()
    maybe_elsewhere: bool = False
    beyond: tuple[Case, ...] = field(default=(), repr=False)  # only to tell their facilitators


async def find_known(tx: Transaction, concern: Concern, *, actor: Actor, now: datetime) -> Known:
    """Look for the person by CPR number, else by name and birthday."""
    who = Identity.of(await tx.concerns.read(concern.id, {DataClass.IDENTITY, DataClass.CPR}))
    subject = await tx.subjects.with_cpr(who.cpr) if who.cpr else None
    if concern.case is not None:  # it came back with something added (CON-10)
        linked = await tx.cases.find(concern.case)
        subject = linked.subject if linked else subject
    if subject is None:
        return await _namesakes(tx, who, actor=actor, now=now)
    subject = await tx.subjects.canonical(subject)
    await tx.subjects.hold(subject)
    within, beyond = await _cases_of(tx, subject, actor=actor, now=now)
    runs_elsewhere = any(case.state in RUNNING for case in beyond)
    return Known(
        who=who,
        subject=subject,
        same=None if runs_elsewhere else next(iter(within), None),
        runs_elsewhere=runs_elsewhere,
        was_elsewhere=bool(beyond) and not runs_elsewhere,
        beyond=tuple(beyond),
    )


async def _namesakes(tx: Transaction, who: Identity, *, actor: Actor, now: datetime) -> Known:
    if who.born is None or not who.name:
        return Known(who=who)
    found: list[Candidate] = []
    elsewhere: list[Case] = []
    alike = await tx.subjects.namesakes(who.name, who.born)
    for subject in dict.fromkeys([await tx.subjects.canonical(each) for each in alike]):
        within, beyond = await _cases_of(tx, subject, actor=actor, now=now)
        for case in within[:1] or beyond[:1]:
            known_as = await _identity(tx, case)
            if not may_be_same(who, known_as):
                continue
            if case in beyond:
                elsewhere.append(case)
            else:
                whole = same_name(who.name, known_as.name)
                found.append(Candidate(case=case, same_name=whole))
    return Known(
        who=who,
        candidates=tuple(sorted(found, key=lambda each: not each.same_name)),
        maybe_elsewhere=bool(elsewhere),
        beyond=tuple(elsewhere),
    )


async def _cases_of(
    tx: Transaction, subject: UUID, *, actor: Actor, now: datetime
) -> tuple[list[Case], list[Case]]:
    """Sort somebody's cases into those within the actor's reach and others, running ones first.

    A case they are recused from is as far away as one of another group (INH-3).
    """
    cases = [case for case in await tx.cases.of_subjects([subject]) if case.merged_into is None]
    matters = await tx.matters.of_cases(cases, now=now)
    within = [case for case in cases if can(actor, Action.OPEN, matters[case.id])]
    return within, [case for case in cases if case not in within]


async def _identity(tx: Transaction, case: Case) -> Identity:
    """Read who a case is about, for the server's own comparison: nobody is shown it."""
    read = await tx.records.read(
        [case.id],
        [DataClass.IDENTITY, DataClass.CPR],
        kinds=[RecordKind.IDENTITY, RecordKind.CPR],
    )
    parts = {record.data_class: record.content for record in read}
    return Identity.of(parts)
