"""Add a measure of the catalogue to a plan; change one while others do (BER-33, BER-37)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan, added
from domain.alert_audience import default_audience, members
from domain.errors import RuleBroken
from domain.measure_edits import Clash, MeasureEdit, edited, terms_of
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_measures import Measure, assigned, person_free
from domain.plan_moves import with_measure
from domain.plan_templates import MeasureKind
from storage.database import Transaction
from usecases.make_action_plan import of_the_secretariat, owners_there
from usecases.measure_log import keep, of_measure
from usecases.permit_action_plan import PlanAccess, hold_measure, hold_plan, not_yours
from usecases.read_readiness import readiness_catalogue
from usecases.read_roster import read_roster

MOST_OFFERED = 60  # people in one list: a card has room for two


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """A measure that somebody wants in a plan.

    :param id: made when it was first asked for: sent twice, it is added once.
    :param owner: the party's own, unless somebody was named.
    """

    id: UUID
    kind: str
    party: Party | None
    due_at: datetime
    owner: PersonId | None = None
    target_group: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


async def add_measure(
    tx: Transaction, new: NewMeasure, *, plan: UUID, by: Person, now: datetime
) -> Measure:
    """Add a measure of the catalogue that is in use, M1 … M19 or later; M20 is in none (S115).

    :raises RuleBroken: `actionplan.not_found`, `alert.over`, `measure.unknown`,
        `actionplan.not_a_party`, `measure.not_yours` for another party's (BER-38),
        `measure.wordless`, `measure.cpr`, `measure.too_long`
    """
    access = await hold_plan(tx, by, plan)
    was = access.plan
    for each in was.measures:
        if each.id == new.id:
            return each
    kind = readiness_catalogue(await tx.template_overrides.latest()).addable().get(new.kind)
    if kind is None:
        raise RuleBroken("measure.unknown")
    party = new.party or kind.party
    if party in was.parties and not access.edits(party):
        raise RuleBroken("measure.not_yours", party=party)
    owners = owners_there(await read_roster(tx), areas=was.areas)
    grown = added(was, kind, party=party, owners=owners, due_at=new.due_at, now=now, id=new.id)
    measure = _worded(grown.measure(new.id), new)
    measure = _owned(measure, new.owner)
    grown = replace(with_measure(grown, measure), version=grown.version)
    line = of_measure(was, measure, "added", by=by, now=now, people=_named(measure))
    await keep(tx, grown, was=was, line=line, by=by, now=now)
    return measure


def _worded(measure: Measure, new: NewMeasure) -> Measure:
    words = [person_free(each) for each in (new.target_group, new.place, new.note)]
    if measure.wordless and any(words):
        raise RuleBroken("measure.wordless")
    target_group, place, note = words
    return replace(measure, target_group=target_group, place=place, note=note)


def _owned(measure: Measure, owner: PersonId | None) -> Measure:
    if owner is None:
        return measure
    substitute = measure.owner if measure.substitute == owner else measure.substitute
    return replace(assigned(measure, owner=owner, substitute=substitute), version=measure.version)


async def change_measure(
    tx: Transaction, edit: MeasureEdit, *, by: Person, now: datetime
) -> Measure | Clash:
    """Change what somebody changed, and nothing else; or show what another changed meanwhile.

    Nothing is written on a clash. What they wrote, they send again once they have seen it.

    :raises RuleBroken: `measure.not_found`, `alert.over`, and what `edited` says
    """
    access, measure = await hold_measure(tx, by, edit.measure)
    if not access.edits(measure.party):
        raise not_yours(edit.measure)
    current = terms_of(measure)
    if edit.seen != measure.version and edit.was != current:
        clash = edited(measure, edit, now=now)
        if isinstance(clash, Clash):
            return clash
    mine = {name: getattr(edit.to, name) for name in edit.changed}
    rebased = MeasureEdit(
        measure=measure.id, seen=measure.version, was=current, to=replace(current, **mine)
    )
    changed = edited(measure, rebased, now=now)
    if isinstance(changed, Clash):
        return changed
    plan = with_measure(access.plan, changed)
    people = _named(changed) if changed.owner != measure.owner else ()
    line = of_measure(plan, changed, "changed", by=by, now=now, people=people)
    await keep(tx, plan, was=access.plan, line=line, by=by, now=now)
    return changed


def _named(measure: Measure) -> tuple[PersonId, ...]:
    return (measure.owner,) if measure.owner else ()


async def addable(tx: Transaction, access: PlanAccess) -> list[tuple[MeasureKind, Party]]:
    """List what somebody may add to a plan, and for which party."""
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    return [
        (kind, party)
        for kind in catalogue.addable().values()
        for party in access.parties
        if (kind.party is party) or (kind.for_each and party.authority is not None)
    ]


async def owners_offered(
    tx: Transaction, plan: ActionPlan, parties: Iterable[Party]
) -> Mapping[PersonId, Person]:
    """List whom a party's measures can be given to: its own people there, who has them first."""
    roster = await read_roster(tx)
    wanted = set(parties)
    audience = replace(
        default_audience(plan.areas),
        authorities=frozenset(each.authority for each in wanted if each.authority),
        offices=frozenset(),
    )
    alerted = await tx.recipients.of(plan.alert) if plan.alert else []
    named = [person for each in plan.measures for person in (each.owner, each.substitute)]
    offered = [
        *(each for each in named if each),
        *(of_the_secretariat(roster) if Party.SEK in wanted else ()),
        *(each.person for each in alerted),
        *members(audience, roster),
    ]
    office = {*of_the_secretariat(roster)}
    fits = [
        person
        for person in dict.fromkeys(offered)
        if person in roster.people
        and (
            (Party.SEK in wanted and person in office)
            or (person not in office and Party(roster.authority_of(person)) in wanted)
        )
    ]
    return {each: roster.people[each] for each in fits[:MOST_OFFERED]}


async def must_be_with(
    tx: Transaction, plan: ActionPlan, party: Party, *people: PersonId | None
) -> None:
    """Let a measure go to people of its own party only.

    :raises RuleBroken: `measure.elsewhere`
    """
    offered = await owners_offered(tx, plan, [party])
    if any(each is not None and each not in offered for each in people):
        raise RuleBroken("measure.elsewhere", party=party)
