"""Say how it stands, for a party: the four questions and what is needed (BER-43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_log import LogEntry, LogKind
from domain.alert_tiers import sees_reports
from domain.alerts import Alert, Situation
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_owners import leaders_for
from domain.situations import Missing, SituationReport, in_order, missing
from storage.database import Transaction
from usecases.read_alert import may_read
from usecases.read_roster import read_roster

_A_FORTNIGHT = timedelta(days=14)  # no rhythm is slower


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationSeen:
    """How it stands with everybody in an alert, as they have said it.

    :param parties: who reports in this alert.
    :param own: for whom this person may report.
    :param latest: the latest report of each.
    :param lacking: who owes one, and since when.
    :param next_at: when the next is due; none where nobody reports.
    """

    alert: Alert
    parties: Sequence[Party]
    own: Sequence[Party]
    latest: Mapping[Party, SituationReport]
    lacking: Sequence[Missing]
    next_at: datetime | None
    names: Mapping[PersonId, str] = field(repr=False)


async def see_situation(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> SituationSeen:
    """Look at the latest reports of an alert; they are the parties', and no external's.

    :raises RuleBroken: `alert.not_found`
    """
    alert = await may_read(tx, by, id)
    if not sees_reports(by):
        raise RuleBroken("alert.not_found", about=str(id))
    plan = next(iter(await tx.action_plans.of_alert(id)), None)
    latest = (await tx.situations.latest([id]))[id]
    parties = parties_of(alert, plan)
    people = await tx.people.of_ids({each.by for each in latest.values()})
    return SituationSeen(
        alert=alert,
        parties=parties,
        own=await _own(tx, alert, parties, by),
        latest=latest,
        lacking=lacking(alert, plan, latest, now=now),
        next_at=_next(plan, now=now) if alert.is_open else None,
        names={who: each.name for who, each in people.items()},
    )


async def report_situation(
    tx: Transaction,
    *,
    id: UUID,
    alert: UUID,
    party: Party,
    situation: Situation,
    by: Person,
    now: datetime,
) -> SituationReport:
    """Keep a report, and a line of the log that holds it; sent twice it is kept once.

    :raises RuleBroken: `alert.not_found`, `alert.over`, `situation.not_yours`,
        `situation.unanswered`, `measure.cpr`, `measure.too_long`
    """
    seen = await see_situation(tx, id=alert, by=by, now=now)
    if not seen.alert.is_open:
        raise RuleBroken("alert.over")
    if party not in seen.own:
        raise RuleBroken("situation.not_yours")
    asked = next((each.due_at for each in seen.lacking if each.party is party), None)
    report = SituationReport(
        id=id,
        alert=alert,
        party=party,
        situation=in_order(situation),
        by=by.id,
        at=now,
        due_at=asked,
    )
    if await tx.situations.add(report):
        await tx.alert_log.add(_line(report))
    return report


def parties_of(alert: Alert, plan: ActionPlan | None) -> tuple[Party, ...]:
    """Say who reports: who takes part in the plan, or who was alerted where there is none."""
    if plan is not None:
        return plan.parties
    alerted = alert.audience.authorities
    return tuple(each for each in Party if each is Party.SEK or each.authority in alerted)


def due_reports(plan: ActionPlan | None, *, now: datetime) -> Sequence[datetime]:
    """List when reports have been due until now."""
    if plan is None:
        return ()
    return plan.cadence.reports(start=plan.starts_at, end=plan.ends_at, until=now)


def lacking(
    alert: Alert,
    plan: ActionPlan | None,
    latest: Mapping[Party, SituationReport],
    *,
    now: datetime,
) -> list[Missing]:
    """List who owes a report now; nobody in an alert that is over, has not left, or makes way."""
    runs = alert.is_open and now >= alert.leaves_at and alert.suspended_by is None
    if plan is None or not (runs and plan.reminders):
        return []
    due = due_reports(plan, now=now)
    return missing(parties=parties_of(alert, plan), due=due, reports=latest, now=now)


def _next(plan: ActionPlan | None, *, now: datetime) -> datetime | None:
    """Find when the next report is due."""
    if plan is None:
        return None
    coming = due_reports(plan, now=now + _A_FORTNIGHT)
    return next((each for each in coming if each > now), None)


async def _own(
    tx: Transaction, alert: Alert, parties: Sequence[Party], by: Person
) -> tuple[Party, ...]:
    """Say for whom somebody reports: their authority; the Secretariat for who rings it, too."""
    if by.offices & OF_THE_SECRETARIAT and by.s115_covered:
        return (
            *(each for each in parties if each is Party.SEK),
            *(each for each in parties if each is not Party.SEK),
        )
    told = await tx.recipients.find(alert.id, by.id)
    leads = leaders_for(await read_roster(tx), authority=by.authority, areas=alert.audience.areas)
    speaks = (told is not None or by.id in leads) and by.s115_covered
    return tuple(each for each in parties if speaks and each.authority is by.authority)


def _line(report: SituationReport) -> LogEntry:
    said = report.situation
    parts = (said.happened, said.where, said.stands, said.done, said.needs)
    return LogEntry(
        alert=report.alert,
        kind=LogKind.REPORTED,
        at=report.at,
        by=report.by,
        facts={"party": report.party.value},
        words="\n".join(each for each in parts if each),
        authority=report.party.authority,
    )
