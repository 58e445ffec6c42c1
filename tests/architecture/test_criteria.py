"""Every criterion that must be proven has a test, and the page that lists them is up to date."""

import pytest

from devtools.criteria import PAGE, code_of_benches, code_of_tests, page, proofs, spelled

# What the specification asks of what is built so far (concern.md §5.3, meetings.md §6,
# readiness.md §5.1).
# AC-OUT-03, 04 and 07 are about exports.
MUST_BE_PROVEN = {
    "AC-AUTH": range(1, 12),
    "AC-IN": range(1, 8),
    "AC-CARD": range(1, 10),
    "AC-OUT": (1, 2, 5, 6, 8),
    "AC-LOG": range(1, 5),
    "AC-CRYPT": range(1, 9),
    "BER": range(1, 84),
    "MTG": range(1, 29),
}


@pytest.mark.parametrize(("family", "numbers"), MUST_BE_PROVEN.items(), ids=MUST_BE_PROVEN)
def test_every_criterion_that_must_be_proven_has_a_test(
    family: str, numbers: range | tuple[int, ...]
) -> None:
    proven = proofs(code_of_tests() | code_of_benches())

    assert not [each for each in numbers if spelled(family, each) not in proven]


def test_the_page_says_what_is_so() -> None:
    """If this fails: `python3 dev.py criteria`."""
    assert PAGE.read_text(encoding="utf-8") == page(proofs(code_of_tests() | code_of_benches()))


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ('"""AC-IN 01, 02, and CON-7: not XCON-3."""', {"AC-IN-01", "AC-IN-02", "CON-7"}),
        ("def test_ac_in_04_and_no_faster(): ...", {"AC-IN-04"}),
        ("def test_age_5_comes(): ...", {"AGE-5"}),
        ('said = "AC-IN-05"  # AC-IN-06', set()),
    ],
)
def test_what_a_test_is_called_or_says_of_itself_counts(code: str, named: set[str]) -> None:
    assert proofs({"a": code}).keys() == named
