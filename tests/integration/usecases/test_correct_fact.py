"""A wrong fact is corrected by a new version; who had the old one gets to know (CASE-13)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.ages import AgeBand
from domain.cases import Case
from domain.correcting import AgeChange, Decision, Ground, Request
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.journal import Note
from domain.notices import NoticeKind
from domain.people import Person
from domain.records import RecordKind
from tests.integration.usecases.desk import Desk
from tests.support.cases import a_case, keep_case
from tests.support.town import BO, CARL, DORTE, EVA, MONDAY_NOON, SOFIE, STINE
from usecases.correct_fact import (
    Corrected,
    correct_fact,
    facts_of,
    read_corrected,
    record_request,
)
from usecases.read_case import open_case

LATER = MONDAY_NOON + timedelta(days=1)
REASON = "Skolen har oplyst det rigtige"


async def a_kept_case(desk: Desk, *, born: str = "2011-05-04") -> Case:
    case = a_case("2026-0001")
    async with desk.database.transaction() as tx:
        await keep_case(tx, case, name="Max Myrekær", born=born, cpr="0405114003")
    return case


async def corrects(
    desk: Desk, case: Case, what: str, to: str, *, by: Person = BO, seen: int | None = None
) -> Corrected:
    async with desk.database.transaction() as tx:
        found = await tx.cases.find(case.id)
        assert found is not None
        return await correct_fact(
            tx,
            id=uuid4(),
            case=case.id,
            seen=seen or found.version,
            what=what,
            to=to,
            ground=Ground.REQUESTED,
            reason=REASON,
            by=by,
            now=LATER,
        )


async def opens(desk: Desk, case: Case, by: Person) -> None:
    async with desk.database.transaction() as tx:
        await open_case(tx, id=case.id, by=by, no_relation=True, now=MONDAY_NOON)


async def says(desk: Desk, case: Case, *, history: bool = False) -> list[object]:
    """Read what the records of who it is say, with or without what was corrected."""
    async with desk.database.transaction() as tx:
        read = await tx.records.read(
            [case.id], [DataClass.IDENTITY], kinds=[RecordKind.IDENTITY], history=history
        )
    return [record.content["name"] for record in read]


class TestACorrection:
    async def test_puts_a_new_version_in_place_with_its_reason(self, desk: Desk) -> None:
        """AC-DATA-06."""
        case = await a_kept_case(desk)

        await corrects(desk, case, "name", "Mads Myrekær")

        assert await says(desk, case) == ["Mads Myrekær"]
        assert await says(desk, case, history=True) == ["Max Myrekær", "Mads Myrekær"]
        async with desk.database.transaction() as tx:
            [why] = await tx.records.read(
                [case.id], [DataClass.DECISIONS], kinds=[RecordKind.CORRECTION]
            )
            notes = await tx.journal.notes(matters=[case.id])
        assert (why.content["reason"], why.content["ground"]) == (REASON, "requested")
        assert [each.note for each in notes] == [Note.CORRECTED]

    async def test_tells_everybody_who_had_read_the_old(self, desk: Desk) -> None:
        case = await a_kept_case(desk)
        for person in (SOFIE, DORTE, BO):
            await opens(desk, case, person)

        corrected = await corrects(desk, case, "name", "Mads Myrekær")

        assert corrected.told == 2
        told = await desk.told(after=timedelta(days=2))
        assert {(kind, who) for kind, who in told if kind is NoticeKind.FACT_CORRECTED} == {
            (NoticeKind.FACT_CORRECTED, SOFIE.id),
            (NoticeKind.FACT_CORRECTED, DORTE.id),
        }

    async def test_is_found_by_the_new_number_and_not_the_old(self, desk: Desk) -> None:
        case = await a_kept_case(desk)

        await corrects(desk, case, "cpr", "0405114011")

        async with desk.database.transaction() as tx:
            assert await tx.subjects.with_cpr("0405114011") == case.subject
            assert await tx.subjects.with_cpr("0405114003") is None

    async def test_to_somebody_elses_number_is_refused(self, desk: Desk) -> None:
        case = await a_kept_case(desk)
        async with desk.database.transaction() as tx:
            await keep_case(tx, a_case("2026-0002"), name="Else Brink", cpr="0405114011")

        with pytest.raises(RuleBroken, match=r"case\.known_meanwhile"):
            await corrects(desk, case, "cpr", "0405114011")

    async def test_shows_what_stood_there_to_the_data_steward_alone(self, desk: Desk) -> None:
        """CASE-13."""
        case = await a_kept_case(desk)
        await corrects(desk, case, "name", "Mads Myrekær")

        async with desk.database.transaction() as tx:
            _, before = await read_corrected(tx, id=case.id, by=STINE, now=LATER)
            for person in (BO, SOFIE, DORTE):
                with pytest.raises(RuleBroken, match=r"case\.not_found"):
                    await read_corrected(tx, id=case.id, by=person, now=LATER)
        assert [record.content["name"] for record in before] == ["Max Myrekær"]

    @pytest.mark.parametrize("by", [EVA], ids=lambda person: str(person.id))
    async def test_is_not_for_those_out_of_reach(self, desk: Desk, by: Person) -> None:
        case = await a_kept_case(desk)

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await corrects(desk, case, "name", "Mads", by=by)

    async def test_is_not_of_what_was_not_offered_nor_of_nothing(self, desk: Desk) -> None:
        """AC-CARD-07, AC-CARD-04."""
        case = await a_kept_case(desk)

        for what, to, code in [
            ("area", "VAN", r"correct\.choose"),
            (f"{UUID(int=4)}.name", "Mads", r"correct\.choose"),
            ("name", "Max Myrekær", r"correct\.no_change"),
        ]:
            with pytest.raises(RuleBroken, match=code):
                await corrects(desk, case, what, to)
        with pytest.raises(RuleBroken, match=r"case\.moved_on"):
            await corrects(desk, case, "name", "Mads", seen=7)


class TestACorrectedBirthday:
    async def test_is_judged_anew_and_says_so(self, desk: Desk) -> None:
        """AGE-9: from 14 years to 17½, so that SSP+ is to be assessed."""
        case = await a_kept_case(desk)

        corrected = await corrects(desk, case, "born", "04.06.2008")

        assert corrected.age == AgeChange(before=AgeBand.SSP, after=AgeBand.SSP_TRANSITION)
        async with desk.database.transaction() as tx:
            events = await tx.audit.of(str(case.id))
        assert "case.age_changed" in {event.action for event in events}

    async def test_within_one_age_group_changes_nothing_else(self, desk: Desk) -> None:
        case = await a_kept_case(desk)

        assert (await corrects(desk, case, "born", "05.05.2011")).age is None


class TestARequest:
    async def test_is_recorded_with_what_came_of_it(self, desk: Desk) -> None:
        """CASE-13: the person's right to rectification and objection."""
        case = await a_kept_case(desk)

        async with desk.database.transaction() as tx:
            await record_request(
                tx,
                id=uuid4(),
                case=case.id,
                seen=1,
                request=Request.OBJECTION,
                received_on=date(2026, 3, 1),
                decision=Decision.REFUSED,
                reason=REASON,
                by=BO,
                now=LATER,
            )

        async with desk.database.transaction() as tx:
            [kept] = await tx.records.read(
                [case.id], [DataClass.DECISIONS], kinds=[RecordKind.OBJECTION]
            )
        assert (kept.content["request"], kept.content["decision"]) == ("objection", "refused")


async def test_each_is_offered_what_they_may_write(desk: Desk) -> None:
    """domain.md §14.2: who it is, by the facilitator and the data steward; a member reads it."""
    case = await a_kept_case(desk)

    async with desk.database.transaction() as tx:
        _, by_facilitator = await facts_of(tx, id=case.id, by=BO, now=LATER)
        _, by_steward = await facts_of(tx, id=case.id, by=STINE, now=LATER)
        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await facts_of(tx, id=case.id, by=CARL, now=LATER)

    assert {"name", "born", "cpr"} <= by_facilitator.keys()
    assert "name" in by_steward
    assert "cpr" not in by_steward
