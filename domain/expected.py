"""Who is expected at a meeting, slot by slot: who comes, who has not said, and what is short."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.committee_meetings import Invitation, Reply
from domain.people import Authority, PersonId
from domain.representation import RequiredSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedSlot:
    """One slot of a committee at one meeting: numbers of people, and nobody's name.

    :param authority: whose slot it is; None for one that is no single authority's own.
    :param least: how many the slot asks for (domain.md §3); 0 beyond the minimum.
    :param seated: how many sit in it.
    :param substitutes: how many of those who come stand in for somebody.
    """

    code: str
    authority: Authority | None
    least: int
    seated: int
    coming: int
    substitutes: int
    unanswered: int

    @property
    def empty(self) -> int:
        """How many of its seats nobody will sit in, as far as one can know."""
        return self.seated - self.coming - self.unanswered

    @property
    def short(self) -> int:
        """How many are missing of the minimum, counting nobody who may still come.

        A seat that nobody holds is missing in the register (REP-2), not at this meeting: there
        is no quorum (REP-1).
        """
        return max(0, min(self.least, self.seated) - self.coming - self.unanswered)

    @property
    def unsure(self) -> int:
        """How many more of the minimum hang on people who have not answered."""
        return max(0, min(self.least, self.seated) - self.coming) - self.short


def expected(
    required: Sequence[RequiredSlot], invitations: Sequence[Invitation]
) -> tuple[ExpectedSlot, ...]:
    """Count who is expected in each slot that somebody sits in."""
    asks = {each.slot.code: each for each in required}
    own = [each for each in invitations if each.stands_for is None]
    stood_in_for = {
        each.stands_for for each in invitations if each.stands_for and each.reply is Reply.COMING
    }
    codes = [*asks, *sorted({each.slot for each in own} - asks.keys())]
    found: list[ExpectedSlot] = []
    for code in codes:
        seats = [each for each in own if each.slot == code]
        if not seats:
            continue
        away = {each.person for each in seats if each.reply in {Reply.SUBSTITUTE, Reply.DECLINED}}
        substitutes = len(away & stood_in_for)
        themselves = sum(each.reply is Reply.COMING for each in seats)
        slot = asks.get(code)
        found.append(
            ExpectedSlot(
                code=code,
                authority=None if slot is None else slot.slot.authority,
                least=0 if slot is None else slot.least,
                seated=len(seats),
                coming=themselves + substitutes,
                substitutes=substitutes,
                unanswered=sum(each.reply is Reply.ASKED for each in seats),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Somebody with a seat of their own at a meeting, and what they said.

    :param stand_in: who says that they come instead, or is asked to; None for nobody.
    """

    slot: str
    person: PersonId
    reply: Reply
    stand_in: PersonId | None = None
    stand_in_comes: bool = False


def seated(invitations: Sequence[Invitation]) -> tuple[Seated, ...]:
    """Name everybody with a seat of their own, with who stands in for them."""
    found: list[Seated] = []
    for own in invitations:
        if own.stands_for is not None:
            continue
        instead = stand_in_of(own.person, invitations)
        found.append(
            Seated(
                slot=own.slot,
                person=own.person,
                reply=own.reply,
                stand_in=None if instead is None else instead.person,
                stand_in_comes=instead is not None and instead.reply is Reply.COMING,
            )
        )
    return tuple(found)


def stand_in_of(member: PersonId, invitations: Sequence[Invitation]) -> Invitation | None:
    """Find who comes instead of somebody, or is asked to."""
    asked = [
        each
        for each in invitations
        if each.stands_for == member and each.reply in {Reply.COMING, Reply.ASKED}
    ]
    return min(asked, key=lambda each: each.reply is not Reply.COMING, default=None)
