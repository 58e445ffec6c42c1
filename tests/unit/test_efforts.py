"""Efforts and the pool, as rules: what goes together, who may decide, what is left (EFF-1 … 7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.effort_dues import Due, dues
from domain.efforts import (
    POOL,
    Assessment,
    Effort,
    EffortState,
    Evaluation,
    Stage,
    applied,
    as_seen,
    left_of,
)
from domain.errors import RuleBroken
from domain.people import Authority, PersonId
from tests.support.efforts import AN_APPLICATION
from tests.support.examples import MONDAY_NOON

BOSS = PersonId("boss")
SAID = Assessment(parties=True, relevant=False, words="God.", by=BOSS, at=MONDAY_NOON)
AFTER = MONDAY_NOON + timedelta(days=200)


def an_assessed() -> Effort:
    return AN_APPLICATION.assessed(SAID)


def an_approved() -> Effort:
    return an_assessed().approved(left=POOL, by=BOSS, now=MONDAY_NOON)


def learned(stage: Stage, *, at: datetime = AFTER) -> Evaluation:
    return Evaluation(stage=stage, words="Det gik godt.", by=BOSS, at=at)


def refusal(effort: Effort) -> str:
    with pytest.raises(RuleBroken) as refused:
        applied(effort)
    return refused.value.code


class TestAnApplication:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"parties": (Authority.BUF,)}, "effort.two_parties"),
            ({"parties": (Authority.BUF, Authority.BUF)}, "effort.two_parties"),
            ({"areas": ()}, "effort.areas"),
            ({"contact": AN_APPLICATION.lead}, "effort.same_person"),
            ({"amount": 0}, "effort.no_amount"),
            ({"to_on": date(2026, 3, 31)}, "effort.backwards"),
            ({"to_on": date(2029, 1, 1)}, "effort.long"),
            ({"during_on": date(2026, 7, 1)}, "effort.evaluate_during"),
            ({"end_on": date(2026, 6, 29)}, "effort.evaluate_after"),
        ],
    )
    def test_needs_what_the_rules_ask_for(self, changed: dict[str, Any], code: str) -> None:
        """EFF-1, EFF-4, EFF-6."""
        assert refusal(replace(AN_APPLICATION, **changed)) == code

    def test_that_reaches_one_area_only_is_taken(self) -> None:
        """EFF-5: failing the second criterion refuses nothing."""
        assert not AN_APPLICATION.criteria.relevant
        assert applied(AN_APPLICATION) == AN_APPLICATION
        assert an_assessed().approved(left=POOL, by=BOSS, now=MONDAY_NOON).decided_by == BOSS


class TestADecision:
    @pytest.mark.parametrize(
        ("effort", "code"),
        [
            (AN_APPLICATION, "effort.not_assessed"),
            (replace(an_assessed(), state=EffortState.REFUSED), "effort.decided"),
            (replace(an_assessed(), amount=POOL + 1), "effort.beyond_pool"),
        ],
    )
    def test_needs_what_it_takes(self, effort: Effort, code: str) -> None:
        """EFF-4, EFF-7."""
        with pytest.raises(RuleBroken, match=code):
            effort.approved(left=POOL, by=BOSS, now=MONDAY_NOON)

    def test_is_for_who_has_no_part_in_it(self) -> None:
        """EFF-4: who carries it out decides it only where nobody else in the group can."""
        effort = AN_APPLICATION
        alone = {effort.applied_by, effort.lead, effort.contact}

        assert effort.is_own(effort.applied_by, able=alone)
        assert not effort.is_own(BOSS, able=alone)
        for who in (effort.lead, effort.contact):
            assert not effort.is_own(who, able=alone)
            assert effort.is_own(who, able={*alone, BOSS})
            assert replace(effort, applied_by=who).is_own(who, able=alone)

    def test_may_go_beyond_the_pool_where_the_head_said_so(self) -> None:
        """EFF-7."""
        beyond = replace(an_assessed(), amount=POOL + 1).overridden("Det haster.", by=BOSS)
        approved = beyond.approved(left=POOL, by=BOSS, now=MONDAY_NOON)

        assert left_of(POOL, [approved]) == -1
        assert (approved.overridden_by, approved.override) == (BOSS, "Det haster.")

    @pytest.mark.parametrize(
        "ended", [EffortState.APPROVED, EffortState.REFUSED, EffortState.WITHDRAWN]
    )
    def test_is_taken_once(self, ended: EffortState) -> None:
        effort = replace(an_assessed(), state=ended)
        acts: list[Callable[[], Effort]] = [
            lambda: effort.assessed(SAID),
            lambda: effort.overridden("Nu.", by=BOSS),
            lambda: effort.refused("Nej.", by=BOSS, now=MONDAY_NOON),
            lambda: effort.withdrawn(now=MONDAY_NOON),
        ]
        for again in acts:
            with pytest.raises(RuleBroken, match=r"effort\.decided"):
                again()

    def test_of_another_version_than_was_seen_is_refused(self) -> None:
        """AC-CARD-04."""
        with pytest.raises(RuleBroken, match=r"effort\.moved_on"):
            as_seen(AN_APPLICATION, 7)


class TestThePool:
    @given(
        st.lists(
            st.tuples(
                st.integers(min_value=1, max_value=POOL // 3),
                st.integers(min_value=0, max_value=POOL // 3),
                st.sampled_from(["approve", "refuse", "settle"]),
            ),
            max_size=12,
        )
    )
    def test_never_has_less_than_nothing_left_without_an_override(
        self, asked: list[tuple[int, int, str]]
    ) -> None:
        """EFF-7: whatever is applied for, settled or refused, in whatever order."""
        decided: list[Effort] = []
        for amount, spent, end in asked:
            effort = replace(an_assessed(), amount=amount)
            with suppress(RuleBroken):
                if end == "refuse":
                    effort = effort.refused("Nej.", by=BOSS, now=MONDAY_NOON)
                else:
                    left = left_of(POOL, decided)
                    effort = effort.approved(left=left, by=BOSS, now=MONDAY_NOON)
                if end == "settle":
                    effort = effort.settled(spent=spent, words="Brugt.", now=AFTER)
            decided.append(effort)

            assert left_of(POOL, decided) >= 0

    def test_counts_what_is_reserved_until_it_is_known_what_was_spent(self) -> None:
        """EFF-6, EFF-7: in whole øre."""
        effort = an_approved()
        settled = effort.settled(spent=effort.amount - 1, words="Brugt.", now=AFTER)

        assert left_of(POOL, [AN_APPLICATION]) == POOL
        assert left_of(POOL, [effort]) == POOL - effort.amount
        assert left_of(POOL, [settled]) == POOL - effort.amount + 1


class TestCarryingOut:
    def test_owes_two_evaluations_and_a_settlement(self) -> None:
        """EFF-1, EFF-6."""
        effort = an_approved()
        assert list(dues(AN_APPLICATION)) == []
        assert list(dues(effort)) == [
            (Due.DURING, effort.during_on),
            (Due.END, effort.end_on),
            (Due.SETTLE, effort.to_on + timedelta(days=30)),
        ]

        done = effort.evaluated(learned(Stage.DURING)).evaluated(learned(Stage.END))
        assert done.evaluated_at == AFTER
        assert list(dues(done.settled(spent=0, words="Intet.", now=AFTER))) == []

    def test_is_evaluated_at_its_end_when_it_is_over(self) -> None:
        with pytest.raises(RuleBroken, match=r"effort\.not_over"):
            an_approved().evaluated(learned(Stage.END, at=MONDAY_NOON + timedelta(days=60)))

    def test_begins_before_anything_was_learned_or_spent(self) -> None:
        """EFF-1, EFF-6; one that comes to nothing gives its money back at once."""
        effort = an_approved()
        early: list[Callable[[], Effort]] = [
            lambda: effort.evaluated(learned(Stage.DURING, at=MONDAY_NOON)),
            lambda: effort.settled(spent=1, words="Brugt.", now=MONDAY_NOON),
        ]
        for act in early:
            with pytest.raises(RuleBroken, match=r"effort\.not_begun"):
                act()
        assert effort.settled(spent=0, words="Aflyst.", now=MONDAY_NOON).taken == 0

    def test_is_evaluated_and_settled_once_and_only_while_it_runs(self) -> None:
        once = an_approved().evaluated(learned(Stage.DURING))
        settled = once.settled(spent=1, words="Brugt.", now=AFTER)

        with pytest.raises(RuleBroken, match=r"effort\.evaluated"):
            once.evaluated(learned(Stage.DURING))
        with pytest.raises(RuleBroken, match=r"effort\.settled"):
            settled.settled(spent=1, words="Brugt.", now=AFTER)
        with pytest.raises(RuleBroken, match=r"effort\.beyond_amount"):
            once.settled(spent=once.amount + 1, words="Brugt.", now=AFTER)
        acts: list[Callable[[], Effort]] = [
            lambda: AN_APPLICATION.evaluated(learned(Stage.DURING)),
            lambda: AN_APPLICATION.settled(spent=1, words="Brugt.", now=AFTER),
        ]
        for act in acts:
            with pytest.raises(RuleBroken, match=r"effort\.not_running"):
                act()
