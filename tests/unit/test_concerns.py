"""Who receives a concern, by when, and what may become of it (domain.md CON-7 to CON-9)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.concerns import (
    SOMEBODYS_DUTY,
    WAITING,
    Concern,
    Receivers,
    Status,
    handed_over,
    moved,
    opened,
    receivers,
    take_up,
    withdraw,
)
from domain.errors import RuleBroken
from domain.people import CommitteeCode, Membership, Person, PersonId, Seat
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
    SOFIE,
    person,
    seat,
)

EVA = person("eva")
FULL = (
    seat(CARL),
    seat(SOFIE),
    seat(ANNA),
    seat(BO, Seat.FACILITATOR),
    seat(EVA, Seat.FACILITATOR),
)
TO_BO = Receivers(group=GROUP, owner=BO.id)
TO_DORTE = Receivers(group=None, owner=DORTE.id)
DAY = timedelta(days=1)


def received(
    *members: tuple[Membership, Person],
    group: CommitteeCode | None = GROUP,
    secretariat: tuple[Person, ...] = (DORTE, DENNIS),
    barred: Collection[PersonId] = (ANNA.id,),
    urgent: bool = False,
    away: Collection[PersonId] = (),
) -> Receivers:
    return receivers(
        group=group,
        members=members,
        secretariat=secretariat,
        barred=barred,
        urgent=urgent,
        away=away,
    )


class TestReceivers:
    def test_are_the_facilitators_and_the_first_has_the_duty(self) -> None:
        assert received(*FULL) == Receivers(group=GROUP, owner=BO.id, told=(EVA.id,))

    def test_leave_the_duty_to_a_colleague_who_is_there(self) -> None:
        told = received(*FULL, away={BO.id})

        assert (told.owner, told.told) == (EVA.id, (BO.id,))

    def test_have_the_duty_all_the_same_when_everybody_is_away(self) -> None:
        assert received(*FULL, away={BO.id, EVA.id}).owner == BO.id

    def test_in_triage_are_those_first_who_are_there(self) -> None:
        assert received(group=None, away={DORTE.id}).owner == DENNIS.id

    def test_are_the_polices_and_social_services_seats_too_when_it_is_urgent(self) -> None:
        assert received(*FULL, urgent=True).grave == (CARL.id, SOFIE.id)

    def test_hear_once_of_an_urgent_one_however_many_seats_they_have(self) -> None:
        told = received(seat(CARL), seat(CARL), seat(BO, Seat.FACILITATOR), urgent=True)

        assert told.grave == (CARL.id,)

    @pytest.mark.parametrize("kind", [Seat.SUBSTITUTE, Seat.CHAIR])
    def test_are_not_those_in_other_kinds_of_seats(self, kind: Seat) -> None:
        told = received(seat(CARL, kind), seat(BO, Seat.FACILITATOR), urgent=True)

        assert (told.owner, told.grave) == (BO.id, ())

    def test_never_are_people_who_reported_it_or_are_recused(self) -> None:
        told = received(*FULL, barred={BO.id, CARL.id}, urgent=True)

        assert (told.owner, told.told, told.grave) == (EVA.id, (), (SOFIE.id,))

    def test_never_are_people_without_cover(self) -> None:
        uncovered = replace(BO, s115_covered=False)

        told = received(
            seat(replace(CARL, s115_covered=False)),
            seat(uncovered, Seat.FACILITATOR),
            seat(EVA, Seat.FACILITATOR),
            urgent=True,
        )

        assert (told.owner, told.grave) == (EVA.id, ())

    def test_are_the_secretariat_when_the_group_has_no_facilitator_left(self) -> None:
        told = received(seat(CARL), seat(SOFIE), urgent=True)

        assert told == Receivers(
            group=None, owner=DORTE.id, told=(DENNIS.id,), nobody_in=GROUP, grave=()
        )

    def test_are_the_secretariat_when_there_is_no_group(self) -> None:
        assert received(group=None) == Receivers(group=None, owner=DORTE.id, told=(DENNIS.id,))

    def test_are_only_those_of_the_secretariat_who_may_read_it(self) -> None:
        told = received(
            group=None,
            secretariat=(DORTE, replace(EVA, s115_covered=False), DENNIS),
            barred={DORTE.id},
        )

        assert (told.owner, told.told) == (DENNIS.id, ())

    def test_are_missed_when_the_secretariat_has_nobody_left_either(self) -> None:
        with pytest.raises(RuleBroken, match="no_receiver"):
            received(group=None, secretariat=(DORTE,), barred={DORTE.id})


class TestTakeUp:
    @pytest.mark.parametrize("status", sorted(WAITING))
    def test_makes_it_the_duty_of_who_did_it(self, status: Status) -> None:
        taken = take_up(replace(CONCERN, status=status), by=DORTE.id)

        assert (taken.status, taken.owner, taken.taken_up_by) == (
            Status.TAKEN_UP,
            DORTE.id,
            DORTE.id,
        )

    def test_of_what_was_taken_back_says_so(self) -> None:
        with pytest.raises(RuleBroken, match="withdrawn"):
            take_up(replace(CONCERN, status=Status.WITHDRAWN), by=BO.id)

    @pytest.mark.parametrize("status", sorted(set(Status) - WAITING - {Status.WITHDRAWN}))
    def test_happens_once(self, status: Status) -> None:
        with pytest.raises(RuleBroken, match="already_taken_up"):
            take_up(replace(CONCERN, status=status), by=BO.id)


def test_opened_remembers_the_first_time_only() -> None:
    first = opened(CONCERN, now=MONDAY_NOON)

    assert first.opened_at == MONDAY_NOON
    assert opened(first, now=MONDAY_NOON + DAY) is first


class TestMoved:
    def test_to_another_group_it_waits_there(self) -> None:
        there = Receivers(group=NEXT_GROUP, owner=EVA.id)

        going = moved(CONCERN, there, reason="reroute.wrong_area")

        assert (going.group, going.owner, going.status) == (NEXT_GROUP, EVA.id, Status.SUBMITTED)
        assert going.reasons == ("route.group_of_area", "reroute.wrong_area")

    def test_to_triage_it_waits_for_the_secretariat(self) -> None:
        going = moved(CONCERN, TO_DORTE, reason="reroute.other")

        assert (going.group, going.owner, going.status) == (None, DORTE.id, Status.TRIAGE)

    @pytest.mark.parametrize("status", sorted(set(Status) - WAITING))
    def test_it_is_only_while_it_waits(self, status: Status) -> None:
        with pytest.raises(RuleBroken, match="already_taken_up"):
            moved(replace(CONCERN, status=status), TO_DORTE, reason="reroute.other")


class TestHandedOver:
    @pytest.mark.parametrize("status", sorted(SOMEBODYS_DUTY))
    def test_it_waits_to_be_taken_up_again(self, status: Status) -> None:
        held = replace(CONCERN, status=status, taken_up_by=BO.id)

        passed = handed_over(held, Receivers(group=GROUP, owner=EVA.id))

        assert (passed.status, passed.owner, passed.taken_up_by) == (
            Status.SUBMITTED,
            EVA.id,
            None,
        )
        assert passed.reasons[-1] == "route.handed_over"

    @pytest.mark.parametrize("status", sorted(set(Status) - SOMEBODYS_DUTY))
    def test_it_never_comes_to_life_again(self, status: Status) -> None:
        with pytest.raises(RuleBroken, match="moved_on"):
            handed_over(replace(CONCERN, status=status), TO_BO)


class TestWithdraw:
    @pytest.mark.parametrize("status", sorted(WAITING))
    def test_is_possible_until_somebody_has_read_it(self, status: Status) -> None:
        assert (
            withdraw(replace(CONCERN, status=status), now=MONDAY_NOON).status is Status.WITHDRAWN
        )

    @pytest.mark.parametrize(
        "too_late",
        [
            replace(CONCERN, opened_at=MONDAY_NOON),
            *(replace(CONCERN, status=each) for each in sorted(set(Status) - WAITING)),
        ],
        ids=lambda each: f"{each.status}{' opened' if each.opened_at else ''}",
    )
    def test_must_be_asked_for_afterwards(self, too_late: Concern) -> None:
        with pytest.raises(RuleBroken, match="already_opened"):
            withdraw(too_late, now=MONDAY_NOON)
