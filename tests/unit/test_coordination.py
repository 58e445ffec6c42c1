"""A coordination: a level on criteria and a reason, who took part, an action or a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action_catalogue import CATALOGUE, offered_at
from domain.coordination import (
    OTHER_CRITERION,
    choose_level,
    follow_up_after,
    must_agree_or_say_why,
    took_part,
)
from domain.errors import RuleBroken
from domain.levels import CRITERIA, LEVELS
from domain.people import Authority, PersonId
from tests.unit.test_case_actions import TODAY

REASON = "Set med de ældre hver aften"
CODES = st.sets(st.sampled_from([*(each.code for each in CRITERIA), OTHER_CRITERION]), min_size=1)


class TestALevel:
    @given(level=st.integers(), codes=CODES)
    def test_is_one_of_four_and_never_set_without_a_reason(
        self, level: int, codes: set[str]
    ) -> None:
        """Invariant 7."""
        if level not in LEVELS:
            with pytest.raises(RuleBroken, match=r"^level\.unknown$"):
                choose_level(level=level, codes=codes, reason=REASON, sources=[])
            return
        with pytest.raises(RuleBroken, match=r"^level\.no_reason$"):
            choose_level(level=level, codes=codes, reason=" " * 30, sources=[])
        assert choose_level(level=level, codes=codes, reason=REASON, sources=[]).level == level

    def test_rests_on_something(self) -> None:
        """LVL-0b: a criterion, or words of one's own."""
        with pytest.raises(RuleBroken, match=r"^level\.no_criterion$"):
            choose_level(level=1, codes=[], reason=REASON, sources=[])

    @pytest.mark.parametrize(
        ("source", "unconfirmed"),
        [
            ((Authority.KP, False), ()),
            ((Authority.KFO, False), ()),
            ((Authority.SOF, True), ()),
            ((Authority.SOF, False), ("L2.d",)),
            ((Authority.BUF, False), ("L2.d",)),
        ],
    )
    def test_says_what_nobody_who_can_know_has_confirmed(
        self, source: tuple[Authority, bool], unconfirmed: tuple[str, ...]
    ) -> None:
        """LVL-4."""
        chosen = choose_level(
            level=2, codes=["L2.b", "L2.d", OTHER_CRITERION], reason=REASON, sources=[source]
        )

        assert chosen.unconfirmed == unconfirmed


@pytest.mark.parametrize(("level", "days"), [(1, 28), (2, 28), (3, 14), (4, 14)])
def test_a_case_is_looked_at_again_at_the_next_or_every_second_meeting(
    level: int, days: int
) -> None:
    """CASE-11."""
    assert (follow_up_after(level, today=TODAY) - TODAY).days == days


class TestWhoTookPart:
    def test_is_somebody_who_was_offered(self) -> None:
        offered = {PersonId("bo"): Authority.SOF}

        with pytest.raises(RuleBroken, match=r"^coordination\.nobody$"):
            took_part([], offered=offered, recused=0)
        with pytest.raises(RuleBroken, match=r"^press\.not_ours$"):
            took_part([PersonId("eva")], offered=offered, recused=0)
        assert took_part([PersonId("bo")], offered=offered, recused=1).people == offered


@given(open_actions=st.integers(0, 2), new=st.integers(0, 2), why=st.sampled_from(["", " ", "Ja"]))
def test_it_ends_with_an_action_or_a_reason_for_none(
    open_actions: int, new: int, why: str
) -> None:
    """CASE-5."""
    if open_actions or new or why.strip():
        must_agree_or_say_why(open_actions=open_actions, new_actions=[None] * new, why=why)
    else:
        with pytest.raises(RuleBroken, match=r"^coordination\.no_action$"):
            must_agree_or_say_why(open_actions=0, new_actions=[], why=why)


def test_every_authority_has_something_to_offer_and_every_level_too() -> None:
    """domain.md §3.2."""
    assert {each.authority for each in CATALOGUE} == set(Authority)
    assert all(offered_at(level) for level in LEVELS)
    assert len({each.text for each in CATALOGUE}) == len(CATALOGUE)
