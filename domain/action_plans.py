"""Action plans (handleplaner): made from a template in one step, and followed to their end."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.alert_log import Resolution
from domain.alerts import Level
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import AreaCode, PersonId
from domain.plan_cadence import Cadence
from domain.plan_measures import Measure
from domain.plan_templates import Lists, MeasureKind, PlanKind, PlannedMeasure, Share, Template
from domain.plan_times import resolve


class PlanTrack(StrEnum):
    """How far a plan has come towards the steering group; work goes on meanwhile (BER-46)."""

    DRAFT = "draft"  # kladde
    FINISHED = "finished"  # færdig
    ORIENTATION = "orientation"  # til orientering
    APPROVAL = "approval"  # til godkendelse
    APPROVED = "approved"  # godkendt
    REMARKED = "remarked"  # godkendt med bemærkning
    RETURNED = "returned"  # afvist: sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A finished version: exactly what somebody was shown (BER-47)."""

    number: int
    checksum: str
    at: datetime
    by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the steering group said, and of which version."""

    version: PlanVersion
    track: PlanTrack
    by: PersonId
    at: datetime
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whom a party's measures go to unless somebody says otherwise."""

    person: PersonId | None
    substitute: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """One plan, with its own copy of all that the template said.

    :param alert: none for a draft that the calendar grew.
    :param row: what in the calendar it grew from (BER-40).
    :param starts_at: the activation, or the first day of what is known in advance.
    :param ends_at: the last day of that; the start for what is not.
    :param period_end: when it has run out; none until somebody decides it (BER-56).
    :param versions: as it was each time it was finished, the latest last.
    :param asked_by: until when the steering group is to answer.
    :param released_at: when somebody let it run; before that nobody is reminded of anything.
    :param decisions: how its period was put off or ended where no alert's log says it (BER-57).
    :param closed_at: when somebody ended one that the calendar grew; others end with their alert.
    :param erased_at: when the names went from one that the calendar grew (BER-54).
    """

    id: UUID
    alert: UUID | None
    row: UUID | None = None
    template: str
    template_label: str
    kind: PlanKind
    drill: bool
    level: Level | None
    title: str = field(repr=False)
    areas: frozenset[AreaCode]
    parties: tuple[Party, ...]
    starts_at: datetime
    ends_at: datetime
    period_end: datetime | None
    measures: tuple[Measure, ...]
    cadence: Cadence
    lists: Lists = field(repr=False)
    distribution: tuple[Share, ...]
    externals: tuple[str, ...] = field(repr=False)
    made_by: PersonId | None
    made_at: datetime
    track: PlanTrack = PlanTrack.DRAFT
    versions: tuple[PlanVersion, ...] = ()
    verdict: Verdict | None = None
    asked_by: datetime | None = None
    reminders: bool = True
    released_at: datetime | None = None
    decisions: tuple[Resolution, ...] = ()
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 1

    @property
    def over_at(self) -> datetime:
        """When what it is for is over, and its period too."""
        ends = (self.ends_at, self.period_end, self.closed_at)
        return max(each for each in ends if each is not None)

    def measure(self, id: UUID) -> Measure:
        """Find a measure.

        :raises RuleBroken: `measure.gone`
        """
        for each in self.measures:
            if each.id == id:
                return each
        raise RuleBroken("measure.gone")


def plan_from(
    template: Template,
    *,
    id: UUID,
    title: str,
    kinds: Mapping[str, MeasureKind],
    owners: Mapping[Party, Owner],
    areas: frozenset[AreaCode],
    starts_at: datetime,
    ends_at: datetime | None = None,
    parties: Iterable[Party] = (),
    alert: UUID | None = None,
    row: UUID | None = None,
    drill: bool,
    by: PersonId | None,
    now: datetime,
    new_id: Callable[[], UUID],
) -> ActionPlan:
    """Make a plan of a template in one step: deadlines become hours, parties become people.

    :param parties: who takes part in fact; the template's, unless somebody chose. What would be
        the task of somebody who does not is left out.
    """
    taking_part = tuple(parties) or template.parties
    ends = ends_at or starts_at
    period_end = (
        resolve(template.period.ends, start=starts_at, end=ends) if template.period else None
    )
    measures = [
        _measure(
            planned,
            kind=kinds[planned.kind],
            party=party,
            owner=owners.get(party, Owner(person=None)),
            id=new_id(),
            due_at=resolve(planned.deadline, start=starts_at, end=ends),
            now=now,
        )
        for planned in template.measures
        for party in _responsible(kinds[planned.kind], taking_part)
    ]
    return ActionPlan(
        id=id,
        alert=alert,
        row=row,
        template=template.code,
        template_label=template.label,
        kind=template.kind,
        drill=drill or template.kind is PlanKind.DRILL,
        level=template.level,
        title=title,
        areas=areas,
        parties=taking_part,
        starts_at=starts_at,
        ends_at=ends,
        period_end=period_end if period_end and period_end > starts_at else None,
        measures=tuple(measures),
        cadence=template.cadence,
        lists=template.lists,
        distribution=template.distribution,
        externals=template.externals,
        made_by=by,
        made_at=now,
    )


def added(
    plan: ActionPlan,
    kind: MeasureKind,
    *,
    party: Party | None,
    owners: Mapping[Party, Owner],
    due_at: datetime,
    now: datetime,
    id: UUID,
) -> ActionPlan:
    """Add a measure of the catalogue by hand, as the free template asks for (H9).

    :raises RuleBroken: `actionplan.not_a_party`
    """
    responsible = party or kind.party
    if responsible is None or responsible not in plan.parties:
        raise RuleBroken("actionplan.not_a_party")
    measure = _measure(
        PlannedMeasure(kind=kind.code, deadline=kind.deadline),
        kind=kind,
        party=responsible,
        owner=owners.get(responsible, Owner(person=None)),
        id=id,
        due_at=due_at,
        now=now,
    )
    return replace(plan, measures=(*plan.measures, measure), version=plan.version + 1)


def _responsible(kind: MeasureKind, parties: tuple[Party, ...]) -> list[Party]:
    """Say whose task it is; what each does for itself, each authority does."""
    if kind.party is not None:
        return [each for each in parties if each is kind.party]
    return [each for each in parties if each.authority is not None]


def _measure(
    planned: PlannedMeasure,
    *,
    kind: MeasureKind,
    party: Party,
    owner: Owner,
    id: UUID,
    due_at: datetime,
    now: datetime,
) -> Measure:
    return Measure(
        id=id,
        kind=kind.code,
        title=kind.title,
        party=party,
        given_at=now,
        due_at=due_at,
        owner=owner.person,
        substitute=owner.substitute,
        assists=kind.assists,
        first_day=planned.first_day,
        daily=kind.daily,
        wordless=kind.wordless,
    )
