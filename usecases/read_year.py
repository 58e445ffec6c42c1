"""Read the year of meetings as somebody may: the Secretariat all of it, others their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.committee_meetings import CommitteeMeeting, MeetingState
from domain.papers import YearMeeting, YearPaper
from domain.people import Committee, CommitteeCode, Person
from domain.plan_runs import PlanRun
from domain.year_plan import PlannedMeeting
from storage.database import Transaction
from usecases.ask_plan import may_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """The year somebody sees; with `everything` they see every committee."""

    year: int
    everything: bool
    committees: Sequence[Committee]
    meetings: Sequence[CommitteeMeeting]

    @property
    def paper(self) -> YearPaper:
        """The same as its document and its wheel show it."""
        return YearPaper(
            year=self.year,
            committees=tuple(self.committees),
            meetings=tuple(
                YearMeeting(
                    committee=each.committee,
                    day=each.day,
                    starts=each.starts,
                    minutes=each.minutes,
                )
                for each in self.meetings
            ),
        )


async def read_year(tx: Transaction, *, by: Person, year: int) -> YearView:
    """Read the meetings of a year that stand, of the committees somebody is in.

    Who stands in for others sees those committees too.
    """
    everything = await may_plan(tx, by)
    committees = await tx.organisation.committees()
    if not everything:
        own = {each.committee for each in await tx.organisation.memberships_of(by.id)}
        committees = [each for each in committees if each.code in own]
    meetings = await tx.committee_meetings.between(
        date(year, 1, 1),
        date(year, 12, 31),
        committees=[each.code for each in committees],
    )
    return YearView(
        year=year,
        everything=everything,
        committees=committees,
        meetings=meetings,
    )


async def names_of(tx: Transaction) -> dict[CommitteeCode, str]:
    return {each.code: each.name for each in await tx.organisation.committees()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AsItIs:
    """The plan in force as the meetings now are, and those that no replan may move."""

    meetings: tuple[PlannedMeeting, ...]
    held: frozenset[tuple[CommitteeCode, int]]


async def plan_as_it_is(tx: Transaction, base: PlanRun) -> AsItIs:
    """Read where the meetings of a plan are now.

    Where a person has put one by hand, or cancelled it, it stays (K1).
    """
    there = base.plan.meetings if base.plan else ()
    planned = {(each.committee, each.number): each for each in there}
    now = {
        (each.committee, each.number): each
        for each in await tx.committee_meetings.of_year(base.year)
        if each.number is not None
    }
    meetings = {
        key: PlannedMeeting(
            committee=each.committee, number=key[1], day=each.day, starts=each.starts
        )
        for key, each in now.items()
    }
    return AsItIs(
        meetings=tuple(sorted(meetings.values())),
        held=frozenset(
            key
            for key, each in now.items()
            if each.state is not MeetingState.PLANNED or meetings[key] != planned.get(key)
        ),
    )
