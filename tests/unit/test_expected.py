"""Who is expected at a meeting, slot by slot, and what is short (REP-1, MTG-25)."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.committee_meetings import Invitation, Reply
from domain.expected import ExpectedSlot, Seated, expected, seated
from domain.people import Committee, CommitteeCode, CommitteeType, PersonId
from domain.representation import required_slots

GROUP = Committee(code=CommitteeCode("KG5"), type=CommitteeType.COORDINATION, name="KG5")
SLOTS = required_slots(GROUP, ())


def asked(
    person: str, slot: str, reply: Reply = Reply.ASKED, *, instead_of: str | None = None
) -> Invitation:
    return Invitation(
        meeting=UUID(int=1),
        person=PersonId(person),
        slot=slot,
        reply=reply,
        stands_for=None if instead_of is None else PersonId(instead_of),
        asked_at=datetime(2027, 1, 1, tzinfo=UTC),
    )


def police(*invitations: Invitation) -> ExpectedSlot:
    [found] = [each for each in expected(SLOTS, invitations) if each.code == "KG.5"]
    return found


class TestASlot:
    @pytest.mark.parametrize(
        ("reply", "short"),
        [
            (Reply.ASKED, 0),
            (Reply.COMING, 0),
            (Reply.SUBSTITUTE, 1),
            (Reply.DECLINED, 1),
        ],
    )
    def test_is_short_once_its_only_member_declines(self, reply: Reply, short: int) -> None:
        """Nobody is missing before they have said so."""
        assert police(asked("carl", "KG.5", reply)).short == short

    @pytest.mark.parametrize("reply", Reply)
    def test_is_filled_by_a_substitute_who_comes_and_by_no_other(self, reply: Reply) -> None:
        found = police(
            asked("carl", "KG.5", Reply.SUBSTITUTE),
            asked("per", "KG.5", reply, instead_of="carl"),
        )

        assert (found.coming, found.short) == ((1, 0) if reply is Reply.COMING else (0, 1))

    def test_is_not_filled_twice_by_a_member_and_their_substitute(self) -> None:
        found = police(
            asked("carl", "KG.5", Reply.COMING),
            asked("per", "KG.5", Reply.COMING, instead_of="carl"),
        )

        assert (found.coming, found.seated) == (1, 1)

    def test_that_nobody_holds_is_missing_in_the_register_and_not_here(self) -> None:
        """REP-1: composition is one report, attendance another; there is no quorum."""
        found = expected(SLOTS, [asked("carl", "KG.5")])

        assert [each.code for each in found] == ["KG.5"]

    def test_beyond_the_minimum_is_never_short(self) -> None:
        [found] = expected(SLOTS, [asked("bente", "KG.opt", Reply.DECLINED)])

        assert (found.least, found.short, found.empty) == (0, 0, 1)


class TestWhoIsSeated:
    def test_is_named_with_who_comes_instead(self) -> None:
        """The one who declined is passed over, and who comes is named before who is asked."""
        found = seated(
            [
                asked("carl", "KG.5", Reply.SUBSTITUTE),
                asked("ole", "KG.5", Reply.DECLINED, instead_of="carl"),
                asked("pia", "KG.5", instead_of="carl"),
                asked("per", "KG.5", Reply.COMING, instead_of="carl"),
            ]
        )

        assert found == (
            Seated(
                slot="KG.5",
                person=PersonId("carl"),
                reply=Reply.SUBSTITUTE,
                stand_in=PersonId("per"),
                stand_in_comes=True,
            ),
        )

    @pytest.mark.parametrize(("reply", "instead"), [(Reply.ASKED, "per"), (Reply.DECLINED, None)])
    def test_has_nobody_coming_while_the_substitute_has_not_said_so(
        self, reply: Reply, instead: str | None
    ) -> None:
        [carl] = seated(
            [
                asked("carl", "KG.5", Reply.SUBSTITUTE),
                asked("per", "KG.5", reply, instead_of="carl"),
            ]
        )

        assert (carl.stand_in, carl.stand_in_comes) == (instead, False)
