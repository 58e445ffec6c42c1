"""Many measures at once, how far a plan has come, and letting it run: BER-35, BER-36, BER-56."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import COPENHAGEN
from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_measures import MeasureState, by_due, complete, drop, take_up
from domain.plan_moves import assign_all, release, shift_all, until, with_measure
from domain.plan_progress import Progress, progress, progress_by_party
from domain.plan_times import Relative, Unit
from tests.support.action_plans import NOW, plan, running, the
from tests.support.examples import BO, CARL, DORTE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TestManyAtOnce:
    """BER-35."""

    def test_all_of_an_authority_can_be_given_to_one_person(self) -> None:
        before = plan("H1")

        given = assign_all(before, party=Party.BUF, owner=BO.id)

        assert {each.owner for each in given.measures if each.party is Party.BUF} == {BO.id}
        assert [each for each in given.measures if each.party is not Party.BUF] == [
            each for each in before.measures if each.party is not Party.BUF
        ]

    def test_what_is_ended_stays_as_it_is(self) -> None:
        before = plan("H1")
        done = complete(the(before, "M5"), by=CARL.id, now=NOW)
        before = with_measure(before, done)

        given = assign_all(before, party=Party.BUF, owner=BO.id)
        moved = shift_all(given, by=Relative(count=1), now=NOW)

        assert the(moved, "M5") == done

    @given(st.integers(min_value=1, max_value=400))
    def test_all_deadlines_move_and_keep_their_hour_through_the_year(self, days: int) -> None:
        before = plan("H2")

        moved = shift_all(before, by=Relative(count=days), now=NOW)

        for was, now in zip(before.measures, moved.measures, strict=True):
            assert hour(now.due_at) == hour(was.due_at)
            assert now.due_at.astimezone(COPENHAGEN).date() == (
                was.due_at.astimezone(COPENHAGEN).date() + days * DAY
            )

    def test_those_of_one_party_can_move_alone(self) -> None:
        before = plan("H1")

        moved = shift_all(before, by=Relative(count=2, unit=Unit.HOURS), now=NOW, party=Party.KP)

        changed = {
            now.party
            for was, now in zip(before.measures, moved.measures, strict=True)
            if was != now
        }
        assert changed == {Party.KP}


def hour(instant: datetime) -> time:
    return instant.astimezone(COPENHAGEN).time()


class TestProgress:
    """BER-36."""

    def test_is_by_authority_and_in_all(self) -> None:
        made = plan("H1")
        made = with_measure(made, complete(the(made, "M5"), by=BO.id, now=NOW))
        made = with_measure(made, take_up(the(made, "M2")))

        parts = progress_by_party(made, now=NOW)

        assert (parts[Party.BUF].done, parts[Party.KP].under_way) == (1, 1)
        assert progress(made.measures, now=NOW).done == 1
        assert sum(each.all for each in parts.values()) == len(made.measures)

    def test_does_not_count_what_is_dropped_as_done(self) -> None:
        made = plan("H9")
        for each in made.measures:
            dropped = drop(each, reason="Udgår", by=DORTE.id, now=NOW)
            made = with_measure(made, dropped)

        counted = progress(made.measures, now=NOW)

        assert (counted.done, counted.left) == (0, 0)
        assert counted.dropped == len(made.measures)

    def test_knows_what_is_late(self) -> None:
        assert progress(plan("H1").measures, now=NOW + 3 * HOUR).overdue == 2

    def test_of_nothing_is_nothing(self) -> None:
        assert progress([], now=NOW) == Progress()

    @given(st.lists(st.sampled_from(MeasureState), max_size=11))
    def test_adds_up_whatever_happens(self, states: list[MeasureState]) -> None:
        measures = [
            replace(each, state=state)
            for each, state in zip(plan("H1").measures, states, strict=False)
        ]

        counted = progress(measures, now=NOW)

        assert counted.all == len(measures)
        assert counted.left + counted.done + counted.dropped == counted.all

    def test_shows_what_waits_first(self) -> None:
        made = plan("H1")
        made = with_measure(made, complete(the(made, "M19"), by=BO.id, now=NOW))

        shown = by_due(made.measures)

        assert [each.kind for each in shown][:2] == ["M2", "M1"]
        assert shown[-1].kind == "M19"


class TestAPlanThatRuns:
    """BER-56: never without an end date."""

    def test_needs_an_end(self) -> None:
        with pytest.raises(RuleBroken, match="no_period"):
            release(plan("H9"), now=NOW)

        assert release(until(plan("H9"), NOW + DAY), now=NOW).released_at == NOW

    def test_is_let_run_but_once(self) -> None:
        with pytest.raises(RuleBroken, match="released"):
            release(running(), now=NOW)

    def test_ends_after_it_begins(self) -> None:
        with pytest.raises(RuleBroken, match="backwards"):
            until(plan(), NOW)

    def test_does_not_know_other_plans_measures(self) -> None:
        with pytest.raises(RuleBroken, match="gone"):
            plan().measure(UUID(int=0))
