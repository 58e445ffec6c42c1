"""Who is asked instead: substitutes, managers, and the Secretariat at last (BER-25 to 29)."""

import pytest

from domain.alerts import Reply
from domain.escalation import Reason, Rung
from domain.people import Authority, PersonId
from tests.support.escalating import (
    DENNIS,
    DORTE,
    VANLOESE,
    Escalating,
    frozen,
    of,
    stands_in,
)

BUF, SOF = Authority.BUF, Authority.SOF
LEADER, FIRST, SECOND, MANAGER = (
    of(BUF, each) for each in ("leader", "first", "second", "manager")
)
KEEPERS = (DORTE, DENNIS)
NOBODY: tuple[PersonId, ...] = ()


class TestTheSubstitute:
    def test_is_of_the_same_seat_then_of_the_area_then_of_the_city(self) -> None:
        """BER-27: each of three leaders gets one, in that order; nobody gets two."""
        elsewhere = stands_in(BUF, "elsewhere", area=VANLOESE)
        near = stands_in(BUF, "near")
        own = stands_in(BUF, "own", area=VANLOESE, instead_of=("leader",))
        alert = Escalating(
            snapshot=frozen(
                leaders=("leader", "other", "third"),
                substitutes=(),
                candidates=[elsewhere, near, own],
            )
        )

        alert.forward(minutes=10)

        replaced = {each: alert.recipients[each].stands_for for each in alert.recipients}
        assert replaced[own.person] == LEADER
        assert replaced[near.person] == of(BUF, "other")
        assert replaced[elsewhere.person] == of(BUF, "third")

    def test_who_cannot_either_is_followed_by_the_next_of_the_same_seat(self) -> None:
        """BER-27: `other-own` stands in for the leader in another area, and yet comes first."""
        seats = [
            stands_in(BUF, each, area=VANLOESE, instead_of=("leader",))
            for each in ("own", "other-own")
        ]
        alert = Escalating(snapshot=frozen(candidates=seats), away={LEADER})

        alert.answers(of(BUF, "own"), Reply.SUBSTITUTE)

        assert alert.asked(BUF, Rung.SUBSTITUTES) == [of(BUF, "own"), of(BUF, "other-own")]

    def test_of_somebody_who_does_not_lead_is_not_asked_for_a_leader(self) -> None:
        """BER-27"""
        below = stands_in(BUF, "below", instead_of=("member",), leads=False)
        alert = Escalating(snapshot=frozen(substitutes=(), candidates=[below]))

        alert.forward(minutes=60)

        assert alert.asked(BUF, Rung.SUBSTITUTES) == []

    def test_is_never_of_another_authority(self) -> None:
        """BER-27: social services have substitutes enough, the school authority none."""
        alert = Escalating(snapshot=frozen(substitutes=(), candidates=[stands_in(SOF, "only")]))

        alert.forward(minutes=60)

        assert alert.asked(BUF, Rung.SUBSTITUTES) == []
        assert alert.asked(SOF, Rung.SUBSTITUTES) == [of(SOF, "only")]

    def test_is_never_absent_or_asked_already_or_the_silent_one(self) -> None:
        """BER-27: who is away is passed over, and so is who leads and is silent themself."""
        silent = stands_in(BUF, "other", instead_of=("leader",))
        alert = Escalating(
            snapshot=frozen(leaders=("leader", "other"), candidates=[silent]), away={FIRST}
        )

        alert.forward(minutes=10)

        assert alert.asked(BUF, Rung.SUBSTITUTES) == [SECOND]

    def test_that_is_missing_makes_the_manager_due_at_once(self) -> None:
        """BER-27: with the reason; what follows keeps its time."""
        alert = Escalating(snapshot=frozen(substitutes=()))

        alert.forward(minutes=60)

        assert alert.told(BUF)[1:] == [
            (10, Reason.NO_SUBSTITUTE, NOBODY),
            (10, Reason.MANAGER_ASKED, (MANAGER,)),
            (20, Reason.CALL_LIST_SENT, KEEPERS),
        ]

    def test_is_looked_for_where_nobody_was_reached_from_the_beginning(self) -> None:
        """BER-05: sent all the same, though nobody of the authority was in the audience."""
        alert = Escalating(snapshot=frozen(leaders=()))

        assert alert.told(BUF) == [
            (0, Reason.NOBODY_SILENT, NOBODY),
            (0, Reason.SUBSTITUTES_ASKED, (FIRST,)),
        ]


class TestTheManager:
    def test_that_is_silent_themself_is_skipped(self) -> None:
        """BER-25: they were asked from the beginning; the call list is due at once."""
        alert = Escalating(snapshot=frozen(leaders=("leader", "manager")))

        alert.forward(minutes=60)

        assert alert.told(BUF)[2:] == [
            (15, Reason.NO_MANAGER, NOBODY),
            (15, Reason.CALL_LIST_SENT, KEEPERS),
        ]

    def test_that_is_away_is_replaced_by_their_own_substitute(self) -> None:
        """BER-28: and by nobody else's."""
        own = stands_in(BUF, "own", instead_of=("manager",), leads=False)
        alert = Escalating(snapshot=frozen(candidates=[own]), away={MANAGER, of(SOF, "manager")})

        alert.forward(minutes=15)

        assert alert.told(BUF)[2:] == [(15, Reason.MANAGER_ASKED, (own.person,))]
        assert (15, Reason.NO_MANAGER, NOBODY) in alert.told(SOF)


class TestTheCallList:
    @pytest.mark.parametrize(
        ("away", "told"), [(set(), KEEPERS), ({DORTE}, (DENNIS,)), (set(KEEPERS), KEEPERS)]
    )
    def test_goes_to_the_secretariat_whoever_of_it_is_there(
        self, away: set[PersonId], told: tuple[PersonId, ...]
    ) -> None:
        """BER-25: to all of it rather than to nobody."""
        alert = Escalating(snapshot=frozen(), away=away)

        alert.forward(minutes=20)

        assert alert.told(BUF)[-1] == (20, Reason.CALL_LIST_SENT, told)


class TestWhoIsAbsent:
    def test_is_passed_over_at_once(self) -> None:
        """BER-28: the substitute is asked when the alert leaves."""
        alert = Escalating(snapshot=frozen(), away={LEADER})

        assert alert.told(BUF) == [(0, Reason.PASSED_ON, (FIRST,))]
        alert.forward(minutes=5)
        assert alert.asked(BUF, Rung.REPEAT) == [FIRST]

    def test_is_passed_over_at_level_one_too(self) -> None:
        """BER-28: somebody of the authority must know."""
        alert = Escalating(snapshot=frozen(quorum={}, ladder=()), away={LEADER})

        assert alert.told(BUF) == [(0, Reason.PASSED_ON, (FIRST,))]

    def test_is_replaced_by_the_next_substitute_when_the_first_is_absent_too(self) -> None:
        """BER-27, BER-28."""
        alert = Escalating(snapshot=frozen(), away={LEADER, FIRST})

        assert alert.told(BUF) == [(0, Reason.PASSED_ON, (SECOND,))]

    def test_is_not_waited_for_when_nobody_stands_in(self) -> None:
        """BER-27: no candidate, and the next step at once."""
        alert = Escalating(snapshot=frozen(substitutes=()), away={LEADER})

        assert [reason for _, reason, _ in alert.told(BUF)] == [
            Reason.NO_SUBSTITUTE,
            Reason.NOBODY_SILENT,
            Reason.NO_SUBSTITUTE,
            Reason.MANAGER_ASKED,
        ]

    def test_counts_when_they_answer_all_the_same(self) -> None:
        """BER-28: who answers is not away."""
        alert = Escalating(snapshot=frozen())
        alert.answers(LEADER, Reply.RECEIVED)

        alert.goes(LEADER)

        assert alert.told(BUF) == []

    def test_may_be_deleted_in_the_middle_of_it(self) -> None:
        """BER-29: a person deleted mid-escalation is replaced, and the ladder goes on."""
        alert = Escalating(snapshot=frozen())
        alert.forward(minutes=7)

        del alert.recipients[LEADER]
        alert.goes(LEADER, SECOND)
        alert.forward(minutes=60)

        assert alert.told(BUF) == [
            (5, Reason.REPEATED, (LEADER,)),
            (7, Reason.PASSED_ON, (FIRST,)),
            (10, Reason.NO_SUBSTITUTE, NOBODY),
            (10, Reason.MANAGER_ASKED, (MANAGER,)),
            (20, Reason.CALL_LIST_SENT, KEEPERS),
        ]
