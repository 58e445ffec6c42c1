"""Measures are ticked, handed on, added, moved and changed side by side (BER-33 … 38)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from cards.alert_log_lines import line_of
from domain.measure_edits import Clash, MeasureEdit, Terms, terms_of
from domain.notices import NoticeKind
from domain.parties import Party
from domain.people import Person
from domain.plan_measures import Measure, MeasureState
from domain.plan_progress import progress
from domain.plan_times import Relative, Unit
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import PlanDesk
from tests.support.town import (
    CARL,
    DANISH,
    DORTE,
    LARS,
    LINE,
    MONDAY_NOON,
    SOFIE,
)
from usecases.carry_out_measure import (
    complete_measure,
    drop_measure,
    pass_measure_on,
    start_measure,
    take_measure_back,
)
from usecases.change_measure import NewMeasure, add_measure, change_measure
from usecases.run_action_plan import assign_measures, shift_measures

AN_HOUR = timedelta(hours=1)


@pytest.fixture
async def planning(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


class TestAMeasure:
    async def test_goes_from_open_to_done_each_step_in_the_log(self, planning: PlanDesk) -> None:
        """BER-33, BER-34: twice is once, and each is one line."""
        await planning.runs()
        measure = await planning.measure("M1")
        assert measure.owner == SOFIE.id

        async def works(tx: Transaction) -> None:
            for _ in range(2):
                await start_measure(tx, id=measure.id, by=SOFIE, now=MONDAY_NOON)
            await complete_measure(
                tx, id=measure.id, seen=measure.version, by=SOFIE, now=MONDAY_NOON
            )

        await planning.desk.does(works)

        assert (await planning.measure("M1")).state is MeasureState.DONE
        lines = await planning.lines()
        assert [each.facts["what"] for each in lines] == ["under_way", "done"]
        assert {each.by for each in lines} == {SOFIE.id}
        said = [line_of(each, names={}, say=DANISH).words for each in lines]
        assert said == ["Tiltag. M1 (SOF) er i gang", "Tiltag. M1 (SOF) er udført"]

    async def test_that_is_daily_is_not_done_twice_from_one_card(self, planning: PlanDesk) -> None:
        await planning.runs()
        new = NewMeasure(id=uuid4(), kind="M17", party=Party.SOF, due_at=MONDAY_NOON + AN_HOUR)
        async with planning.desk.database.transaction() as tx:
            daily = await add_measure(tx, new, plan=planning.id, by=SOFIE, now=MONDAY_NOON)
        assert daily.daily

        async def done(tx: Transaction) -> None:
            await complete_measure(tx, id=daily.id, seen=daily.version, by=SOFIE, now=MONDAY_NOON)

        await planning.desk.does(done)

        assert await planning.desk.refuses(done) == "measure.done_today"

    async def test_goes_to_who_stands_in_when_its_owner_cannot(self, planning: PlanDesk) -> None:
        """BER-34: the substitute hears of it at once."""
        await planning.runs()
        measure = await _stands_in(planning, LINE)
        await planning.desk.due()

        async with planning.desk.database.transaction() as tx:
            passed = await pass_measure_on(tx, id=measure.id, by=LARS, now=MONDAY_NOON)

        async with planning.desk.database.transaction() as tx:
            again = await pass_measure_on(tx, id=measure.id, by=LARS, now=MONDAY_NOON)

        assert passed.to == again.to == LINE.id
        assert again.before
        assert await planning.told(NoticeKind.MEASURES_GIVEN) == [str(LINE.id)]
        assert (await planning.lines())[-1].people == (LINE.id,)

    async def test_that_nobody_else_can_do_is_told_to_who_leads(self, planning: PlanDesk) -> None:
        """BER-34: it stays with its owner until somebody gives it to another."""
        await planning.runs()
        measure = await _stands_in(planning, None)

        async with planning.desk.database.transaction() as tx:
            passed = await pass_measure_on(tx, id=measure.id, by=LARS, now=MONDAY_NOON)

        assert passed.to is None
        assert (await planning.measure(measure.kind)).owner == LARS.id
        told = await planning.told(NoticeKind.MEASURE_UNABLE)
        assert told
        assert str(LARS.id) not in told

    async def test_of_another_authority_is_not_touched(self, planning: PlanDesk) -> None:
        """BER-38: its own people and the Secretariat change it; all in the plan read it."""
        measure = await planning.measure("M1")
        assert measure.party is Party.SOF

        async def drops(tx: Transaction) -> None:
            await drop_measure(tx, id=measure.id, reason="Nej", by=CARL, now=MONDAY_NOON)

        async def starts(tx: Transaction) -> None:
            await start_measure(tx, id=measure.id, by=CARL, now=MONDAY_NOON)

        async def drops_it(tx: Transaction) -> None:
            await drop_measure(tx, id=measure.id, reason="Aflyst", by=DORTE, now=MONDAY_NOON)

        assert await planning.desk.refuses(drops) == "measure.not_found"
        assert await planning.desk.refuses(starts) == "measure.not_found"
        await planning.desk.does(drops_it)
        dropped = await planning.measure("M1")
        assert dropped.state is MeasureState.DROPPED
        assert progress([dropped], now=MONDAY_NOON).done == 0

    async def test_can_be_taken_back(self, planning: PlanDesk) -> None:
        await planning.runs()
        measure = await planning.measure("M1")

        async def works(tx: Transaction) -> None:
            await drop_measure(tx, id=measure.id, reason="Aflyst", by=SOFIE, now=MONDAY_NOON)
            await take_measure_back(tx, id=measure.id, by=DORTE, now=MONDAY_NOON)

        await planning.desk.does(works)

        assert (await planning.measure("M1")).state is MeasureState.OPEN
        assert str(SOFIE.id) in await planning.told(NoticeKind.MEASURES_GIVEN)

    async def test_is_added_once_by_its_own_party(self, planning: PlanDesk) -> None:
        """BER-33, BER-38; M20 is in no catalogue (S115)."""
        new = NewMeasure(id=uuid4(), kind="M9", party=None, due_at=MONDAY_NOON + AN_HOUR)

        async def adds(tx: Transaction, by: Person, kind: str = "M9") -> None:
            asked = replace(new, kind=kind)
            await add_measure(tx, asked, plan=planning.id, by=by, now=MONDAY_NOON)

        before = len((await planning.plan()).measures)
        refused = [
            await planning.desk.refuses(lambda tx: adds(tx, SOFIE)),
            await planning.desk.refuses(lambda tx: adds(tx, DORTE, "M20")),
        ]
        await planning.desk.does(lambda tx: adds(tx, CARL))
        await planning.desk.does(lambda tx: adds(tx, CARL))

        assert refused == ["measure.not_yours", "measure.unknown"]
        added = (await planning.plan()).measures[before:]
        assert [(each.kind, each.party, each.owner) for each in added] == [
            ("M9", Party.KP, CARL.id)
        ]


class TestManyAtOnce:
    async def test_all_of_a_party_go_to_one_person(self, planning: PlanDesk) -> None:
        """BER-35: who hears of it in one message."""
        await planning.runs()
        await planning.desk.due()

        async with planning.desk.database.transaction() as tx:
            plan = await assign_measures(
                tx,
                id=planning.id,
                party=Party.BUF,
                owner=LINE.id,
                substitute=LARS.id,
                by=LARS,
                now=MONDAY_NOON,
            )

        assert {each.owner for each in plan.measures if each.party is Party.BUF} == {LINE.id}
        assert await planning.told(NoticeKind.MEASURES_GIVEN) == [str(LINE.id)]

    async def test_deadlines_move_by_the_same(self, planning: PlanDesk) -> None:
        """BER-35, BER-38: one's own; all of them only the Secretariat moves."""
        before = await planning.plan()
        shift = Relative(count=2, unit=Unit.HOURS)

        async def moves(tx: Transaction, by: Person, party: Party | None) -> None:
            await shift_measures(
                tx, id=planning.id, party=party, shift=shift, by=by, now=MONDAY_NOON
            )

        refused = [
            await planning.desk.refuses(lambda tx: moves(tx, LARS, None)),
            await planning.desk.refuses(lambda tx: moves(tx, LARS, Party.SOF)),
        ]
        await planning.desk.does(lambda tx: moves(tx, DORTE, None))
        after = await planning.plan()

        assert refused == ["actionplan.not_found"] * 2
        assert [each.due_at for each in after.measures] == [
            each.due_at + 2 * AN_HOUR for each in before.measures
        ]


class TestTwoAtOnce:
    async def test_ticks_of_two_both_stand(self, planning: PlanDesk) -> None:
        """BER-37."""
        await planning.runs()
        first, second = await planning.measure("M1"), await planning.measure("M2")

        async def starts(measure: Measure, by: Person) -> None:
            async with planning.desk.database.transaction() as tx:
                await start_measure(tx, id=measure.id, by=by, now=MONDAY_NOON)

        await asyncio.gather(starts(first, SOFIE), starts(second, CARL))

        for each in ("M1", "M2"):
            assert (await planning.measure(each)).state is MeasureState.UNDER_WAY

    async def test_the_later_sees_what_the_other_changed_and_writes_it_again(
        self, planning: PlanDesk
    ) -> None:
        """BER-37: nothing is overwritten, and nobody's change is lost."""
        measure = await planning.measure("M1")
        was = terms_of(measure)
        place = MeasureEdit(
            measure=measure.id, seen=measure.version, was=was, to=replace(was, place="Torvet")
        )
        both = replace(was, place="Stationen", note="Ring først")

        first = await _changes(planning, place, by=SOFIE)
        later = replace(place, to=both)
        clash = await _changes(planning, later, by=DORTE)

        assert isinstance(first, Measure)
        assert isinstance(clash, Clash)
        assert clash.overlapping == {"place"}
        assert clash.free == {"note"}
        assert (await planning.measure("M1")).place == "Torvet"
        again = await _changes(planning, replace(later, seen=first.version), by=DORTE)
        assert isinstance(again, Measure)
        assert (again.place, again.note) == ("Stationen", "Ring først")
        assert [each.by for each in await planning.lines()] == [SOFIE.id, DORTE.id]

    async def test_what_the_later_left_alone_stays_as_the_other_made_it(
        self, planning: PlanDesk
    ) -> None:
        """BER-37: a form that was opened before does not take another's change back."""
        measure = await planning.measure("M1")
        was = terms_of(measure)

        def edit(to: Terms, seen: int) -> MeasureEdit:
            return MeasureEdit(measure=measure.id, seen=seen, was=was, to=to)

        await _changes(planning, edit(replace(was, place="Torvet"), measure.version), by=SOFIE)
        mine = replace(was, note="Ring først")
        await _changes(planning, edit(mine, measure.version), by=DORTE)
        await _changes(planning, edit(mine, measure.version + 1), by=DORTE)

        kept = await planning.measure("M1")
        assert (kept.place, kept.note) == ("Torvet", "Ring først")


async def _changes(planning: PlanDesk, edit: MeasureEdit, *, by: Person) -> Measure | Clash:
    async with planning.desk.database.transaction() as tx:
        return await change_measure(tx, edit, by=by, now=MONDAY_NOON)


async def _stands_in(planning: PlanDesk, substitute: Person | None) -> Measure:
    """Give a measure of BUF to Lars, with this substitute or none."""
    measure = next(each for each in (await planning.plan()).measures if each.party is Party.BUF)
    was = terms_of(measure)
    to = replace(was, owner=LARS.id, substitute=substitute.id if substitute else None)
    edit = MeasureEdit(measure=measure.id, seen=measure.version, was=was, to=to)
    changed = await _changes(planning, edit, by=LARS)
    assert isinstance(changed, Measure)
    return changed
