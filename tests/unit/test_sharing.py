"""Reading a case for a time, and what an authority keeps to itself: CASE-7, CASE-8, S115-12."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.matters import Matter, MatterKind
from domain.people import AreaCode, Authority, Committee, CommitteeCode, CommitteeType, Person
from domain.records import Record, RecordKind
from domain.sharing import MOST_DAYS, TO_LEADERS, TO_PARTICIPANTS, leads_for, lent
from domain.withholding import as_seen
from tests.support.examples import ANNA, BO, CARL, seat

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
CASE = Matter(
    kind=MatterKind.CASE,
    id=UUID(int=1),
    reference="2026-0001",
    groups=frozenset({CommitteeCode("KG5")}),
    areas=frozenset({AreaCode("VAL")}),
)
PLUS = replace(CASE, plus=True)
NEVER = frozenset(DataClass) - set(TO_PARTICIPANTS)


def lend(
    *,
    to: Person = ANNA,
    matter: Matter = CASE,
    kind: GrantKind = GrantKind.AD_HOC,
    classes: frozenset[DataClass] = frozenset({DataClass.IDENTITY}),
    days: int = 14,
) -> Grant:
    return lent(
        id=UUID(int=2),
        matter=matter,
        to=to,
        kind=kind,
        classes=classes,
        days=days,
        gate=UUID(int=3),
        by=BO.id,
        now=NOON,
    )


@given(st.integers(min_value=1, max_value=MOST_DAYS))
def test_ac_az_07_it_ends_to_the_second(days: int) -> None:
    grant = lend(days=days)
    ends = NOON + timedelta(days=days)

    assert grant.is_valid(ends - timedelta(microseconds=1))
    assert not grant.is_valid(ends)
    assert not grant.is_valid(NOON - timedelta(microseconds=1))


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_case_7_it_is_for_a_day_at_least_and_ninety_at_most(days: int) -> None:
    with pytest.raises(RuleBroken, match=r"grant\.days"):
        lend(days=days)


@pytest.mark.parametrize(
    ("lending", "code"),
    [
        (lambda: lend(to=replace(ANNA, s115_covered=False)), "grant.not_covered"),
        (lambda: lend(to=replace(ANNA, active=False)), "grant.not_covered"),
        (lambda: lend(matter=replace(CASE, recused=frozenset({ANNA.id}))), "grant.recused"),
        (lambda: lend(to=BO), "grant.oneself"),
        (lambda: lend(matter=replace(CASE, grants=(lend(),))), "grant.has_one"),
        (lambda: lend(classes=frozenset()), "grant.no_class"),
    ],
)
def test_case_7_it_is_not_for_everybody(lending: Callable[[], Grant], code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        lending()

    assert refusal.value.code == code


@given(st.sets(st.sampled_from(sorted(DataClass)), min_size=1))
def test_numbers_reporter_and_logs_are_never_lent(classes: set[DataClass]) -> None:
    """§14.2: what is asked for beyond the offer opens nothing at all."""
    try:
        opened = lend(classes=frozenset(classes)).classes
    except RuleBroken:
        assert classes & NEVER
    else:
        assert not classes & NEVER
        assert opened == {*classes, DataClass.METADATA}


def test_leaders_are_never_lent_what_is_sensitive() -> None:
    assert DataClass.SENSITIVE not in TO_LEADERS
    with pytest.raises(RuleBroken, match=r"grant\.no_class"):
        lend(kind=GrantKind.ESCALATION, classes=frozenset({DataClass.SENSITIVE}))


def _leads(matter: Matter, type: CommitteeType, *areas: str) -> bool:
    """Tell whether a member of such a committee could be brought in."""
    code = CommitteeCode("LG")
    committee = Committee(code=code, type=type, name="", areas=tuple(map(AreaCode, areas)))
    return leads_for(matter, [seat(ANNA, group=code)[0]], [committee])


def test_case_8_a_leader_is_of_the_leader_group_the_case_belongs_to() -> None:
    assert _leads(CASE, CommitteeType.LEADER, "VAL")
    assert _leads(PLUS, CommitteeType.SSP_PLUS_LEADER)


@pytest.mark.parametrize(
    ("matter", "type", "area"),
    [
        (CASE, CommitteeType.LEADER, "VAN"),
        (CASE, CommitteeType.SSP_PLUS_LEADER, "VAL"),
        (PLUS, CommitteeType.LEADER, "VAL"),
        (CASE, CommitteeType.COORDINATION, "VAL"),
        (CASE, CommitteeType.STEERING, "VAL"),
    ],
)
def test_case_8_nobody_else_is(matter: Matter, type: CommitteeType, area: str) -> None:
    assert not _leads(matter, type, area)


class TestWhatIsWithheld:
    OPEN = Record(
        id=UUID(int=5),
        matter=CASE.id,
        key="k",
        kind=RecordKind.VIEW,
        data_class=DataClass.VIEW,
        by=CARL.id,
        at=NOON,
        content={"words": "noget"},
    )
    KEPT = replace(OPEN, withheld_by=Authority.KP)
    WHY = replace(KEPT, kind=RecordKind.WITHHELD, content={"reason": "derfor"})

    def test_s115_12_is_whole_to_its_own_authority(self) -> None:
        assert as_seen([self.OPEN, self.KEPT, self.WHY], Authority.KP) == [
            self.OPEN,
            self.KEPT,
            self.WHY,
        ]

    @pytest.mark.parametrize("authority", sorted(set(Authority) - {Authority.KP}))
    def test_s115_12_is_known_of_and_nothing_more_to_the_others(
        self, authority: Authority
    ) -> None:
        seen = as_seen([self.OPEN, self.KEPT, self.WHY], authority)

        assert seen[0] == self.OPEN
        assert [(each.content, each.by) for each in seen[1:]] == [({}, None)]
