"""Whatever people do to a plan side by side, nobody's change is lost, and no reminder twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.action_plans import ActionPlan
from domain.errors import RuleBroken
from domain.measure_edits import Clash, MeasureEdit, Terms, edited, terms_of
from domain.measure_reminders import Reminder, reminders
from domain.people import PersonId
from domain.plan_measures import Measure, MeasureState, complete, drop, take_back, take_up
from domain.plan_moves import shift_all, with_measure
from domain.plan_progress import progress, progress_by_party
from domain.plan_times import Relative, Unit
from tests.support.action_plans import NOW, running

WHO = st.sampled_from([PersonId("anna"), PersonId("bo"), PersonId("carl")])
AT = st.integers(min_value=0, max_value=14)
WORDS = st.sampled_from(["Torvet", "Stationen", "Hallen", ""])
NAMES = st.sampled_from(["place", "note", "target_group"])
Did = TypeVar("Did")
TICKS = st.sampled_from(["take_up", "complete", "drop", "take_back"])


def tried(do: Callable[[], Did]) -> Did | str:
    """Do it, or give the code of the refusal."""
    try:
        return do()
    except RuleBroken as refused:
        return refused.code


class Plan(RuleBasedStateMachine):
    """One plan, and windows that people opened on its measures at one time or another."""

    plan: ActionPlan
    now: datetime
    windows: list[tuple[Measure, Terms]]
    written: dict[tuple[str, str], str]
    sent: set[Reminder]

    @initialize()
    def begins(self) -> None:
        self.plan, self.now = running(), NOW
        self.windows, self.written, self.sent = [], {}, set()

    def _at(self, at: int) -> Measure:
        return self.plan.measures[at % len(self.plan.measures)]

    def _becomes(self, measure: Measure) -> None:
        before = self.plan.measure(measure.id)
        assert measure.version > before.version
        self.plan = with_measure(self.plan, measure)

    @rule(at=AT, who=WHO, tick=TICKS)
    def ticks(self, at: int, who: PersonId, tick: str) -> None:
        measure, until = self._at(at), self.plan.period_end
        ways: Mapping[str, Callable[[], Measure]] = {
            "take_up": lambda: take_up(measure),
            "complete": lambda: complete(measure, by=who, now=self.now, until=until),
            "drop": lambda: drop(measure, reason="Aflyst", by=who, now=self.now),
            "take_back": lambda: take_back(measure, now=self.now),
        }
        ticked = tried(ways[tick])
        if isinstance(ticked, str):
            assert ticked == ("measure.waits" if measure.waits else "measure.ended")
        else:
            self._becomes(ticked)

    @rule(at=AT)
    def opens(self, at: int) -> None:
        measure = self._at(at)
        self.windows.append((measure, terms_of(measure)))

    @rule(window=st.integers(min_value=0, max_value=50), name=NAMES, words=WORDS)
    def writes(self, window: int, name: str, words: str) -> None:
        """Send what was written in some window; after a clash, see it and send it again."""
        if not self.windows:
            return
        seen, was = self.windows[window % len(self.windows)]
        current = self.plan.measure(seen.id)
        wanted = {
            "place": replace(was, place=words),
            "note": replace(was, note=words),
            "target_group": replace(was, target_group=words),
        }
        edit = MeasureEdit(measure=seen.id, seen=seen.version, was=was, to=wanted[name])
        result = tried(lambda: edited(current, edit, now=self.now))
        if isinstance(result, Clash):
            assert seen.version != current.version
            assert self.plan.measure(seen.id) == current
            again = result.rebased()
            if again is None:
                return
            result = tried(lambda: edited(current, again, now=self.now))
        if isinstance(result, str):
            assert result == ("measure.wordless" if current.waits else "measure.ended")
            return
        assert isinstance(result, Measure)
        self._becomes(result)
        if getattr(result, name) != getattr(current, name):
            self.written[str(seen.id), name] = words

    @rule(hours=st.integers(min_value=-3, max_value=30))
    def moves_all_deadlines(self, hours: int) -> None:
        shift = Relative(count=hours, unit=Unit.HOURS)
        self.plan = shift_all(self.plan, by=shift, now=self.now)

    @rule(minutes=st.integers(min_value=1, max_value=600))
    def time_passes(self, minutes: int) -> None:
        """Remind as the job does: nobody hears twice of one reason (BER-34)."""
        self.now += timedelta(minutes=minutes)
        told = reminders([self.plan], leaders={}, sent=self.sent, now=self.now)
        for of in told.values():
            assert not self.sent & {*of}
        self.sent |= {each for of in told.values() for each in of}

    @invariant()
    def what_was_written_last_stands(self) -> None:
        """BER-37: of each field, the words of whoever wrote it last."""
        for measure in self.plan.measures:
            for name in ("place", "note", "target_group"):
                expected = self.written.get((str(measure.id), name), "")
                assert getattr(measure, name) == expected

    @invariant()
    def what_is_dropped_is_not_done(self) -> None:
        """BER-36: and the parties together are all there is."""
        stands = progress(self.plan.measures, now=self.now)
        done = [each for each in self.plan.measures if each.state is MeasureState.DONE]
        assert stands.all == len(self.plan.measures)
        assert stands.done == len(done)
        parties = progress_by_party(self.plan, now=self.now).values()
        assert sum(each.done for each in parties) == stands.done
        assert sum(each.dropped for each in parties) == stands.dropped

    @invariant()
    def who_ended_it_is_known_of_what_is_ended(self) -> None:
        for each in self.plan.measures:
            assert each.waits == (each.ended_by is None) == (each.ended_at is None)


TestPlan = Plan.TestCase
TestPlan.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
