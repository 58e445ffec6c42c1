"""Reading what people write takes time in proportion to its length (AC-IN-04)."""

import re
from collections.abc import Iterator

import pytest

from tests.support.patterns import is_bounded
from tests.support.rooms import modules


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in modules():
        for name, value in vars(module).items():
            several = value.values() if isinstance(value, dict) else (value,)
            for pattern in several:
                if isinstance(pattern, re.Pattern):
                    yield f"{module.__name__}.{name}", pattern


@pytest.mark.parametrize("pattern", [pytest.param(p, id=name) for name, p in _patterns()])
def test_no_pattern_in_the_house_may_repeat_without_end(pattern: re.Pattern[str]) -> None:
    assert is_bounded(pattern)
