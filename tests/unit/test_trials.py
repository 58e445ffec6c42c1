"""Whom a trial is for, who hears first, and that nobody hears twice (BER-11)."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import OPEN, DeliveryState, Standing
from domain.leadership import Roster
from domain.notices import NoticeKind, Tier
from domain.people import (
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    PersonId,
    Seat,
)
from domain.trials import Audience, Followed, Trial, notices_of, recipients, tier_of
from tests.support.examples import MONDAY_NOON, person

COMMITTEES = [
    Committee(code=CommitteeCode(each.value), type=each, name=each.value) for each in CommitteeType
]
PEOPLE = [person(f"p{number}") for number in range(6)]
TRIAL = Trial(
    id=UUID(int=7), begun_by=PEOPLE[0].id, begun_at=MONDAY_NOON, audience=Audience.EVERYBODY
)
SEATS = st.lists(
    st.builds(
        Membership,
        committee=st.sampled_from([each.code for each in COMMITTEES]),
        person=st.sampled_from([each.id for each in PEOPLE]),
        slot=st.sampled_from(["1", "2"]),
        seat=st.sampled_from(Seat),
    ),
    max_size=20,
)
ME = PersonId("p0")
FIRST, SECOND, LAST = Tier.ALERT_LEADERS, Tier.ALERT_GROUPS, Tier.ALERT


def roster(*memberships: Membership) -> Roster:
    return Roster.of(people=PEOPLE, committees=COMMITTEES, memberships=memberships)


def seat(type: CommitteeType, seat: Seat) -> Membership:
    return Membership(committee=CommitteeCode(type.value), person=ME, slot="1", seat=seat)


class TestATrial:
    @given(SEATS, st.sampled_from(Audience))
    def test_is_told_to_each_once_whatever_seats_they_hold(
        self, memberships: list[Membership], audience: Audience
    ) -> None:
        """BER-11: the union, without duplicates, each person one notice."""
        found = roster(*memberships)
        trial = Trial(
            id=TRIAL.id, begun_by=TRIAL.begun_by, begun_at=MONDAY_NOON, audience=audience
        )

        notices = notices_of(trial, found)

        told = [each.person for each in notices]
        assert len(told) == len(set(told)) == len({each.dedupe_key for each in notices})
        assert {each.kind for each in notices} <= {NoticeKind.TRIAL}
        assert all(each.tier.is_alert and each.due_at == MONDAY_NOON for each in notices)
        if audience is Audience.EVERYBODY:
            assert set(told) == {each.id for each in PEOPLE}
        else:
            assert set(told) <= {each.person for each in memberships}

    @given(SEATS)
    def test_for_leaders_is_part_of_one_for_everybody(self, memberships: list[Membership]) -> None:
        found = roster(*memberships)

        assert set(recipients(Audience.LEADERS, found)) <= set(
            recipients(Audience.EVERYBODY, found)
        )

    def test_is_not_told_to_who_has_left(self) -> None:
        left = person("left", active=False)
        found = Roster.of(people=[*PEOPLE, left], committees=COMMITTEES, memberships=[])

        assert left.id not in dict(recipients(Audience.EVERYBODY, found))


class TestWhoHearsFirst:
    @pytest.mark.parametrize(
        ("type", "standing", "standing_in"),
        [
            (CommitteeType.STEERING, FIRST, SECOND),
            (CommitteeType.MANAGERS, FIRST, SECOND),
            (CommitteeType.LEADER, FIRST, SECOND),
            (CommitteeType.SSP_PLUS_LEADER, FIRST, SECOND),
            (CommitteeType.COORDINATION, SECOND, SECOND),
            (CommitteeType.SSP_PLUS_COORDINATION, SECOND, SECOND),
            (CommitteeType.LOCAL, LAST, LAST),
        ],
    )
    def test_goes_by_what_they_sit_in(
        self, type: CommitteeType, standing: Tier, standing_in: Tier
    ) -> None:
        """A substitute is asked after who they stand in for (BER-25), and before the rest."""
        for each in Seat:
            expected = standing_in if each is Seat.SUBSTITUTE else standing
            assert tier_of(roster(seat(type, each)), ME) is expected

    def test_is_the_earliest_of_several_seats(self) -> None:
        both = [seat(each, Seat.MEMBER) for each in (CommitteeType.LOCAL, CommitteeType.LEADER)]

        assert tier_of(roster(*both), ME) is FIRST

    def test_is_nobody_who_sits_nowhere(self) -> None:
        assert tier_of(roster(), ME) is LAST


class TestAStanding:
    @given(st.lists(st.sampled_from(DeliveryState), min_size=1, max_size=6))
    def test_counts_everybody_once(self, states: list[DeliveryState]) -> None:
        """BER-13: the sums equal the total, and nothing is called sent while somebody waits."""
        followed = Followed(
            trial=TRIAL,
            begun_by=PEOPLE[0],
            at=MONDAY_NOON,
            standings=[
                Standing(
                    person=who.id,
                    state=state,
                    repeated=False,
                    ended_at=None,
                    acknowledged_at=None,
                    acknowledged_via=None,
                )
                for who, state in zip(PEOPLE, states, strict=False)
            ],
            people={each.id: each for each in PEOPLE},
        )

        assert sum(followed.tally.values()) == len(states)
        assert followed.is_sent is not bool(OPEN & set(states))
        assert sum(total for _, total in followed.answered.values()) == len(states)
        answered = sum(answered for answered, _ in followed.answered.values())
        done = (
            Counter(states)[DeliveryState.ACKNOWLEDGED],
            Counter(states)[DeliveryState.CANCELLED],
        )
        assert answered == done[0]
        assert len(followed.unanswered) == len(states) - sum(done)
