"""What access asks of somebody: an action whose owner is gone, a broken glass to review."""

from collections.abc import Iterable
from datetime import datetime

from domain.access import Action
from domain.cases import RUNNING
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.people import PersonId
from domain.roles import Actor, Role, roles
from storage.database import Transaction
from usecases.break_glass import to_review
from usecases.permit import actor_of


async def actions_without_owner(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the cases somebody facilitates in which an action's owner is gone (ROLE-03)."""
    places = actor.seats(Role.FAC) | actor.seats(Role.PFAC)
    running = await tx.cases.in_groups(places, states=RUNNING) if places else []
    matters = await tx.matters.of_cases(running, now=now)
    owners = await _actors(tx, {who for each in matters.values() for who in each.action_owners})
    return [
        Duty(
            kind=DutyKind.ACTION_WITHOUT_OWNER,
            matter=MatterKind.CASE,
            id=case.id,
            reference=case.reference,
            version=case.version,
            action=Action.DROP_ACTION,
        )
        for case in running
        if any(
            Role.OWNER not in roles(owners[who], matters[case.id])
            for who in matters[case.id].action_owners
        )
    ]


async def glasses_to_review(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the broken glasses that wait for somebody's review (ROLE-02).

    They are no matter of the reviewer's to open: the sentence says what to type.
    """
    return [
        Duty(
            kind=DutyKind.GLASS_TO_REVIEW,
            id=grant.id,
            reference=matter.reference,
            due=local_date(grant.review_by) if grant.review_by else None,
        )
        for grant, matter in await to_review(tx, actor.person, now=now)
    ]


async def _actors(tx: Transaction, people: Iterable[PersonId]) -> dict[PersonId, Actor]:
    found = await tx.people.of_ids(list(people))
    return {each.id: await actor_of(tx, each) for each in found.values()}
