"""What a case may become: CASE-2 move by move, and the guards of closing (CASE-9)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import ALLOWED
from domain.case_transitions import (
    TRANSITIONS,
    Move,
    Obstacle,
    Remaining,
    closed,
    coordinated,
    may_move,
    moved,
    obstacles,
    reopened,
)
from domain.cases import Case, CaseState, CloseReason
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
S = CaseState
# CASE-2 as it is drawn; a case that SSP+ has taken over is an open one there.
DRAWN = {
    Move.COORDINATE: {(S.OPEN, S.COORDINATION), (S.FOLLOW_UP, S.COORDINATION)}
    | {(S.HANDED_OVER, S.COORDINATION)},
    Move.FOLLOW_UP: {(S.COORDINATION, S.FOLLOW_UP)},
    Move.CLOSE: {(S.COORDINATION, S.CLOSED)},
    Move.REOPEN: {(S.CLOSED, S.OPEN)},
    Move.PROPOSE_HANDOVER: {
        (begins, S.HANDOVER_PROPOSED) for begins in (S.OPEN, S.COORDINATION, S.FOLLOW_UP)
    },
    Move.ACCEPT_HANDOVER: {(S.HANDOVER_PROPOSED, S.HANDED_OVER)},
}
NOTHING_LEFT = Remaining(
    open_actions=0, inform_pending=False, events_not_queued=0, assessment_open=False
)


def a_case(state: CaseState = S.COORDINATION, *, level: int | None = 2) -> Case:
    return Case(
        id=UUID(int=1),
        reference="2026-0001",
        subject=UUID(int=2),
        state=state,
        group=CommitteeCode("KG5"),
        area=AreaCode("VAL"),
        opened_at=NOON,
        opened_by=PersonId("bo"),
        last_event_at=NOON,
        level=level,
    )


class TestTheTable:
    @pytest.mark.parametrize("move", DRAWN)
    def test_has_the_moves_of_case_2_and_no_others(self, move: Move) -> None:
        """Invariant 4."""
        has = {
            (state, moved(a_case(state), move, now=NOON).state)
            for state in CaseState
            if may_move(a_case(state), move)
        }

        assert has == DRAWN[move]

    @pytest.mark.parametrize("move", Move)
    @pytest.mark.parametrize("state", CaseState)
    def test_refuses_what_it_does_not_have(self, move: Move, state: CaseState) -> None:
        case = a_case(state)
        if may_move(case, move):
            assert moved(case, move, now=NOON).state is not state
        else:
            with pytest.raises(RuleBroken, match=r"^case\.no_such_move$"):
                moved(case, move, now=NOON)

    @pytest.mark.parametrize("move", Move)
    def test_says_of_each_move_who_makes_it_and_how_it_is_noted(self, move: Move) -> None:
        transition = TRANSITIONS[move]

        assert transition.by in ALLOWED
        assert transition.note.code in {"N4", "N10", "N11"}

    @given(state=st.sampled_from(CaseState), move=st.sampled_from(Move))
    def test_moves_nothing_that_was_merged_into_another(
        self, state: CaseState, move: Move
    ) -> None:
        case = replace(a_case(state), merged_into=UUID(int=3))

        assert not may_move(case, move)

    @given(moves=st.lists(st.sampled_from(Move), max_size=30))
    def test_leads_any_way_to_a_place_that_has_a_way_on(self, moves: list[Move]) -> None:
        """No case is ever stuck, and the last event is never earlier than the one before."""
        case, now = a_case(S.OPEN), NOON
        for move in moves:
            now += timedelta(hours=1)
            if may_move(case, move):
                after = moved(case, move, now=now)
                assert after.last_event_at > case.last_event_at
                case = after
        assert any(may_move(case, move) for move in Move)

    @pytest.mark.parametrize(
        ("coordinated_at", "follow_up_on", "back"),
        [
            (None, None, S.OPEN),
            (NOON, None, S.COORDINATION),
            (NOON, date(2026, 3, 30), S.FOLLOW_UP),
        ],
    )
    def test_gives_a_handover_that_came_to_nothing_back_to_where_it_was(
        self, coordinated_at: datetime | None, follow_up_on: date | None, back: CaseState
    ) -> None:
        case = replace(
            a_case(S.HANDOVER_PROPOSED), coordinated_at=coordinated_at, follow_up_on=follow_up_on
        )

        assert moved(case, Move.RETURN_HANDOVER, now=NOON).state is back


class TestACoordination:
    def test_with_a_day_leads_to_follow_up_and_without_one_stays(self) -> None:
        day = date(2026, 3, 30)

        after = coordinated(a_case(), level=3, follow_up_on=day, now=NOON)
        ready = coordinated(a_case(), level=3, follow_up_on=None, now=NOON)

        assert (after.state, after.follow_up_on, after.level) == (S.FOLLOW_UP, day, 3)
        assert (ready.state, ready.follow_up_on) == (S.COORDINATION, None)

    def test_keeps_when_the_first_was(self) -> None:
        first = coordinated(a_case(), level=3, follow_up_on=None, now=NOON)
        second = coordinated(first, level=3, follow_up_on=None, now=NOON + timedelta(days=9))

        assert second.coordinated_at == NOON

    def test_is_not_followed_up_on_a_day_that_has_come(self) -> None:
        with pytest.raises(RuleBroken, match=r"^case\.follow_up_passed$"):
            coordinated(a_case(), level=3, follow_up_on=NOON.date(), now=NOON)


REMAINING = st.builds(
    Remaining,
    open_actions=st.integers(0, 3),
    inform_pending=st.booleans(),
    events_not_queued=st.integers(0, 1),
    assessment_open=st.booleans(),
)
CASES = st.builds(a_case, st.sampled_from(CaseState), level=st.sampled_from([None, 1, 2, 3, 4]))


class TestClosing:
    @given(case=CASES, left=REMAINING)
    def test_happens_exactly_when_nothing_stands_in_the_way(
        self, case: Case, left: Remaining
    ) -> None:
        """Invariant 6: CLOSED means that the guards of CASE-9 held."""
        holds = case.state is S.COORDINATION and case.level is not None and left == NOTHING_LEFT
        if not holds:
            assert obstacles(case, left)
            with pytest.raises(RuleBroken, match=r"^case\.not_closable$"):
                closed(case, left, reason=CloseReason.MOVED_AWAY, now=NOON)
            return

        gone = closed(case, left, reason=CloseReason.MOVED_AWAY, now=NOON)

        assert (gone.state, gone.closed_at, gone.close_reason, gone.follow_up_on) == (
            S.CLOSED,
            NOON,
            CloseReason.MOVED_AWAY,
            None,
        )

    def test_names_all_obstacles_at_once(self) -> None:
        left = Remaining(
            open_actions=2, inform_pending=True, events_not_queued=1, assessment_open=True
        )

        assert set(obstacles(a_case(S.OPEN, level=None), left)) == set(Obstacle) - {
            Obstacle.HANDOVER_OPEN
        }
        assert Obstacle.HANDOVER_OPEN in obstacles(a_case(S.HANDOVER_PROPOSED), left)

    def test_is_undone_by_reopening_and_retention_counts_anew(self) -> None:
        """CASE-10."""
        later = NOON + timedelta(days=400)
        gone = closed(a_case(), NOTHING_LEFT, reason=CloseReason.MOVED_AWAY, now=NOON)

        again = reopened(gone, now=later)

        assert (again.state, again.closed_at, again.close_reason) == (S.OPEN, None, None)
        assert again.last_event_at == later
