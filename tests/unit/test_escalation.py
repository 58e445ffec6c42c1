"""What silence leads to: the ladder of each authority, in the words of readiness.md §3.4."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.alerts import QUORUM, Reply
from domain.escalation import Reason, Rung, begin
from domain.people import Authority, PersonId
from tests.support.escalating import (
    DENNIS,
    DORTE,
    Escalating,
    frozen,
    of,
    stands_in,
)

BUF, SOF, KFO = Authority.BUF, Authority.SOF, Authority.KFO
LEADER, FIRST, SECOND, MANAGER = (
    of(BUF, each) for each in ("leader", "first", "second", "manager")
)
KEEPERS = (DORTE, DENNIS)
NOBODY: tuple[PersonId, ...] = ()
CLIMBED = [
    (5, Reason.REPEATED, (LEADER,)),
    (10, Reason.SUBSTITUTES_ASKED, (FIRST,)),
    (15, Reason.MANAGER_ASKED, (MANAGER,)),
    (20, Reason.CALL_LIST_SENT, KEEPERS),
]


class TestTheLadder:
    def test_is_climbed_in_the_order_and_at_the_times_of_the_plan(self) -> None:
        """BER-25: again after 5 minutes, substitute 10, manager 15, call list 20."""
        alert = Escalating(snapshot=frozen())

        alert.forward(minutes=60)

        assert alert.told(BUF) == CLIMBED

    def test_of_each_of_five_authorities_is_its_own_and_probation_has_none(self) -> None:
        """BER-24, BER-25: the sixth authority is asked for nothing."""
        alert = Escalating(snapshot=frozen())

        alert.forward(minutes=60)

        for authority in QUORUM:
            assert [minute for minute, _, _ in alert.told(authority)] == [5, 10, 15, 20]
            assert alert.asked(authority, Rung.MANAGER) == [of(authority, "manager")]
        assert alert.told(KFO) == []

    @pytest.mark.parametrize("minutes", [0, 3, 5, 7, 10, 12, 15, 18, 20, 25])
    def test_stops_when_the_quorum_is_met_and_only_for_that_authority(
        self, minutes: float
    ) -> None:
        """BER-26: an answer in the school authority does not silence social services."""
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=minutes)
        before = alert.told(BUF)

        alert.answers(LEADER, Reply.JOINING)
        alert.forward(minutes=60)

        assert alert.told(BUF) == before == [each for each in CLIMBED if each[0] <= minutes]
        assert len(alert.told(SOF)) == len(CLIMBED)
        assert alert.decides(BUF).reason is Reason.QUORUM_MET

    def test_stops_when_the_substitute_joins(self) -> None:
        """BER-26: escalation does not go on after the answer it asked for."""
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=11)

        alert.answers(FIRST, Reply.JOINING)
        alert.forward(minutes=60)

        assert alert.asked(BUF, Rung.MANAGER) == []

    def test_asks_as_many_as_the_quorum_wants(self) -> None:
        """BER-24: two must join, the only leader does: one more is looked for, and no third."""
        alert = Escalating(snapshot=frozen(quorum={BUF: 2}))
        alert.forward(minutes=1)

        alert.answers(LEADER, Reply.JOINING)
        alert.forward(minutes=1)
        alert.answers(FIRST, Reply.JOINING)
        alert.forward(minutes=60)

        assert alert.told(BUF) == [
            (1, Reason.NOBODY_SILENT, NOBODY),
            (1, Reason.SUBSTITUTES_ASKED, (FIRST,)),
        ]
        assert alert.recipients[FIRST].stands_for is None

    def test_goes_on_when_who_joined_cannot_after_all(self) -> None:
        """BER-23: an answer may be changed; nothing that was not due is called late."""
        alert = Escalating(snapshot=frozen(leaders=("leader", "other")))
        alert.answers(LEADER, Reply.JOINING)
        alert.forward(minutes=30)

        alert.answers(LEADER, Reply.UNABLE)
        alert.forward(minutes=60)

        assert [minute for minute, _, _ in alert.told(BUF)] == [30, 35, 40, 45]
        assert all(each.ask.late == timedelta() for each in alert.log if each.authority is BUF)

    def test_is_not_there_at_level_one(self) -> None:
        """BER-25: nobody must answer an orientation, and nobody is asked again."""
        alert = Escalating(snapshot=frozen(quorum={}, ladder=()))

        alert.forward(minutes=60)

        assert alert.log == []
        assert begin(alert.snapshot, BUF).next_at is None
        assert alert.decides(BUF).reason is Reason.NO_LADDER

    def test_is_climbed_by_elapsed_time_in_the_night_the_clocks_change(self) -> None:
        """BER-25: 01.55 in the night to 29 March 2026, five minutes before two becomes three."""
        night = datetime(2026, 3, 29, 0, 55, tzinfo=UTC)
        alert = Escalating(snapshot=frozen(left_at=night))

        alert.forward(minutes=60)

        assert alert.told(BUF) == CLIMBED


class TestAnAnswer:
    def test_ends_the_reminders_of_who_gives_it(self) -> None:
        """BER-26: of two leaders, only the silent one is asked again."""
        alert = Escalating(snapshot=frozen(leaders=("leader", "other")))

        alert.answers(LEADER, Reply.RECEIVED)
        alert.forward(minutes=6)

        assert alert.asked(BUF, Rung.REPEAT) == [of(BUF, "other")]

    def test_that_it_was_received_is_not_that_one_joins(self) -> None:
        """BER-24: nobody is asked again, and a substitute is asked all the same."""
        alert = Escalating(snapshot=frozen())

        alert.answers(LEADER, Reply.RECEIVED)
        alert.forward(minutes=12)

        assert alert.told(BUF) == [
            (5, Reason.NOBODY_SILENT, NOBODY),
            (10, Reason.SUBSTITUTES_ASKED, (FIRST,)),
        ]

    def test_that_one_cannot_is_not_silence(self) -> None:
        alert = Escalating(snapshot=frozen(leaders=("leader", "other")))

        alert.answers(LEADER, Reply.UNABLE)
        alert.forward(minutes=12)

        assert alert.told(BUF) == [
            (5, Reason.REPEATED, (of(BUF, "other"),)),
            (10, Reason.SUBSTITUTES_ASKED, (FIRST, SECOND)),
        ]

    def test_that_the_last_one_cannot_leaves_nobody_to_wait_for(self) -> None:
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=2)

        alert.answers(LEADER, Reply.UNABLE)
        alert.forward(minutes=15)

        assert alert.told(BUF) == [
            (2, Reason.NOBODY_SILENT, NOBODY),
            (2, Reason.SUBSTITUTES_ASKED, (FIRST,)),
            (15, Reason.MANAGER_ASKED, (MANAGER,)),
        ]

    def test_that_asks_for_the_substitute_is_passed_on_at_once(self) -> None:
        """BER-23: `Kan ikke – send til min suppleant`; the ladder stays where it is."""
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=1)

        alert.answers(LEADER, Reply.SUBSTITUTE)
        alert.forward(minutes=10)

        assert alert.told(BUF) == [
            (1, Reason.PASSED_ON, (FIRST,)),
            (5, Reason.REPEATED, (FIRST,)),
            (10, Reason.SUBSTITUTES_ASKED, (SECOND,)),
        ]
        assert alert.recipients[FIRST].stands_for == LEADER
        assert alert.recipients[SECOND].stands_for == FIRST

    def test_given_twice_passes_it_on_once(self) -> None:
        alert = Escalating(snapshot=frozen())

        for _ in range(2):
            alert.answers(LEADER, Reply.SUBSTITUTE)

        assert alert.asked(BUF, Rung.SUBSTITUTES) == [FIRST]

    def test_of_who_does_not_count_reaches_their_own_substitute_and_nobody_elses(self) -> None:
        """BER-27: a member of the group below has a substitute of their own, or none."""
        member, alone = of(BUF, "member"), of(BUF, "alone")
        own = stands_in(BUF, "own", instead_of=("member",), leads=False)
        alert = Escalating(snapshot=frozen(candidates=[own]))
        for each in (member, alone):
            alert.adds(each, BUF)

        for each in (member, alone, alone):
            alert.answers(each, Reply.SUBSTITUTE)

        assert alert.told(BUF) == [
            (0, Reason.PASSED_ON, (own.person,)),
            (0, Reason.NO_SUBSTITUTE, NOBODY),
        ]
        assert not alert.recipients[own.person].quorum
