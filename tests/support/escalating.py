"""An alert that escalates in a test: the ladders of all authorities, carried out as told."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from domain.alerts import QUORUM, Quorum, Recipient, Reply, Via, Why
from domain.escalation import (
    LADDER,
    Ask,
    Candidate,
    Climbed,
    Decision,
    Reason,
    Rung,
    Snapshot,
    Step,
    added,
    begin,
)
from domain.next_step import next_step
from domain.notices import Tier
from domain.people import AreaCode, Authority, PersonId
from tests.support.examples import MONDAY_NOON

ALERT = UUID("a0000000-0000-4000-8000-000000000007")
TICK = timedelta(seconds=2)
VALBY, VANLOESE = AreaCode("VAL"), AreaCode("VAN")
DORTE, DENNIS = PersonId("dorte"), PersonId("dennis")


def of(authority: Authority, who: str) -> PersonId:
    """Name somebody of an authority, such as `BUF leader`."""
    return PersonId(f"{authority} {who}")


def stands_in(
    authority: Authority,
    who: str,
    *,
    area: AreaCode = VALBY,
    instead_of: Sequence[str] = (),
    leads: bool = True,
) -> Candidate:
    return Candidate(
        person=of(authority, who),
        authority=authority,
        areas=frozenset({area}),
        instead_of=frozenset(of(authority, each) for each in instead_of),
        leads=leads,
    )


def frozen(
    *,
    leaders: Sequence[str] = ("leader",),
    substitutes: Sequence[str] | None = None,
    managers: Sequence[str] = ("manager",),
    quorum: Quorum = QUORUM,
    ladder: tuple[Step, ...] = LADDER,
    left_at: datetime = MONDAY_NOON,
    candidates: Sequence[Candidate] = (),
) -> Snapshot:
    """Freeze an alert in Valby: in each authority a leader, two substitutes and a manager."""
    names = ("first", "second") if substitutes is None else substitutes
    return Snapshot(
        left_at=left_at,
        areas=frozenset({VALBY}),
        quorum=quorum,
        ladder=ladder,
        asked={each: tuple(of(each, who) for who in leaders) for each in Authority},
        substitutes={
            each: (
                *(stands_in(each, who) for who in names),
                *(one for one in candidates if one.authority is each),
            )
            for each in Authority
        },
        managers={each: tuple(of(each, who) for who in managers) for each in Authority},
        phone_keepers=(DORTE, DENNIS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log: which ladder did what, why and when."""

    number: int
    at: datetime
    authority: Authority
    reason: Reason
    ask: Ask


@dataclass(kw_only=True)
class Escalating:
    """What the house does with the rules, without the house: a lock, a clock and a ticker."""

    snapshot: Snapshot
    away: set[PersonId] = field(default_factory=set)
    paused_until: datetime | None = None
    now: datetime = field(init=False)
    recipients: dict[PersonId, Recipient] = field(init=False)
    ladders: dict[Authority, Climbed] = field(init=False)
    log: list[Entry] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.now = self.snapshot.left_at
        self.recipients = {
            person: _asked(person, authority, at=self.now)
            for authority, people in self.snapshot.asked.items()
            for person in people
        }
        self.ladders = {each: begin(self.snapshot, each) for each in self.snapshot.authorities()}
        self.looks()

    def adds(self, person: PersonId, authority: Authority) -> None:
        """Let somebody be among the recipients whose answer does not count."""
        self.recipients[person] = replace(
            _asked(person, authority, at=self.now), quorum=False, tier=Tier.ALERT_GROUPS
        )

    def forward(self, *, minutes: float) -> None:
        """Let time pass, with the ticker ticking."""
        until = self.now + timedelta(minutes=minutes)
        while self.now < until:
            self.now = min(self.now + TICK, until)
            self.ticks()

    def ticks(self) -> None:
        """Look at the ladders on which something is due."""
        for authority, climbed in self.ladders.items():
            if climbed.next_at is not None and climbed.next_at <= self.now:
                self.looks(authority)

    def answers(self, person: PersonId, reply: Reply) -> None:
        row = self.recipients[person]
        self.recipients[person] = replace(
            row, reply=reply, replied_at=self.now, via=Via.TEAMS, via_person=person
        )
        self.looks(row.authority)

    def goes(self, *people: PersonId) -> None:
        """Let people be away from now on, or have left for good."""
        self.away |= set(people)
        self.looks()

    def looks(self, *authorities: Authority) -> None:
        """Carry out all that the ladders say now."""
        for each in authorities or tuple(self.ladders):
            while (decision := self.decides(each)).ask is not None:
                self.carries_out(decision, decision.ask)
            self.ladders[each] = decision.climbed

    def decides(self, authority: Authority) -> Decision:
        return next_step(
            snapshot=self.snapshot,
            climbed=self.ladders[authority],
            recipients=tuple(self.recipients.values()),
            unavailable=frozenset(self.away),
            paused_until=self.paused_until,
            now=self.now,
        )

    def told(self, authority: Authority) -> list[tuple[float, Reason, tuple[PersonId, ...]]]:
        """Tell the log of one authority, its times as minutes since the alert left."""
        return [
            (
                (each.at - self.snapshot.left_at) / timedelta(minutes=1),
                each.reason,
                each.ask.people,
            )
            for each in self.log
            if each.authority is authority
        ]

    def asked(self, authority: Authority, rung: Rung) -> list[PersonId]:
        return [
            person
            for each in self.log
            if each.authority is authority and each.ask.rung is rung
            for person in each.ask.people
        ]

    def carries_out(self, decision: Decision, ask: Ask) -> None:
        authority = decision.climbed.authority
        for row in added(
            decision,
            alert=ALERT,
            snapshot=self.snapshot,
            recipients=tuple(self.recipients.values()),
            now=self.now,
        ):
            assert row.person not in self.recipients
            self.recipients[row.person] = row
        self.ladders[authority] = decision.climbed
        self.log.append(
            Entry(
                number=next(self._numbers),
                at=self.now,
                authority=authority,
                reason=decision.reason,
                ask=ask,
            )
        )


def _asked(person: PersonId, authority: Authority, *, at: datetime) -> Recipient:
    return Recipient(
        alert=ALERT,
        person=person,
        authority=authority,
        areas=frozenset({VALBY}),
        tier=Tier.ALERT_LEADERS,
        why=Why.AUDIENCE,
        added_at=at,
    )
