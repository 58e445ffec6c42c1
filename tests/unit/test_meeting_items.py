"""Points of an agenda: what a proposal must say, and what becomes of one."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.agendas import fit, not_qualified, reordered
from domain.errors import RuleBroken
from domain.meeting_items import (
    ItemState,
    MeetingItem,
    lacks,
    needs_proposal,
    read_recommendations,
)
from domain.papers import ItemKind, ProposalPart
from domain.people import CommitteeCode, CommitteeType, PersonId

WHOLE = dict.fromkeys(ProposalPart, "at det godkendes")
STEERING = CommitteeType.STEERING


def an_item(number: int = 1) -> MeetingItem:
    return MeetingItem(
        id=UUID(int=number),
        committee=CommitteeCode("SG"),
        meeting=UUID(int=99),
        kind=ItemKind.DECISION,
        title="Folder",
        proposal=WHOLE,
        proposed_by=PersonId("lars"),
        proposed_at=datetime(2026, 3, 2, 11, tzinfo=UTC),
    )


class TestAProposal:
    @pytest.mark.parametrize(
        ("said", "read"),
        [
            ("at folderen godkendes", "at folderen godkendes"),
            ("1. at a\n2) At b\n- AT  c", "at a\nat b\nat c"),
            ("SSP Sekretariatet indstiller, at a\nat b", "at a\nat b"),
            ("Sekretariatet indstiller:\n1. at a", "at a"),
        ],
    )
    def test_recommends_that_something_is_done(self, said: str, read: str) -> None:
        """MTG-24: at least one recommendation, each beginning with »at«."""
        assert read_recommendations(said) == read

    @pytest.mark.parametrize(
        "said", ["", "  \n", "Godkend den", "at", "at a\nog b", "attest", "Vi indstiller,"]
    )
    def test_is_none_without_that(self, said: str) -> None:
        """MTG-24."""
        with pytest.raises(RuleBroken, match="no_recommendation"):
            read_recommendations(said)

    @pytest.mark.parametrize("part", ProposalPart)
    def test_leaves_nothing_of_its_template_out(self, part: ProposalPart) -> None:
        """SGF-6, SGF-8: the chefgruppe's involvement is as mandatory as the rest."""
        item = replace(an_item(), proposal={**WHOLE, part: " "})

        assert lacks(item, STEERING) == (part,)
        assert fit([replace(item, state=ItemState.ACCEPTED)], STEERING) == []
        with pytest.raises(RuleBroken, match="not_complete"):
            item.accepted(committee=STEERING, position=1)

    def test_is_asked_for_where_the_steering_group_takes_a_position(self) -> None:
        """SGF-6: not for orientations, and of no other committee."""
        needed = {
            (committee, kind)
            for committee in CommitteeType
            for kind in ItemKind
            if needs_proposal(committee, kind)
        }

        assert needed == {(STEERING, ItemKind.DECISION), (STEERING, ItemKind.DISCUSSION)}
        assert lacks(replace(an_item(), proposal={}, sudden=True), STEERING) == ()


class TestAnItem:
    def test_goes_back_and_is_accepted_when_mended(self) -> None:
        back = an_item().sent_back(" Skriv hvem der betaler ")

        assert back.returned == "Skriv hvem der betaler"
        assert back.accepted(committee=STEERING, position=3).returned == ""

    def test_is_accepted_once(self) -> None:
        on = an_item().accepted(committee=STEERING, position=1)

        with pytest.raises(RuleBroken, match="answered"):
            on.accepted(committee=STEERING, position=2)

    def test_is_accepted_anew_at_another_meeting(self) -> None:
        on = an_item().accepted(committee=STEERING, position=1)

        assert on.moved(UUID(int=7)).state is ItemState.PROPOSED
        assert an_item().sent_back("nej").moved(UUID(int=7)).state is ItemState.RETURNED

    def test_that_was_withdrawn_stays_so(self) -> None:
        with pytest.raises(RuleBroken, match="withdrawn"):
            an_item().withdrawn().sent_back("nej")


class TestAnAgenda:
    def test_is_put_in_order_one_place_at_a_time(self) -> None:
        items = [an_item(n) for n in (1, 2, 3)]

        assert reordered(items, UUID(int=3), by=-1) == [UUID(int=n) for n in (1, 3, 2)]
        assert reordered(items, UUID(int=3), by=1) == [UUID(int=n) for n in (1, 2, 3)]
        assert reordered(items, UUID(int=9), by=1) == [UUID(int=n) for n in (1, 2, 3)]

    def test_warns_of_what_the_managers_group_has_not_had(self) -> None:
        """SGF-7, SGF-11: not of orientations, nor of what came up suddenly."""
        items = [
            an_item(1),
            an_item(2),
            replace(an_item(3), kind=ItemKind.ORIENTATION),
            replace(an_item(4), sudden=True),
        ]
        theirs = [replace(an_item(11), prepares=UUID(int=2))]
        given_back = [replace(each, state=ItemState.RETURNED) for each in theirs]

        assert not_qualified(items, theirs) == [items[0]]
        assert not_qualified(items, given_back) == items[:2]
