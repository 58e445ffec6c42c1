"""Whatever is decided in whatever order, an alert is in exactly one state that makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alert_audience import default_audience
from domain.alert_log import AlertDecision, DecisionKind
from domain.alert_periods import asked_for, asks_steering_group, due_reminder
from domain.alert_states import (
    HAS_PERIOD,
    ended,
    erased,
    evaluated,
    expired,
    extended,
    has_run_out,
    may_reopen,
    normalising,
    reopened,
    was_undone,
)
from domain.alerts import OVER, Alert, AlertState, Level, Situation
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import AreaCode, PersonId

BEGAN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LARS = PersonId("lars")
ALERT = Alert(
    id=UUID(int=1),
    year=2026,
    number=1,
    level=Level.FULL,
    drill=False,
    template="H1",
    title="Uro ved stationen",
    situation=Situation(happened="Slagsmål", where="Torvet", stands="Uro", done="Patrulje"),
    audience=default_audience(frozenset({AreaCode("VAL")})),
    state=AlertState.RUNNING,
    activated_by=LARS,
    activated_at=BEGAN,
    leaves_at=BEGAN,
    coordinator=LARS,
    log_keeper=LARS,
    period_end=BEGAN + 14 * DAY,
)
Change = Callable[[Alert, datetime], Alert]
CHANGES: Sequence[Change] = (
    lambda alert, now: expired(alert, now=now) if has_run_out(alert, now=now) else alert,
    lambda alert, now: extended(alert, now + 7 * DAY, now=now),
    lambda alert, now: extended(alert, now - DAY, now=now),
    lambda alert, _: normalising(alert),
    lambda alert, now: ended(alert, now=now),
    lambda alert, now: ended(alert, to=AlertState.STOOD_DOWN, now=now),
    lambda alert, now: reopened(alert, now=now),
    lambda alert, _: evaluated(alert),
)
MADE = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.timedeltas(timedelta(0), 20 * DAY)), max_size=30
)
FIRST = st.sampled_from(
    [
        ALERT,
        replace(ALERT, state=AlertState.PLANNING, period_end=None),
        replace(ALERT, state=AlertState.ACTIVATED, period_end=None, level=Level.COORDINATION),
    ]
)


@given(FIRST, MADE)
def test_every_way_through_leads_to_a_state_that_makes_sense(
    first: Alert, made: Sequence[tuple[Change, timedelta]]
) -> None:
    """BER-56, BER-58, BER-60: open or closed, in force only with an end, its number its own."""
    alert, now = first, BEGAN
    for change, later in made:
        now += later
        try:
            alert = change(alert, now)
        except RuleBroken:
            continue
        assert alert.is_open == (alert.closed_at is None)
        assert alert.is_open == (alert.state not in OVER)
        if alert.state in HAS_PERIOD:
            assert alert.period_end is not None
        if alert.state is AlertState.EXPIRED:
            assert alert.period_end is not None
            assert alert.period_end <= now
        assert (alert.reference, alert.drill, alert.level) == (
            first.reference,
            first.drill,
            first.level,
        )
        assert may_reopen(alert, now=now) <= (not alert.is_open)


@given(st.timedeltas(timedelta(0), 40 * DAY))
def test_somebody_is_reminded_whenever_the_period_ends_within_two_days(late: timedelta) -> None:
    """BER-56: before the end of it, and on each day after."""
    now = BEGAN + late
    alert = expired(ALERT, now=now) if has_run_out(ALERT, now=now) else ALERT
    reminder = due_reminder(alert, now=now)

    assert (reminder is None) == (now < BEGAN + 12 * DAY)
    if reminder is not None:
        assert reminder.due_at <= now < reminder.due_at + 49 * HOUR
        over = reminder.kind is NoticeKind.ALERT_EXPIRED
        assert over == (alert.state is AlertState.EXPIRED)


def decided(kind: DecisionKind, hours: int) -> AlertDecision:
    return AlertDecision(
        id=UUID(int=hours), alert=ALERT.id, kind=kind, words="-", by=LARS, at=BEGAN + hours * HOUR
    )


@pytest.mark.parametrize(
    ("then", "waits"),
    [
        ([], False),
        ([DecisionKind.EXTENSION_ASKED], True),
        ([DecisionKind.EXTENSION_ASKED, DecisionKind.HANDED_ON], True),
        ([DecisionKind.EXTENSION_ASKED, DecisionKind.EXTENDED], False),
        ([DecisionKind.EXTENSION_ASKED, DecisionKind.EXTENSION_REFUSED], False),
        ([DecisionKind.EXTENSION_ASKED, DecisionKind.CLOSED, DecisionKind.REOPENED], False),
    ],
)
def test_the_steering_group_is_waited_for_until_somebody_decides(
    then: Sequence[DecisionKind], *, waits: bool
) -> None:
    """BER-57."""
    made = [decided(kind, hours) for hours, kind in enumerate(then, start=1)]
    assert (asked_for(made) is not None) == waits


def test_it_is_asked_beyond_two_extensions_or_three_months() -> None:
    """BER-57 [P]."""
    once = [decided(DecisionKind.EXTENDED, 1)]
    twice = [*once, decided(DecisionKind.EXTENDED, 2)]
    assert not asks_steering_group(ALERT, BEGAN + 30 * DAY, decisions=once)
    assert asks_steering_group(ALERT, BEGAN + 30 * DAY, decisions=twice)
    assert not asks_steering_group(ALERT, datetime(2026, 6, 2, 12, 0, tzinfo=UTC), decisions=[])
    assert asks_steering_group(ALERT, datetime(2026, 6, 3, 12, 0, tzinfo=UTC), decisions=[])


def test_what_was_taken_back_in_time_never_was() -> None:
    """BER-06: no figure counts it; a false alarm that had left is another thing."""
    called_off = replace(ALERT, state=AlertState.FALSE_ALARM, closed_at=BEGAN)
    assert not was_undone(called_off)
    assert was_undone(replace(called_off, closed_at=BEGAN - timedelta(seconds=1)))


def test_nothing_is_erased_that_is_not_in_the_journal() -> None:
    """BER-54."""
    closed = ended(ALERT, now=BEGAN)
    for each in (ALERT, closed):
        with pytest.raises(ValueError, match="journal"):
            erased(each, now=BEGAN)
    gone = erased(replace(closed, filed_at=BEGAN), now=BEGAN)
    assert (gone.title, gone.coordinator) == ("", "")
    assert gone.reference == ALERT.reference
