"""The situation reports that somebody owes, for `mine opgaver` (BER-43)."""

from collections.abc import Iterable
from datetime import datetime

from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.leadership import Roster
from domain.roles import Actor
from storage.database import Transaction
from usecases.ask_for_situations import speakers_of
from usecases.read_roster import read_roster
from usecases.report_situation import lacking


async def situations_owed(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List each alert in which this person is asked for a report; what is a drill is not here."""
    open_ = await tx.alerts.open(drill=False)
    reports = await tx.situations.latest([each.id for each in open_])
    found: list[Duty] = []
    roster: Roster | None = None
    for alert in open_:
        plan = next(iter(await tx.action_plans.of_alert(alert.id)), None)
        owed = lacking(alert, plan, reports[alert.id], now=now)
        if not owed:
            continue
        roster = roster or await read_roster(tx)
        speakers = await speakers_of(tx, alert, roster, now=now)
        mine = [each.due_at for each in owed if speakers.of(each.party) == actor.person.id]
        if mine:
            found.append(
                Duty(
                    kind=DutyKind.SITUATION_OWED,
                    id=alert.id,
                    due=local_date(min(mine)),
                    reference=alert.reference,
                )
            )
    return found
