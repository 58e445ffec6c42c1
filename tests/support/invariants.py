"""The invariants of domain.md §15, each looked at by what lies in the database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from uuid import UUID

from sqlalchemy import select

from domain.access import ALLOWED, Action, can
from domain.ages import AgeBand, age_band, age_years
from domain.cases import RUNNING, Case, CaseState
from domain.cells import readable
from domain.concerns import SOMEBODYS_DUTY, Concern, Status
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.duties import DutyKind
from domain.gates import HEIGHTENED_REASON_AT_LEAST
from domain.informings import InformState
from domain.matters import Matter, MatterKind
from domain.people import CommitteeType, Person
from domain.records import Record, RecordKind
from storage.audit_rows import audit_chain
from storage.case_rows import cases, note_events
from storage.database import Transaction
from storage.plan_rows import facts
from storage.rows import concerns
from tests.support.townspeople import EVERYBODY, ORGANISATION
from tests.support.years import YOUTHS
from tests.support.years_to_the_end import YearsToTheEnd
from usecases.birth_dates import birth_date
from usecases.my_cases import my_cases
from usecases.permit import actor_of
from usecases.read_duties import duties_of
from usecases.search_people import Hits, search_people

# CASE-2, written down again; a case of SSP+ that was handed over is an open one.
MAY_BECOME: Mapping[CaseState, set[CaseState]] = {
    CaseState.OPEN: {CaseState.COORDINATION, CaseState.HANDOVER_PROPOSED},
    CaseState.COORDINATION: {
        CaseState.FOLLOW_UP,
        CaseState.CLOSED,
        CaseState.HANDOVER_PROPOSED,
    },
    CaseState.FOLLOW_UP: {CaseState.COORDINATION, CaseState.HANDOVER_PROPOSED},
    CaseState.HANDOVER_PROPOSED: {
        CaseState.HANDED_OVER,
        CaseState.OPEN,
        CaseState.COORDINATION,
        CaseState.FOLLOW_UP,
    },
    CaseState.HANDED_OVER: {CaseState.COORDINATION},
    CaseState.CLOSED: {CaseState.OPEN},
}
OF_REPORTERS = {Action.FOLLOW, Action.ADD, Action.WITHDRAW, Action.ASK_WITHDRAWAL}
AFTER_THE_END = {  # what an ended case still asks of somebody
    DutyKind.NOTES_TO_FILE,
    DutyKind.RECUSAL_TO_DECIDE,
    DutyKind.GLASS_TO_REVIEW,
    DutyKind.OUTCOME_DUE,
}
ADULT, PLUS = 18, "PKG"
UNWATCHED = ("audit", "turns", "outbox", "job_runs", "relations", "counters")
BANDS = list(AgeBand)


@dataclass(kw_only=True)
class Checks:
    """What was seen at the last look, and what must hold at the next."""

    years: YearsToTheEnd
    concerns: Sequence[Concern] = ()
    cases: Sequence[Case] = ()
    states: dict[UUID, CaseState] = field(default_factory=dict)
    closings: Counter[UUID] = field(default_factory=Counter)
    notes: set[tuple[object, ...]] = field(default_factory=set)
    facts: set[tuple[object, ...]] = field(default_factory=set)
    bands: dict[str, AgeBand] = field(default_factory=dict)

    async def look(self) -> None:
        """Look at everything, and hold it against what was there before."""
        async with self.years.database.transaction() as tx:
            self.concerns = await self._concerns(tx)
            self.cases = await self._cases(tx)
            self._every_concern_has_somebody()
            await self._nobody_barred_may_anything(tx)
            self._one_running_case_each()
            await self._moves_are_in_the_table(tx)
            await self._notes_are_made_once_and_stay(tx)
            await self._levels_have_who_when_and_why(tx)
            self._ages_go_one_way()
            await self._sensitive_gates_have_their_reason(tx)
            await self._nobody_turns_eighteen_unseen(tx)
            await self._what_outlives_a_case_names_nobody(tx)
            await self._every_area_has_one_group(tx)

    async def _concerns(self, tx: Transaction) -> list[Concern]:
        ids = await tx.connection.scalars(select(concerns.c.id).order_by(concerns.c.reference))
        found = [await tx.concerns.find(each) for each in ids.all()]
        return [each for each in found if each is not None]

    async def _cases(self, tx: Transaction) -> list[Case]:
        ids = (await tx.connection.scalars(select(cases.c.id).order_by(cases.c.reference))).all()
        found = await tx.cases.of_ids(ids)
        return [found[each] for each in ids]

    def _every_concern_has_somebody(self) -> None:
        """domain.md §15.1: exactly one owner group, or triage with an owner."""
        for each in self.concerns:
            if each.status not in SOMEBODYS_DUTY:
                continue
            assert each.owner is not None, each.reference
            assert (each.group is None) is (each.status is Status.TRIAGE) or (
                each.status is Status.TAKEN_UP
            ), each.reference

    async def _nobody_barred_may_anything(self, tx: Transaction) -> None:
        """domain.md §15.2, domain.md §15.13: recused, uncovered or outside, from this moment."""
        matters = await self._matters(tx)
        people = [await tx.people.get(each.id) for each in EVERYBODY]
        actors = [await actor_of(tx, each) for each in people]
        for actor, matter in product(actors, matters):
            beyond = readable(actor, matter) - readable(actor, replace(matter, grants=()))
            lent = self.years.reads_by_grant(actor.person.id, matter.id)
            assert beyond <= lent, (actor.person.id, matter.reference, beyond)
            barred = self._is_barred(actor.person, matter)
            if not barred and not self._is_outside(actor.person, matter):
                continue
            own = OF_REPORTERS if matter.reporter == actor.person.id and not barred else set()
            may = {action for action in ALLOWED if can(actor, action, matter)}
            assert not readable(actor, matter), (actor.person.id, matter.reference)
            assert may <= own, (actor.person.id, matter.reference, may)

    async def _matters(self, tx: Transaction) -> list[Matter]:
        of_cases = await tx.matters.of_cases(self.cases, now=self.years.now)
        of_concerns = await tx.matters.of_concerns(self.concerns, now=self.years.now)
        return [*of_cases.values(), *of_concerns.values()]

    def _is_barred(self, person: Person, matter: Matter) -> bool:
        """Tell by what the story remembers, not by what the house says."""
        case = next((each.case for each in self.concerns if each.id == matter.id), None)
        root = case or matter.id
        about = {root, matter.id, *(each.id for each in self.concerns if each.case == root)}
        near = any((person.id, each) in self.years.near for each in about)
        registered = next(each for each in EVERYBODY if each.id == person.id)
        lost = self.years.uncovered | self.years.gone
        return near or person.id in lost or not registered.s115_covered

    def _is_outside(self, person: Person, matter: Matter) -> bool:
        seated = {
            each.committee
            for each in ORGANISATION.memberships
            if each.person == person.id and person.id not in self.years.seatless
        }
        lent = self.years.reads_by_grant(person.id, matter.id)
        return not (seated & matter.groups or person.offices or lent)

    async def sees_nothing_barred(self, somebody: Person) -> None:
        """domain.md §15.2, by the paths themselves: lists, duties, search and opening."""
        person = await self.years.who(somebody)
        async with self.years.database.transaction() as tx:
            matters = await self._matters(tx)
            barred = [
                each
                for each in matters
                if self._is_barred(person, each) or self._is_outside(person, each)
            ]
            mine = await my_cases(tx, person, now=self.years.now)
            duties = await duties_of(tx, person, now=self.years.now)
        shown = {*(each.reference for each in (*mine.led, *mine.others))}
        shown |= {each.reference for each in duties}
        shown |= await self._found(person)
        own = {each.reference for each in self.concerns if each.reporter == person.id}
        assert not shown & {each.reference for each in barred} - own, person.id
        for each in barred:
            if each.kind is MatterKind.CASE:
                assert await self.years.reads(somebody, each.id) is None, person.id

    async def _found(self, person: Person) -> set[str]:
        found: set[str] = set()
        for youth in YOUTHS:

            async def search(tx: Transaction, said: str = youth.name) -> Hits:
                return await search_people(tx, said=said, by=person, now=self.years.now)

            hits = await self.years.does(search)
            found |= {each.case.reference for each in hits.shown} if hits else set()
        return found

    def _one_running_case_each(self) -> None:
        """domain.md §15.3: one open case for each person, and one person for each open case."""
        running = [each for each in self.cases if each.state in RUNNING and not each.merged_into]

        assert max(Counter(each.subject for each in running).values(), default=0) <= 1

    async def _moves_are_in_the_table(self, tx: Transaction) -> None:
        """domain.md §15.4, domain.md §15.6: no move outside CASE-2; the end leaves nothing."""
        for each in self.cases:
            before = self.states.get(each.id, CaseState.OPEN)
            assert each.state in _reachable(before), (each.reference, before, each.state)
            if each.state is CaseState.CLOSED and before is not CaseState.CLOSED:
                await self._was_ready_to_close(tx, each)
            self.states[each.id] = each.state

    async def _was_ready_to_close(self, tx: Transaction, case: Case) -> None:
        """domain.md §15.6: the guards of CASE-9, and nothing that reminds anybody."""
        self.closings[case.id] += 1
        informed = {each.state for each in await tx.informings.of_case(case.id)}
        duties = [
            duty
            for person in EVERYBODY
            for duty in await duties_of(tx, await tx.people.get(person.id), now=self.years.now)
        ]
        assert await tx.actions.count_open(case.id) == 0
        assert InformState.PENDING not in informed
        assert case.level is not None
        assert case.close_reason is not None
        assert not [
            each for each in duties if each.id == case.id and each.kind not in AFTER_THE_END
        ]

    async def _notes_are_made_once_and_stay(self, tx: Transaction) -> None:
        """domain.md §15.5: one note for each recordable event; none is ever changed or gone."""
        rows = (await tx.connection.execute(select(note_events))).all()
        noted = {tuple(row) for row in rows}
        assert self.notes <= noted
        self.notes = noted
        of = Counter((row.code, row.source) for row in rows)
        for concern in self.concerns:
            assert of["N1.received", concern.id] == 1, concern.reference
        for case in self.cases:
            assert of["N11.closed", case.id] == self.closings[case.id], case.reference
        for record in await self._records(tx, RecordKind.LEVEL):
            assert of["N3.set", record.id] == 1
        for record in await self._records(tx, RecordKind.COORDINATION):
            assert of["N4.held", record.id] == 1

    async def _records(self, tx: Transaction, kind: RecordKind) -> list[Record]:
        ids = [*(each.id for each in self.cases), *(each.id for each in self.concerns)]
        return await tx.records.read(ids, set(DataClass), kinds={kind}, history=True)

    async def _levels_have_who_when_and_why(self, tx: Transaction) -> None:
        """domain.md §15.7: a level is 1 to 4, and who, when and why stand beside it."""
        found = await self._records(tx, RecordKind.LEVEL)
        for record in found:
            assert record.content["to"] in {1, 2, 3, 4}
            assert record.by is not None
            assert record.content["reason"]
        for case in self.cases:
            of_case = [each.content["to"] for each in found if each.matter == case.id]
            assert case.level == (of_case[-1] if of_case else None), case.reference

    def _ages_go_one_way(self) -> None:
        """domain.md §15.8: the band of an age is total, and never goes back."""
        for youth in YOUTHS:
            band = age_band(youth.born, local_date(self.years.now))
            before = self.bands.get(youth.name, band)
            assert BANDS.index(before) <= BANDS.index(band), youth.born
            self.bands[youth.name] = band

    async def _sensitive_gates_have_their_reason(self, tx: Transaction) -> None:
        """domain.md §15.10: what is sensitive has a heightened reason beside it."""
        for record in await self._records(tx, RecordKind.GATE):
            if record.content.get("sensitive"):
                reason = str(record.content.get("heightened_reason"))
                assert len(reason) >= HEIGHTENED_REASON_AT_LEAST

    async def _nobody_turns_eighteen_unseen(self, tx: Transaction) -> None:
        """domain.md §15.11: at 18 there is a decision, or the leaders have been brought in."""
        for case in self.cases:
            born = await birth_date(tx, case)
            adult = born is not None and age_years(born, local_date(self.years.now)) >= ADULT
            if case.state not in RUNNING or not adult or case.group == PLUS:
                continue
            assessment = await tx.assessments.of_case(case.id)
            assert assessment is not None, case.reference
            assert assessment.verdict or assessment.escalated_at, case.reference

    async def _what_outlives_a_case_names_nobody(self, tx: Transaction) -> None:
        """domain.md §15.12: audit, notes and facts hold no word about anybody; facts only grow."""
        told = {tuple(row) for row in (await tx.connection.execute(select(facts))).all()}
        trail = (await tx.connection.scalars(select(audit_chain.c.event))).all()
        kept = "\n".join(map(str, [*trail, *told, *self.notes]))
        assert not [word for youth in YOUTHS for word in youth.words if word in kept]
        assert self.facts <= told
        self.facts = told

    async def _every_area_has_one_group(self, tx: Transaction) -> None:
        """domain.md §15.14, for the areas this register has; test_areas.py has all fifteen."""
        committees = await tx.organisation.committees()
        groups = [each for each in committees if each.type is CommitteeType.COORDINATION]
        served = Counter(area for each in groups for area in each.areas)
        assert set(served.values()) == {1}


def _reachable(state: CaseState) -> set[CaseState]:
    """Name where a case may stand after one step of the story, which may be two moves."""
    once = MAY_BECOME[state]
    return {state, *once, *(later for each in once for later in MAY_BECOME[each])}
