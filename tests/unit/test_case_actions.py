"""Actions agreed on a case: owner, day and words, who is reminded when, and how they end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_actions import (
    ActionStatus,
    CaseAction,
    DropReason,
    agree,
    by_due,
    change,
    complete,
    drop,
    falls_due,
    reminders,
    still_needed,
    told_of_new,
)
from domain.dates import COPENHAGEN
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Authority, PersonId

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TODAY = NOON.date()
BO, SOFIE, LIV = PersonId("bo"), PersonId("sofie"), PersonId("liv")


def an_action(*, due_on: date = date(2026, 3, 16), owner: PersonId = SOFIE) -> CaseAction:
    return CaseAction(
        id=UUID(int=1),
        case=UUID(int=2),
        authority=Authority.SOF,
        owner=owner,
        due_on=due_on,
        agreed_by=BO,
        agreed_at=NOON,
        what="Tal med træneren",
    )


class TestAgreeing:
    @pytest.mark.parametrize(
        ("lacking", "why"),
        [
            ({"what": "  "}, "no_words"),
            ({"owner": PersonId("")}, "no_owner"),
            ({"due_on": TODAY - timedelta(days=1)}, "due_passed"),
        ],
    )
    def test_needs_words_an_owner_and_a_day(self, lacking: dict[str, object], why: str) -> None:
        """CASE-5."""
        with pytest.raises(RuleBroken, match=rf"^action\.{why}$"):
            agree(replace(an_action(), **lacking), today=TODAY)  # type: ignore[arg-type]


ENDINGS: dict[str, Callable[[CaseAction], CaseAction]] = {
    "complete": lambda each: complete(each, result="Gjort", now=NOON),
    "drop": lambda each: drop(each, reason=DropReason.NOT_NEEDED, words="", now=NOON),
    "change": lambda each: change(
        each,
        what=each.what,
        authority=each.authority,
        owner=each.owner,
        due_on=each.due_on,
        today=TODAY,
    ),
}


class TestEnding:
    @pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
    @pytest.mark.parametrize("first", ["complete", "drop"])
    def test_happens_once(self, first: str, ending: Callable[[CaseAction], CaseAction]) -> None:
        ended = ENDINGS[first](an_action())

        with pytest.raises(RuleBroken, match=r"^action\.ended$"):
            ending(ended)

    def test_by_giving_up_for_another_reason_needs_words(self) -> None:
        with pytest.raises(RuleBroken, match=r"^action\.no_reason$"):
            drop(an_action(), reason=DropReason.OTHER, words=" ", now=NOON)


class TestReminders:
    def test_are_for_the_owner_before_and_on_the_day_and_for_the_facilitators_after(self) -> None:
        told = reminders(an_action(), facilitators=[BO], now=NOON)

        assert [(each.kind, each.person, each.due_at.astimezone(COPENHAGEN)) for each in told] == [
            (NoticeKind.ACTION_SOON, SOFIE, datetime(2026, 3, 13, 8, tzinfo=COPENHAGEN)),
            (NoticeKind.ACTION_DUE, SOFIE, datetime(2026, 3, 16, 8, tzinfo=COPENHAGEN)),
            (NoticeKind.ACTION_OVERDUE, BO, datetime(2026, 3, 17, 8, tzinfo=COPENHAGEN)),
        ]

    def test_whose_hour_has_passed_are_left_out(self) -> None:
        told = reminders(an_action(due_on=TODAY), facilitators=[BO], now=NOON)

        assert [each.kind for each in told] == [NoticeKind.ACTION_OVERDUE]

    def test_of_what_was_agreed_anew_since_are_not_needed(self) -> None:
        """Whatever changed: nobody is told twice of one day."""
        before = an_action()
        told = [*reminders(before, facilitators=[BO], now=NOON), told_of_new(before, now=NOON)]
        moved = replace(before, due_on=date(2026, 3, 20), version=2)
        given_away = replace(before, owner=LIV, version=2)
        reworded = replace(before, what="Tal med hans mor", version=2)

        for after, of_before in (
            (moved, [NoticeKind.ACTION_AGREED]),
            (given_away, []),
            (reworded, [NoticeKind.ACTION_AGREED]),
        ):
            anew = reminders(after, facilitators=[BO], now=NOON)
            assert [each.kind for each in told if still_needed(each, after)] == of_before
            assert all(still_needed(each, after) for each in anew)

    @given(
        status=st.sampled_from([ActionStatus.DONE, ActionStatus.DROPPED]),
        days=st.integers(0, 60),
    )
    def test_of_what_has_ended_are_never_needed(self, status: ActionStatus, days: int) -> None:
        """CASE-9."""
        action = an_action(due_on=TODAY + timedelta(days=days))
        told = [*reminders(action, facilitators=[BO], now=NOON), told_of_new(action, now=NOON)]

        assert not any(still_needed(each, replace(action, status=status)) for each in told)

    @given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
    def test_come_in_the_morning_in_copenhagen_also_when_the_clocks_change(
        self, day: date
    ) -> None:
        local = falls_due(NoticeKind.ACTION_DUE, day).astimezone(COPENHAGEN)

        assert (local.date(), local.hour, local.minute) == (day, 8, 0)


@given(days=st.lists(st.integers(-30, 30), max_size=8), done=st.sets(st.integers(0, 7)))
def test_the_open_ones_come_first_by_the_day_they_are_due(days: list[int], done: set[int]) -> None:
    actions = [
        replace(
            an_action(due_on=TODAY + timedelta(days=each)),
            id=UUID(int=n),
            status=ActionStatus.DONE if n in done else ActionStatus.OPEN,
            ended_at=NOON + timedelta(hours=n) if n in done else None,
        )
        for n, each in enumerate(days)
    ]

    in_order = by_due(actions)

    waiting = [each.due_on for each in in_order if each.status is ActionStatus.OPEN]
    assert sorted(in_order, key=lambda each: each.status is not ActionStatus.OPEN) == in_order
    assert waiting == sorted(waiting)
    assert len(in_order) == len(actions)
