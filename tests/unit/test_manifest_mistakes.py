"""Every mistake that people make in a Teams app's package is refused, in one plain sentence."""

import re

import pytest

from manifest.check import check
from manifest.package import files_for
from tests.support.manifest_changes import INSTALLATION, Mistake
from tests.support.manifest_mistakes import LEGAL, MISTAKES
from tests.support.official import microsofts

FILES = files_for(INSTALLATION)
SENTENCE = re.compile(r"[A-Za-z$].{10,250}\.")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_refused_in_one_plain_sentence(mistake: Mistake) -> None:
    problems = check(mistake.make(FILES))

    assert any(mistake.told in problem for problem in problems), problems
    assert [problem for problem in problems if not SENTENCE.fullmatch(problem)] == []


def test_what_only_looks_like_a_mistake_is_taken() -> None:
    assert check(LEGAL.make(FILES)) == []


def test_there_are_more_than_the_thirty_one_that_were_asked_for() -> None:
    named = [mistake.name for mistake in MISTAKES]

    assert len(named) == len(set(named)) > 31


async def test_microsofts_own_validator_takes_our_package_and_sees_less_than_we() -> None:
    """What it refuses is wrong in our eyes too; what only we refuse is why we look ourselves."""
    ours, legal, *wrong = await microsofts(
        [FILES, LEGAL.make(FILES), *(mistake.make(FILES) for mistake in MISTAKES)]
    )
    refused = [mistake.name for mistake, said in zip(MISTAKES, wrong, strict=True) if said]

    assert ours == legal == []
    assert "no accentColor" in refused
    assert "a small icon" not in refused
    assert 15 <= len(refused) < len(MISTAKES)
