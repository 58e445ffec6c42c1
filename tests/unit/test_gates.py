"""The §115 gate: S115-8, and invariant 10."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.gates import Condition, Gate, Purpose, Sensitive
from domain.people import CommitteeCode, PersonId

OPEN = Gate(
    part_of_ssp=True,
    reasonable=True,
    necessary=True,
    reason="Gruppen kan samle en tidlig indsats.",
    sensitive=frozenset(),
    recipients=frozenset({CommitteeCode("KG4")}),
    by=PersonId("anna"),
    at=datetime(2026, 3, 16, 12, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("answers", "which"),
    [
        ((False, True, True), (Condition.PART_OF_SSP,)),
        ((True, False, True), (Condition.REASONABLE,)),
        ((True, True, False), (Condition.NECESSARY,)),
        ((False, False, False), tuple(Condition)),
    ],
)
def test_s115_8_any_no_closes_the_gate_and_says_which(
    answers: tuple[bool, bool, bool], which: tuple[Condition, ...]
) -> None:
    part_of_ssp, reasonable, necessary = answers

    with pytest.raises(RuleBroken) as refusal:
        replace(OPEN, part_of_ssp=part_of_ssp, reasonable=reasonable, necessary=necessary)

    assert refusal.value.code == "gate.condition_failed"
    assert refusal.value.facts == {"which": which}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_s115_8_a_reason_is_needed(reason: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        replace(OPEN, reason=reason)

    assert refusal.value.code == "gate.reason_missing"


def test_s115_8_a_reason_has_at_most_500_characters() -> None:
    assert len(replace(OPEN, reason="x" * 500).reason) == 500
    with pytest.raises(RuleBroken) as refusal:
        replace(OPEN, reason="x" * 501)

    assert refusal.value.code == "gate.reason_too_long"


@given(st.sets(st.sampled_from(Sensitive), min_size=1), st.text(max_size=19))
def test_invariant_10_sensitive_data_needs_a_heightened_reason(
    sensitive: set[Sensitive], heightened_reason: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        replace(OPEN, sensitive=frozenset(sensitive), heightened_reason=heightened_reason)

    assert refusal.value.code == "gate.heightened_reason_missing"


def test_s115_3_sensitive_data_with_a_heightened_reason_passes() -> None:
    gate = replace(
        OPEN,
        sensitive=frozenset({Sensitive.HEALTH}),
        heightened_reason="Uden det kan ingen forstå fraværet.",
    )

    assert gate.sensitive == {Sensitive.HEALTH}


def test_s115_11_sharing_always_names_a_recipient_and_the_one_purpose() -> None:
    assert OPEN.purpose is Purpose.CRIME_PREVENTION
    with pytest.raises(RuleBroken) as refusal:
        replace(OPEN, recipients=frozenset())

    assert refusal.value.code == "gate.recipient_missing"


def test_the_reasons_do_not_slip_out_when_the_gate_is_printed() -> None:
    assert "tidlig indsats" not in repr(OPEN)
