"""Make the register what it is now said to be, if it holds together."""

import logging
from datetime import datetime

from domain.appointments import Holding, Post, held_by
from domain.gates import ADMINISTRATION
from domain.people import Organisation, PersonId
from domain.roles import Actor
from domain.seating import changes
from storage.database import Transaction
from usecases.check_areas import AreaFindings, check_areas
from usecases.check_organisation import OrganisationProblem, check_organisation
from usecases.compare_register import Difference, compare
from usecases.follow_seats import follow_seats
from usecases.leave_behind import leave_behind
from usecases.read_register import read_register

log = logging.getLogger(__name__)


async def propose_organisation(
    tx: Transaction, organisation: Organisation, *, accept_unserved_areas: bool = False
) -> Difference:
    """Check the register as a whole, and say what loading it would change; change nothing.

    With `accept_unserved_areas`, areas without a group are no problem (AREA-3).

    :raises OrganisationProblem: with everything that is wrong.
    """
    await _must_be_sound(tx, organisation, accept_unserved_areas=accept_unserved_areas)
    return compare(await read_register(tx), organisation)


async def load_organisation(
    tx: Transaction,
    organisation: Organisation,
    *,
    now: datetime,
    accept_unserved_areas: bool = False,
) -> None:
    """Check the register as a whole, then replace the one we have.

    With `accept_unserved_areas`, areas without a group are loaded with a warning each, and
    their concerns go to the Secretariat's triage (AREA-3).

    What people had who have left, or lost a seat, goes to others at once (ROLE-03); every seat
    that changes hands is in the history, and coming meetings follow (MTG-28).

    :raises OrganisationProblem: with everything that is wrong; nothing is changed.
    """
    areas = await _must_be_sound(tx, organisation, accept_unserved_areas=accept_unserved_areas)
    for finding in areas.unfinished:
        log.warning("areas go to triage", extra={"finding": finding})
    for finding in areas.untidy:
        log.warning("areas under several leader groups", extra={"finding": finding})
    before = await read_register(tx)
    await tx.organisation.replace(organisation)
    await _link(tx, before, organisation, now=now)
    seats = await tx.organisation.all_memberships()
    moved = changes(before.memberships, seats, by=None, at=now)
    await tx.seat_history.add(moved)
    await tx.audit.record(
        at=now,
        actor=None,
        action="organisation.loaded",
        about="organisation",
        result="ok",
        purpose=ADMINISTRATION,
    )
    await _record(tx, before, await read_register(tx), now=now)
    await follow_seats(tx, moved, now=now)
    await leave_behind(tx, [each.id for each in before.people], now=now)


async def _link(
    tx: Transaction, before: Organisation, after: Organisation, *, now: datetime
) -> None:
    """Give committees the Entra groups that are named; one that none is named for keeps its."""
    changed = {
        code: group for code, group in after.groups.items() if before.groups.get(code) != group
    }
    for code in changed:
        await tx.directory.unlink(code)  # so that two committees may change places
    for code, group in changed.items():
        await tx.directory.link(code, group, by=None, now=now)
    if changed:
        await tx.directory.ask(by=None, now=now)


async def _record(
    tx: Transaction, before: Organisation, after: Organisation, *, now: datetime
) -> None:
    """Put each seat, office and cover on record that was given or taken, as `appoint` does."""
    was, is_now = _held(before), _held(after)
    for person, post in sorted(was ^ is_now):
        await tx.audit.record(
            at=now,
            actor=None,
            action=f"role.{'give' if (person, post) in is_now else 'take'}",
            about=person,
            result=post,
            purpose=ADMINISTRATION,
        )


def _held(organisation: Organisation) -> frozenset[tuple[PersonId, str]]:
    """Name what each person holds, as codes."""
    seats = [
        (
            seat.person,
            Post(holding=Holding.SEAT, committee=seat.committee, seat=seat.seat, slot=seat.slot),
        )
        for seat in organisation.memberships
    ]
    others = [
        (person.id, post)
        for person in organisation.people
        for post in held_by(Actor(person=person))
    ]
    return frozenset((person, post.written()) for person, post in (*seats, *others))


async def _must_be_sound(
    tx: Transaction, organisation: Organisation, *, accept_unserved_areas: bool
) -> AreaFindings:
    areas = check_areas(organisation)
    problems = [*check_organisation(organisation), *areas.wrong]
    if areas.unfinished and not accept_unserved_areas:
        problems += areas.unfinished
    entered = {each.id for each in organisation.people}
    known = {each.aad_id.casefold(): each for each in await tx.people.all()}
    for person in organisation.people:
        same = known.get(person.aad_id.casefold())
        if same is not None and same.id not in entered and same.id != person.id:
            problems.append(
                f"{person.name}: aad_id »{person.aad_id}« er allerede {same.name} med id "
                f"»{same.id}«; behold det id"
            )
    if problems:
        raise OrganisationProblem(problems)
    return areas
