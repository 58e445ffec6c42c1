"""A case in SSP+: who sees it, what is planned, what becomes of them (PLUS-3 to PLUS-7)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.cases import Kif, PlusType
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.journal import Note
from domain.notices import NoticeKind
from domain.outcomes import Answer, Started, Status
from domain.people import Authority, Person
from domain.periods import moment
from domain.plus import Focus
from domain.records import RecordKind
from scheduler.follow_ages import follow_ages
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.handing_over import NOW, accepted, may_open, notes
from tests.integration.usecases.nights import (
    JUST_AFTER,
    MORNING,
    opened,
    told,
)
from tests.support.plus_cases import HALF, anew
from tests.support.town import (
    BO,
    CARL,
    OLE,
    PER,
    PIA,
    RUTH,
    SANNE,
)
from usecases.keep_plan import Consent, Plan, plan_action, plan_of, set_kif, set_plan, set_type
from usecases.record_outcome import note_start, note_two_years_on
from usecases.see_plus_figures import see_plus_figures


class TestTheProbationService:
    async def test_sees_a_case_while_it_is_flagged(self, desk: Desk) -> None:
        """PLUS-4, scenario 9."""
        case = await accepted(desk)
        assert not await may_open(desk, case, OLE)

        for kif, sees in ((Kif.EXPECTED, True), (Kif.ACTIVE, True), (Kif.NONE, False)):
            async with desk.database.transaction() as tx:
                case = await set_kif(tx, case=case.id, seen=case.version, by=PIA, kif=kif, now=NOW)
            assert await may_open(desk, case, OLE) is sees

    @pytest.mark.parametrize("who", [OLE, PER, BO])
    async def test_does_not_flag_it_itself(self, desk: Desk, who: Person) -> None:
        case = await accepted(desk)

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            async with desk.database.transaction() as tx:
                await set_kif(tx, case=case.id, seen=case.version, by=who, kif=Kif.ACTIVE, now=NOW)


class TestAPlan:
    async def test_has_goals_and_actions_in_five_areas(self, desk: Desk) -> None:
        """PLUS-3: each goal, action, owner, due, status; one kind of action in the house."""
        case = await accepted(desk)
        goals = {Focus.JOB: "Læreplads", Focus.HOUSING: "Eget værelse"}

        async with desk.database.transaction() as tx:
            case = await set_plan(
                tx,
                id=uuid4(),
                case=case.id,
                seen=case.version,
                by=SANNE,
                plan=Plan(goals=goals, consent=Consent.GIVEN),
                now=NOW,
            )
            await plan_action(
                tx,
                id=uuid4(),
                case=case.id,
                seen=case.version,
                by=SANNE,
                focus=Focus.JOB,
                what="Ringe til mester",
                owner=PER.id,
                due_on=HALF + timedelta(days=7),
                now=NOW,
            )

        async with desk.database.transaction() as tx:
            kept, _ = await plan_of(tx, case)
            [action] = await tx.actions.of_case(case.id)
        assert (kept.goals, kept.consent) == (goals, Consent.GIVEN)
        assert (action.focus, action.owner) == (Focus.JOB, PER.id)
        assert Note.PLANNED in await notes(desk, case)

    async def test_that_changes_keeps_what_it_was(self, desk: Desk) -> None:
        case = await accepted(desk)
        for goal in ("Læreplads", "Fritidsjob"):
            async with desk.database.transaction() as tx:
                case = await set_plan(
                    tx,
                    id=uuid4(),
                    case=case.id,
                    seen=case.version,
                    by=PIA,
                    plan=Plan(goals={Focus.JOB: goal}),
                    now=NOW,
                )

        async with desk.database.transaction() as tx:
            history = await tx.records.read(
                [case.id], [DataClass.ACTIONS], kinds=[RecordKind.PLAN], history=True
            )
        assert sorted(str(each.content["job"]) for each in history) == [
            "Fritidsjob",
            "Læreplads",
        ]

    async def test_is_for_cases_of_ssp_plus(self, desk: Desk) -> None:
        case = await opened(desk)

        with pytest.raises(RuleBroken, match=r"plus\.not_in_ssp_plus"):
            async with desk.database.transaction() as tx:
                await set_type(
                    tx,
                    case=case.id,
                    seen=case.version,
                    by=BO,
                    plus_type=PlusType.VOLUNTARY,
                    now=NOW,
                )


class TestWhatBecameOfThem:
    async def test_is_asked_after_12_months_and_24_from_the_start(self, desk: Desk) -> None:
        """PLUS-7: twice, and an ended case is asked after too."""
        case = await accepted(desk)
        await follow_ages(desk.database, now=moment(date(2027, 2, 27), JUST_AFTER))
        assert await told(desk, NoticeKind.OUTCOME_DUE) == []
        await follow_ages(desk.database, now=moment(date(2027, 2, 28), JUST_AFTER))
        assert len(await told(desk, NoticeKind.OUTCOME_DUE)) == 1

        async with desk.database.transaction() as tx:
            found = await anew(tx, case)
            await note_start(
                tx,
                case=case.id,
                seen=found.version,
                by=PIA,
                answer=Answer.YES,
                kind=Started.JOB,
                on=date(2026, 8, 1),
                now=moment(date(2027, 3, 1), MORNING),
            )
        for day in (date(2028, 7, 31), date(2028, 8, 1), date(2028, 8, 2)):
            await follow_ages(desk.database, now=moment(day, JUST_AFTER))

        assert [at.date() for _, at in await told(desk, NoticeKind.OUTCOME_DUE)] == [
            date(2027, 2, 27),
            date(2028, 7, 31),
        ]

    async def test_is_sealed_and_counted_without_a_name(self, desk: Desk) -> None:
        """STAT-4, invariant 12: facts stay when the person is forgotten."""
        case = await accepted(desk)
        later = moment(date(2029, 1, 1), MORNING)
        async with desk.database.transaction() as tx:
            await note_start(
                tx,
                case=case.id,
                seen=case.version,
                by=PIA,
                answer=Answer.YES,
                kind=Started.EDUCATION,
                on=date(2026, 5, 1),
                now=later,
            )
            await note_two_years_on(
                tx,
                case=case.id,
                seen=case.version + 1,
                by=PIA,
                status=Status.JOB,
                reconvicted=Answer.NO,
                now=later,
            )
        kinds = [FactKind.STARTED, FactKind.STATUS_24M, FactKind.RECONVICTED_24M]
        async with desk.database.transaction() as tx:
            before = await tx.facts.of_kinds(kinds)
            await tx.facts.sever(case.id)
            await tx.keys.destroy(str(case.subject))
            assert await tx.outcomes.all() == []
            after = await tx.facts.of_kinds(kinds)

        assert after == before
        assert {(each.detail, each.authority, each.quarter) for each in after} == {
            ("edu", Authority.SOF, "2029-Q1"),
            ("job", Authority.SOF, "2029-Q1"),
            ("no", Authority.SOF, "2029-Q1"),
        }
        assert len({each.pseudonym for each in after}) == 1

    async def test_is_seen_as_figures_by_few(self, desk: Desk) -> None:
        await accepted(desk)

        async with desk.database.transaction() as tx:
            figures = await see_plus_figures(tx, by=RUTH, now=NOW)
        assert [(each.n, each.immature) for each in figures] == [(0, 1), (0, 0), (0, 0)]

        with pytest.raises(RuleBroken, match=r"office\.secretariat_only"):
            async with desk.database.transaction() as tx:
                await see_plus_figures(tx, by=CARL, now=NOW)
