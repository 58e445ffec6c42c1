"""A plan as one of its versions said it, whatever has become of it since: BER-47."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.action_plans import ActionPlan, PlanTrack
from domain.people import AreaCode
from domain.plan_editions import as_of
from domain.plan_measures import MeasureState, complete, drop, take_up
from domain.plan_moves import assign_all, until, with_measure
from domain.plan_track import ask_approval, checksum, content, decide, finish
from tests.support.action_plans import CATALOGUE, NOW, plan, the
from tests.support.examples import BO, DORTE

DAY = timedelta(days=1)
CODES = sorted(code for code, each in CATALOGUE.templates.items() if each.kind == "acute")


def finished(made: ActionPlan) -> ActionPlan:
    dated = made if made.period_end else until(made, NOW + 14 * DAY)
    return finish(dated, by=DORTE.id, now=NOW)


def changed(made: ActionPlan) -> ActionPlan:
    """Change all that a version holds on to."""
    moved = until(made, NOW + 90 * DAY)
    given = assign_all(moved, party=made.measures[0].party, owner=BO.id)
    dropped = drop(given.measures[0], reason="Ikke relevant", by=BO.id, now=NOW)
    return replace(
        with_measure(given, dropped),
        title="En anden titel",
        areas=frozenset({AreaCode("VAL")}),
        parties=made.parties[:1],
        externals=("En forening",),
        distribution=(),
        lists=replace(made.lists, goal=("Et andet mål",)),
    )


class TestAVersion:
    @pytest.mark.parametrize("code", [code for code in CODES if code != "H9"])
    def test_is_what_it_was_whatever_the_plan_says_now(self, code: str) -> None:
        """BER-47: the checksum of what is shown is the one that was approved."""
        first = finished(plan(code))
        now = changed(first)

        was = as_of(now, 1, content(first))

        assert checksum(now) != first.versions[0].checksum
        assert checksum(was) == first.versions[0].checksum
        assert content(was) == content(first)

    def test_shows_how_far_its_measures_have_come_since(self) -> None:
        first = finished(plan("H1"))
        street, visible = the(first, "M1"), the(first, "M2")
        done = with_measure(first, complete(street, by=BO.id, now=NOW))
        now = with_measure(done, take_up(visible))

        was = as_of(now, 1, content(first))

        assert was.measure(street.id).state is MeasureState.DONE
        assert was.measure(visible.id).state is MeasureState.UNDER_WAY

    def test_keeps_a_measure_that_was_dropped_later(self) -> None:
        first = finished(plan("H1"))
        street = the(first, "M1")
        now = with_measure(first, drop(street, reason="Afblæst", by=BO.id, now=NOW))

        was = as_of(now, 1, content(first)).measure(street.id)

        assert (was.state, was.reason) == (MeasureState.OPEN, "")

    def test_says_what_was_answered_by_then_and_nothing_later(self) -> None:
        first = finished(plan("H1"))
        second = finished(changed(first))
        asked = ask_approval(second, deadline=NOW + DAY, now=NOW)
        answered = decide(
            asked,
            track=PlanTrack.REMARKED,
            number=2,
            fingerprint=second.versions[1].checksum,
            remark="Husk forældrene",
            by=BO.id,
            now=NOW,
        )

        assert as_of(answered, 1, content(first)).verdict is None
        assert as_of(answered, 1, content(first)).track is PlanTrack.FINISHED
        assert as_of(answered, 2, content(second)).verdict == answered.verdict
        assert as_of(answered, 2, content(second)).track is PlanTrack.REMARKED
