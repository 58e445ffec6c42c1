"""Drills, for the Secretariat: reminded of in time, and reported on (BER-63, BER-65)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from domain.alert_figures import Compared
from domain.alerts import Alert
from domain.dates import local_date
from domain.drills import Exercise, exercise_of, is_due
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction
from domain.people import Office, Person
from domain.plan_templates import PlanKind, Template
from storage.database import Transaction
from usecases.keep_templates import catalogue_now
from usecases.permit_office import permit_office
from usecases.see_figures import activated, compare, figures_by_alert

_REMINDERS = UUID("f1cf5a3d-9d23-5d6e-8f4b-5c4f0a3e7c11")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillsSeen:
    """Which drills there are to hold, and which were held in the last twelve months.

    :param latest: when each exercise was held last.
    """

    templates: Sequence[Template]
    held: Sequence[Alert]
    latest: Mapping[Exercise, date]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """How drills went, each for itself and beside what was in earnest."""

    held: Sequence[tuple[Alert, Mapping[str, int]]] = field(repr=False)
    compared: Sequence[Compared]


async def see_drills(tx: Transaction, *, by: Person, now: datetime) -> DrillsSeen:
    """Show which drills there are, and when each was held last.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    held = await activated(tx, drill=True, now=now)
    return DrillsSeen(
        templates=(await catalogue_now(tx)).offered(PlanKind.DRILL),
        held=held,
        latest={each: days[0] for each, days in (await _days(tx, held)).items() if days},
        today=local_date(now),
    )


async def report_drills(tx: Transaction, *, by: Person, now: datetime) -> DrillReport:
    """Lay the drills of the last twelve months beside what was in earnest (BER-63).

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    held = await activated(tx, drill=True, now=now)
    live = await activated(tx, drill=False, now=now)
    counted = await figures_by_alert(tx, [*held, *live], now=now)
    return DrillReport(held=counted[: len(held)], compared=compare(counted))


async def due_drills(tx: Transaction, *, now: datetime) -> list[Exercise]:
    """Name what it is time to practise this month."""
    days = await _days(tx, await activated(tx, drill=True, now=now))
    today = local_date(now)
    return [each for each in Exercise if is_due(each, held=days[each], today=today)]


async def remind_of_drills(tx: Transaction, *, month: str, now: datetime) -> None:
    """Tell the Secretariat, once a month, what it is time to practise (BER-65)."""
    people = await tx.people.of_office(Office.SEK)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.DRILL_DUE,
                about=reminder(each, month),
                due_at=now,
                person=person.id,
            )
            for each in await due_drills(tx, now=now)
            for person in people
        ]
    )


def reminder(exercise: Exercise, month: str) -> UUID:
    """Name a month's reminder by an id, so that it is given once."""
    return uuid5(_REMINDERS, f"{exercise}/{month}")


async def _days(tx: Transaction, held: Sequence[Alert]) -> dict[Exercise, list[date]]:
    """Say when each was practised, the latest first; any other drill is of the chain at least."""
    templates = (await catalogue_now(tx)).templates
    days: dict[Exercise, list[date]] = {each: [] for each in Exercise}
    for each in held:
        template = templates.get(each.template)
        exercise = exercise_of(template) if template else Exercise.CHAIN
        days[exercise].append(local_date(each.activated_at))
    return days
