"""Concern groups: labels that expire, who may be let in, when it is looked at (GRP-5, GRP-6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concern_groups import (
    ASK_BEFORE,
    MOST_MEMBERS,
    ROLE_LIVES,
    ConcernGroup,
    GroupState,
    Member,
    MemberRole,
    begun,
    ended,
    expired,
    expires_at,
    has_expired,
    is_to_confirm,
    is_to_review,
    joined,
    label,
    labelled,
    left,
    screened,
)
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId

MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
REVIEW = date(2026, 4, 13)
VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")
BO = PersonId("bo")
ROLES = st.sampled_from(MemberRole)
AGES = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))

GROUP = ConcernGroup(
    id=UUID(int=1),
    reference="G2026-0003",
    state=GroupState.OPEN,
    group=CommitteeCode("KG5"),
    areas=(VALBY, VANLOESE),
    known_before=False,
    begun_by=BO,
    begun_at=MONDAY_NOON,
    review_on=REVIEW,
    last_event_at=MONDAY_NOON,
)
MEMBER = Member(
    id=UUID(int=2),
    concern_group=GROUP.id,
    area=VALBY,
    role=MemberRole.DOMINANT,
    role_at=MONDAY_NOON,
    role_by=BO,
    gate=UUID(int=3),
    added_by=BO,
    added_at=MONDAY_NOON,
)


def begins(areas: Sequence[AreaCode] = (VALBY,), review_on: date = REVIEW) -> ConcernGroup:
    return begun(
        id=GROUP.id,
        reference=GROUP.reference,
        group=GROUP.group,
        areas=areas,
        known_before=True,
        review_on=review_on,
        by=BO,
        today=TODAY,
        now=MONDAY_NOON,
    )


def refusal(code: str) -> "pytest.RaisesExc[RuleBroken]":
    return pytest.raises(RuleBroken, match=f"^{code}$")


class TestALabel:
    @given(role=ROLES, age=AGES)
    def test_counts_for_180_days_and_not_a_moment_longer(
        self, role: MemberRole, age: timedelta
    ) -> None:
        """GRP-6."""
        member = replace(MEMBER, role=role)

        shown = label(member, MONDAY_NOON + age)

        assert shown is (role if age < ROLE_LIVES else MemberRole.UNKNOWN)

    @given(role=ROLES, again=ROLES, age=AGES)
    def test_that_is_confirmed_begins_again(
        self, role: MemberRole, again: MemberRole, age: timedelta
    ) -> None:
        at = MONDAY_NOON + age

        confirmed = labelled(replace(MEMBER, role=role), again, by=BO, now=at)

        assert label(confirmed, at + ROLE_LIVES - timedelta(seconds=1)) is again
        assert label(confirmed, at + ROLE_LIVES) is MemberRole.UNKNOWN

    @given(role=ROLES, age=AGES)
    def test_is_a_duty_a_fortnight_before_it_expires(
        self, role: MemberRole, age: timedelta
    ) -> None:
        member = replace(MEMBER, role=role)

        due = is_to_confirm(member, MONDAY_NOON + age)

        assert due is (role is not MemberRole.UNKNOWN and age >= ROLE_LIVES - ASK_BEFORE)

    def test_of_nothing_known_never_expires(self) -> None:
        assert expires_at(replace(MEMBER, role=MemberRole.UNKNOWN)) is None

    def test_that_was_taken_away_is_no_duty_any_more(self) -> None:
        gone = expired(MEMBER)

        assert gone.role is MemberRole.UNKNOWN
        assert not has_expired(gone, MONDAY_NOON + 2 * ROLE_LIVES)
        assert not is_to_confirm(gone, MONDAY_NOON + 2 * ROLE_LIVES)

    def test_of_somebody_who_left_is_nobodys_duty(self) -> None:
        out = left(MEMBER, now=MONDAY_NOON)

        assert not is_to_confirm(out, MONDAY_NOON + ROLE_LIVES)
        with refusal("group.member_left"):
            labelled(out, MemberRole.OTHER, by=BO, now=MONDAY_NOON)


class TestAGroup:
    def test_keeps_each_area_once_in_the_order_given(self) -> None:
        assert begins([VANLOESE, VALBY, VANLOESE]).areas == (VANLOESE, VALBY)

    @pytest.mark.parametrize(
        ("areas", "review_on", "code"),
        [
            ((), REVIEW, "group.no_area"),
            ((VALBY,), TODAY, "group.review_past"),
            ((VALBY,), TODAY + timedelta(days=367), "group.review_far"),
        ],
    )
    def test_needs_an_area_and_a_day_to_be_looked_at(
        self, areas: Sequence[AreaCode], review_on: date, code: str
    ) -> None:
        with refusal(code):
            begins(areas, review_on)

    def test_is_to_be_looked_at_from_that_day_on(self) -> None:
        assert not is_to_review(GROUP, REVIEW - timedelta(days=1))
        assert is_to_review(GROUP, REVIEW)
        assert is_to_review(GROUP, REVIEW + timedelta(days=30))

    def test_keeps_the_area_of_everybody_in_it(self) -> None:
        def again(*members: Member) -> ConcernGroup:
            return screened(
                GROUP,
                areas=[VANLOESE],
                known_before=True,
                review_on=REVIEW,
                members=members,
                today=TODAY,
                now=MONDAY_NOON,
            )

        with refusal("group.area_has_members"):
            again(MEMBER)
        assert again(left(MEMBER, now=MONDAY_NOON)).areas == (VANLOESE,)

    def test_that_has_ended_waits_for_nothing_and_takes_nobody_in(self) -> None:
        over = ended(GROUP, now=MONDAY_NOON)

        assert not is_to_review(over, REVIEW)
        for change in (
            lambda: joined(over, MEMBER, []),
            lambda: ended(over, now=MONDAY_NOON),
            lambda: screened(
                over,
                areas=[VALBY],
                known_before=True,
                review_on=REVIEW,
                members=[],
                today=TODAY,
                now=MONDAY_NOON,
            ),
        ):
            with refusal("group.ended"):
                change()


class TestAMember:
    def test_belongs_to_one_of_the_groups_areas(self) -> None:
        assert joined(GROUP, MEMBER, []) is MEMBER
        with refusal("group.area_elsewhere"):
            joined(GROUP, replace(MEMBER, area=AreaCode("TIN")), [])

    def test_finds_room_for_forty(self) -> None:
        others = [replace(MEMBER, id=UUID(int=n)) for n in range(MOST_MEMBERS)]

        with refusal("group.full"):
            joined(GROUP, MEMBER, others)
        assert joined(GROUP, MEMBER, [left(others[0], now=MONDAY_NOON), *others[1:]]) is MEMBER

    def test_leaves_once(self) -> None:
        with refusal("group.member_left"):
            left(left(MEMBER, now=MONDAY_NOON), now=MONDAY_NOON)

    def test_has_a_key_of_their_own_until_there_is_a_case_about_them(self) -> None:
        """AC-CRYPT-04: whoever is deleted takes along what groups have of them."""
        subject = UUID(int=9)

        assert MEMBER.key == str(MEMBER.id)
        assert replace(MEMBER, subject=subject).key == str(subject)
