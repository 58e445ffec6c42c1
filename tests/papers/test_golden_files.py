"""What readiness writes is what was looked at and kept (BER-48, BER-67, BER-70)."""

import pytest

from tests.support.readiness_golden import FOLDER, KEPT, file_of


@pytest.mark.parametrize("name", KEPT)
def test_is_what_was_kept(name: str) -> None:
    """BER-48, BER-67, BER-70: whoever changes it looks at it, and keeps it anew."""
    assert KEPT[name]() == file_of(name).read_text(encoding="utf-8")


def test_every_kept_file_is_still_written() -> None:
    assert {each.name for each in FOLDER.iterdir()} == set(KEPT)
