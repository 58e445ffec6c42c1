"""Reading a case for a time: whom somebody may bring in, to what, and until when (CASE-7, 8)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.matters import Matter
from domain.people import Committee, CommitteeType, Membership, Person, PersonId

DAYS = 14  # domain.md §16 adhoc.default_days
MOST_DAYS = 90  # adhoc.max_days
ESCALATION_DAYS = 14  # for a leader who is brought in; asked anew after that

# What can be ticked (§14.2): the numbers, the reporter and the log never leave the group.
TO_PARTICIPANTS: Sequence[DataClass] = (
    DataClass.IDENTITY,
    DataClass.TEXT,
    DataClass.VIEW,
    DataClass.ACTIONS,
    DataClass.OFFENCE,
    DataClass.SENSITIVE,
)
TO_LEADERS: Sequence[DataClass] = (
    DataClass.IDENTITY,
    DataClass.TEXT,
    DataClass.VIEW,
    DataClass.ACTIONS,
    DataClass.OFFENCE,
)


def lent(
    *,
    id: UUID,
    matter: Matter,
    to: Person,
    kind: GrantKind,
    classes: Collection[DataClass],
    days: int,
    gate: UUID,
    by: PersonId,
    now: datetime,
) -> Grant:
    """Let somebody read these classes of a matter for some days, to the second (AC-AZ-07).

    :raises RuleBroken: `grant.not_covered`, `grant.recused`, `grant.oneself`,
        `grant.has_one`, `grant.no_class` or `grant.days` with `most`
    """
    offered = TO_LEADERS if kind is GrantKind.ESCALATION else TO_PARTICIPANTS
    if not (to.active and to.s115_covered):
        raise RuleBroken("grant.not_covered")
    if to.id in matter.recused:
        raise RuleBroken("grant.recused")
    if to.id == by:
        raise RuleBroken("grant.oneself")
    if any(each.person == to.id and each.kind is kind for each in matter.grants):
        raise RuleBroken("grant.has_one")
    if not classes or not set(classes) <= set(offered):
        raise RuleBroken("grant.no_class")
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken("grant.days", most=MOST_DAYS)
    return Grant(
        id=id,
        matter=matter.id,
        person=to.id,
        kind=kind,
        classes=frozenset({DataClass.METADATA, *classes}),
        by=by,
        begins_at=now,
        expires_at=now + timedelta(days=days),
        gate=gate,
    )


def leads_for(
    matter: Matter, memberships: Collection[Membership], committees: Collection[Committee]
) -> bool:
    """Tell whether somebody with these seats is a leader who may be brought in (CASE-8).

    A case of SSP+ is brought to the leader group of SSP+, any other to a leader group of its
    areas; where the register knows no areas of a leader group, to that group as well.
    """
    wanted = CommitteeType.SSP_PLUS_LEADER if matter.plus else CommitteeType.LEADER
    seats = {each.committee for each in memberships}
    return any(
        each.type is wanted
        and each.code in seats
        and (matter.plus or not each.areas or bool(matter.areas & set(each.areas)))
        for each in committees
    )
