"""Give and take seats, offices and §115 cover: by the data steward, on a leader's word (APP-2)."""

from datetime import datetime
from uuid import UUID

from domain.appointments import (
    Holding,
    Post,
    can_lead,
    changed,
    may_appoint,
    must_be_givable,
    must_be_takable,
    replaced_by,
    slot_for,
    takes_two,
)
from domain.countersigns import Countersign, CountersignKind
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Committee, Membership, Person, PersonId
from domain.roles import Actor
from domain.seating import changes
from storage.database import Transaction
from usecases import countersign, see_committee
from usecases.follow_seats import follow_seats
from usecases.leave_behind import leave_behind
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.read_roster import read_roster


async def look_at(tx: Transaction, *, aad_id: UUID, by: Person) -> Actor:
    """Find a colleague and what they hold now.

    :raises RuleBroken: `colleague.not_found`, the same whether there is nobody of that id or
        whoever asks is no data steward (AC-CARD-02).
    """
    found = await tx.people.of_aad(str(aad_id))
    if found is None or not may(await actor_of(tx, by), OfficeAction.GRANT_ROLE):
        raise RuleBroken("colleague.not_found", about=str(aad_id))
    return await actor_of(tx, found)


async def find_colleagues(tx: Transaction, *, named: str, by: Person) -> list[Person]:
    """List who is meant by a typed name or e-mail address.

    :raises RuleBroken: `office.secretariat_only` for everybody but a data steward.
    """
    await permit_office(tx, by, OfficeAction.GRANT_ROLE)
    if "@" not in named:
        return await tx.people.named(named)
    mailbox = named.strip().casefold()
    return [each for each in await tx.people.everybody() if each.email.casefold() == mailbox]


async def leaders_for(tx: Transaction, person: Person, *, by: Person) -> list[Person]:
    """List on whose word this person could be given something."""
    return [each.person for each in await _others(tx, by) if can_lead(each, person)]


async def appointing(tx: Transaction, person: Person, post: Post, *, by: Person) -> list[Person]:
    """List on whose word this person can be given just this (APP-1).

    :raises RuleBroken: `role.no_such` for a seat in a committee that is not there.
    """
    committee = await _committee(tx, post)
    return [
        each.person
        for each in await _others(tx, by)
        if may_appoint(each, person, post, committee=committee)
    ]


async def _others(tx: Transaction, by: Person) -> list[Actor]:
    """Look up everybody but one, with the seats they hold."""
    roster = await read_roster(tx)
    return [
        Actor(
            person=each,
            memberships=roster.seats.get(each.id, ()),
            committees=roster.committees,
        )
        for each in roster.people.values()
        if each.id != by.id
    ]


async def seats_to_keep(tx: Transaction, *, committee: UUID, by: Person) -> Committee:
    """Find the committee whose seats a data steward gives and takes.

    :raises RuleBroken: `committee.not_found`, also for who is no data steward (AC-CARD-02).
    """
    found = await see_committee.look_at(tx, id=committee, by=by)
    if not may(await actor_of(tx, by), OfficeAction.GRANT_ROLE):
        raise RuleBroken("committee.not_found", about=str(committee))
    return found


async def give(
    tx: Transaction,
    *,
    id: UUID,
    aad_id: UUID,
    post: Post,
    leader: PersonId,
    by: Person,
    now: datetime,
) -> Countersign | None:
    """Give somebody a seat, an office or cover on their leader's word.

    What takes two is asked of a second person, and given when they agree (ROLE-01); then
    what was asked comes back.

    :param id: what is asked goes under it, so that asking twice asks once.
    One person fills one slot of a committee (REP-2): a new one takes the place of the old.

    :raises RuleBroken: as `look_at`; `role.self`, `role.inactive`, `role.held`,
        `role.no_such`, `role.not_their_slot`, `role.not_their_leader`, or as asking a second
        person does.
    """
    actor = await look_at(tx, aad_id=aad_id, by=by)
    await _must_be_right(tx, actor, post, leader=leader, by=by.id)
    if takes_two(post):
        return await countersign.ask(
            tx,
            kind=CountersignKind.GRANT_ROLE,
            about=id,
            seen=1,
            by=by,
            now=now,
            id=id,
            terms={"person": actor.person.id, "post": post.written(), "leader": leader},
        )
    await carry_out(tx, actor.person, post, given=True, by=by.id, now=now)
    return None


async def give_agreed(tx: Transaction, asked: Countersign, giver: Person, now: datetime) -> None:
    """Give what a second person has agreed to, if it is still right.

    :raises RuleBroken: as `give` does; `role.self` where it would be the giver's own.
    """
    person, leader = PersonId(asked.terms["person"]), PersonId(asked.terms["leader"])
    post = Post.read(asked.terms["post"])
    actor = await actor_of(tx, await tx.people.get(person))
    for one_of_the_two in (asked.asked_by, giver.id):
        await _must_be_right(tx, actor, post, leader=leader, by=one_of_the_two)
    await carry_out(tx, actor.person, post, given=True, by=giver.id, now=now)


async def take(tx: Transaction, *, aad_id: UUID, post: Post, by: Person, now: datetime) -> None:
    """Take something from somebody: they have no access by it from this moment (APP-2).

    What they leave behind is passed on, or waits for the facilitators (ROLE-03).

    :raises RuleBroken: as `look_at`; `role.self` or `role.not_held`.
    """
    actor = await look_at(tx, aad_id=aad_id, by=by)
    must_be_takable(actor, post, by=by.id)
    await carry_out(tx, actor.person, post, given=False, by=by.id, now=now)


async def _must_be_right(
    tx: Transaction, actor: Actor, post: Post, *, leader: PersonId, by: PersonId
) -> None:
    committee = await _committee(tx, post)
    must_be_givable(actor, post, by=by, committee=committee)
    leading = (await tx.people.of_ids([leader])).get(leader)
    if leading is None or leader == by:
        raise RuleBroken("role.not_their_leader")
    if not may_appoint(await actor_of(tx, leading), actor.person, post, committee=committee):
        raise RuleBroken("role.not_their_leader")


async def _committee(tx: Transaction, post: Post) -> Committee | None:
    """Find the committee of a seat.

    :raises RuleBroken: `role.no_such` where there is none.
    """
    if post.committee is None:
        return None
    found = {each.code: each for each in await tx.organisation.committees()}
    if post.committee not in found:
        raise RuleBroken("role.no_such")
    return found[post.committee]


async def carry_out(
    tx: Transaction, person: Person, post: Post, *, given: bool, by: PersonId | None, now: datetime
) -> None:
    """Store it, put every seat that changes hands in the history, and let what follows follow.

    :param by: None where nobody decided it here: Entra closed their account (APP-2).
    """
    committee = await _committee(tx, post)
    before = await tx.organisation.memberships_of(person.id)
    if committee is not None and post.seat is not None and given:
        for each in replaced_by(post, before, committee=committee):
            await tx.organisation.unseat(person.id, committee=committee.code, seat=each.seat)
        await tx.organisation.seat(
            Membership(
                committee=committee.code,
                person=person.id,
                slot=slot_for(post, committee),
                seat=post.seat,
            )
        )
    elif committee is not None:
        await tx.organisation.unseat(person.id, committee=committee.code, seat=post.seat)
    if post.holding is Holding.REGISTER:
        await tx.organisation.unseat(person.id)
    await tx.people.save(changed(person, post, given=given))
    after = await tx.organisation.memberships_of(person.id)
    moved = changes(before, after, by=by, at=now)
    await tx.seat_history.add(moved)
    await follow_seats(tx, moved, now=now)
    await tx.audit.record(
        at=now,
        actor=by,
        action=f"role.{'give' if given else 'take'}",
        about=person.id,
        result=post.written(),
        purpose=ADMINISTRATION,
    )
    if any(not each.given for each in moved) or not given:
        await leave_behind(tx, [person.id], now=now)
