"""Note that somebody was told by telephone, which counts as their answer (BER-21)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.alerts import Alert, Reply, Via
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.notices import NoticeKind
from domain.office_actions import OfficeAction
from domain.people import Person, PersonId
from domain.reachability import ToCall
from storage.database import Transaction
from usecases.answer_alert import answer_for
from usecases.permit_office import permit_office


async def confirm_by_phone(
    tx: Transaction, *, by: Person, person: PersonId, now: datetime, trial: UUID | None = None
) -> None:
    """Take somebody off the call list, and answer for them through who telephoned.

    Twice is no harm. Of an alert, it says that they have it, and not that they join.

    :param trial: what it was about; without it, everything they are on the list for, and the
        trial that was sent to them last.
    :raises RuleBroken: for everybody but the Secretariat; `trial.not_told` for somebody who
        is not on the list, and whom the trial was not meant for.
    """
    await permit_office(tx, by, OfficeAction.CONFIRM_BY_PHONE)
    waiting = await tx.call_list.matters(person, about=trial)
    sent = trial or await tx.trials.latest_to(person)
    matters = sorted({*waiting, *([sent] if sent else [])})  # all hold them in this order
    # The answer first, as everybody else does it: else two would wait for each other.
    answered = [each for each in matters if await _answers(tx, each, person, by, now)]
    listed = await tx.call_list.reached(person, by=by.id, now=now, about=trial)
    noted = dict.fromkeys([*listed, *answered])
    if not noted and (sent is None or await tx.trials.answered_at(sent, person) is None):
        raise RuleBroken("trial.not_told")
    for about in noted:
        await tx.audit.record(
            at=now,
            actor=by.id,
            action="call_list.confirm",
            about=str(about),
            result=str(person),
            purpose=Purpose.CRIME_PREVENTION,
        )


async def _answers(
    tx: Transaction, about: UUID, person: PersonId, by: Person, now: datetime
) -> bool:
    asked = await tx.recipients.find(about, person)
    if asked is None:
        return await tx.standings.acknowledge(
            about, kind=NoticeKind.TRIAL, person=person, now=now, via=by.id
        )
    alert = await tx.alerts.find(about)
    if asked.reply is not None or alert is None or not alert.is_open:
        return False
    await answer_for(
        tx,
        id=about,
        by=by,
        person=person,
        reply=Reply.RECEIVED,
        via=Via.PHONE,
        mail=False,  # who has it is asked for nothing more; what else is due is the ticker's
        now=now,
    )
    return True


async def see_call_list(
    tx: Transaction, *, by: Person
) -> Sequence[tuple[Person, ToCall, Alert | None]]:
    """List whom to telephone, each once: who has waited longest first, with the first reason.

    With the alert where it is about one; drills come last, whoever has waited (BER-62).

    :raises RuleBroken: for everybody but the Secretariat.
    """
    await permit_office(tx, by, OfficeAction.SEE_CALL_LIST)
    listed = await tx.call_list.waiting()
    alerts = {each: await tx.alerts.find(each) for each in {each.about for each in listed}}

    def is_drill(each: ToCall) -> bool:
        alert = alerts[each.about]
        return alert is not None and alert.drill

    waiting = sorted(listed, key=is_drill)
    first = {each.person: each for each in reversed(waiting)}
    people = await tx.people.of_ids(sorted(first))
    in_turn = dict.fromkeys(each.person for each in waiting)
    return [
        (people[each], first[each], alerts[first[each].about])
        for each in in_turn
        if people[each].active
    ]
