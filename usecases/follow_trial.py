"""Follow a trial: who has it, who has not; stop it, and telephone who is missing."""

from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.notices import NoticeKind
from domain.office_actions import OfficeAction
from domain.people import Person
from domain.trials import Followed
from storage.database import Transaction
from usecases.permit_office import permit_office


async def follow_trial(
    tx: Transaction, *, by: Person, now: datetime, id: UUID | None = None
) -> Followed:
    """Look how a trial stands, the latest where none is named.

    :raises RuleBroken: for everybody but the Secretariat; `trial.none` when there is none.
    """
    await permit_office(tx, by, OfficeAction.FOLLOW_TRIAL)
    trial = await (tx.trials.latest() if id is None else tx.trials.find(id))
    if trial is None:
        raise RuleBroken("trial.none")
    standings = await tx.standings.each(trial.id, kind=NoticeKind.TRIAL, now=now)
    told = {each.person for each in standings} | {trial.begun_by}
    people = await tx.people.of_ids(sorted(told))
    return Followed(
        trial=trial, begun_by=people[trial.begun_by], at=now, standings=standings, people=people
    )


async def cancel_trial(tx: Transaction, *, by: Person, id: UUID, now: datetime) -> None:
    """Send no more of it; what has left is not taken back.

    :raises RuleBroken: as `follow_trial` does.
    """
    trial = (await follow_trial(tx, by=by, id=id, now=now)).trial
    await tx.trials.cancel(trial.id, now=now)
    cancelled = await tx.standings.cancel(trial.id, kind=NoticeKind.TRIAL, now=now)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="trial.cancel",
        about=str(id),
        result=str(cancelled),
        purpose=Purpose.CRIME_PREVENTION,
    )
