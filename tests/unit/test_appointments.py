"""Who gives what, on whose word, and what takes two (APP-1, APP-2, ROLE-01)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments import (
    Holding,
    Post,
    can_lead,
    changed,
    held_by,
    holds,
    may_appoint,
    must_be_givable,
    must_be_takable,
    slot_for,
    takes_two,
)
from domain.errors import RuleBroken
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Office,
    PersonId,
    Seat,
)
from domain.representation import slot_codes
from domain.roles import Role
from tests.support.examples import person
from tests.support.standings import ME, somebody

BY = PersonId("steward")
ANNA = person("anna", authority=Authority.BUF)
# APP-1, written down again: by whom the members of each kind of committee are appointed.
ONE_STEP_UP = {
    CommitteeType.LOCAL: Role.LGM,
    CommitteeType.COORDINATION: Role.LGM,
    CommitteeType.SSP_PLUS_COORDINATION: Role.PLM,
    CommitteeType.LEADER: Role.CGM,
    CommitteeType.SSP_PLUS_LEADER: Role.CGM,
    CommitteeType.MANAGERS: Role.SGM,
    CommitteeType.STEERING: Role.SGM,
}
LEADERS = (Role.LGM, Role.PLM, Role.CGM, Role.SGM, Role.HEAD, Role.KGM, Role.FAC, Role.STEW)
OFFICES = [Post(holding=Holding.OFFICE, office=office) for office in Office]


def committee(kind: CommitteeType, *, areas: tuple[str, ...] = ()) -> Committee:
    return Committee(
        code=CommitteeCode(f"{kind}x"),
        type=kind,
        name=kind,
        areas=tuple(map(AreaCode, areas)),
    )


def a_seat(kind: CommitteeType, seat: Seat = Seat.MEMBER) -> Post:
    return Post(holding=Holding.SEAT, committee=CommitteeCode(f"{kind}x"), seat=seat)


class TestALeader:
    @pytest.mark.parametrize(("kind", "role"), list(product(CommitteeType, LEADERS)))
    def test_appoints_one_step_down(self, kind: CommitteeType, role: Role) -> None:
        leader = somebody({role}, authority=Authority.BUF)

        appoints = may_appoint(leader, ANNA, a_seat(kind), committee=committee(kind))

        assert appoints is (role is ONE_STEP_UP[kind])

    @pytest.mark.parametrize("kind", CommitteeType)
    def test_is_of_the_same_authority(self, kind: CommitteeType) -> None:
        leader = somebody({ONE_STEP_UP[kind]}, authority=Authority.KP)

        assert not may_appoint(leader, ANNA, a_seat(kind), committee=committee(kind))

    @pytest.mark.parametrize("kind", [CommitteeType.LOCAL, CommitteeType.COORDINATION])
    @pytest.mark.parametrize(("area", "leads"), [("VAL", True), ("VAN", False)])
    def test_leads_there(self, kind: CommitteeType, area: str, *, leads: bool) -> None:
        leader = somebody({Role.LGM}, authority=Authority.BUF)
        there = committee(kind, areas=(area,))

        assert may_appoint(leader, ANNA, a_seat(kind), committee=there) is leads

    @pytest.mark.parametrize("role", LEADERS)
    def test_of_the_secretariat_is_its_head(self, role: Role) -> None:
        """And its head is the steering group's."""
        leader = somebody({role}, authority=Authority.BUF)
        group = committee(CommitteeType.COORDINATION)
        facilitator = a_seat(CommitteeType.COORDINATION, Seat.FACILITATOR)

        for post in OFFICES:
            wanted = Role.SGM if post.office is Office.HEAD else Role.HEAD
            assert may_appoint(leader, ANNA, post, committee=None) is (role is wanted)
        appoints = may_appoint(leader, ANNA, facilitator, committee=group)
        assert appoints is (role is Role.HEAD)

    @pytest.mark.parametrize("role", LEADERS)
    def test_gives_cover_to_their_own_people(self, role: Role) -> None:
        cover = Post(holding=Holding.COVER)
        own, other = (somebody({role}, authority=each) for each in (Authority.BUF, Authority.KP))

        leads = role in {Role.LGM, Role.PLM, Role.CGM, Role.SGM}
        assert may_appoint(own, ANNA, cover, committee=None) is leads
        assert not may_appoint(other, ANNA, cover, committee=None)

    @pytest.mark.parametrize("role", LEADERS)
    def test_never_appoints_themselves(self, role: Role) -> None:
        """APP-2."""
        leader = somebody({role}, authority=Authority.BUF)

        for kind in CommitteeType:
            assert not may_appoint(leader, leader.person, a_seat(kind), committee=committee(kind))
        for post in (*OFFICES, Post(holding=Holding.COVER)):
            assert not may_appoint(leader, leader.person, post, committee=None)
        assert not can_lead(leader, leader.person)

    @pytest.mark.parametrize("role", LEADERS)
    def test_who_has_left_appoints_nobody(self, role: Role) -> None:
        leader = somebody({role}, authority=Authority.BUF)
        gone = replace(leader, person=replace(leader.person, active=False))

        assert not can_lead(gone, ANNA)
        for post in OFFICES:
            assert not may_appoint(gone, ANNA, post, committee=None)


class TestWhatTakesTwo:
    @pytest.mark.parametrize("office", Office)
    def test_are_the_powerful_offices(self, office: Office) -> None:
        """ROLE-01; the head, who appoints the others, is not easier to become than they."""
        assert takes_two(Post(holding=Holding.OFFICE, office=office)) is (office != Office.SYS)

    @pytest.mark.parametrize("seat", Seat)
    def test_is_the_facilitators_seat(self, seat: Seat) -> None:
        post = a_seat(CommitteeType.COORDINATION, seat)

        assert takes_two(post) is (seat is Seat.FACILITATOR)

    def test_is_not_cover(self) -> None:
        assert not takes_two(Post(holding=Holding.COVER))


POSTS = st.one_of(
    st.sampled_from([*OFFICES, Post(holding=Holding.COVER), Post(holding=Holding.REGISTER)]),
    st.builds(a_seat, st.sampled_from(CommitteeType), st.sampled_from(Seat)),
)


class TestAPost:
    @given(POSTS)
    def test_is_written_as_a_code_that_is_read_back(self, post: Post) -> None:
        assert Post.read(post.written()) == post

    @pytest.mark.parametrize(
        "code",
        ["", "seat", "seat:KG5", "seat:KG5:king", "office:KING", "office", "all", "cover:x"],
    )
    def test_that_is_none_is_not_read(self, code: str) -> None:
        with pytest.raises(RuleBroken, match="press.not_ours"):
            Post.read(code)

    @pytest.mark.parametrize("kind", CommitteeType)
    @pytest.mark.parametrize("seat", Seat)
    def test_fills_a_slot_that_there_is(self, kind: CommitteeType, seat: Seat) -> None:
        assert slot_for(a_seat(kind, seat), committee(kind)) in slot_codes(kind)

    @given(POSTS)
    def test_is_given_and_taken_again(self, post: Post) -> None:
        """Nothing else changes; leaving takes all there is."""
        before = replace(ANNA, s115_covered=True, offices=frozenset({Office.SYS}))

        given = changed(before, post, given=True)
        after = changed(given, post, given=False)

        if post.holding is Holding.REGISTER:
            assert (after.active, after.s115_covered, after.offices) == (False, False, frozenset())
        elif post.holding is Holding.OFFICE:
            assert given.offices == before.offices | {post.office}
            assert after.offices == before.offices - {post.office}
        elif post.holding is Holding.COVER:
            assert (given.s115_covered, after.s115_covered) == (True, False)
        else:
            assert given == after == before


class TestNobody:
    @given(POSTS)
    def test_is_given_or_loses_their_own_by_themselves(self, post: Post) -> None:
        """ROLE-01."""
        actor = somebody({Role.STEW, Role.KGM})

        with pytest.raises(RuleBroken, match="role.self"):
            must_be_givable(actor, post, by=ME, committee=None)
        with pytest.raises(RuleBroken, match="role.self"):
            must_be_takable(actor, post, by=ME)

    def test_is_given_what_they_have_or_loses_what_they_have_not(self) -> None:
        actor = somebody({Role.STEW, Role.KGM})

        for post in held_by(actor):
            assert holds(actor, post)
            must_be_takable(actor, post, by=BY)
            if post.holding is not Holding.REGISTER:
                with pytest.raises(RuleBroken, match="role.held"):
                    must_be_givable(actor, post, by=BY, committee=None)
        missing = Post(holding=Holding.OFFICE, office=Office.SEK)
        must_be_givable(actor, missing, by=BY, committee=None)
        with pytest.raises(RuleBroken, match="role.not_held"):
            must_be_takable(actor, missing, by=BY)

    @given(POSTS)
    def test_who_has_left_is_given_anything(self, post: Post) -> None:
        actor = somebody(())
        gone = replace(actor, person=replace(actor.person, active=False))

        assert held_by(gone) == []
        with pytest.raises(RuleBroken, match="role.inactive"):
            must_be_givable(gone, post, by=BY, committee=None)

    @pytest.mark.parametrize("kind", CommitteeType)
    def test_facilitates_where_no_cases_are(self, kind: CommitteeType) -> None:
        post = a_seat(kind, Seat.FACILITATOR)
        coordinating = {CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION}

        if kind in coordinating:
            must_be_givable(somebody(()), post, by=BY, committee=committee(kind))
        else:
            with pytest.raises(RuleBroken, match="role.no_such"):
                must_be_givable(somebody(()), post, by=BY, committee=committee(kind))
