"""A small organisation of which an alert reaches a part: Valby, Tingbjerg and the city."""

from uuid import UUID

from hypothesis import strategies as st

from domain.alert_audience import default_audience
from domain.alerts import Audience
from domain.delivery import Address
from domain.leadership import Roster
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Person,
    PersonId,
    Seat,
)
from tests.support.examples import person

ALERT = UUID(int=7)
VALBY, TINGBJERG = AreaCode("VAL"), AreaCode("TIN")
HERE, WHOLE_CITY = frozenset({VALBY}), frozenset[AreaCode]()
SOF, BUF, KFO = Authority.SOF, Authority.BUF, Authority.KFO


def committee(code: str, type: CommitteeType, *areas: AreaCode) -> Committee:
    return Committee(code=CommitteeCode(code), type=type, name=code, areas=areas)


def sits(who: Person, code: str, seat: Seat = Seat.MEMBER, slot: str = "1") -> Membership:
    return Membership(committee=CommitteeCode(code), person=who.id, slot=slot, seat=seat)


COMMITTEES = [
    committee("SG", CommitteeType.STEERING),
    committee("CG", CommitteeType.MANAGERS),
    committee("LG1", CommitteeType.LEADER, VALBY),
    committee("LG2", CommitteeType.LEADER, TINGBJERG),
    committee("PLG", CommitteeType.SSP_PLUS_LEADER),
    committee("KG1", CommitteeType.COORDINATION, VALBY),
    committee("LU1", CommitteeType.LOCAL, VALBY),
]
LEADER, STAND_IN, FAR, MEMBER = (person(each) for each in ("leader", "stand-in", "far", "member"))
MANAGER, MANAGERS_OWN = person("manager"), person("managers-own")
TEACHER, PROBATION = person("teacher", authority=BUF), person("probation", authority=KFO)
DORTE = person("dorte", offices=frozenset({Office.SEK}))
PLUS = person("plus", authority=Authority.KP)
PEOPLE = [
    LEADER, STAND_IN, FAR, MEMBER, MANAGER, MANAGERS_OWN, TEACHER, PROBATION, DORTE, PLUS
]  # fmt: skip
SEATS = [
    sits(LEADER, "LG1"),
    sits(STAND_IN, "LG1", Seat.SUBSTITUTE),
    sits(FAR, "LG2", Seat.SUBSTITUTE),
    sits(MEMBER, "KG1"),
    sits(MANAGER, "CG"),
    sits(MANAGERS_OWN, "CG", Seat.SUBSTITUTE),
    sits(TEACHER, "KG1", slot="2"),
    sits(PROBATION, "LG1", slot="6"),
    sits(PLUS, "PLG"),
]
ROSTER = Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=SEATS)
DEFAULT = default_audience(HERE)
ADDRESS = Address(conversation_id="", service_url="", tenant_id="")
AUDIENCES = st.builds(
    Audience,
    areas=st.frozensets(st.sampled_from([VALBY, TINGBJERG])),
    authorities=st.frozensets(st.sampled_from(Authority)),
    committees=st.frozensets(st.sampled_from([each.code for each in COMMITTEES])),
    types=st.frozensets(st.sampled_from(CommitteeType)),
    people=st.frozensets(st.sampled_from([each.id for each in PEOPLE])),
    offices=st.frozensets(st.sampled_from(Office)),
)
MEMBERSHIPS = st.lists(
    st.builds(
        Membership,
        committee=st.sampled_from([each.code for each in COMMITTEES]),
        person=st.sampled_from([each.id for each in PEOPLE]),
        slot=st.sampled_from(["1", "2"]),
        seat=st.sampled_from(Seat),
    ),
    max_size=20,
)


def names(*people: Person) -> list[PersonId]:
    return [each.id for each in people]
