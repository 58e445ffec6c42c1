"""The checker: what a plan breaks, what it lacks, and what a changed plan moved (MTG-1, 7, 10)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bench.support.plan_checker.leads import Lead, wrong_leads
from bench.support.plan_checker.rules import RULES
from bench.support.plan_checker.seats import shortfalls
from bench.support.plan_checker.tables import described, minute, put
from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Problem, Replanned, Rhythm

Meetings = Collection[PlannedMeeting]
Key = tuple[CommitteeCode, int]
_OWN_WISHES = {"barred", "not_on", "too_soon", "too_late", "chain"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """A rule that a plan breaks: where, and in words."""

    kind: str
    committee: str
    day: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Shortfall:
    """A slot that lacks so many people at one meeting; no violation (MTG-7).

    `leading` is the slot of whoever leads it.
    """

    committee: CommitteeCode
    number: int
    slot: str
    short: int


class Checker:
    """Knows one problem; asked about as many plans of it as one likes."""

    def __init__(self, problem: Problem) -> None:
        rules = problem.rules
        self._rules = rules
        self._tables = described(problem)
        self._limits = {
            "earliest": minute(rules.earliest),
            "latest": minute(rules.latest),
            "travel": rules.travel // timedelta(minutes=1),
            "load": rules.week_load,
            "provisional": rules.provisional_before,
        }

    def violations(
        self, meetings: Meetings, *, leads: Iterable[Lead] | None = None
    ) -> tuple[Violation, ...]:
        """Name all that a plan breaks; `leads` are checked where they are given."""
        put(self._tables, meetings)
        found = [
            Violation(kind=kind, committee=committee, day=day, words=words)
            for kind, question in RULES.items()
            for committee, day, words in self._tables.execute(question, self._limits)
        ]
        if leads is not None:
            found += [
                Violation(kind=kind, committee=committee, day=day, words=words)
                for kind, committee, day, words in wrong_leads(self._tables, leads, self._rules)
            ]
        return tuple(sorted(found))

    def shortfalls(self, meetings: Meetings) -> tuple[Shortfall, ...]:
        """Name every slot of every meeting at which too few can be there."""
        put(self._tables, meetings)
        return tuple(
            sorted(
                Shortfall(
                    committee=CommitteeCode(committee),
                    number=number,
                    slot=slot,
                    short=short,
                )
                for committee, number, slot, short in shortfalls(
                    self._tables, travel=self._limits["travel"]
                )
            )
        )

    def unlisted(self, meetings: Meetings, told: Iterable[Shortfall]) -> tuple[Violation, ...]:
        """Compare the seats that a plan says are short with those that are."""
        listed, real = set(told), set(self.shortfalls(meetings))
        return tuple(
            Violation(kind=kind, committee=each.committee, day="", words=str(each))
            for kind, some in (
                ("shortfall_hidden", real - listed),
                ("shortfall_invented", listed - real),
            )
            for each in sorted(some)
        )

    def replan_violations(
        self,
        before: Meetings,
        replanned: Replanned,
        *,
        frozen_until: date | None = None,
        held: Collection[Key] = (),
        today: date | None = None,
    ) -> tuple[Violation, ...]:
        """Check the changed plan, that what may not move has not, and that the moves told are all.

        A committee that had no meeting gets its first; of a period that has begun it need not.

        :param frozen_until: up to this day, included, no meeting may move, nor come to lie. What a
            committee asks for itself is not asked of a meeting that must stay (domain.md K1).
        :param held: meetings that have been held.
        :param today: of what was before, nothing is asked.
        """
        was = {(each.committee, each.number): each for each in before}
        now = {(each.committee, each.number): each for each in replanned.plan.meetings}
        moved = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        told = {(old.committee, old.number): (old, new) for old, new in replanned.moved}
        stays, was_before = str(frozen_until or ""), str(today or "")
        came = {code for code, _ in now} - {code for code, _ in was}
        found = [
            each
            for each in self.violations(replanned.plan.meetings)
            if each.day >= was_before
            and not (each.kind in _OWN_WISHES and each.day <= stays)
            and not (each.committee in came and _came_late(each, stays))
        ]
        for key in moved | told.keys():
            old, new = was.get(key), now.get(key)
            day = "" if old is None else str(old.day)
            kinds = {
                "lost": new is None or (old is None and key[0] not in came),
                "frozen_moved": key in moved and _frozen(old, new, frozen_until),
                "held_moved": key in moved and key in held,
                "move_hidden": key in moved and key not in told and key[0] not in came,
                "move_untrue": key in told and told[key] != (old, new),
                "no_move": key in told and key not in moved,
            }
            found += [
                Violation(kind=kind, committee=key[0], day=day, words=f"{old} -> {new}")
                for kind, is_so in kinds.items()
                if is_so
            ]
        return tuple(sorted(found))

    def in_school_holidays(self, meetings: Meetings) -> int:
        """Count the meetings on days without school."""
        put(self._tables, meetings)
        return self._number("SELECT count(*) FROM meeting JOIN day USING (day) WHERE school")

    def least_in_school_holidays(self) -> int:
        """Count the periods in which a committee must meet and every working day is a holiday.

        Whatever the plan: `hold` can do no better.
        """
        return self._number(
            "SELECT count(*) FROM body JOIN period USING (cadence, policy) "
            "WHERE needed AND NOT EXISTS (SELECT * FROM day "
            "WHERE day BETWEEN first AND last AND NOT free AND NOT school)"
        )

    def needed(self) -> int:
        """Count the meetings that a plan of this problem has."""
        return self._number(
            "SELECT count(*) FROM body JOIN period USING (cadence, policy) WHERE needed"
        )

    def managers_off(self, meetings: Meetings) -> tuple[int, ...]:
        """Say for each SG meeting how many days the nearest CG is off six weeks after it."""
        put(self._tables, meetings)
        rows = self._tables.execute(
            "SELECT (SELECT min(abs(julianday(cg.day) - julianday(sg.day) - ?)) "
            "FROM held AS cg WHERE cg.type = 'CG' AND cg.rank = sg.rank) "
            "FROM held AS sg WHERE type = 'SG' ORDER BY day",
            (self._rules.managers_after,),
        )
        return tuple(int(off) for (off,) in rows if off is not None)

    def _number(self, question: str) -> int:
        [(number,)] = self._tables.execute(question)
        return int(number)


def on_rhythm(meetings: Meetings, rhythms: Mapping[CommitteeCode, Rhythm]) -> float:
    """Give the share of meetings on their committee's own weekday and hour."""
    on = [
        each
        for each in meetings
        if (rhythm := rhythms.get(each.committee)) is not None
        and each.day.isoweekday() == rhythm.weekday
        and each.starts == rhythm.starts
    ]
    return len(on) / len(meetings)


def _frozen(old: PlannedMeeting | None, new: PlannedMeeting | None, until: date | None) -> bool:
    return until is not None and any(each is not None and each.day <= until for each in (old, new))


def _came_late(found: Violation, until: str) -> bool:
    return found.kind == "number" or (found.kind == "missing" and found.day <= until)
