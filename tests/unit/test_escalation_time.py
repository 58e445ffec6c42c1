"""What a pause and a restart do to a ladder, and what is kept of it (BER-29, BER-31, BER-32)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alerts import Reply
from domain.errors import RuleBroken
from domain.escalation import LADDER, Reason, Rung, Snapshot, pause_until
from domain.people import Authority
from domain.year_plan_json import as_json, of_json
from tests.support.escalating import (
    Escalating,
    frozen,
    of,
    stands_in,
)
from tests.support.examples import MONDAY_NOON

BUF = Authority.BUF
LEADER, FIRST = of(BUF, "leader"), of(BUF, "first")


class TestAPause:
    def test_puts_off_what_falls_due_in_it_and_all_that_follows(self) -> None:
        """BER-31: nothing happens in it, and afterwards nobody is rushed or called late."""
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=4)

        alert.paused_until = MONDAY_NOON + timedelta(minutes=34)
        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [34, 39, 44, 49]
        assert all(each.ask.late < timedelta(seconds=3) for each in alert.log)

    def test_can_end_early(self) -> None:
        """BER-31: `Genoptag` lets the pause end now."""
        alert = Escalating(snapshot=frozen(), paused_until=MONDAY_NOON + timedelta(minutes=30))
        alert.forward(minutes=12)

        alert.paused_until = alert.now
        alert.looks()
        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [12, 17, 22, 27]

    def test_in_which_nothing_falls_due_changes_nothing(self) -> None:
        alert = Escalating(snapshot=frozen(), paused_until=MONDAY_NOON + timedelta(minutes=3))

        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [5, 10, 15, 20]

    def test_does_not_keep_an_answer_waiting(self) -> None:
        """BER-23: who hands over to their substitute does so in a pause too."""
        alert = Escalating(snapshot=frozen(), paused_until=MONDAY_NOON + timedelta(minutes=30))

        alert.answers(LEADER, Reply.SUBSTITUTE)

        assert alert.told(BUF) == [(0, Reason.PASSED_ON, (FIRST,))]
        assert alert.decides(BUF).reason is Reason.PAUSED

    @pytest.mark.parametrize("minutes", [1, 60])
    def test_lasts_an_hour_at_most(self, minutes: int) -> None:
        """BER-31"""
        length = timedelta(minutes=minutes)

        assert pause_until(now=MONDAY_NOON, length=length, because="Møde") == MONDAY_NOON + length

    @pytest.mark.parametrize(
        ("minutes", "because", "code"),
        [
            (61, "Møde", "alert.pause_length"),
            (0, "Møde", "alert.pause_length"),
            (5, " ", "alert.pause_reason"),
        ],
    )
    def test_is_refused_without_end_or_reason(self, minutes: int, because: str, code: str) -> None:
        """BER-31"""
        with pytest.raises(RuleBroken) as refused:
            pause_until(now=MONDAY_NOON, length=timedelta(minutes=minutes), because=because)

        assert refused.value.code == code


class TestARestart:
    def test_skips_no_step_and_takes_none_twice(self) -> None:
        """BER-32, BER-76: what was due meanwhile comes in order, each with its own lateness."""
        alert = Escalating(snapshot=frozen(substitutes=("first",)))

        alert.now += timedelta(minutes=17)  # nothing ran
        alert.ticks()
        alert.forward(minutes=60)

        assert [
            (each.ask.rung, each.ask.late / timedelta(minutes=1))
            for each in alert.log
            if each.authority is BUF
        ] == [
            (Rung.REPEAT, 12),
            (Rung.SUBSTITUTES, 7),
            (Rung.MANAGER, 2),
            (Rung.CALL_LIST, 0),
        ]

    def test_finds_everything_in_what_was_kept_as_json(self) -> None:
        """BER-29: nothing else is looked at, whatever has been edited since."""
        alert = Escalating(
            snapshot=frozen(candidates=[stands_in(BUF, "own", instead_of=("leader",))])
        )
        alert.forward(minutes=6)

        alert.snapshot = of_json(as_json(alert.snapshot), Snapshot)
        alert.ladders = {
            each: of_json(as_json(climbed), type(climbed))
            for each, climbed in alert.ladders.items()
        }
        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [5, 10, 15, 20]

    def test_with_other_steps_than_the_default_climbs_those(self) -> None:
        """BER-25: the ladder can be edited; BER-29: each alert keeps its own."""
        quick = tuple(replace(each, after=each.after / 10) for each in LADDER)
        alert = Escalating(snapshot=frozen(ladder=quick))

        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [0.5, 1, 1.5, 2]
