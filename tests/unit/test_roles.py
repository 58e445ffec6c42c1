"""What somebody is to a matter (domain.md §14.1): seats, groups, leads and grants."""

from dataclasses import replace

import pytest

from domain.access import Action, can
from domain.grants import GrantKind
from domain.matters import MatterKind
from domain.people import AreaCode, Authority, CommitteeCode, PersonId, Seat
from domain.roles import AT_MEETINGS, BESIDE_CASES, GRANTED_BY, Actor, Role, roles
from tests.support.standings import ME, matter_for, somebody, with_what_it_takes

ELSEWHERE = frozenset({CommitteeCode("KG6")})


def sitting(role: Role, seat: Seat) -> Actor:
    """Give somebody with another kind of seat where that role's holders sit."""
    actor = somebody({role})
    return replace(actor, memberships=[replace(each, seat=seat) for each in actor.memberships])


class TestASeat:
    @pytest.mark.parametrize("role", sorted(set(Role) - BESIDE_CASES))
    def test_makes_the_role_it_is_and_no_other(self, role: Role) -> None:
        found = roles(somebody({role}), matter_for({role}))

        assert found == with_what_it_takes({role})

    @pytest.mark.parametrize("role", sorted(AT_MEETINGS))
    def test_makes_a_role_at_meetings_that_is_none_in_a_case(self, role: Role) -> None:
        beside = {Role.CHAIR: {Role.MEM}, Role.STANDIN: {Role.SUB}}.get(role, set())

        found = roles(somebody({role}), matter_for({role}, kind=MatterKind.MEETING))
        assert found == {role, *beside}
        assert roles(somebody({role}), matter_for(())) <= {Role.CGM}

    @pytest.mark.parametrize("role", [Role.KGM, Role.PKM, Role.FAC, Role.PFAC])
    @pytest.mark.parametrize("seat", [Seat.SUBSTITUTE, Seat.CHAIR])
    def test_of_another_kind_gives_no_role_in_cases(self, role: Role, seat: Seat) -> None:
        assert roles(sitting(role, seat), matter_for(())) == set()

    @pytest.mark.parametrize("role", [Role.KGM, Role.PKM, Role.FAC, Role.PFAC])
    @pytest.mark.parametrize("groups", [ELSEWHERE, frozenset[CommitteeCode]()])
    def test_in_another_group_or_in_triage_gives_none(
        self, role: Role, groups: frozenset[CommitteeCode]
    ) -> None:
        assert roles(somebody({role}), replace(matter_for(()), groups=groups)) == set()

    @pytest.mark.parametrize("role", [Role.LUM, Role.LGM])
    def test_serves_its_own_areas_only(self, role: Role) -> None:
        far = replace(matter_for(()), areas=frozenset({AreaCode("VAN")}))

        assert roles(somebody({role}), far) == set()

    def test_counts_for_what_it_is_in_a_committee_that_is_known(self) -> None:
        unknown = replace(somebody({Role.KGM}), committees={})

        assert roles(unknown, matter_for(())) == set()

    def test_tells_which_areas_are_their_own(self) -> None:
        assert somebody({Role.KGM, Role.PKM}).areas == {AreaCode("VAL")}
        assert somebody({Role.PKM}).areas == set()


class TestAnAuthority:
    @pytest.mark.parametrize("authority", Authority)
    def test_has_a_standing_duty_in_cases_or_has_not(self, authority: Authority) -> None:
        """ORG-2: KFF, BIF and KFO are brought into a case when it needs them."""
        actor = somebody({Role.KGM}, authority=authority)
        standing = {Authority.SOF, Authority.BUF, Authority.KP}

        assert can(actor, Action.OPEN, matter_for(())) is (authority in standing)

    @pytest.mark.parametrize("authority", Authority)
    @pytest.mark.parametrize("kif", [True, False])
    def test_sees_cases_of_ssp_plus_but_probation_only_its_own(
        self, authority: Authority, *, kif: bool
    ) -> None:
        """PLUS-4."""
        actor = somebody({Role.PKM}, authority=authority)
        matter = replace(matter_for(()), kif=kif)

        sees = kif or authority is not Authority.KFO
        assert can(actor, Action.OPEN, matter) is sees


class TestALead:
    @pytest.mark.parametrize("authority", Authority)
    def test_in_a_coordination_group_is_of_an_authority_with_case_duty(
        self, authority: Authority
    ) -> None:
        """CASE-6."""
        actor = somebody({Role.LEAD}, authority=authority)
        has_duty = authority in {Authority.SOF, Authority.BUF, Authority.KP}

        assert (Role.LEAD in roles(actor, matter_for({Role.LEAD}))) is has_duty

    @pytest.mark.parametrize("authority", Authority)
    def test_in_ssp_plus_is_of_any(self, authority: Authority) -> None:
        actor = somebody({Role.PKM}, authority=authority)
        matter = replace(matter_for({Role.LEAD}), kif=True)

        assert roles(actor, matter) == {Role.LEAD, Role.PKM}

    def test_who_lost_their_seat_leads_no_longer(self) -> None:
        """§15.13."""
        assert roles(somebody(()), matter_for({Role.LEAD})) == set()


class TestAnOwner:
    def test_has_a_seat_in_the_group_whatever_their_authority(self) -> None:
        actor = somebody({Role.KGM}, authority=Authority.BIF)

        assert roles(actor, matter_for({Role.OWNER})) == {Role.OWNER}
        assert roles(somebody(()), matter_for({Role.OWNER})) == set()

    def test_or_the_right_to_read_it(self) -> None:
        """And no longer, when that has run out."""
        matter = matter_for({Role.OWNER, Role.ADH})

        assert roles(somebody(()), matter) == {Role.OWNER, Role.ADH}
        assert roles(somebody(()), replace(matter, grants=())) == set()


class TestAGrant:
    @pytest.mark.parametrize("role", [Role.LGM, Role.PLM])
    def test_brings_a_leader_in_from_another_area(self, role: Role) -> None:
        """CASE-8."""
        matter = replace(matter_for({role}), areas=frozenset(), plus=False)

        assert roles(somebody({role}), matter) == {role}
        assert roles(somebody({role}), replace(matter, grants=())) == set()

    @pytest.mark.parametrize("role", [Role.LGM, Role.PLM, Role.STEW, Role.HEAD, Role.DPO])
    def test_is_worth_nothing_without_the_seat_or_the_office(self, role: Role) -> None:
        """§15.13: losing one's role ends it at once."""
        matter = matter_for({role})

        assert GRANTED_BY[role] is not GrantKind.AD_HOC
        assert roles(somebody(()), matter) == set()

    def test_to_somebody_else_is_nobodys(self) -> None:
        matter = matter_for({Role.ADH})
        other = replace(
            somebody(()), person=replace(somebody(()).person, id=PersonId("somebody else"))
        )

        assert roles(other, matter) == set()


class TestTheReporter:
    def test_of_a_concern_is_that_alone(self) -> None:
        held = {Role.REP, Role.FAC, Role.SEK}

        assert roles(somebody(held), matter_for(held, kind=MatterKind.CONCERN)) == {Role.REP}

    def test_is_nothing_when_they_are_recused(self) -> None:
        matter = replace(matter_for({Role.REP}, kind=MatterKind.CONCERN), recused=frozenset({ME}))

        assert roles(somebody(()), matter) == set()
