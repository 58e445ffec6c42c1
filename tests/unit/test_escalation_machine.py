"""Escalation in any order of answers, ticks, absences, pauses and restarts (BER-25 to 32, 76)."""

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain.alerts import Reply
from domain.escalation import IN_VAIN, LADDER, Ask, Climbed, Decision, Reason, Rung, Snapshot
from domain.people import Authority, PersonId
from domain.year_plan_json import as_json, of_json
from tests.support.escalating import VANLOESE, Entry, Escalating, frozen, of, stands_in

MINE = (Authority.BUF, Authority.SOF, Authority.KFO)
QUORUM = {Authority.BUF: 1, Authority.SOF: 2}  # and nobody of the third must
CANDIDATES = [
    each
    for authority in MINE
    for each in (
        stands_in(authority, "own", instead_of=("leader",)),
        stands_in(authority, "elsewhere", area=VANLOESE),
        stands_in(authority, "under-manager", instead_of=("manager",), leads=False),
    )
]
NAMES = ("leader", "other", "own", "elsewhere", "first", "manager", "under-manager")
WHO = st.sampled_from([of(authority, name) for authority in MINE for name in NAMES])


@dataclass(kw_only=True)
class Watched(Escalating):
    """An alert that looks at each step before it is taken, and whether it was the last."""

    def carries_out(self, decision: Decision, ask: Ask) -> None:
        authority = decision.climbed.authority
        assert self.joining(authority) < max(QUORUM.get(authority, 0), 1), "the quorum is met"
        assert ask.due_at <= self.now
        assert ask.late == self.now - ask.due_at
        if ask.rung is Rung.REPEAT:
            assert all(self.recipients[each].reply is None for each in ask.people)
        if ask.rung in {Rung.SUBSTITUTES, Rung.MANAGER}:
            assert not self.recipients.keys() & set(ask.people), "already asked"
            assert all(each.startswith(f"{authority} ") for each in ask.people)
        if ask.rung is not Rung.CALL_LIST:
            assert not self.away & set(ask.people), "nobody who is away is asked"
        if climbs(decision, self.ladders[authority]):
            self._climbs(authority, ask)
        super().carries_out(decision, ask)

    def looks(self, *authorities: Authority) -> None:
        super().looks(*authorities)
        for each in authorities or tuple(self.ladders):
            again = self.decides(each)
            assert again.ask is None, "the same look must not ask twice"
            assert again.climbed == self.ladders[each]

    def joining(self, authority: Authority) -> int:
        return sum(
            each.reply is Reply.JOINING and each.quorum
            for each in self.recipients.values()
            if each.authority is authority
        )

    def _climbs(self, authority: Authority, ask: Ask) -> None:
        """A rung is climbed in its turn and not before its time, unless waiting is in vain."""
        taken = self.ladders[authority].taken
        assert authority in QUORUM
        assert ask.rung is LADDER[taken].rung, "none skipped and none twice"
        assert self.paused_until is None or self.paused_until <= self.now
        if self.now < self.snapshot.left_at + LADDER[taken].after:
            before = [each.reason for each in self.log if each.authority is authority]
            in_vain = bool(before) and before[-1] in IN_VAIN
            assert in_vain or not self._can_still_say_yes(authority)

    def _can_still_say_yes(self, authority: Authority) -> bool:
        return any(
            each.reply is Reply.RECEIVED or (each.reply is None and each.person not in self.away)
            for each in self.recipients.values()
            if each.authority is authority
        )


def climbs(decision: Decision, before: Climbed) -> bool:
    return decision.climbed.taken > before.taken


class Escalation(RuleBasedStateMachine):
    """Three authorities, of which one, two and none must be joining."""

    alert: Watched

    @initialize(
        away=st.sets(WHO, max_size=6),
        leaders=st.sampled_from([("leader",), ("leader", "other"), ()]),
        substitutes=st.sampled_from([(), ("first",)]),
    )
    def it_is_activated(
        self, away: set[PersonId], leaders: tuple[str, ...], substitutes: tuple[str, ...]
    ) -> None:
        self.alert = Watched(
            snapshot=frozen(
                leaders=leaders,
                substitutes=substitutes,
                candidates=CANDIDATES,
                quorum=QUORUM,
            ),
            away=away,
        )

    @rule(minutes=st.integers(min_value=1, max_value=12))
    def time_passes_and_nothing_runs(self, minutes: int) -> None:
        self.alert.now += timedelta(minutes=minutes)

    @rule()
    def the_ticker_ticks(self) -> None:
        self.alert.ticks()
        if self.alert.paused_until is None or self.alert.paused_until <= self.alert.now:
            assert not any(
                each.next_at and each.next_at <= self.alert.now
                for each in self.alert.ladders.values()
            )

    @rule(person=WHO, reply=st.sampled_from(Reply))
    def somebody_answers(self, person: PersonId, reply: Reply) -> None:
        if person not in self.alert.recipients:
            return
        authority = self.alert.recipients[person].authority
        others, said = self._others(authority), len(self.alert.log)

        self.alert.answers(person, reply)

        assert self._others(authority) == others, "one ladder never moves another's"
        assert all(each.authority is authority for each in self.alert.log[said:])

    @rule(person=WHO)
    def somebody_goes(self, person: PersonId) -> None:
        self.alert.goes(person)

    @rule(person=WHO)
    def somebody_comes_back(self, person: PersonId) -> None:
        self.alert.away.discard(person)

    @rule(minutes=st.integers(min_value=1, max_value=60))
    def it_is_paused(self, minutes: int) -> None:
        self.alert.paused_until = self.alert.now + timedelta(minutes=minutes)

    @rule()
    def the_pause_is_ended(self) -> None:
        if self.alert.paused_until is not None and self.alert.now < self.alert.paused_until:
            self.alert.paused_until = self.alert.now
            self.alert.looks()

    @rule()
    def it_is_started_again(self) -> None:
        """Nothing is known but what was kept."""
        self.alert.snapshot = of_json(as_json(self.alert.snapshot), Snapshot)
        self.alert.ladders = {
            each: of_json(as_json(climbed), Climbed)
            for each, climbed in self.alert.ladders.items()
        }

    def teardown(self) -> None:
        """In the end no authority is forgotten: enough are joining, or all has been tried."""
        if not hasattr(self, "alert"):
            return
        for _ in range(30):
            self.alert.now += timedelta(minutes=5)
            self.alert.looks()
        for authority, climbed in self.alert.ladders.items():
            met = self.alert.joining(authority) >= max(QUORUM.get(authority, 0), 1)
            assert met or climbed.taken == (len(LADDER) if authority in QUORUM else 0)
            assert (climbed.met_at is not None) is met
            assert climbed.next_at is None
        self._nobody_was_asked_twice()

    def _nobody_was_asked_twice(self) -> None:
        for authority in MINE:
            for rung in Rung:
                asked = self.alert.asked(authority, rung)
                assert len(asked) == len(set(asked)), f"asked twice on {rung}"
            taken = [each for each in self._log(authority) if each.reason is not Reason.PASSED_ON]
            rungs = [each.ask.rung for each in taken if each.ask.rung is not Rung.SUBSTITUTES]
            assert len(rungs) == len(set(rungs))

    def _others(self, authority: Authority) -> dict[Authority, Climbed]:
        return {each: it for each, it in self.alert.ladders.items() if each is not authority}

    def _log(self, authority: Authority) -> list[Entry]:
        return [each for each in self.alert.log if each.authority is authority]


TestEscalation = Escalation.TestCase
