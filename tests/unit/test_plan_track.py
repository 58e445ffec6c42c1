"""A plan's way to the steering group, and what was approved exactly: BER-46, BER-47."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.action_plans import ActionPlan, PlanTrack
from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_measures import complete, drop, take_up
from domain.plan_moves import assign_all, shift_all, until, with_measure
from domain.plan_times import Relative
from domain.plan_track import (
    ask_approval,
    changed_after_approval,
    checksum,
    decide,
    finish,
    orient,
)
from tests.support.action_plans import NOW, plan, the
from tests.support.examples import BO, DORTE

DAY = timedelta(days=1)


def finished(made: ActionPlan | None = None) -> ActionPlan:
    return finish(made or plan(), by=DORTE.id, now=NOW)


def asked(made: ActionPlan | None = None) -> ActionPlan:
    return ask_approval(made or finished(), deadline=NOW + DAY, now=NOW)


def answered(made: ActionPlan, track: PlanTrack, remark: str = "") -> ActionPlan:
    shown = made.versions[-1]
    return decide(
        made,
        track=track,
        number=shown.number,
        fingerprint=shown.checksum,
        remark=remark,
        by=BO.id,
        now=NOW,
    )


def ticked(made: ActionPlan) -> ActionPlan:
    made = with_measure(made, take_up(the(made, "M1")))
    return with_measure(made, complete(the(made, "M2"), by=BO.id, now=NOW))


CHANGES: dict[str, Callable[[ActionPlan], ActionPlan]] = {
    "another owner": lambda made: assign_all(made, party=Party.SOF, owner=BO.id),
    "another deadline": lambda made: shift_all(made, by=Relative(count=1), now=NOW),
    "another period": lambda made: until(made, NOW + 99 * DAY),
    "a measure dropped": lambda made: with_measure(
        made, drop(the(made, "M1"), reason="Udgår", by=BO.id, now=NOW)
    ),
    "another title": lambda made: replace(made, title="Uro ved skolen"),
}


class TestThePlansTrack:
    def test_goes_from_draft_to_orientation(self) -> None:
        made = plan()

        assert made.track is PlanTrack.DRAFT
        assert orient(finished(made)).track is PlanTrack.ORIENTATION

    @pytest.mark.parametrize(
        ("track", "remark"),
        [
            (PlanTrack.APPROVED, ""),
            (PlanTrack.REMARKED, "Husk pressen"),
            (PlanTrack.RETURNED, "Mangler BIF"),
        ],
    )
    def test_ends_with_what_the_steering_group_says(self, track: PlanTrack, remark: str) -> None:
        said = answered(asked(orient(finished())), track, remark)

        assert said.track is track
        assert said.verdict is not None
        assert (said.verdict.by, said.verdict.remark, said.verdict.version.number) == (
            BO.id,
            remark,
            1,
        )

    @pytest.mark.parametrize("track", [PlanTrack.REMARKED, PlanTrack.RETURNED])
    def test_asks_for_words_where_something_is_to_change(self, track: PlanTrack) -> None:
        with pytest.raises(RuleBroken, match="no_remark"):
            answered(asked(), track)

    def test_does_not_stop_the_work(self) -> None:
        """BER-46: measures go on while the steering group thinks."""
        working = ticked(asked())

        assert working.track is PlanTrack.APPROVAL
        assert answered(working, PlanTrack.APPROVED).track is PlanTrack.APPROVED

    def test_begins_again_after_a_return(self) -> None:
        returned = answered(asked(), PlanTrack.RETURNED, "Mangler BIF")

        with pytest.raises(RuleBroken, match="not_finished"):
            orient(returned)
        assert finished(returned).versions[-1].number == 2

    @pytest.mark.parametrize(
        ("step", "code"),
        [
            (lambda: orient(plan()), "not_finished"),
            (lambda: finished(plan("H9")), "no_period"),
            (lambda: finished(replace(plan(), measures=())), "no_measures"),
            (lambda: finished(finished()), "finished_already"),
            (lambda: ask_approval(finished(), deadline=NOW, now=NOW), "deadline_passed"),
            (lambda: answered(finished(), PlanTrack.APPROVED), "not_asked"),
            (lambda: orient(CHANGES["another title"](finished())), "changed"),
        ],
    )
    def test_takes_no_short_cut(self, step: Callable[[], ActionPlan], code: str) -> None:
        with pytest.raises(RuleBroken, match=f"actionplan.{code}"):
            step()

    def test_has_answers_and_no_others(self) -> None:
        with pytest.raises(ValueError, match="draft is no answer"):
            answered(asked(), PlanTrack.DRAFT)


class TestWhatIsApproved:
    """BER-47: the exact version, by number and checksum."""

    def test_is_what_they_had_before_them(self) -> None:
        first = asked().versions[-1]
        newer = asked(finished(CHANGES["another title"](asked())))

        with pytest.raises(RuleBroken, match="moved_on") as refused:
            decide(
                newer,
                track=PlanTrack.APPROVED,
                number=first.number,
                fingerprint=first.checksum,
                by=BO.id,
                now=NOW,
            )
        assert refused.value.facts == {"number": 2}

    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
    def test_is_visibly_changed_afterwards(
        self, change: Callable[[ActionPlan], ActionPlan]
    ) -> None:
        changed = change(answered(asked(), PlanTrack.APPROVED))

        assert changed_after_approval(changed)
        assert changed_after_approval(finished(changed))

    def test_stays_approved_when_work_goes_on(self) -> None:
        assert not changed_after_approval(ticked(answered(asked(), PlanTrack.APPROVED)))

    def test_is_approved_again_in_its_new_version(self) -> None:
        changed = CHANGES["another title"](answered(asked(), PlanTrack.APPROVED))

        again = answered(asked(finished(changed)), PlanTrack.APPROVED)

        assert not changed_after_approval(again)

    def test_is_nothing_before_somebody_approves(self) -> None:
        returned = answered(asked(), PlanTrack.RETURNED, "Nej")

        assert not changed_after_approval(CHANGES["another title"](finished()))
        assert not changed_after_approval(CHANGES["another title"](returned))

    def test_has_a_checksum_that_does_not_depend_on_the_order(self) -> None:
        made = plan()

        turned = replace(made, measures=made.measures[::-1])

        assert checksum(turned) == checksum(made)
        assert len(checksum(made)) == 64

    def test_does_not_change_with_what_is_due_every_day(self) -> None:
        made = plan()
        daily = replace(the(made, "M1"), daily=True)
        made = with_measure(made, daily)

        done = complete(daily, by=BO.id, now=NOW, until=NOW + 9 * DAY)

        assert checksum(with_measure(made, done)) == checksum(made)
