"""Decide who is asked next when an authority stays silent; a pure function (BER-25 to 32)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.alerts import Recipient, Reply, Why, joining
from domain.escalation import (
    IN_VAIN,
    Ask,
    Candidate,
    Climbed,
    Decision,
    Reason,
    Rung,
    Snapshot,
    Unavailable,
)
from domain.people import PersonId

_UNDECIDED = frozenset({None, Reply.RECEIVED})
_Found = tuple[Reason, tuple[PersonId, ...], Mapping[PersonId, PersonId]]


def next_step(
    *,
    snapshot: Snapshot,
    climbed: Climbed,
    recipients: Sequence[Recipient],
    unavailable: Unavailable,
    now: datetime,
    paused_until: datetime | None = None,
) -> Decision:
    """Decide what one authority's ladder does now: at most one thing, and why.

    It is asked when the alert is activated, after each reply, and when `next_at` is past; each
    time until it asks for nothing more. Same arguments, same answer: whoever carries it out
    compares what they read of `climbed` under a lock, and so nothing is done twice.

    A step is due at its time; at once when the rung before was climbed in vain, or when nobody
    of the authority can still say yes. A pause puts off what falls due in it, and all that
    follows by as much. Who is away or asks for their substitute is replaced without waiting,
    in a pause too: that is no step of the ladder.

    :param climbed: where the ladder of this authority stands.
    :param recipients: all of the alert, in the order they were added; those of other
        authorities change nothing.
    :param paused_until: also when it is past: it says when what was put off became due.
    """
    look = _Look.at(snapshot, climbed, recipients, unavailable)
    if look.is_met:
        met = replace(climbed, met_at=climbed.met_at or now, next_at=None)
        return Decision(ask=None, climbed=met, reason=Reason.QUORUM_MET)
    climbed = _resumed(snapshot, climbed, now=now)
    if heads := look.to_pass_on():
        return _pass_on(look, climbed, heads, now=now)
    if climbed.next_at is None:
        over = Reason.LADDER_ENDED if climbed.taken else Reason.NO_LADDER
        return Decision(ask=None, climbed=climbed, reason=over)
    if paused_until is not None and now < paused_until:
        return Decision(ask=None, climbed=climbed, reason=Reason.PAUSED)
    due_at = max(climbed.next_at, paused_until or climbed.next_at)
    if now < due_at and look.waits:
        return Decision(ask=None, climbed=climbed, reason=Reason.NOT_DUE)
    return _climb(look, climbed, due_at=due_at, now=now)


def _resumed(snapshot: Snapshot, climbed: Climbed, *, now: datetime) -> Climbed:
    """Go on where the quorum was met and is not any more: no earlier than now."""
    if climbed.met_at is None:
        return climbed
    return taken_up(snapshot, replace(climbed, met_at=None), now=now)


def taken_up(snapshot: Snapshot, climbed: Climbed, *, now: datetime) -> Climbed:
    """Go on with a ladder that had ended, where steps are left and the quorum is not met."""
    ladder = snapshot.ladder_of(climbed.authority)
    if climbed.met_at is not None or climbed.taken >= len(ladder):
        return climbed
    planned = snapshot.left_at + ladder[climbed.taken].after
    return replace(climbed, next_at=max(planned, now))


def _pass_on(
    look: "_Look", climbed: Climbed, heads: Sequence[PersonId], *, now: datetime
) -> Decision:
    """Replace who is away or has asked for it; the ladder stays where it is."""
    _, people, instead_of = look.substitutes(heads)
    ask = Ask(
        rung=Rung.SUBSTITUTES, people=people, due_at=now, late=timedelta(), instead_of=instead_of
    )
    alone = climbed.nobody_for | (set(heads) - set(instead_of.values()))
    return Decision(
        ask=ask,
        climbed=replace(climbed, nobody_for=alone),
        reason=Reason.PASSED_ON if people else Reason.NO_SUBSTITUTE,
    )


def _climb(look: "_Look", climbed: Climbed, *, due_at: datetime, now: datetime) -> Decision:
    """Take the next step; `due_at` is in the future when nobody is waited for."""
    ladder, left_at = look.snapshot.ladder_of(climbed.authority), look.snapshot.left_at
    step, following = ladder[climbed.taken], ladder[climbed.taken + 1 :]
    reason, people, instead_of = look.take(step.rung)
    since = min(due_at, now)
    next_at = None
    if following:
        put_off = max(due_at - left_at - step.after, timedelta())
        next_at = left_at + following[0].after + put_off
        if reason in IN_VAIN:
            next_at = min(next_at, now)
    return Decision(
        ask=Ask(
            rung=step.rung, people=people, due_at=since, late=now - since, instead_of=instead_of
        ),
        climbed=replace(climbed, taken=climbed.taken + 1, next_at=next_at),
        reason=reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One authority as it stands: who was asked, and what they answered."""

    snapshot: Snapshot
    climbed: Climbed
    rows: Mapping[PersonId, Recipient]  # of the authority
    unavailable: Unavailable

    @classmethod
    def at(
        cls,
        snapshot: Snapshot,
        climbed: Climbed,
        recipients: Iterable[Recipient],
        unavailable: Unavailable,
    ) -> "_Look":
        rows = {each.person: each for each in recipients if each.authority is climbed.authority}
        return cls(snapshot=snapshot, climbed=climbed, rows=rows, unavailable=unavailable)

    @property
    def is_met(self) -> bool:
        """Whether enough are joining; where nobody must, the first who joins is enough."""
        return self.missing <= 0

    @property
    def missing(self) -> int:
        """How many more must be joining."""
        authority = self.climbed.authority
        needed = max(self.snapshot.quorum.get(authority, 0), 1)
        return needed - joining(tuple(self.rows.values()))[authority]

    @property
    def counted(self) -> list[PersonId]:
        """Those whose answer counts, in the order they were asked."""
        added = [each.person for each in self.rows.values() if each.quorum]
        return list(dict.fromkeys((*self._asked, *added)))

    @property
    def waits(self) -> bool:
        """Whether somebody can still say yes, who is there and has not said no."""
        return any(
            self._reply(each) in _UNDECIDED and not self._is_out(each) for each in self.counted
        )

    @property
    def replaced(self) -> frozenset[PersonId]:
        return frozenset(each.stands_for for each in self.rows.values() if each.stands_for)

    def to_pass_on(self) -> list[PersonId]:
        """List who is away or wants their substitute, and has none yet."""
        done = self.replaced | self.climbed.nobody_for
        everybody = dict.fromkeys((*self.counted, *self.rows))
        return [each for each in everybody if self._is_out(each) and each not in done]

    def take(self, rung: Rung) -> _Found:
        match rung:
            case Rung.REPEAT:
                return self._repeat()
            case Rung.SUBSTITUTES:
                return self._all_substitutes()
            case Rung.MANAGER:
                return self._managers()
            case Rung.CALL_LIST:
                return self._call_list()

    def substitutes(self, heads: Sequence[PersonId | None]) -> _Found:
        """Find a substitute for each who has one; None is for nobody in particular."""
        found: dict[PersonId, PersonId | None] = {}
        for head in heads:
            if (person := self._substitute(head, but=found)) is not None:
                found[person] = head
        reason = Reason.SUBSTITUTES_ASKED if found else Reason.NO_SUBSTITUTE
        return reason, tuple(found), {new: head for new, head in found.items() if head}

    def _repeat(self) -> _Found:
        silent = [
            each
            for each in self.counted
            if self._reply(each) is None and each not in self.unavailable
        ]
        return (Reason.REPEATED if silent else Reason.NOBODY_SILENT), tuple(silent), {}

    def _all_substitutes(self) -> _Found:
        """Replace everybody who is not joining; and find more when that is too few."""
        heads = [
            each
            for each in self.counted
            if self._reply(each) is not Reply.JOINING and each not in self.replaced
        ]
        more = max(self.missing - len(heads), 0)
        return self.substitutes([*heads, *[None] * more])

    def _managers(self) -> _Found:
        managers = self.snapshot.managers.get(self.climbed.authority, ())
        if free := tuple(each for each in managers if self._is_free(each)):
            return Reason.MANAGER_ASKED, free, {}
        _, people, instead_of = self.substitutes(
            [each for each in managers if each in self.unavailable]
        )
        return (Reason.MANAGER_ASKED if people else Reason.NO_MANAGER), people, instead_of

    def _call_list(self) -> _Found:
        """Tell those of the Secretariat who are there; all of them before nobody."""
        keepers = self.snapshot.phone_keepers
        there = tuple(each for each in keepers if each not in self.unavailable)
        return Reason.CALL_LIST_SENT, there or keepers, {}

    def _substitute(self, head: PersonId | None, *, but: Collection[PersonId]) -> PersonId | None:
        """Choose by seat, then by area, then in the whole city (BER-27)."""
        ranked = {
            each.person: rank
            for each in self.snapshot.substitutes.get(self.climbed.authority, ())
            if each.person not in but
            and self._is_free(each.person)
            and (rank := self._rank(each, head)) is not None
        }
        return min(ranked, key=ranked.__getitem__, default=None)

    def _rank(self, candidate: Candidate, head: PersonId | None) -> int | None:
        """Rank who may be asked instead of somebody; None for who may not."""
        if self._origin(head) in candidate.instead_of:
            return 0
        if not (candidate.leads and self._leads(head)):
            return None
        row = self.rows.get(head) if head else None
        areas = (row.areas if row else frozenset()) or self.snapshot.areas
        return 1 if candidate.areas & areas else 2

    def _leads(self, head: PersonId | None) -> bool:
        """Whether any leader's substitute will do: not for managers, nor for those below."""
        row = self.rows.get(head) if head else None
        stands_in = row is not None and row.quorum and row.why is Why.SUBSTITUTE
        return head is None or stands_in or head in self._asked

    def _origin(self, head: PersonId | None) -> PersonId | None:
        """Follow a substitute back to whose seat it is about."""
        row = self.rows.get(head) if head else None
        return self._origin(row.stands_for) if row and row.stands_for else head

    @property
    def _asked(self) -> tuple[PersonId, ...]:
        return self.snapshot.asked.get(self.climbed.authority, ())

    def _is_free(self, person: PersonId) -> bool:
        return person not in self.rows and person not in self.unavailable

    def _is_out(self, person: PersonId) -> bool:
        reply = self._reply(person)
        return reply is Reply.SUBSTITUTE or (reply is None and person in self.unavailable)

    def _reply(self, person: PersonId) -> Reply | None:
        row = self.rows.get(person)
        return row.reply if row else None
