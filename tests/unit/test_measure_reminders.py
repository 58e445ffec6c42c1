"""Who is reminded of which measure, and when: one message to a person, BER-34."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action_plans import ActionPlan
from domain.measure_reminders import Reminder, ReminderKind, reminders
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import complete, drop, shifted
from domain.plan_moves import assign_all, with_measure
from domain.plan_times import Relative
from tests.support.action_plans import NOW, plan, running, the
from tests.support.examples import BO

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POLICE = PersonId("leader-kp")
CHIEF = PersonId("chief")
LEADERS = {each: (PersonId(f"leader-{each}".lower()), CHIEF) for each in Party}
PATROL = the(running(), "M2")  # due after two hours


def told(
    plan: ActionPlan, now: datetime, sent: Collection[Reminder] = ()
) -> dict[PersonId, tuple[Reminder, ...]]:
    return reminders([plan], leaders=LEADERS, sent=sent, now=now)


def of_patrol(plan: ActionPlan, now: datetime) -> dict[PersonId, ReminderKind]:
    return {
        person: each.kind
        for person, given in told(plan, now).items()
        for each in given
        if each.measure == PATROL.id
    }


class TestAMeasure:
    @pytest.mark.parametrize(
        ("after", "kind"),
        [
            (59 * MINUTE, None),
            (60 * MINUTE, ReminderKind.HALFWAY),
            (119 * MINUTE, ReminderKind.HALFWAY),
            (120 * MINUTE, ReminderKind.DUE),
        ],
    )
    def test_is_reminded_of_half_way_and_at_the_deadline(
        self, after: timedelta, kind: ReminderKind | None
    ) -> None:
        expected = {} if kind is None else {POLICE: kind}

        assert of_patrol(running(), NOW + after) == expected

    def test_that_is_overdue_is_the_ssp_leaders_too(self) -> None:
        assert of_patrol(running(), NOW + 3 * HOUR) == {
            POLICE: ReminderKind.OVERDUE,
            CHIEF: ReminderKind.OVERDUE,
        }

    def test_without_owner_is_the_ssp_leaders_from_the_beginning(self) -> None:
        nobodys = with_measure(running(), replace(PATROL, owner=None))

        assert set(of_patrol(nobodys, NOW + HOUR)) == {POLICE, CHIEF}

    def test_that_is_done_or_dropped_is_left_in_peace(self) -> None:
        done = with_measure(running(), complete(PATROL, by=BO.id, now=NOW))
        dropped = with_measure(running(), drop(PATROL, reason="Nej", by=BO.id, now=NOW))

        assert of_patrol(done, NOW + 9 * HOUR) == of_patrol(dropped, NOW + 9 * HOUR) == {}

    def test_with_a_new_deadline_is_reminded_of_anew(self) -> None:
        later = with_measure(running(), shifted(PATROL, by=Relative(count=1), now=NOW + HOUR))

        before = {each for given in told(running(), NOW + 3 * HOUR).values() for each in given}
        again = told(later, NOW + 27 * HOUR, sent=before)

        assert ReminderKind.OVERDUE in {
            each.kind for each in again[POLICE] if each.measure == PATROL.id
        }


class TestAPerson:
    def test_gets_one_message_about_all_of_theirs(self) -> None:
        all_mine = assign_all(running(), party=Party.BUF, owner=BO.id)

        mine = told(all_mine, NOW + 25 * HOUR)[BO.id]

        assert {each.measure for each in mine} == {
            each.id for each in all_mine.measures if each.party is Party.BUF
        }

    def test_is_told_the_latest_only_after_a_long_night(self) -> None:
        kinds = [each.kind for each in told(running(), NOW + 99 * HOUR)[POLICE]]

        assert ReminderKind.HALFWAY not in kinds

    def test_is_told_nothing_twice(self) -> None:
        first = told(running(), NOW + 3 * HOUR)

        sent = {each for given in first.values() for each in given}

        assert told(running(), NOW + 3 * HOUR, sent=sent) == {}

    @given(st.lists(st.integers(min_value=0, max_value=3000), max_size=20))
    def test_hears_of_each_kind_and_deadline_once_however_often_it_is_run(
        self, minutes: list[int]
    ) -> None:
        sent: set[Reminder] = set()
        heard: list[tuple[PersonId, Reminder]] = []
        for minute in sorted(minutes):
            given = told(running(), NOW + minute * MINUTE, sent=sent)
            heard += [(person, each) for person, all_of in given.items() for each in all_of]
            sent |= {each for all_of in given.values() for each in all_of}

        assert len(heard) == len(set(heard))


class TestAPlan:
    def test_that_nobody_let_run_reminds_nobody(self) -> None:
        """BER-40: nothing is sent without a human."""
        assert told(plan(), NOW + 99 * HOUR) == {}

    def test_can_have_its_reminders_off(self) -> None:
        assert told(replace(running(), reminders=False), NOW + 99 * HOUR) == {}
