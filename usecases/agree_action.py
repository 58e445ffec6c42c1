"""Agree on actions, carry them out, give them up or change them (domain.md CASE-5)."""

from datetime import date, datetime
from uuid import UUID

from domain import case_actions
from domain.access import Action, can
from domain.case_actions import CaseAction, DropReason
from domain.cases import Case
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.journal import Note
from domain.matters import Matter
from domain.people import Person, PersonId, Seat
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.find_action import handled_action, own_action


async def owners_offered(tx: Transaction, matter: Matter) -> dict[PersonId, Person]:
    """Name who can be given an action: who may open the case and works on it.

    Whoever is to learn of it first is asked in, through a gate (CASE-7, S115-8).
    """
    people = dict[PersonId, Person]()
    for group in sorted(matter.groups):
        people |= {each.id: each for _, each in await tx.organisation.members(group)}
    also = {*(grant.person for grant in matter.grants), matter.lead} - {None} - people.keys()
    people |= await tx.people.of_ids([each for each in also if each is not None])
    actors = [await permit.actor_of(tx, person) for person in people.values()]
    return {each.person.id: each.person for each in actors if can(each, Action.OPEN, matter)}


async def add_action(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    what: str,
    owner: PersonId,
    due_on: date,
    now: datetime,
) -> CaseAction:
    """Agree on an action between meetings; its owner is told.

    :param seen: the version of the case the person acts on (AC-CARD-04).
    :raises RuleBroken: `case.not_found`, `case.moved_on`, or as `agree_action`.
    """
    found, matter, _ = await permit.case(tx, by, Action.ADD_ACTION, case, now=now)
    must_be_seen(found, seen)
    return await agree_action(
        tx,
        case=found,
        matter=matter,
        id=id,
        by=by,
        what=what,
        owner=owner,
        due_on=due_on,
        now=now,
    )


async def agree_action(
    tx: Transaction,
    *,
    case: Case,
    matter: Matter,
    id: UUID,
    by: Person,
    what: str,
    owner: PersonId,
    due_on: date,
    now: datetime,
    focus: str | None = None,
) -> CaseAction:
    """Agree on an action on a case that the person may work on: that has been asked already.

    At a meeting its owner is told at the end, of all they have promised; else at once.

    :raises RuleBroken: `case.closed`, `press.not_ours` for an owner nobody was offered, or
        as the rules of an action do.
    """
    must_run(matter)
    offered = await owners_offered(tx, matter)
    if owner not in offered:
        raise RuleBroken("press.not_ours")
    meeting = await meeting_of(tx, case, now=now)
    action = case_actions.agree(
        CaseAction(
            id=id,
            case=case.id,
            authority=offered[owner].authority,
            owner=owner,
            due_on=due_on,
            agreed_by=by.id,
            agreed_at=now,
            what=what.strip(),
            focus=focus,
            meeting=meeting,
        ),
        today=local_date(now),
    )
    await tx.actions.add(action)
    await tx.journal.note(Note.ACTION_AGREED, matter=case.id, source=action.id, by=by.id, at=now)
    if meeting is None and owner != by.id:
        await tx.outbox.add([case_actions.told_of_new(action, now=now)])
    await remind(tx, action, matter, now=now)
    return action


async def complete_action(
    tx: Transaction, *, id: UUID, seen: int, by: Person, result: str, now: datetime
) -> CaseAction:
    """Say what came of one's own action; then nobody is reminded of it any more.

    :raises RuleBroken: `action.not_found` for anybody but its owner; `action.ended`,
        `action.moved_on`.
    """
    action, case, _ = await own_action(tx, id=id, by=by, now=now)
    done = case_actions.complete(_as_seen(action, seen), result=result, now=now)
    return await _ended(tx, case, done, Note.ACTION_DONE, by=by, now=now)


async def drop_action(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    reason: DropReason,
    words: str,
    now: datetime,
) -> CaseAction:
    """Give an action up, with a reason.

    :raises RuleBroken: `action.not_found`, `.ended`, `.moved_on`, `.no_reason`.
    """
    action, case, _ = await handled_action(tx, id=id, by=by, now=now)
    gone = case_actions.drop(_as_seen(action, seen), reason=reason, words=words, now=now)
    return await _ended(tx, case, gone, Note.ACTION_DROPPED, by=by, now=now)


async def change_action(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    what: str,
    owner: PersonId,
    due_on: date,
    now: datetime,
) -> CaseAction:
    """Agree on something else in its place; a new owner is told, and everybody reminded anew.

    :raises RuleBroken: `action.not_found`, `.ended`, `.moved_on`, or `press.not_ours`.
    """
    action, case, matter = await handled_action(tx, id=id, by=by, now=now)
    offered = await owners_offered(tx, matter)
    if owner not in offered and owner != action.owner:
        raise RuleBroken("press.not_ours")
    authority = offered[owner].authority if owner in offered else action.authority
    changed = case_actions.change(
        _as_seen(action, seen),
        what=what.strip(),
        authority=authority,
        owner=owner,
        due_on=due_on,
        today=local_date(now),
    )
    changed = await tx.actions.save(changed)
    await tx.journal.note(
        Note.ACTION_CHANGED,
        matter=case.id,
        source=changed.id,
        round=changed.version,
        by=by.id,
        at=now,
    )
    if owner not in {action.owner, by.id}:
        await tx.outbox.add([case_actions.told_of_new(changed, now=now)])
    await remind(tx, changed, matter, now=now)
    return changed


async def meeting_of(tx: Transaction, case: Case, *, now: datetime) -> UUID | None:
    """Name today's meeting that has a case on its agenda, if one is going on."""
    groups = [group for group in (case.group, case.partner) if group is not None]
    running = await tx.meetings.running_in(groups)
    for meeting in running:
        is_today = local_date(meeting.begun_at) == local_date(now)
        items = await tx.meetings.items(meeting.id) if is_today else []
        if any(item.about == case.id for item in items):
            return meeting.id
    return None


def must_be_seen(case: Case, seen: int) -> None:
    """Refuse somebody who acts on what is no longer so (AC-CARD-04).

    :raises RuleBroken: `case.moved_on`
    """
    if case.version != seen:
        raise RuleBroken("case.moved_on")


def must_run(matter: Matter) -> None:
    """Refuse to go on with a case that has ended.

    :raises RuleBroken: `case.closed`
    """
    if matter.ended:
        raise RuleBroken("case.closed")


async def facilitators(tx: Transaction, matter: Matter) -> list[Actor]:
    """Name the facilitators of the groups that have it who may open it."""
    seated = [
        each
        for group in sorted(matter.groups)
        for seat, each in await tx.organisation.members(group)
        if seat.seat is Seat.FACILITATOR
    ]
    found = [await permit.actor_of(tx, each) for each in seated]
    return [each for each in found if can(each, Action.OPEN, matter)]


async def remind(tx: Transaction, action: CaseAction, matter: Matter, *, now: datetime) -> None:
    """Remind its owner and the facilitators of an action as it is now, and no longer as it was."""
    told = [each.person.id for each in await facilitators(tx, matter)]
    await tx.outbox.add(case_actions.reminders(action, facilitators=told, now=now))


async def _ended(
    tx: Transaction, case: Case, action: CaseAction, note: Note, *, by: Person, now: datetime
) -> CaseAction:
    saved = await tx.actions.save(action)
    await tx.journal.note(
        note, matter=case.id, source=saved.id, round=saved.version, by=by.id, at=now
    )
    return saved


def _as_seen(action: CaseAction, seen: int) -> CaseAction:
    if action.version != seen:
        raise RuleBroken("action.moved_on")
    return action
