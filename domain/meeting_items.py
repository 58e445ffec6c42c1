"""Points of an agenda: proposed by a member, answered by who keeps the agenda (SGF-2, SGF-6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.papers import Annex, ItemKind, ProposalPart
from domain.people import CommitteeCode, CommitteeType, PersonId

NO_PROPOSAL: Mapping[ProposalPart, str] = MappingProxyType({})
_NUMBERED = re.compile(r"(?:[0-9]{1,2}[.)]|[-•–]|\*) ?")
_LEADS_IN = re.compile(r".{0,200}?\bindstiller\b ?[,:]? ?", re.IGNORECASE)
_SAYS_THAT = re.compile(r"at \S", re.IGNORECASE)


class ItemState(StrEnum):
    PROPOSED = "proposed"  # who keeps the agenda is to answer
    ACCEPTED = "accepted"  # on the agenda of its meeting
    RETURNED = "returned"  # back to who proposed it, with words
    WITHDRAWN = "withdrawn"  # by who proposed it


LIVE = frozenset({ItemState.PROPOSED, ItemState.ACCEPTED, ItemState.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemComment:
    """What somebody said about an item before the final agenda (SGF-2)."""

    by: PersonId
    name: str = field(repr=False)
    at: datetime
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingItem:
    """Something a committee is to take up.

    :param meeting: where it is taken up; None while no meeting is known.
    :param proposal: the written proposal (indstilling), by the headings of its template.
    :param returned: why it went back to who proposed it, or to another meeting.
    :param because: why the chair let it in after the final agenda (SGF-5).
    :param prepares: the steering group's item that the managers' group is to qualify (SGF-7).
    """

    id: UUID
    committee: CommitteeCode
    meeting: UUID | None
    position: int = 0
    kind: ItemKind
    state: ItemState = ItemState.PROPOSED
    sudden: bool = False
    title: str = field(repr=False)
    words: str = field(default="", repr=False)
    proposal: Mapping[ProposalPart, str] = field(default_factory=lambda: NO_PROPOSAL, repr=False)
    annexes: tuple[Annex, ...] = ()
    returned: str = field(default="", repr=False)
    because: str = field(default="", repr=False)
    prepares: UUID | None = None
    comments: tuple[ItemComment, ...] = ()
    proposed_by: PersonId
    proposed_at: datetime
    version: int = 1

    def accepted(self, *, committee: CommitteeType, position: int) -> Self:
        """Put it on the agenda.

        :raises RuleBroken: `item.not_complete` (SGF-6, SGF-8), `item.answered`.
        """
        if self.state not in {ItemState.PROPOSED, ItemState.RETURNED}:
            raise RuleBroken("item.answered")
        if lacks(self, committee):
            raise RuleBroken("item.not_complete")
        return replace(self, state=ItemState.ACCEPTED, position=position, returned="")

    def sent_back(self, words: str) -> Self:
        """Return it to who proposed it.

        :raises RuleBroken: `item.withdrawn`
        """
        self.must_be_live()
        return replace(self, state=ItemState.RETURNED, returned=words.strip(), position=0)

    def moved(self, meeting: UUID | None) -> Self:
        """Take it to another meeting, where it is to be accepted anew."""
        state = ItemState.PROPOSED if self.state is ItemState.ACCEPTED else self.state
        return replace(self, meeting=meeting, state=state, position=0)

    def withdrawn(self) -> Self:
        self.must_be_live()
        return replace(self, state=ItemState.WITHDRAWN, position=0)

    def must_be_live(self) -> None:
        if self.state not in LIVE:
            raise RuleBroken("item.withdrawn")


def needs_proposal(committee: CommitteeType, kind: ItemKind) -> bool:
    """Whether a written proposal is required: the steering group takes a position (SGF-6)."""
    return committee is CommitteeType.STEERING and kind is not ItemKind.ORIENTATION


def lacks(item: MeetingItem, committee: CommitteeType) -> tuple[ProposalPart, ...]:
    """Name the headings of the required proposal that nothing is written under (SGF-6, SGF-8).

    What the chair lets in at the last moment needs a reason instead (SGF-5).
    """
    if item.sudden or not needs_proposal(committee, item.kind):
        return ()
    return tuple(part for part in ProposalPart if not item.proposal.get(part, "").strip())


def read_recommendations(text: str) -> str:
    """Read what is recommended, one a line, each beginning with »at« (MTG-24).

    »… indstiller, at …« on the first line is taken as said: the template says it by itself.

    :raises RuleBroken: `item.no_recommendation`
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [_without(_NUMBERED, line) for line in lines if line]
    if lines:
        lines[0] = _without(_NUMBERED, _without(_LEADS_IN, lines[0]))
    lines = [line for line in lines if line]
    if not lines or not all(_SAYS_THAT.match(line) for line in lines):
        raise RuleBroken("item.no_recommendation")
    return "\n".join(f"at{line[2:]}" for line in lines)


def _without(beginning: re.Pattern[str], line: str) -> str:
    found = beginning.match(line)
    return line[found.end() :] if found else line


def in_order(items: list[MeetingItem]) -> list[MeetingItem]:
    """Put what is on the agenda in its order, and after it what was proposed last."""
    on = ItemState.ACCEPTED
    return sorted(items, key=lambda each: (each.state is not on, each.position, each.proposed_at))
