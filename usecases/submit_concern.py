"""Submit a concern: route it, give it to somebody, and tell who must hear."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain import concerns
from domain.ages import age_band
from domain.concerns import Concern, Parts, Receivers, Status
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.gates import Gate, Judged
from domain.journal import Note
from domain.levels import assessed_level, is_confirmed_source
from domain.people import AreaCode, CommitteeType, Office, Person, PersonId
from domain.routing import Outcome, Route, route
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What routing needs of a report; everything else travels as sealed parts."""

    born: date | None = field(repr=False)
    name_known: bool
    area: AreaCode | None
    elsewhere: bool
    level: int | None
    criteria: frozenset[str] = field(repr=False)
    shielded: bool = False
    near_relations: str = field(default="", repr=False)


async def submit_concern(
    tx: Transaction,
    *,
    id: UUID,
    reporter: Person,
    reported: Reported,
    judged: Judged,
    parts: Parts,
    now: datetime,
) -> Concern:
    """Store the concern and queue its notices, or neither (CON-3 to CON-8).

    :raises RuleBroken: when a condition of §115 fails, the reporter is not covered by it
        (S115-9), the person has had a birthday since they were asked about and is outside
        SSP now, or there is nobody to receive the concern.
    """
    if not reporter.s115_covered:
        raise RuleBroken("concern.not_covered")
    way = await find_way(tx, reported, reporter=reporter, today=local_date(now))
    told = way.told
    gate = judged.opens_to({told.owner, *told.told, *told.grave}, by=reporter.id, at=now)
    concern = Concern(
        id=id,
        reference=await tx.concerns.next_reference(local_date(now).year),
        reporter=reporter.id,
        status=Status.SUBMITTED if told.group else Status.TRIAGE,
        group=told.group,
        owner=told.owner,
        area=reported.area,
        level=reported.level,
        urgent=_urgent(reported),
        reasons=(
            *way.route.reasons,
            *(() if way.all_found else ("route.unknown_relation",)),
            *(("reporter.shielded",) if reported.shielded else ()),
        ),
        submitted_at=now,
        take_up_by=now + concerns.TAKE_UP_WITHIN,
    )
    await tx.concerns.add(concern, _with_gate(_with_standing(parts, reporter), gate))
    for person in way.near:
        await tx.relations.recuse(concern.id, person, "named_by_reporter", now, by=reporter.id)
    await _note(tx, concern, gate)
    await tx.outbox.add(concerns.notices_of_arrival(concern, told, now=now))
    await tx.facts.note(
        FactKind.CONCERN_RECEIVED,
        on=local_date(now),
        born=reported.born,
        area=reported.area,
        level=reported.level,
        authority=reporter.authority,
        detail=concern.status,
    )
    await tx.audit.record(
        at=now,
        actor=reporter.id,
        action="concern.submit",
        about=str(concern.id),
        result="ok",
        purpose=gate.purpose,
    )
    return concern


async def _note(tx: Transaction, concern: Concern, gate: Gate) -> None:
    """Note that it was received and that its reporter judged it by §115 (N1, N2)."""
    for note in (Note.RECEIVED, Note.GATE_PASSED):
        await tx.journal.note(note, matter=concern.id, source=concern.id, by=gate.by, at=gate.at)
    if gate.sensitive:
        people = [PersonId(str(each)) for each in gate.recipients]
        await tx.gates.name(concern.id, people, at=gate.at)


def _with_standing(parts: Parts, reporter: Person) -> Parts:
    """Mark facts of offences by who gave them (LVL-4).

    The register does not say who in social services decides, so theirs count as unconfirmed.
    """
    if DataClass.OFFENCE not in parts:
        return parts
    confirmed = is_confirmed_source(reporter.authority, authority_side=False)
    marked = {**parts[DataClass.OFFENCE], "confirmed": "yes" if confirmed else "no"}
    return {**parts, DataClass.OFFENCE: marked}


def _with_gate(parts: Parts, gate: Gate) -> Parts:
    passed = {
        "gate_version": gate.gate_version,
        "gate_recipients": sorted(map(str, gate.recipients)),
        "gate_at": gate.at.isoformat(),
    }
    decisions = {**parts.get(DataClass.DECISIONS, {}), **passed}
    return {**parts, DataClass.DECISIONS: decisions}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a report goes as things stand now, and which colleagues must not see it."""

    route: Route
    told: Receivers
    near: frozenset[PersonId]
    all_found: bool  # whether every relation the reporter named is known to us


async def find_way(tx: Transaction, reported: Reported, *, reporter: Person, today: date) -> Way:
    """Ask the rules where a report belongs, with the register as it is now (CON-6, CON-7).

    Where a named relation was not found, the Secretariat looks first.

    :raises RuleBroken: when the person is outside SSP today, or nobody can receive it.
    """
    chosen = await _route(tx, reported, today=today)
    if chosen.outcome is Outcome.DIVERTED:
        raise RuleBroken("concern.outside_ages")
    near, all_found = await _named(tx, reported.near_relations, by=reporter)
    group = chosen.destination if all_found else None
    told = concerns.receivers(
        group=group,
        members=await tx.organisation.members(group) if group else (),
        secretariat=await tx.people.of_office(Office.SEK),
        barred={reporter.id, *near},
        urgent=_urgent(reported),
        away=await tx.absences.away(today),
    )
    return Way(route=chosen, told=told, near=near, all_found=all_found)


async def _route(tx: Transaction, reported: Reported, *, today: date) -> Route:
    plus = [c for c in await tx.organisation.committees() if c.type is _PLUS]
    return route(
        band=age_band(reported.born, today),
        level=reported.level,
        criteria=reported.criteria,
        area=reported.area,
        elsewhere=reported.elsewhere,
        name_known=reported.name_known,
        group_of_area=(
            await tx.organisation.group_of_area(reported.area) if reported.area else None
        ),
        ssp_plus_group=plus[0].code if plus else None,
    )


_PLUS = CommitteeType.SSP_PLUS_COORDINATION


def _urgent(reported: Reported) -> bool:
    """Levels 3 and 4 are (CON-8); where the reporter does not know, the ticks decide."""
    level = assessed_level(reported.level, reported.criteria)
    return level is not None and level >= concerns.URGENT_FROM


async def _named(tx: Transaction, names: str, *, by: Person) -> tuple[frozenset[PersonId], bool]:
    """Find the colleagues the reporter named as near relations (INH-4), all who fit a name.

    A name that fits the reporter is somebody else's: they have said that it is not them.
    """
    found: set[PersonId] = set()
    all_found = True
    for name in filter(None, map(str.strip, BETWEEN_NAMES.split(names))):
        people = {person.id for person in await tx.people.named(name)} - {by.id}
        found |= people
        all_found = all_found and bool(people)
    return frozenset(found), all_found


BETWEEN_NAMES = re.compile(r"[,;/&\+\n]|\s(?:og|samt|and)\s", re.IGNORECASE)
