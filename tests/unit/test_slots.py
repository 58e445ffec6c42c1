"""Seats in the slots of domain.md §3: whose they are, what they replace, and what changed."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments import (
    Holding,
    Post,
    appoints,
    holds,
    may_appoint,
    must_be_givable,
    replaced_by,
    slot_for,
)
from domain.errors import RuleBroken
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    PersonId,
    Seat,
)
from domain.representation import SLOTS, Slot, facilitating_slot, slot_codes, suits
from domain.roles import Actor, Role
from domain.seating import changes
from tests.support.examples import person
from tests.support.standings import somebody

BY = PersonId("steward")
AT = datetime(2026, 3, 2, 11, tzinfo=UTC)
KG5 = Committee(
    code=CommitteeCode("KG5"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe Vest",
    areas=(AreaCode("VAL"),),
)
OF_THE_POLICE = person("carl", authority=Authority.KP)


def a_post(slot: str, seat: Seat = Seat.MEMBER) -> Post:
    return Post(holding=Holding.SEAT, committee=KG5.code, seat=seat, slot=slot)


def a_seat(slot: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=KG5.code, person=OF_THE_POLICE.id, slot=slot, seat=seat)


def seated(*seats: Membership) -> Actor:
    return Actor(person=OF_THE_POLICE, memberships=seats, committees={KG5.code: KG5})


class TestASlot:
    @pytest.mark.parametrize(("slot", "authority"), list(product(SLOTS, Authority)))
    def test_is_for_its_own_authority(self, slot: Slot, authority: Authority) -> None:
        """REP-0: the authority of each row of §3."""
        own = slot.authority is authority
        assert suits(slot.code, person("x", authority=authority)) is own

    @pytest.mark.parametrize("slot", ["KG.opt", "KG.fac", "SG.opt"])
    def test_beyond_the_minimum_is_for_any(self, slot: str) -> None:
        assert suits(slot, OF_THE_POLICE)

    def test_of_the_head_is_for_who_holds_the_office(self) -> None:
        """SG.7: the head of the Secretariat is chair."""
        head = somebody({Role.HEAD}).person

        assert suits("SG.7", head)
        assert not suits("SG.7", replace(head, offices=frozenset()))


class TestAPostWithASlot:
    @given(st.sampled_from(sorted(slot_codes(KG5.type))), st.sampled_from(Seat))
    def test_is_written_as_a_code_that_is_read_back(self, slot: str, seat: Seat) -> None:
        post = a_post(slot, seat)

        assert Post.read(post.written()) == post
        assert slot_for(post, KG5) == slot

    @pytest.mark.parametrize("code", ["seat:KG5:member:KG.5:KG.6", "seat:KG5", "seat:KG5:boss"])
    def test_is_no_other_code(self, code: str) -> None:
        """AC-CARD-03."""
        with pytest.raises(RuleBroken, match=r"press\.not_ours"):
            Post.read(code)

    def test_is_held_in_that_very_slot(self) -> None:
        sits = seated(a_seat("KG.5"))

        assert holds(sits, a_post("KG.5"))
        assert holds(sits, a_post(""))
        assert not holds(sits, a_post("KG.6"))
        with pytest.raises(RuleBroken, match=r"role\.held"):
            must_be_givable(sits, a_post("KG.5"), by=BY, committee=KG5)
        must_be_givable(sits, a_post("KG.6"), by=BY, committee=KG5)

    @pytest.mark.parametrize(
        ("slot", "seat", "refused"),
        [
            ("KG.1", Seat.MEMBER, "role.not_their_slot"),  # social services'
            ("KG.9", Seat.MEMBER, "role.no_such"),
            ("LU.6", Seat.MEMBER, "role.no_such"),
            ("KG.fac", Seat.MEMBER, "role.no_such"),
            ("KG.5", Seat.FACILITATOR, "role.no_such"),
        ],
    )
    def test_is_not_given_where_it_is_not_theirs_or_there_is_none(
        self, slot: str, seat: Seat, refused: str
    ) -> None:
        with pytest.raises(RuleBroken, match=refused):
            must_be_givable(seated(), a_post(slot, seat), by=BY, committee=KG5)

    def test_takes_the_place_of_the_one_they_had_in_that_committee(self) -> None:
        """REP-2; facilitating is no slot, and stays."""
        fac = a_seat(facilitating_slot(KG5.type), Seat.FACILITATOR)
        elsewhere = replace(a_seat("KG.5"), committee=CommitteeCode("KG6"))
        held = [a_seat("KG.5"), fac, elsewhere]

        assert replaced_by(a_post("KG.6"), held, committee=KG5) == [a_seat("KG.5")]
        assert replaced_by(a_post("KG.fac", Seat.FACILITATOR), held, committee=KG5) == []

    def test_of_a_facilitators_substitute_is_given_on_the_heads_word(self) -> None:
        """APP-1: the Secretariat's own are appointed by its head."""
        post = a_post("KG.fac", Seat.SUBSTITUTE)
        head = somebody({Role.HEAD}, authority=Authority.SOF)
        leader = somebody({Role.LGM}, authority=Authority.KP)

        assert may_appoint(head, OF_THE_POLICE, post, committee=KG5)
        assert not may_appoint(leader, OF_THE_POLICE, post, committee=KG5)

    def test_of_the_head_is_given_on_the_steering_groups_word(self) -> None:
        """APP-1: SG appoints and hires the head of secretariat."""
        code = CommitteeCode("SG")
        post = Post(holding=Holding.SEAT, committee=code, seat=Seat.CHAIR, slot="SG.7")
        committee = replace(KG5, code=code, type=CommitteeType.STEERING, areas=())
        steering = somebody({Role.SGM}, authority=Authority.BUF)

        assert may_appoint(steering, OF_THE_POLICE, post, committee=committee)
        assert not may_appoint(somebody({Role.CGM}), OF_THE_POLICE, post, committee=committee)


class TestALeader:
    @pytest.mark.parametrize("authority", Authority)
    def test_sees_to_the_gaps_of_their_own_authority_where_they_lead(
        self, authority: Authority
    ) -> None:
        """REP-2."""
        leader = somebody({Role.LGM}, authority=Authority.KP)
        there = replace(KG5, areas=(AreaCode("VAN"),))

        assert appoints(leader, authority, KG5) is (authority is Authority.KP)
        assert not appoints(leader, authority, there)


class TestChanges:
    def test_are_what_was_taken_and_what_was_given_with_by_and_at(self) -> None:
        old, new, stays = a_seat("KG.5"), a_seat("KG.6"), a_seat("KG.opt")
        found = changes([old, stays], [stays, new], by=BY, at=AT)

        assert [(each.slot, each.given) for each in found] == [("KG.5", False), ("KG.6", True)]
        assert {(each.by, each.at) for each in found} == {(BY, AT)}

    @given(st.sets(st.sampled_from(sorted(slot_codes(KG5.type)))))
    def test_of_nothing_are_none_and_of_all_are_all(self, slots: set[str]) -> None:
        seats = [a_seat(slot) for slot in slots]

        assert changes(seats, seats, by=None, at=AT) == []
        assert {each.slot for each in changes([], seats, by=None, at=AT)} == slots
        assert all(not each.given for each in changes(seats, [], by=None, at=AT))
