"""Who may do what with a meeting of a committee, with a seat in it, a name or an office."""

from dataclasses import replace

import pytest

from domain.access import Action, can
from domain.matters import Matter, MatterKind
from domain.people import CommitteeCode, Seat
from domain.roles import Actor, Role
from tests.support.standings import ME, matter_for, somebody


class TestACommitteesMeeting:
    """Whoever sits in the committee comes, covered by §115 or not; its leader is its chair."""

    @pytest.mark.parametrize("seat", [Seat.MEMBER, Seat.SUBSTITUTE, Seat.CHAIR])
    def test_is_read_and_answered_without_cover_too(self, seat: Seat) -> None:
        """S115-9: people from a housing plan sit in local committees."""
        actor = seated(seat, covered=False)

        assert {Action.READ_MEETING, Action.REPLY} <= allowed_at(actor, meeting_matter())

    def test_is_nothing_to_somebody_of_another_committee(self) -> None:
        elsewhere = replace(meeting_matter(), groups=frozenset({CommitteeCode("LU-OST")}))

        assert allowed_at(seated(Seat.CHAIR), elsewhere) == set()

    @pytest.mark.parametrize("head_leads", [True, False])
    def test_of_the_steering_and_the_managers_group_is_led_by_the_head(
        self, *, head_leads: bool
    ) -> None:
        """SGF-5: the chair may admit what has suddenly come up; 003 §5.3.2 for the managers."""
        matter = replace(meeting_matter(), head_leads=head_leads)

        assert can(somebody({Role.HEAD}), Action.ADMIT_SUDDEN, matter) is head_leads

    def test_is_led_by_the_facilitator_who_is_named_or_by_each_of_them(self) -> None:
        facilitator = seated(Seat.FACILITATOR)
        named = replace(meeting_matter(), lead=ME)

        assert not can(facilitator, Action.APPROVE_MINUTES, meeting_matter())
        assert can(facilitator, Action.APPROVE_MINUTES, replace(meeting_matter(), lead=None))
        assert can(facilitator, Action.ADMIT_SUDDEN, replace(meeting_matter(), lead=None))
        assert can(facilitator, Action.APPROVE_MINUTES, named)
        assert not can(seated(Seat.SUBSTITUTE), Action.APPROVE_MINUTES, named)

    def test_shows_what_is_not_sent_to_a_substitute_only_who_stands_in(self) -> None:
        """SGF-4: the others get minutes once they are approved."""
        substitute = seated(Seat.SUBSTITUTE)
        comes = replace(meeting_matter(), stand_ins=frozenset({ME}))

        for action in (Action.READ_UNSENT, Action.COMMENT_MINUTES):
            assert not can(substitute, action, meeting_matter())
            assert can(substitute, action, comes)
            assert not can(replace(substitute, memberships=[]), action, comes)


def seated(seat: Seat, *, covered: bool = True) -> Actor:
    actor = somebody({Role.LUM})
    return replace(
        actor,
        person=replace(actor.person, s115_covered=covered),
        memberships=[replace(each, seat=seat) for each in actor.memberships],
    )


def meeting_matter() -> Matter:
    return replace(
        matter_for((), kind=MatterKind.MEETING), groups=frozenset({CommitteeCode("LU-VAL")})
    )


def allowed_at(actor: Actor, matter: Matter) -> set[Action]:
    return {action for action in Action if can(actor, action, matter)}
