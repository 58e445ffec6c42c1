"""Concerns, people and seats that fill in whatever a test does not care about."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.concerns import Concern, Status
from domain.people import (
    AreaCode,
    Authority,
    CommitteeCode,
    Membership,
    Office,
    Person,
    PersonId,
    Seat,
)

MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
GROUP, NEXT_GROUP = CommitteeCode("KG5"), CommitteeCode("KG6")


def person(
    name: str,
    *,
    authority: Authority = Authority.SOF,
    covered: bool = True,
    active: bool = True,
    offices: frozenset[Office] = frozenset(),
) -> Person:
    return Person(
        id=PersonId(name),
        aad_id=f"aad-{name}",
        name=name.capitalize(),
        authority=authority,
        function="",
        email="",
        s115_covered=covered,
        active=active,
        offices=offices,
    )


ANNA = person("anna", authority=Authority.BUF)
BO = person("bo")
CARL = person("carl", authority=Authority.KP)
SOFIE = person("sofie")
DORTE = person("dorte", offices=frozenset({Office.SEK}))
DENNIS = person("dennis", offices=frozenset({Office.SEK}))


def seat(
    of: Person, kind: Seat = Seat.MEMBER, *, group: CommitteeCode = GROUP
) -> tuple[Membership, Person]:
    return Membership(committee=group, person=of.id, slot="KG.1", seat=kind), of


# Anna reported it, and it waits for Bo.
CONCERN = Concern(
    id=UUID("c0000000-0000-4000-8000-000000000001"),
    reference="B2026-0001",
    reporter=ANNA.id,
    status=Status.SUBMITTED,
    group=GROUP,
    owner=BO.id,
    area=AreaCode("VAL"),
    level=2,
    urgent=False,
    reasons=("route.group_of_area",),
    submitted_at=MONDAY_NOON,
    take_up_by=MONDAY_NOON + timedelta(days=14),
)
