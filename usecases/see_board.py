"""Look at the board: every open alert somebody may see, and one of them closer (BER-66)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alert_board import BoardLine
from domain.alert_log import LogEntry
from domain.alert_tiers import Sight, sees_reports, sight_of
from domain.alerts import Alert, Reply, Situation
from domain.briefings import Briefed
from domain.delivery import Tally
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import Person, PersonId
from domain.roles import roles
from domain.situations import Missing, SituationReport, missing
from storage.database import Transaction
from usecases.brief_staff import briefed
from usecases.read_alert import readable
from usecases.see_alert import AlertSeen, see_alert

_REFERENCE = re.compile(r"[Rr]([0-9]{4})-([0-9]{4,6})")

PATTERNS = (_REFERENCE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSeen:
    """The board as one person sees it; drills stand by themselves (BER-63).

    :param situations: how each stood when it was activated.
    :param reports: the latest report of each alert in which there is one; no external's.
    """

    live: Sequence[BoardLine]
    drills: Sequence[BoardLine]
    situations: Mapping[UUID, Situation] = field(repr=False)
    reports: Mapping[UUID, SituationReport]
    people: Mapping[PersonId, Person] = field(repr=False)


async def see_board(tx: Transaction, *, by: Person, now: datetime) -> BoardSeen:
    """List the open alerts somebody may see, the newest first."""
    mine = [
        *await readable(tx, by, await tx.alerts.open(drill=False)),
        *await readable(tx, by, await tx.alerts.open(drill=True)),
    ]
    reported = [each.id for each in mine] if sees_reports(by) else []
    reports = await tx.situations.latest(reported)
    return BoardSeen(
        live=await _lines(tx, mine, drill=False, now=now),
        drills=await _lines(tx, mine, drill=True, now=now),
        situations={each.id: each.situation for each in mine},
        reports={
            alert: max(each.values(), key=lambda report: report.at)
            for alert, each in reports.items()
            if each
        },
        people=await tx.people.of_ids({each.coordinator for each in mine}),
    )


async def _lines(
    tx: Transaction, mine: Sequence[Alert], *, drill: bool, now: datetime
) -> Sequence[BoardLine]:
    among = {each.id for each in mine if each.drill is drill}
    if not among:
        return []
    lines = await tx.alert_board.lines(kind=NoticeKind.ALERT, drill=drill, now=now)
    return [each for each in lines if each.id in among]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closer:
    """One alert, with all that figures, exports and prints are made of.

    :param sight: how much of it they get.
    :param answers: every answer that was ever given.
    :param log: all of it; empty for whose it is not to read.
    :param happened: the same without words and names, for the timeline.
    :param reports: the latest of each party; `owing`, who owes one; both empty for externals.
    :param briefed: every leader who was alerted, and whether they have told their own staff.
    """

    seen: AlertSeen
    sight: Sight
    delivery: Tally
    answers: Sequence[tuple[PersonId, Reply, datetime]]
    log: Sequence[LogEntry] = field(repr=False)
    happened: Sequence[LogEntry] = field(repr=False)
    reports: Mapping[Party, SituationReport]
    owing: Sequence[Missing]
    briefed: Sequence[Briefed]
    people: Mapping[PersonId, Person] = field(repr=False)


async def see_closer(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Closer:
    """Look at one alert, open or over.

    :raises RuleBroken: `alert.not_found`
    """
    seen = await see_alert(tx, id=id, by=by, now=now)
    sight = await sight_for(tx, seen)
    log = await tx.alert_log.of(id)
    reports = (await tx.situations.latest([id] if sight.reports else [])).get(id, {})
    return Closer(
        seen=seen,
        sight=sight,
        delivery=await tx.alert_board.delivery(id, kind=NoticeKind.ALERT, now=now),
        answers=await tx.recipients.answers(id),
        log=log if sight.log else (),
        happened=log,
        reports=reports,
        owing=_owing(seen, reports, now=now) if sight.reports else (),
        briefed=await briefed(tx, seen.alert),
        people=await _people(tx, seen, log),
    )


async def find_closer(tx: Transaction, reference: str, *, by: Person, now: datetime) -> Closer:
    """Look at the alert of this number.

    :raises RuleBroken: `alert.not_found`
    """
    written = _REFERENCE.fullmatch(reference)
    found = await tx.alerts.by_number(*map(int, written.groups())) if written else None
    if found is None:
        raise RuleBroken("alert.not_found", about=reference)
    return await see_closer(tx, id=found.id, by=by, now=now)


async def sight_for(tx: Transaction, seen: AlertSeen) -> Sight:
    """Say how much of an alert they get who look at it."""
    held = roles(seen.actor, await tx.matters.of_alert(seen.alert))
    return sight_of(seen.alert, seen.plan, actor=seen.actor, held=held, own=seen.own)


def _owing(
    seen: AlertSeen, reports: Mapping[Party, SituationReport], *, now: datetime
) -> Sequence[Missing]:
    plan = seen.plan
    if plan is None or not seen.is_open:
        return []
    due = plan.cadence.reports(
        start=plan.starts_at, end=plan.ends_at, until=plan.period_end or now
    )
    return missing(parties=plan.parties, due=due, reports=reports, now=now)


async def _people(
    tx: Transaction, seen: AlertSeen, log: Sequence[LogEntry]
) -> Mapping[PersonId, Person]:
    """Find everybody who is named in anything of it."""
    named = {person for each in log for person in (each.by, *each.people) if person}
    if seen.plan is not None:
        for each in seen.plan.measures:
            named |= {person for person in (each.owner, each.substitute) if person}
    for row in seen.recipients:
        named |= {person for person in (row.stands_for, row.via_person) if person}
    return {**seen.people, **await tx.people.of_ids(named - set(seen.people))}
