"""The rules of alerts as they are set in `readiness/rules.yaml`."""

from datetime import time, timedelta

import pytest

from domain.alerts import QUORUM
from domain.escalation import LADDER, Rung
from domain.people import Authority
from domain.readiness_rules import read_rules
from usecases.read_readiness import data_of, readiness_rules

WRITTEN = """
own_areas_only: {own}
quorum: {quorum}
ladder: {ladder}
hours: {hours}
"""
SOUND = {
    "own": "nej",
    "quorum": "{BUF: 2, KFO: 1, KP: 0}",
    "ladder": "[3, 6, 9, 60]",
    "hours": '["06.30", "23.00"]',
}


class TestWhatShips:
    def test_is_what_the_specification_proposes(self) -> None:
        rules = readiness_rules()

        assert rules.own_areas_only
        assert rules.quorum == QUORUM
        assert tuple(rules.ladder) == LADDER
        assert (rules.hours.opens, rules.hours.closes) == (time(7), time(22))


class TestOtherRules:
    def test_are_read_as_they_are_written(self) -> None:
        """BER-02, BER-24, BER-25, BER-30."""
        rules = read_rules(data_of(WRITTEN.format(**SOUND)))

        assert not rules.own_areas_only
        assert rules.quorum == {Authority.BUF: 2, Authority.KFO: 1, Authority.KP: 0}
        assert [each.rung for each in rules.ladder] == [each.rung for each in LADDER]
        assert rules.ladder[0].rung is Rung.REPEAT
        assert [each.after for each in rules.ladder] == [
            timedelta(minutes=each) for each in (3, 6, 9, 60)
        ]
        assert (rules.hours.opens, rules.hours.closes) == (time(6, 30), time(23))

    @pytest.mark.parametrize(
        ("field", "written"),
        [
            ("own", "måske"),
            ("quorum", "{BUF: mange}"),
            ("quorum", "{XYZ: 1}"),
            ("quorum", "{BUF: -1}"),
            ("quorum", "[]"),
            ("ladder", "[5, 10, 15]"),
            ("ladder", "[5, 5, 15, 20]"),
            ("ladder", "[0, 5, 15, 20]"),
            ("ladder", "[5, 10, 15, 2000]"),
            ("ladder", "[fem, 10, 15, 20]"),
            ("hours", '["07.00"]'),
            ("hours", '["22.00", "07.00"]'),
            ("hours", '["25.00", "26.00"]'),
        ],
    )
    def test_that_make_no_sense_are_never_guessed(self, field: str, written: str) -> None:
        with pytest.raises(ValueError, match="rules.yaml"):
            read_rules(data_of(WRITTEN.format(**{**SOUND, field: written})))

    def test_have_no_field_too_many_or_too_few(self) -> None:
        whole = WRITTEN.format(**SOUND)
        for text in (f"{whole}\nextra: 1", "own_areas_only: ja"):
            with pytest.raises(ValueError, match="nothing else"):
                read_rules(data_of(text))
