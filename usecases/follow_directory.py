"""Take over what Entra says: remember who is in the groups, and find what is different."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain.directory import Account, DirectorySight, GroupSight, compare
from domain.directory_changes import Changes, Decision, GroupLink, GroupsRead
from domain.directory_few import FEW, Few, at_once
from domain.notices import Notice, NoticeKind
from domain.people import Membership, Office, Person
from storage.database import Transaction

_RUNS = UUID("6f2b4a0c-3f0e-5b8d-8c63-51f0a9b7d803")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """Which groups are to be read, from where, and who is to be asked for besides their members.

    :param known: the object ids of everybody active in the register.
    """

    readings: Sequence[GroupsRead]
    links: Sequence[GroupLink]
    known: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was read: the changes of each reading, and the accounts of everybody who counts."""

    changes: Sequence[Changes]
    accounts: Mapping[str, Account] = field(repr=False)
    missing: frozenset[str]


async def plan_reading(tx: Transaction, *, most_groups: int) -> ReadingPlan:
    """Say what to read; where the groups are other ones than the last time, from the start."""
    links = await tx.directory.links()
    groups = sorted(each.group for each in links)
    had = {each.groups: each for each in await tx.directory_mirror.readings()}
    parts = [
        tuple(groups[start : start + most_groups]) for start in range(0, len(groups), most_groups)
    ]
    people = await tx.people.everybody()
    return ReadingPlan(
        readings=[
            replace(had.get(part, GroupsRead(part=number, groups=part)), part=number)
            for number, part in enumerate(parts)
        ],
        links=links,
        known=frozenset(filter(_is_id, (each.aad_id.casefold() for each in people))),
    )


async def members_to_be(
    tx: Transaction, plan: ReadingPlan, changes: Sequence[Changes]
) -> frozenset[str]:
    """Name everybody who will be in the groups when these changes are taken over."""
    members = {
        each.group: set(each.members) for each in await tx.directory_mirror.sights(plan.links)
    }
    for read in changes:
        for change in read.groups:
            was = set() if read.whole else members.get(change.group, set()) - change.left
            came = {who for who, nested in change.came.items() if not nested}
            members[change.group] = members.get(change.group, set()) if change.gone else was | came
    return frozenset().union(*members.values()) if members else frozenset()


async def take_over(
    tx: Transaction, plan: ReadingPlan, seen: Told, *, tries: int, now: datetime, few: Few = FEW
) -> bool:
    """Remember what was read, and decide what is done at once and what a steward looks at.

    False where it came too late: somebody chose another group meanwhile, or read it too.
    """
    if await plan_changed(tx, plan):
        return False
    people = await tx.people.all()
    memberships = await tx.organisation.all_memberships()
    sight = await _remember(tx, plan, seen, people, memberships, now=now)
    found = {each.id: each for each in compare(sight, people=people, memberships=memberships)}
    known = {each.difference.id: each for each in await tx.directory.found(*Decision)}
    decided = {id_ for id_, each in known.items() if each.decision is not Decision.DONE}
    new = [each for id_, each in found.items() if id_ not in decided]
    now_done = at_once(new, people=people, groups=sight.groups, few=few)
    done = {each.id for each in now_done}
    await tx.directory.drop([id_ for id_ in known if id_ not in found or id_ not in decided])
    await tx.directory.keep(now_done, Decision.AGREED, now=now)
    await tx.directory.keep(
        [each for each in new if each.id not in done], Decision.WAITING, now=now
    )
    if new:
        await _tell(tx, now=now)
    figures = _figures(sight, done=len(done), groups=plan.links)
    return await tx.directory.finish(tries=tries, figures=figures, now=now)


async def plan_changed(tx: Transaction, plan: ReadingPlan) -> bool:
    """Tell whether the groups, or from where they are read, are other ones by now."""
    links = {(each.committee, each.group) for each in await tx.directory.links()}
    if links != {(each.committee, each.group) for each in plan.links}:
        return True
    had = {each.groups: each.link for each in await tx.directory_mirror.readings()}
    return any(had.get(each.groups, "") != each.link for each in plan.readings)


async def _remember(
    tx: Transaction,
    plan: ReadingPlan,
    seen: Told,
    people: Sequence[Person],
    memberships: Sequence[Membership],
    *,
    now: datetime,
) -> DirectorySight:
    mirror = tx.directory_mirror
    ids = {each.id: each.aad_id.casefold() for each in people}
    of_committee = {each.committee: each.group for each in plan.links}
    await mirror.trim(
        [each.group for each in plan.links],
        {
            (of_committee[each.committee], ids[each.person])
            for each in memberships
            if each.committee in of_committee
        },
    )
    for reading, read in zip(plan.readings, seen.changes, strict=True):
        await mirror.follow(reading.part, reading.groups, read, now)
        gone = {each.group for each in read.groups if each.gone}
        there = {each.group for each in read.groups} - gone
        await tx.directory.mark(there, gone, now)
    seen_before = await mirror.seen_accounts()
    await mirror.remember_accounts(seen.accounts, now=now)
    return DirectorySight(
        accounts=seen.accounts,
        missing=seen.missing,
        seen_before=seen_before,
        groups=await mirror.sights(await tx.directory.links()),
    )


def _figures(sight: DirectorySight, *, done: int, groups: Sequence[GroupLink]) -> dict[str, int]:
    accounts = sight.accounts.values()
    return {
        "groups": len(groups),
        "members": len(_everybody(sight.groups)),
        "accounts": len(sight.accounts),
        "guests": sum(each.guest for each in accounts),
        "done": done,
    }


def _everybody(groups: Sequence[GroupSight]) -> frozenset[str]:
    return frozenset().union(*(each.members for each in groups)) if groups else frozenset()


async def _tell(tx: Transaction, *, now: datetime) -> None:
    """Tell the data stewards that there is something to see."""
    about = uuid5(_RUNS, now.isoformat())
    await tx.outbox.add(
        [
            Notice(kind=NoticeKind.DIRECTORY_CHANGED, about=about, due_at=now, person=each.id)
            for each in await tx.people.of_office(Office.STEW)
        ]
    )


def _is_id(aad_id: str) -> bool:
    try:
        UUID(aad_id)
    except ValueError:
        return False
    return True
