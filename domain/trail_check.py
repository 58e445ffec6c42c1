"""Whether the audit chain is whole, and if not, where it broke and how (concern.md §5.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from domain.anchors import Anchor
from domain.anchors import read as read_anchor
from domain.trail import BEGINNING, ChainKey, Checkpoint, Head, Link, read


class Harm(StrEnum):
    """What can have been done to a chain."""

    EDITED = "edited"  # the event or its seal is not what was written
    COLUMN = "column"  # a copy to look up by does not say what the event says
    MISSING = "missing"  # links between others are gone
    REORDERED = "reordered"  # a link stands where another belongs
    COPIED = "copied"  # a link stands in its place, and once more
    FORGED = "forged"  # added without the key
    TRUNCATED = "truncated"  # the end is gone: an anchor has seen a later link
    WIPED = "wiped"  # nothing is left
    REBUILT = "rebuilt"  # written anew with the key: an anchor or a neighbour has seen another
    ANCHOR = "anchor"  # a line among the anchors is not ours; the number is the line's
    CHECKPOINT = "checkpoint"  # what a trim left is not signed by our key
    BEFORE = "before"  # what was audited before there was a chain has been changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One place where the chain does not hold; `last` is where a row of missing links ends."""

    harm: Harm
    seq: int
    last: int

    def __str__(self) -> str:
        return f"{self.harm}:{self.seq}" + (f"-{self.last}" if self.last > self.seq else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check of the whole chain came to.

    `known` are breaks that an operator has accepted; `anchored` is the last number an anchor
    speaks of, None without anchors: then a missing end cannot be noticed.
    """

    links: int
    head: Head
    breaks: Sequence[Break]
    known: Sequence[Break]
    anchored: int | None

    @property
    def holds(self) -> bool:
        return not self.breaks


class Anchors:
    """What the anchor lines say about one chain, as far as later ones let them."""

    def __init__(self, lines: Iterable[str], *, keys: Mapping[int, ChainKey]) -> None:
        self.macs: dict[int, bytes] = {}
        self.accepted: set[str] = set()
        self.breaks: list[Break] = []
        for number, line in enumerate(lines, start=1):
            try:
                self._take(read_anchor(line, keys=keys))
            except ValueError:
                self.breaks.append(broken(Harm.ANCHOR, number))

    @property
    def last(self) -> int | None:
        return max(self.macs, default=None)

    def _take(self, anchor: Anchor) -> None:
        if anchor.accepted is not None:
            self.accepted |= anchor.accepted
            self.macs = {seq: mac for seq, mac in self.macs.items() if seq <= anchor.head.seq}
        self.macs[anchor.head.seq] = anchor.head.mac


class Check:
    """Takes the links of a chain in the order of their numbers, and tells what is wrong.

    A link that does not hold makes no noise about those after it: what is compared next is what
    stands there now.
    """

    def __init__(
        self,
        *,
        keys: Mapping[int, ChainKey],
        anchors: Anchors,
        checkpoint: Checkpoint | None = None,
    ) -> None:
        self._keys = keys
        self._anchors = anchors
        self._breaks = list(anchors.breaks)
        self._last = BEGINNING if checkpoint is None else checkpoint.through
        self._trimmed = self._last.seq
        self._links = 0
        self._troubled: set[int] = set()
        self._altered: list[int] = []  # seals that do not fit: edited, or never ours
        self._genuine = 0  # the last number that was certainly written by us
        if checkpoint is not None and not self._signed(checkpoint):
            self._break(Harm.CHECKPOINT, checkpoint.through.seq)

    def take(self, link: Link) -> None:
        """Look at the next link."""
        self._links += 1
        if link.seq > self._last.seq + 1:
            self._break(Harm.MISSING, self._last.seq + 1, last=link.seq - 1)
        key = self._keys.get(link.key_version)
        if key is None or not key.closed(link):
            self._altered.append(link.seq)
            self._troubled.add(link.seq)
        else:
            self._take_genuine(link)
        self._last = link.head

    def add(self, found: Break) -> None:
        """Add what somebody else has found."""
        self._breaks.append(found)

    def finish(self, *, begun: bool) -> Verdict:
        """Say what came of it.

        :param begun: whether there has ever been a chain; one that never began is whole.
        """
        seen = max(self._genuine, self._anchors.last or 0)
        for seq in self._altered:
            self._break(Harm.EDITED if seq <= seen else Harm.FORGED, seq)
        if (anchored := self._anchors.last) is not None and self._last.seq < anchored:
            self._break(
                Harm.TRUNCATED if self._links else Harm.WIPED, self._last.seq + 1, last=anchored
            )
        elif begun and not self._links:
            self._break(Harm.WIPED, self._last.seq + 1)
        found = sorted(self._breaks, key=lambda each: (each.seq, each.harm))
        return Verdict(
            links=self._links,
            head=self._last,
            breaks=[each for each in found if str(each) not in self._anchors.accepted],
            known=[each for each in found if str(each) in self._anchors.accepted],
            anchored=self._anchors.last,
        )

    def _take_genuine(self, link: Link) -> None:
        said = read(link.event)
        if said.seq != link.seq:
            self._break(Harm.COPIED if self._stands(said.seq) else Harm.REORDERED, link.seq)
            return
        self._genuine = link.seq
        if (said.key_version, said.event.at, said.event.about) != (
            link.key_version,
            link.at,
            link.about,
        ):
            self._break(Harm.COLUMN, link.seq)
        follows = self._last.seq == link.seq - 1 and self._last.seq not in self._troubled
        anchored = self._anchors.macs.get(link.seq, link.mac)
        if not compare_digest(anchored, link.mac) or (
            follows and not compare_digest(link.prev, self._last.mac)
        ):
            self._break(Harm.REBUILT, link.seq)

    def _stands(self, seq: int) -> bool:
        """Tell whether the link of this number was found where it belongs."""
        gone = any(each.seq <= seq <= each.last for each in self._breaks)
        return self._trimmed < seq <= self._last.seq and seq not in self._troubled and not gone

    def _signed(self, checkpoint: Checkpoint) -> bool:
        key = self._keys.get(checkpoint.key_version)
        return key is not None and checkpoint.holds(key)

    def _break(self, harm: Harm, seq: int, *, last: int | None = None) -> None:
        self._troubled.add(seq)
        self._breaks.append(broken(harm, seq, last=last))


def broken(harm: Harm, seq: int, *, last: int | None = None) -> Break:
    """Name a break at one place, or from there to `last`."""
    return Break(harm=harm, seq=seq, last=seq if last is None else last)
