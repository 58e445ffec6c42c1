"""Breaking the glass: what it opens, for how long, and who hears of it (ROLE-02)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.glass import behind_glass, break_glass, reveal, reviews, second_office
from domain.grants import Grant, GrantKind
from domain.matters import Matter
from domain.people import Office
from domain.roles import Role
from tests.support.examples import MONDAY_NOON, person
from tests.support.standings import ME, grant, matter_for

GLASS = UUID(int=7)
WHY = "Der er ingen anden udvej"


def broken(
    *, minutes: int = 60, reason: str = WHY, matter: Matter | None = None, role: Role = Role.HEAD
) -> Grant:
    return break_glass(
        id=GLASS,
        matter=matter or matter_for({role}, granted=False),
        by=ME,
        held={role},
        minutes=minutes,
        reason=reason,
        now=MONDAY_NOON,
    )


class TestTheGlass:
    @pytest.mark.parametrize(
        ("role", "classes"),
        [
            (Role.HEAD, {DataClass.IDENTITY, DataClass.TEXT}),
            (Role.DPO, {DataClass.IDENTITY, DataClass.TEXT}),
            (Role.STEW, {DataClass.TEXT, DataClass.OFFENCE}),
            (Role.SYS, set[DataClass]()),
            (Role.SEK, set[DataClass]()),
        ],
    )
    def test_opens_what_the_table_says(self, role: Role, classes: set[DataClass]) -> None:
        """§14.2: b-g."""
        assert behind_glass({role}) == classes

    @given(st.integers(-5, 200))
    def test_is_open_from_one_minute_to_an_hour(self, minutes: int) -> None:
        """ROLE-02: 59 and 60 minutes, but not 61."""
        if 1 <= minutes <= 60:
            opened = broken(minutes=minutes)
            assert opened.expires_at == MONDAY_NOON + timedelta(minutes=minutes)
            assert opened.is_valid(opened.expires_at - timedelta(seconds=1))
            assert not opened.is_valid(opened.expires_at)
        else:
            with pytest.raises(RuleBroken, match="glass.too_long"):
                broken(minutes=minutes)

    @pytest.mark.parametrize("reason", ["", " " * 40, "x" * 19, f"   {'x' * 19}   "])
    def test_is_not_broken_without_a_reason(self, reason: str) -> None:
        with pytest.raises(RuleBroken, match="glass.reason_too_short"):
            broken(reason=reason)

    def test_is_broken_for_twenty_characters(self) -> None:
        assert broken(reason="x" * 20).kind is GrantKind.BREAK_GLASS

    def test_is_to_be_reviewed_within_seven_days(self) -> None:
        assert broken().review_by == MONDAY_NOON + timedelta(days=7)

    def test_is_not_broken_twice_at_once(self) -> None:
        matter = matter_for({Role.HEAD})

        with pytest.raises(RuleBroken, match="glass.broken_already"):
            broken(matter=matter)
        elsewhere = replace(matter, grants=(grant(GrantKind.ESCALATION, set(DataClass)),))
        assert broken(matter=elsewhere).person == ME


class TestTheSecondPerson:
    @pytest.mark.parametrize("office", Office)
    def test_is_the_head_or_of_the_heads_own_data_protection(self, office: Office) -> None:
        breaker = person("breaker", offices=frozenset({office}))

        second = Office.DPO if office is Office.HEAD else Office.HEAD
        assert second_office(breaker) is second
        for other in Office:
            reviewer = person("reviewer", offices=frozenset({other}))
            assert reviews(reviewer, breaker) is (other is second)

    def test_is_never_the_one_who_broke_it(self) -> None:
        everything = person("everything", offices=frozenset(Office))

        assert not reviews(everything, everything)


class TestANumber:
    @pytest.mark.parametrize("reason", ["", "x" * 9, f"  {'x' * 9}  "])
    def test_is_not_shown_without_a_reason(self, reason: str) -> None:
        with pytest.raises(RuleBroken, match="cpr.why_too_short"):
            reveal(id=GLASS, matter=matter_for({Role.FAC}), by=ME, reason=reason, now=MONDAY_NOON)

    def test_is_shown_for_sixty_seconds(self) -> None:
        """§14.3."""
        shown = reveal(
            id=GLASS, matter=matter_for({Role.FAC}), by=ME, reason="x" * 10, now=MONDAY_NOON
        )

        assert shown.classes == {DataClass.CPR}
        assert shown.is_valid(MONDAY_NOON + timedelta(seconds=59))
        assert not shown.is_valid(MONDAY_NOON + timedelta(seconds=60))
