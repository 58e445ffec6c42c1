"""Note that somebody is away, and who must see to their cases meanwhile."""

from datetime import datetime
from uuid import UUID

from domain.absences import Absence, in_order
from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.agree_action import facilitators
from usecases.pass_alerts_on import pass_alerts_on
from usecases.replace_away import replace_from_now_on


async def be_absent(tx: Transaction, absence: Absence, *, by: Person, mail: bool) -> None:
    """Note an absence of somebody's own; the facilitators hear which cases are without their lead.

    Where a meeting is near, the substitute is asked (MTG-25); where an alert is open to them, it
    is passed straight on (BER-28).

    :param mail: whether there is e-mail as a second channel.
    :raises RuleBroken: `absence.backwards` or `absence.long`
    """
    await tx.absences.add(in_order(absence))
    led = await tx.cases.led_by(by.id)
    matters = await tx.matters.of_cases(led, now=absence.noted_at)
    await tx.outbox.add(
        [
            _told(case.id, each.person, absence)
            for case in led
            for each in await facilitators(tx, matters[case.id])
            if each.person.id != by.id
        ]
    )
    asked = await tx.committee_meetings.asked_of(
        absence.person, from_on=absence.from_on, to_on=absence.to_on
    )
    for meeting, _ in asked:
        await replace_from_now_on(tx, meeting, now=absence.noted_at)
    await pass_alerts_on(tx, absence.person, mail=mail, now=absence.noted_at)


def _told(case: UUID, person: Person, absence: Absence) -> Notice:
    return Notice(
        kind=NoticeKind.LEAD_AWAY,
        about=case,
        due_at=absence.noted_at,
        person=person.id,
        round=absence.from_on.toordinal(),
    )


async def absences_of(tx: Transaction, person: Person, *, now: datetime) -> list[Absence]:
    """List what somebody has noted themselves and is not over."""
    return await tx.absences.of(person.id, today=local_date(now))


async def be_back(tx: Transaction, person: Person, *, now: datetime) -> bool:
    """End every absence of one's own; say whether there was one."""
    noted = await absences_of(tx, person, now=now)
    await tx.absences.end(person.id, before=local_date(now))
    return bool(noted)
