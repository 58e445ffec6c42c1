"""A case meeting: one point for each case, taken in turn, skipped, taken up again, ended once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_meetings import (
    AgendaItem,
    CaseMeeting,
    ItemState,
    Point,
    Why,
    current,
    end,
    go_back,
    go_on,
    merged,
    take_skipped,
    with_present,
)
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
MEETING = CaseMeeting(
    id=UUID(int=9),
    group=CommitteeCode("KG5"),
    begun_by=PersonId("bo"),
    begun_at=NOON,
    present=frozenset({PersonId("bo")}),
)
POINTS = st.lists(
    st.builds(
        Point,
        about=st.integers(1, 5).map(lambda n: UUID(int=n)),
        reference=st.just("2026-0001"),
        is_concern=st.booleans(),
        why=st.sampled_from(Why).map(lambda why: (why,)),
        since=st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    ),
    max_size=12,
)


def items(count: int) -> list[AgendaItem]:
    return [
        AgendaItem(
            id=UUID(int=n + 1),
            meeting=MEETING.id,
            position=n,
            about=UUID(int=100 + n),
            why=(Why.FOLLOW_UP,),
        )
        for n in range(count)
    ]


def stored(all_items: list[AgendaItem], *changed: AgendaItem) -> list[AgendaItem]:
    by_id = {each.id: each for each in changed}
    return [by_id.get(each.id, each) for each in all_items]


class TestAnAgenda:
    @given(found=POINTS)
    def test_has_each_case_once_with_all_its_reasons_the_most_pressing_first(
        self, found: list[Point]
    ) -> None:
        agenda = merged(found)

        assert {each.about for each in agenda} == {each.about for each in found}
        assert len(agenda) == len({each.about for each in found})
        order = list(Why)
        for point in agenda:
            mine = [each for each in found if each.about == point.about]
            assert set(point.why) == {each.why[0] for each in mine}
            assert list(point.why) == sorted(point.why, key=order.index)
            days = [each.since for each in mine if each.since is not None]
            assert point.since == min(days, default=None)
        first = [order.index(each.why[0]) for each in agenda]
        assert first == sorted(first)


class TestTakingItems:
    @given(
        count=st.integers(1, 6),
        presses=st.lists(st.sampled_from(["next", "skip", "back", "skipped"]), max_size=25),
    )
    def test_never_loses_one(self, count: int, presses: list[str]) -> None:
        """Whatever is pressed, there is one current item or all are through."""
        agenda = items(count)
        for press in presses:
            try:
                match press:
                    case "next":
                        changed = [go_on(MEETING, agenda, state=ItemState.DONE, now=NOON)]
                    case "skip":
                        changed = [go_on(MEETING, agenda, state=ItemState.SKIPPED, now=NOON)]
                    case "back":
                        changed = [go_back(MEETING, agenda)]
                    case _:
                        changed = take_skipped(MEETING, agenda)
            except RuleBroken:
                continue
            agenda = stored(agenda, *changed)
            assert len(agenda) == count
            here = current(agenda)
            assert (here is None) == all(each.state is not ItemState.WAITING for each in agenda)
            assert all(
                (each.ended_at is None) == (each.state is ItemState.WAITING) for each in agenda
            )

    def test_back_undoes_next(self) -> None:
        agenda = items(2)
        after = stored(agenda, go_on(MEETING, agenda, state=ItemState.DONE, now=NOON))

        assert stored(after, go_back(MEETING, after)) == agenda

    def test_has_an_end_and_a_beginning(self) -> None:
        agenda = [replace(each, state=ItemState.DONE) for each in items(1)]

        with pytest.raises(RuleBroken, match=r"^meeting\.through$"):
            go_on(MEETING, agenda, state=ItemState.DONE, now=NOON)
        with pytest.raises(RuleBroken, match=r"^meeting\.at_first$"):
            go_back(MEETING, items(1))
        with pytest.raises(RuleBroken, match=r"^meeting\.none_skipped$"):
            take_skipped(MEETING, items(1))


class TestAMeeting:
    def test_ends_once_and_then_nothing_moves(self) -> None:
        over = end(MEETING, now=NOON + timedelta(hours=2))

        for late in (
            lambda: end(over, now=NOON),
            lambda: go_on(over, items(1), state=ItemState.DONE, now=NOON),
            lambda: with_present(over, [PersonId("bo")], offered=[PersonId("bo")]),
        ):
            with pytest.raises(RuleBroken, match=r"^meeting\.ended$"):
                late()

    def test_is_held_by_people_of_the_group(self) -> None:
        """AC-CARD-07."""
        bo, eva = PersonId("bo"), PersonId("eva")

        with pytest.raises(RuleBroken, match=r"^press\.not_ours$"):
            with_present(MEETING, [eva], offered=[bo])
        with pytest.raises(RuleBroken, match=r"^meeting\.nobody$"):
            with_present(MEETING, [], offered=[bo])
