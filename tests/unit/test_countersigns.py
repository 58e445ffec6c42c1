"""What takes two people: one asks, another gives or refuses, once, and in time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.access import ALLOWED, Action
from domain.countersigns import (
    LASTS,
    RULES,
    Countersign,
    CountersignKind,
    are_two,
    give,
    refuse,
    withdraw,
)
from domain.errors import RuleBroken
from domain.office_actions import MAY
from domain.people import Person
from domain.roles import Role
from tests.support.townspeople import BO, CARL, DORTE, LIV, SOFIE, STINE

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ASKED = Countersign(
    id=UUID(int=1),
    kind=CountersignKind.CLOSE_CASE,
    about=UUID(int=2),
    seen=3,
    asked_by=BO.id,
    asked_at=NOON,
    expires_at=NOON + LASTS,
)
ANSWERS: dict[str, Callable[..., Countersign]] = {"given": give, "refused": refuse}


class TestTheRules:
    @pytest.mark.parametrize("kind", CountersignKind)
    def test_are_rows_of_the_one_table(self, kind: CountersignKind) -> None:
        for row in (RULES[kind].asks, RULES[kind].gives):
            assert row in ALLOWED if isinstance(row, Action) else row in MAY


class TestAnAnswer:
    @pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
    def test_is_never_the_askers(self, answer: Callable[..., Countersign]) -> None:
        with pytest.raises(RuleBroken, match=r"^countersign\.own$"):
            answer(ASKED, by=BO.id, now=NOON)

    @pytest.mark.parametrize("first", ANSWERS)
    @pytest.mark.parametrize("second", ANSWERS.values(), ids=ANSWERS)
    def test_is_given_once(self, first: str, second: Callable[..., Countersign]) -> None:
        answered = ANSWERS[first](ASKED, by=CARL.id, now=NOON)

        with pytest.raises(RuleBroken, match=rf"^countersign\.already_{first}$"):
            second(answered, by=SOFIE.id, now=NOON)

    def test_comes_in_time_or_not_at_all(self) -> None:
        last = ASKED.expires_at - timedelta(microseconds=1)

        assert give(ASKED, by=CARL.id, now=last).decided_at == last
        with pytest.raises(RuleBroken, match=r"^countersign\.expired$"):
            give(ASKED, by=CARL.id, now=ASKED.expires_at)

    def test_is_not_needed_when_the_question_was_taken_back_by_who_asked(self) -> None:
        with pytest.raises(RuleBroken, match=r"^countersign\.not_own$"):
            withdraw(ASKED, by=CARL.id, now=NOON)
        gone = withdraw(ASKED, by=BO.id, now=NOON)

        with pytest.raises(RuleBroken, match=r"^countersign\.already_withdrawn$"):
            give(gone, by=CARL.id, now=NOON)


def exempting(asker: Person, asker_is: Role, giver: Person, giver_is: Role) -> bool:
    return are_two(
        CountersignKind.EXEMPT_INFORMING,
        asker=asker,
        asker_is={asker_is},
        giver=giver,
        giver_is={giver_is},
    )


class TestTwo:
    @pytest.mark.parametrize("kind", CountersignKind)
    def test_are_never_one(self, kind: CountersignKind) -> None:
        everything = frozenset(Role)

        assert not are_two(kind, asker=BO, asker_is=everything, giver=BO, giver_is=everything)

    @pytest.mark.parametrize(
        ("asker", "asker_is", "giver", "giver_is"),
        [(BO, Role.FAC, CARL, Role.KGM), (CARL, Role.KGM, BO, Role.FAC)],
    )
    def test_who_exempt_from_informing_are_a_facilitator_and_a_member_of_two_authorities(
        self, asker: Person, asker_is: Role, giver: Person, giver_is: Role
    ) -> None:
        """ROLE-04."""
        assert exempting(asker, asker_is, giver, giver_is)

    @pytest.mark.parametrize(
        ("asker", "asker_is", "giver", "giver_is"),
        [
            (BO, Role.FAC, SOFIE, Role.KGM),  # of the same authority
            (CARL, Role.KGM, LIV, Role.KGM),  # neither facilitates
        ],
    )
    def test_who_exempt_from_informing_are_no_other_two(
        self, asker: Person, asker_is: Role, giver: Person, giver_is: Role
    ) -> None:
        """ROLE-04."""
        assert not exempting(asker, asker_is, giver, giver_is)

    def test_who_release_are_a_steward_and_a_case_officer(self) -> None:
        def two(asker_is: Role, giver_is: Role) -> bool:
            return are_two(
                CountersignKind.RELEASE,
                asker=STINE,
                asker_is={asker_is},
                giver=DORTE,
                giver_is={giver_is},
            )

        assert two(Role.STEW, Role.SEK)
        assert not two(Role.SEK, Role.SEK)
