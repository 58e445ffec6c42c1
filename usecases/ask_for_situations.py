"""Ask for the situation reports that are due: the leader, again, then the Secretariat (BER-43)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.action_plans import Owner
from domain.alerts import Alert, Recipient, Reply
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.dates import local_date
from domain.leadership import Roster
from domain.notices import Notice, NoticeKind, Tier
from domain.parties import Party
from domain.people import PersonId
from domain.plan_owners import default_owners
from domain.situations import Missing
from storage.database import Transaction
from usecases.read_roster import read_roster
from usecases.report_situation import lacking

REMIND_AFTER = timedelta(minutes=15)
OVERDUE_AFTER = timedelta(minutes=30)
_A_MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """Who is asked in an alert.

    :param secretariat: who hears of what has not come.
    """

    owners: Mapping[Party, Owner]
    alerted: Sequence[Recipient]
    secretariat: Sequence[PersonId]
    away: frozenset[PersonId]

    def of(self, party: Party) -> PersonId | None:
        """Name who is asked: the leader, or instead of one who is away whoever takes part.

        Nobody where no one of the party is there; then the Secretariat hears what is missing.
        """
        asked = [self.owners.get(party, Owner(person=None)).person, *self._instead(party)]
        return next((each for each in asked if each is not None and each not in self.away), None)

    def _instead(self, party: Party) -> Sequence[PersonId]:
        if party is Party.SEK:
            return self.secretariat
        own = [each for each in self.alerted if each.authority is party.authority]
        own.sort(key=lambda each: (each.reply is not Reply.JOINING, each.tier, each.person))
        return [each.person for each in own]


def round_of(due_at: datetime) -> int:
    """Give a report the number of the minute it is due: each is asked for once."""
    return int(due_at.timestamp()) // _A_MINUTE


async def ask_for_situations(tx: Transaction, *, id: UUID, now: datetime) -> bool:
    """Queue what is due of an open alert; run again, it queues nothing again.

    :returns: whether anybody owes a report.
    """
    alert = await tx.alerts.find(id)
    if alert is None or not alert.is_open:
        return False
    plan = next(iter(await tx.action_plans.of_alert(id)), None)
    reports = await tx.situations.latest([id])
    owed = lacking(alert, plan, reports[id], now=now)
    if owed:
        speakers = await speakers_of(tx, alert, await read_roster(tx), now=now)
        await tx.outbox.add([*_notices(alert, owed, speakers, now=now)])
    return bool(owed)


async def speakers_of(tx: Transaction, alert: Alert, roster: Roster, *, now: datetime) -> Speakers:
    """Find who speaks for each party now; the coordinator first in the Secretariat."""
    office = sorted(
        (each.id for each in roster.people.values() if each.offices & OF_THE_SECRETARIAT),
        key=lambda each: (each != alert.coordinator, each != alert.activated_by, each),
    )
    return Speakers(
        owners=default_owners(roster, areas=alert.audience.areas, secretariat=office),
        alerted=await tx.recipients.of(alert.id),
        secretariat=office,
        away=frozenset(await tx.absences.away(local_date(now))),
    )


def _notices(
    alert: Alert, owed: Sequence[Missing], speakers: Speakers, *, now: datetime
) -> Iterator[Notice]:
    for each in owed:
        since, speaker = now - each.due_at, speakers.of(each.party)
        if speaker is not None:
            yield _notice(alert, NoticeKind.SITUATION_DUE, speaker, each.due_at)
        if speaker is not None and since >= REMIND_AFTER:
            yield _notice(alert, NoticeKind.SITUATION_REMINDER, speaker, each.due_at)
        if since >= OVERDUE_AFTER:
            for person in speakers.secretariat:
                yield _notice(alert, NoticeKind.SITUATION_OVERDUE, person, each.due_at)


def _notice(alert: Alert, kind: NoticeKind, person: PersonId, due_at: datetime) -> Notice:
    after = {
        NoticeKind.SITUATION_REMINDER: REMIND_AFTER,
        NoticeKind.SITUATION_OVERDUE: OVERDUE_AFTER,
    }
    return Notice(
        kind=kind,
        about=alert.id,
        due_at=due_at + after.get(kind, timedelta()),
        person=person,
        tier=Tier.URGENT,
        round=round_of(due_at),
    )
