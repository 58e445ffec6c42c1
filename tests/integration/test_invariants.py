"""The invariants of domain.md §15, after every step of years that Hypothesis makes up."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.assessments import Verdict
from domain.cases import Case, CaseState
from domain.concerns import Concern
from domain.grants import GrantKind
from domain.matters import MatterKind
from domain.people import Person
from storage.database import Database
from storage.vault import Vault
from tests.support import townspeople as town
from tests.support.databases import Databases
from tests.support.invariants import Checks
from tests.support.years import YOUTHS, Youth
from tests.support.years_to_the_end import YearsToTheEnd

Done = TypeVar("Done")
WORKING = (town.BO, town.EVA, town.PIA, town.SOFIE, town.CARL, town.SANNE)
ANYBODY = (
    *WORKING,
    *(town.ANNA, town.LIV, town.LINE, town.LARS, town.DORTE, town.DENNIS, town.STINE, town.HELLE),
)
WORKERS, PEOPLE = st.sampled_from(WORKING), st.sampled_from(ANYBODY)
GIVERS = st.sampled_from((town.SOFIE, town.CARL, town.LIV, town.SANNE)) | PEOPLE
OFFICERS = st.sampled_from((town.STINE, town.HENRIETTE, town.DAN))
PICK = st.integers(min_value=0, max_value=9)
LEVELS = st.integers(min_value=1, max_value=4)


class YearsOfCases(RuleBasedStateMachine):
    """People, concerns, cases, time, recusals and roles that are lost; and what must hold."""

    databases: Databases

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
        self.database = Database(self.databases.migrated(), vault)
        self.years = YearsToTheEnd(database=self.database)
        self.checks = Checks(years=self.years)

    def run(self, work: Awaitable[Done]) -> Done:
        async def awaited() -> Done:
            return await work

        return self.runner.run(awaited())

    def teardown(self) -> None:
        self.run(self.database.dispose())
        self.runner.close()

    @initialize(reporter=st.sampled_from((town.ANNA, town.CARL, town.LINE)), level=LEVELS)
    def begins(self, reporter: Person, level: int) -> None:
        """Begin with a case about each of them; what becomes of it is the story's."""
        self.run(self.database.open())
        self.run(self.years.register())
        for youth in YOUTHS:
            reported = self.years.reports(
                reporter, youth, area="VAL", level=level, sensitive=False
            )
            if (concern := self.run(reported)) is not None:
                self.run(self.years.takes_into_a_case(town.BO, concern, uuid4()))

    # what happens

    @rule(
        reporter=PEOPLE,
        youth=st.sampled_from(YOUTHS),
        area=st.sampled_from(("VAL", "VAN")),
        level=LEVELS,
        sensitive=st.booleans(),
    )
    def somebody_reports(
        self, reporter: Person, youth: Youth, area: str, level: int, *, sensitive: bool
    ) -> None:
        self.run(self.years.reports(reporter, youth, area=area, level=level, sensitive=sensitive))

    @precondition(lambda self: self.checks.concerns)
    @rule(person=PEOPLE, pick=PICK)
    def somebody_takes_a_concern_up(self, person: Person, pick: int) -> None:
        self.run(self.years.takes_up(person, self.a_concern(pick)))

    @precondition(lambda self: self.checks.concerns)
    @rule(person=WORKERS, pick=PICK)
    def somebody_takes_a_concern_into_a_case(self, person: Person, pick: int) -> None:
        self.run(self.years.takes_into_a_case(person, self.a_concern(pick), uuid4()))

    @precondition(lambda self: self.checks.cases)
    @rule(person=PEOPLE, pick=PICK)
    def somebody_reads_a_case(self, person: Person, pick: int) -> None:
        self.run(self.years.reads(person, self.a_case(pick).id))

    @precondition(lambda self: self.checks.concerns)
    @rule(person=PEOPLE, pick=PICK)
    def somebody_is_near_to_a_concern(self, person: Person, pick: int) -> None:
        concern = self.a_concern(pick)
        self.run(self.years.steps_aside(person, MatterKind.CONCERN, concern.id))

    @precondition(lambda self: self.checks.cases)
    @rule(person=PEOPLE, pick=PICK)
    def somebody_is_near_to_a_case(self, person: Person, pick: int) -> None:
        self.run(self.years.steps_aside(person, MatterKind.CASE, self.a_case(pick).id))

    @precondition(lambda self: self.checks.cases)
    @rule(
        person=WORKERS,
        pick=PICK,
        level=LEVELS,
        owner=st.none() | WORKERS,
        last=st.booleans(),
    )
    def a_group_coordinates(
        self, person: Person, pick: int, level: int, owner: Person | None, *, last: bool
    ) -> None:
        work = self.years.coordinates(
            person, self.a_case(pick), id=uuid4(), level=level, owner=owner, last=last
        )
        self.run(work)

    @precondition(lambda self: self.checks.cases)
    @rule(pick=PICK)
    def actions_are_done_and_the_family_told(self, pick: int) -> None:
        case = self.a_case(pick)
        self.run(self.years.does_all_actions(case))
        self.run(self.years.informs(case))

    @precondition(lambda self: self.checks.cases)
    @rule(pick=PICK, giver=GIVERS, level=LEVELS)
    def a_case_comes_to_its_end(self, pick: int, giver: Person, level: int) -> None:
        """Do all that leads to an end, so that ends come about; anything may be in the way."""
        by = {"KG5": town.BO, "KG6": town.EVA, "PKG": town.PIA}
        case = self.a_case(pick)
        asker = by[case.group]
        self.actions_are_done_and_the_family_told(pick)
        coordinated = self.years.coordinates(
            asker, case, id=uuid4(), level=level, owner=None, last=True
        )
        self.run(coordinated)
        self.run(self.years.asks_to_close(asker, self.run(self.years.anew(case)), id=uuid4()))
        self.run(self.years.answers(giver))

    @precondition(lambda self: self.checks.cases)
    @rule(person=WORKERS, pick=PICK)
    def somebody_asks_to_reopen(self, person: Person, pick: int) -> None:
        self.run(self.years.asks_to_reopen(person, self.a_case(pick), id=uuid4()))

    @rule(person=GIVERS)
    def somebody_agrees(self, person: Person) -> None:
        self.run(self.years.answers(person))

    @precondition(lambda self: self.checks.cases)
    @rule(person=WORKERS, pick=PICK, verdict=st.sampled_from(Verdict))
    def a_group_decides_about_ssp_plus(self, person: Person, pick: int, verdict: Verdict) -> None:
        self.run(self.years.decides_about_ssp_plus(person, self.a_case(pick), verdict))

    @precondition(lambda self: self.checks.cases)
    @rule(pick=PICK, accept=st.booleans())
    def a_case_is_handed_over(self, pick: int, *, accept: bool) -> None:
        """Do all that leads there; anything may be in the way."""
        decided = self.years.decides_about_ssp_plus(town.BO, self.a_case(pick), Verdict.IN_TARGET)
        self.run(decided)
        self.run(self.years.proposes(town.BO, self.run(self.years.anew(self.a_case(pick)))))
        case = self.run(self.years.anew(self.a_case(pick)))
        self.run(self.years.takes_over(town.PIA, case, accept=accept))

    @precondition(lambda self: self.checks.cases)
    @rule(person=WORKERS, pick=PICK)
    def somebody_proposes_a_handover(self, person: Person, pick: int) -> None:
        self.run(self.years.proposes(person, self.a_case(pick)))

    @precondition(lambda self: self.checks.cases)
    @rule(person=WORKERS, pick=PICK, accept=st.booleans())
    def somebody_answers_a_handover(self, person: Person, pick: int, *, accept: bool) -> None:
        self.run(self.years.takes_over(person, self.a_case(pick), accept=accept))

    @rule()
    def all_of_it_is_sent_again(self) -> None:
        """domain.md §15.4: a repeated or stale submit changes nothing, and says so."""
        before = self.run(self.years.everything())
        for act in self.years.sent:
            assert self.run(self.years.repeats(act)), act
        assert self.run(self.years.everything()) == before

    @precondition(lambda self: self.checks.cases)
    @rule(person=WORKERS, whom=PEOPLE, pick=PICK, days=st.sampled_from((1, 14, 90)))
    def somebody_is_brought_in(self, person: Person, whom: Person, pick: int, days: int) -> None:
        self.run(self.years.brings_in(person, self.a_case(pick), whom, days=days))

    @precondition(lambda self: self.checks.cases)
    @rule(person=OFFICERS | PEOPLE, pick=PICK)
    def somebody_breaks_the_glass(self, person: Person, pick: int) -> None:
        self.run(self.years.breaks_the_glass(person, self.a_case(pick), minutes=5))

    @precondition(lambda self: CaseState.CLOSED in {each.state for each in self.checks.cases})
    @rule()
    def what_is_over_is_let_go_of(self) -> None:
        """domain.md §15.12: erased is erased, and what outlives it is as it was."""
        self.run(self.years.lets_go_of_what_is_over())

    @rule(
        person=st.sampled_from((town.CARL, town.LIV)) | PEOPLE,
        what=st.sampled_from(("uncovered", "seatless", "gone")),
    )
    def somebody_loses_or_gets_back(self, person: Person, what: str) -> None:
        lost: set[str] = getattr(self.years, what)
        lost ^= {person.id}
        self.run(self.years.register())

    @rule(days=st.sampled_from((1, 14, 60, 180)))
    def time_passes(self, days: int) -> None:
        self.run(self.years.passes(days))

    # what must hold

    @invariant()
    def everything_holds(self) -> None:
        self.run(self.checks.look())

    @rule(person=PEOPLE)
    def somebody_looks_everywhere(self, person: Person) -> None:
        """domain.md §15.2, by the read paths themselves."""
        self.run(self.checks.sees_nothing_barred(person))

    def a_concern(self, pick: int) -> Concern:
        return self.checks.concerns[pick % len(self.checks.concerns)]

    def a_case(self, pick: int) -> Case:
        return self.checks.cases[pick % len(self.checks.cases)]


def test_what_is_seldom_met_comes_about(test_databases: Databases) -> None:
    """domain.md §15.2, domain.md §15.4, domain.md §15.12: one story that has all of it."""
    YearsOfCases.databases = test_databases
    story = YearsOfCases()
    try:
        story.begins(town.ANNA, 1)
        story.everything_holds()
        story.somebody_is_brought_in(town.BO, town.LINE, 0, 1)
        story.somebody_breaks_the_glass(town.HENRIETTE, 0)
        story.everything_holds()
        assert {each.kind for each in story.years.lent} == {
            GrantKind.AD_HOC,
            GrantKind.BREAK_GLASS,
        }
        story.time_passes(1)
        story.somebody_looks_everywhere(town.LINE)
        story.everything_holds()
        story.a_group_coordinates(town.BO, 0, 1, None, last=False)
        assert story.years.sent
        story.all_of_it_is_sent_again()
        story.everything_holds()
        story.a_case_comes_to_its_end(0, town.SOFIE, 1)
        story.all_of_it_is_sent_again()
        story.everything_holds()
        gone = story.a_case(0)
        assert gone.state is CaseState.CLOSED
        story.what_is_over_is_let_go_of()
        story.everything_holds()
        assert gone.id in story.years.erased
        assert gone.id not in {each.id for each in story.checks.cases}
    finally:
        story.teardown()


def test_the_invariants_hold_over_years_of_cases(test_databases: Databases) -> None:
    """domain.md §15, 1 to 8 and 10 to 14; 9 is about statistics."""
    YearsOfCases.databases = test_databases
    run_state_machine_as_test(
        YearsOfCases,
        settings=settings(
            max_examples=4,
            stateful_step_count=25,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),  # a story is told as it was met
            suppress_health_check=list(HealthCheck),
        ),
    )
