"""Begin a trial: first show whom it would reach, then send it to all of them at once."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.office_actions import OfficeAction
from domain.people import Authority, Person
from domain.reachability import UNREACHABLE, reach
from domain.trials import TOO_SOON, Audience, Preview, Trial, notices_of, recipients
from storage.database import Transaction
from usecases.permit_office import permit_office
from usecases.read_roster import read_roster

LOCK = "trial"


async def preview_trial(
    tx: Transaction, *, by: Person, audience: Audience, now: datetime
) -> Preview:
    """Look whom it would reach; nothing is sent, and nobody notices.

    :raises RuleBroken: for everybody but the Secretariat.
    """
    await permit_office(tx, by, OfficeAction.BEGIN_TRIAL)
    roster, known = await read_roster(tx), await tx.addresses.known()
    told = recipients(audience, roster)
    people = [roster.people[person] for person, _ in told]
    lacking = {each.id: reach(known.get(each.id), now=now) for each in people}
    unreachable = [(each, lack) for each in people if (lack := lacking[each.id]) in UNREACHABLE]
    all_of = Counter(each.authority for each in people)
    not_of = Counter(each.authority for each, _ in unreachable)
    return Preview(
        audience=audience,
        tiers=Counter(tier for _, tier in told),
        authorities={
            each: (all_of[each] - not_of[each], all_of[each]) for each in Authority if all_of[each]
        },
        unreachable=unreachable,
        under_way=await _under_way(tx, now=now),
    )


async def begin_trial(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    audience: Audience,
    now: datetime,
    another: bool = False,
) -> Trial:
    """Begin the trial: everybody's notice, or none. Begun twice, it is begun once.

    :param another: begin also soon after another one.
    :raises RuleBroken: for everybody but the Secretariat; `trial.under_way` soon after another;
        `trial.nobody` when there is nobody to send it to.
    """
    await permit_office(tx, by, OfficeAction.BEGIN_TRIAL)
    await tx.counters.count(LOCK, "begun")  # whoever begins at the same moment waits here
    begun = await tx.trials.find(id)
    if begun is not None:
        return begun
    if not another and await _under_way(tx, now=now) is not None:
        raise RuleBroken("trial.under_way")
    trial = Trial(id=id, begun_by=by.id, begun_at=now, audience=audience)
    notices = notices_of(trial, await read_roster(tx))
    if not notices:
        raise RuleBroken("trial.nobody")
    await tx.trials.add(trial)
    await tx.outbox.add(notices)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="trial.begin",
        about=str(id),
        result=audience,
        purpose=Purpose.CRIME_PREVENTION,
    )
    return trial


async def _under_way(tx: Transaction, *, now: datetime) -> Trial | None:
    latest = await tx.trials.latest()
    recent = latest is not None and now - latest.begun_at < TOO_SOON
    return latest if recent else None
