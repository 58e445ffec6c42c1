"""Levels: what the ticks suggest (LVL-1) and who can know an offence (LVL-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.levels import (
    CRITERIA,
    LEVELS,
    TICKABLE,
    Suggestion,
    criterion,
    is_confirmed_source,
    suggest_level,
)
from domain.people import Authority

TICKS = st.sets(st.sampled_from([each.code for each in CRITERIA]))


@pytest.mark.parametrize(
    ("ticks", "several", "level", "because"),
    [
        ([], False, None, ()),
        ([], True, None, ()),
        (["L1.a"], False, 1, ("L1.a",)),
        (["L1.a", "L1.c"], False, 1, ("L1.a", "L1.c")),
        (["L2.b", "L1.a"], False, 2, ("L2.b",)),
        (["L2.d"], True, 2, ("L2.d",)),
        (["L3.c", "L2.d"], False, 3, ("L3.c",)),
        (["L3.b"], False, 3, ("L3.b",)),
        (["L4.e"], False, 3, ("L4.e",)),
        (["L4.e", "L3.c"], False, 3, ("L3.c", "L4.e")),
        (["L4.e"], True, 4, ("L4.e",)),
        (["L3.b"], True, 4, ("L3.b",)),
        (["L4.b", "L4.e"], False, 4, ("L4.b", "L4.e")),
        (["L4.d", "L1.a"], False, 4, ("L4.d",)),
    ],
)
def test_lvl_1_the_highest_ticked_level_is_suggested(
    ticks: list[str], *, several: bool, level: int | None, because: tuple[str, ...]
) -> None:
    suggestion = suggest_level(ticks, several_over_a_period=several)

    assert suggestion == Suggestion(level=level, because=because)


@given(TICKS)
def test_lvl_1_every_suggestion_rests_on_ticks(ticks: set[str]) -> None:
    suggestion = suggest_level(ticks, several_over_a_period=False)

    assert set(suggestion.because) <= ticks
    assert bool(suggestion.because) == bool(ticks) == (suggestion.level in LEVELS)


@given(TICKS, TICKS)
def test_lvl_1_one_more_tick_never_lowers_the_suggestion(some: set[str], more: set[str]) -> None:
    before = suggest_level(some, several_over_a_period=False).level or 0
    after = suggest_level(some | more, several_over_a_period=False).level or 0

    assert before <= after


def test_a_criterion_nobody_knows_is_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        suggest_level(["L5.a"], several_over_a_period=False)

    assert refusal.value.code == "level.unknown_criterion"


def test_lvl_2_the_computed_criteria_are_not_for_ticking() -> None:
    assert {each.code for each in CRITERIA} - {each.code for each in TICKABLE} == {"L2.a", "L3.a"}


def test_lvl_4_some_facts_only_some_can_know() -> None:
    assert {each.code for each in CRITERIA if each.known_to_few} == {
        *("L2.c", "L2.d", "L3.a", "L3.b", "L3.c", "L4.e")
    }


def test_lvl_4_offence_facts_are_among_those_few_know() -> None:
    assert {each.code for each in CRITERIA if each.offence} == {"L2.d", "L3.a", "L3.b", "L4.e"}
    assert all(each.known_to_few for each in CRITERIA if each.offence)


def test_every_criterion_stands_under_the_level_its_code_says() -> None:
    assert all(each.code.startswith(f"L{each.level}.") for each in CRITERIA)


def test_every_criterion_names_its_words() -> None:
    assert criterion("L3.b").text == "criterion.L3.b"


@pytest.mark.parametrize(
    ("authority", "authority_side", "confirmed"),
    [
        (Authority.KP, False, True),
        (Authority.KFO, False, True),
        (Authority.SOF, True, True),
        (Authority.SOF, False, False),
        (Authority.BUF, True, False),
        (Authority.BIF, False, False),
        (Authority.KFF, False, False),
    ],
)
def test_lvl_4_offence_facts_are_confirmed_by_those_who_know(
    authority: Authority, *, authority_side: bool, confirmed: bool
) -> None:
    assert is_confirmed_source(authority, authority_side=authority_side) is confirmed
