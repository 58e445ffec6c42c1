"""Who is told of a concern and when, and what is still worth telling (CON-7, CON-8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.concerns import (
    WAITING,
    Receivers,
    Status,
    notice_to_reporter,
    notices_of_arrival,
    still_needed,
    waits_as,
)
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person
from tests.support.examples import (
    ANNA,
    BO,
    CARL,
    CONCERN,
    DENNIS,
    DORTE,
    GROUP,
    MONDAY_NOON,
    NEXT_GROUP,
    person,
)

EVA = person("eva")
TO_BO = Receivers(group=GROUP, owner=BO.id)
TO_DORTE = Receivers(group=None, owner=DORTE.id)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class TestNoticesOfArrival:
    def test_tell_the_owner_now_and_again_when_time_runs_out(self) -> None:
        notices = notices_of_arrival(CONCERN, TO_BO, now=MONDAY_NOON)

        assert planned(notices, to=BO) == [
            (NoticeKind.CONCERN_WAITING, timedelta(0)),
            (NoticeKind.CONCERN_REMINDER, 3 * DAY),
            (NoticeKind.CONCERN_OVERDUE, 14 * DAY),
        ]

    def test_remind_of_an_urgent_one_after_a_day_and_go_first(self) -> None:
        notices = notices_of_arrival(replace(CONCERN, urgent=True), TO_BO, now=MONDAY_NOON)

        assert (NoticeKind.CONCERN_REMINDER, DAY) in planned(notices, to=BO)
        assert {each.tier for each in notices if each.person} == {Tier.URGENT}

    def test_tell_the_others_once(self) -> None:
        told = replace(TO_BO, told=(EVA.id,), grave=(CARL.id,))

        notices = notices_of_arrival(CONCERN, told, now=MONDAY_NOON)

        assert planned(notices, to=EVA) == [(NoticeKind.CONCERN_WAITING, timedelta(0))]
        assert planned(notices, to=CARL) == [(NoticeKind.CONCERN_GRAVE, timedelta(0))]

    def test_ping_the_groups_channel(self) -> None:
        notices = notices_of_arrival(CONCERN, TO_BO, now=MONDAY_NOON)

        pings = [each for each in notices if each.channel is not None]
        assert [(each.kind, each.channel, each.due_at) for each in pings] == [
            (NoticeKind.CONCERN_PING, GROUP, MONDAY_NOON)
        ]

    def test_ping_nobody_in_triage(self) -> None:
        notices = notices_of_arrival(CONCERN, TO_DORTE, now=MONDAY_NOON)

        assert all(each.channel is None for each in notices)
        assert planned(notices, to=DORTE)[0][0] is NoticeKind.CONCERN_WAITING

    def test_say_so_when_the_group_had_nobody(self) -> None:
        told = replace(TO_DORTE, told=(DENNIS.id,), nobody_in=GROUP)

        notices = notices_of_arrival(CONCERN, told, now=MONDAY_NOON)

        assert planned(notices, to=DORTE)[0][0] is NoticeKind.CONCERN_NO_RECEIVER
        assert planned(notices, to=DENNIS)[0][0] is NoticeKind.CONCERN_NO_RECEIVER

    def test_are_new_promises_when_the_concern_has_changed_hands(self) -> None:
        before = notices_of_arrival(CONCERN, TO_BO, now=MONDAY_NOON)
        after = notices_of_arrival(replace(CONCERN, version=2), TO_BO, now=MONDAY_NOON)

        keys = {each.dedupe_key for each in (*before, *after)}
        assert len(keys) == len(before) + len(after)


def planned(notices: list[Notice], *, to: Person) -> list[tuple[NoticeKind, timedelta]]:
    return [(each.kind, each.due_at - MONDAY_NOON) for each in notices if each.person == to.id]


def told_of(kind: NoticeKind, to: Person = BO) -> Notice:
    if kind is NoticeKind.CONCERN_PING:
        return Notice(kind=kind, about=CONCERN.id, due_at=MONDAY_NOON, channel=GROUP)
    return Notice(kind=kind, about=CONCERN.id, due_at=MONDAY_NOON, person=to.id)


WHILE_WAITING = {
    NoticeKind.CONCERN_WAITING,
    NoticeKind.CONCERN_GRAVE,
    NoticeKind.CONCERN_REMINDER,
    NoticeKind.CONCERN_OVERDUE,
    NoticeKind.CONCERN_PING,
    NoticeKind.CONCERN_NO_RECEIVER,
}


class TestStillNeeded:
    @pytest.mark.parametrize("kind", sorted(WHILE_WAITING))
    @pytest.mark.parametrize("status", Status)
    def test_is_a_task_only_while_it_waits(self, kind: NoticeKind, status: Status) -> None:
        about = replace(CONCERN, status=status)

        assert still_needed(told_of(kind), about) is (status in WAITING)

    @pytest.mark.parametrize("kind", [NoticeKind.CONCERN_STATUS, NoticeKind.CONCERN_ADDED])
    @pytest.mark.parametrize("status", Status)
    def test_is_news_of_a_concern_unless_it_was_taken_back(
        self, kind: NoticeKind, status: Status
    ) -> None:
        about = replace(CONCERN, status=status)

        assert still_needed(told_of(kind), about) is (status is not Status.WITHDRAWN)

    @pytest.mark.parametrize("kind", [NoticeKind.CONCERN_REMINDER, NoticeKind.CONCERN_OVERDUE])
    def test_is_a_reminder_only_to_who_has_the_duty_now(self, kind: NoticeKind) -> None:
        assert not still_needed(told_of(kind), replace(CONCERN, owner=EVA.id))

    def test_is_a_ping_only_in_the_channel_of_the_group_that_has_it(self) -> None:
        ping = told_of(NoticeKind.CONCERN_PING)

        assert not still_needed(ping, replace(CONCERN, group=NEXT_GROUP))
        assert not still_needed(ping, replace(CONCERN, group=None, status=Status.TRIAGE))


def test_the_reporter_is_told_of_every_change_once() -> None:
    notice = notice_to_reporter(replace(CONCERN, version=4), now=MONDAY_NOON)

    assert (notice.kind, notice.person, notice.due_at, notice.round) == (
        NoticeKind.CONCERN_STATUS,
        ANNA.id,
        MONDAY_NOON,
        4,
    )


class TestWaitsAs:
    """As what a task is drawn again when somebody looks at its card."""

    @pytest.mark.parametrize(
        ("urgent", "after", "kind"),
        [
            (False, 3 * DAY - MINUTE, NoticeKind.CONCERN_WAITING),
            (False, 3 * DAY, NoticeKind.CONCERN_REMINDER),
            (False, 14 * DAY - MINUTE, NoticeKind.CONCERN_REMINDER),
            (False, 14 * DAY, NoticeKind.CONCERN_OVERDUE),
            (True, DAY - MINUTE, NoticeKind.CONCERN_WAITING),
            (True, DAY, NoticeKind.CONCERN_REMINDER),
        ],
    )
    def test_goes_by_how_long_it_has_waited(
        self, *, urgent: bool, after: timedelta, kind: NoticeKind
    ) -> None:
        about = replace(CONCERN, urgent=urgent)

        assert waits_as(about, may_take_up=True, now=MONDAY_NOON + after) is kind

    @pytest.mark.parametrize("after", [timedelta(0), 20 * DAY])
    def test_is_only_told_to_who_cannot_take_it_up(self, after: timedelta) -> None:
        kind = waits_as(CONCERN, may_take_up=False, now=MONDAY_NOON + after)

        assert kind is NoticeKind.CONCERN_GRAVE
