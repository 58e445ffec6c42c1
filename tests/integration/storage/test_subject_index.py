"""Finding people by what is kept of their names, birthdays and numbers (AC-AZ-09, AC-CRYPT-05)."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from domain.cases import Case, CaseState, Kif
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId
from domain.records import Record, RecordKind
from domain.searching import read_search
from storage import subject_index
from storage.case_rows import subject_cprs, subject_marks
from storage.database import Database
from storage.rotation import rotate
from storage.subject_index import Found, Reach
from storage.vault import Vault
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import MONDAY_NOON, SECRETS, vault
from tests.integration.storage.raw import everything_stored

BORN = date(2011, 5, 4)
CPR = "0405114003"
VALBY, VANLOESE = CommitteeCode("KG5"), CommitteeCode("KG6")
IN_VALBY = Reach(scopes=frozenset({VALBY}))
EVERYWHERE = Reach(scopes=None)
TODAY = MONDAY_NOON.date()


async def person(
    database: Database,
    name: str,
    *,
    group: CommitteeCode = VALBY,
    born: date | None = BORN,
    cpr: str | None = None,
) -> Case:
    """Open a case about somebody."""
    case = Case(
        id=uuid4(),
        reference=f"2026-{uuid4().int % 10**6:06}",
        subject=uuid4(),
        state=CaseState.OPEN,
        group=group,
        area=AreaCode("VAL"),
        opened_at=MONDAY_NOON,
        opened_by=PersonId("bo"),
        last_event_at=MONDAY_NOON,
        kif=Kif.NONE,
    )
    async with database.transaction() as tx:
        await tx.subjects.add(case.subject, at=MONDAY_NOON)
        await tx.cases.add(case)
        await tx.records.add(
            _record(case, RecordKind.IDENTITY, name=name, born=born.isoformat() if born else None)
        )
        if cpr is not None:
            await tx.records.add(_record(case, RecordKind.CPR, cpr=cpr))
        await tx.subjects.reindex(case.subject)
    return case


def _record(case: Case, kind: RecordKind, **content: object) -> Record:
    return Record(
        id=uuid4(),
        matter=case.id,
        key=str(case.subject),
        kind=kind,
        data_class=DataClass.CPR if kind is RecordKind.CPR else DataClass.IDENTITY,
        by=PersonId("bo"),
        at=MONDAY_NOON,
        content=content,
    )


async def search(database: Database, said: str, reach: Reach = IN_VALBY, most: int = 20) -> Found:
    async with database.transaction() as tx:
        return await tx.subjects.search(read_search(said, today=TODAY), reach=reach, at_most=most)


class TestASearch:
    @pytest.mark.parametrize(
        "said",
        [
            "Max Aagård",
            "max",
            "MAX AAG",
            "aagaard max",
            "myrekær-aagård",
            "myr max aag",
            "li max",
            CPR,
            "040511-4003",
            "max 04.05.2011",
            "aagaard 2011-05-04",
        ],
    )
    async def test_finds_somebody_by_words_of_the_name_or_by_number(
        self, database: Database, said: str
    ) -> None:
        max_ = await person(database, "Max Li Myrekær Aagård", cpr=CPR)
        await person(database, "Maja Brink", born=date(2010, 1, 1))

        assert (await search(database, said)).subjects == (max_.subject,)

    @pytest.mark.parametrize(
        "said", ["maxine", "max brink", "xam", "max 05.05.2011", "0405114011", "ax aagaard bo"]
    )
    async def test_finds_nobody_by_other_words(self, database: Database, said: str) -> None:
        await person(database, "Max Myrekær Aagård", cpr=CPR)
        await person(database, "Maja Brink")

        assert (await search(database, said)).subjects == ()

    async def test_finds_those_within_reach_only(self, database: Database) -> None:
        """AC-AZ-09."""
        here = await person(database, "Max Myrekær")
        there = await person(database, "Max Myrekær", group=VANLOESE)
        hidden = await person(database, "Max Myrekær")
        barred = Reach(scopes=frozenset({VALBY}), hidden=frozenset({hidden.subject}))
        single = Reach(scopes=frozenset(), besides=frozenset({there.subject}))

        for said in ("max", "max myrekær", "myr max"):
            assert set((await search(database, said)).subjects) == {here.subject, hidden.subject}
            assert (await search(database, said, barred)).subjects == (here.subject,)
            assert (await search(database, said, single)).subjects == (there.subject,)
            assert len((await search(database, said, EVERYWHERE)).subjects) == 3

    async def test_says_when_there_are_more_than_are_shown(self, database: Database) -> None:
        for number in range(4):
            await person(database, "Max Myrekær", cpr=f"040511400{number}")

        few = await search(database, "max", most=3)
        all_ = await search(database, "max", most=4)

        assert (len(few.subjects), few.complete) == (3, False)
        assert (len(all_.subjects), all_.complete) == (4, True)

    async def test_looks_through_no_more_than_so_many(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What two common words cost does not grow with the city (docs/decisions/0030)."""
        monkeypatch.setattr(subject_index, "LOOKS_AT_MOST", 3)
        for number in range(3):
            await person(database, f"Max Bo{number * 'o'}gaard")
        assert (await search(database, "max bo")).complete
        await person(database, "Max Brink")

        assert not (await search(database, "max bo")).complete
        assert (await search(database, "max brink")).subjects != ()  # by both names together


class TestWhoIsKnown:
    async def test_is_found_by_number_in_whichever_group(self, database: Database) -> None:
        """CON-5."""
        there = await person(database, "Max Myrekær", group=VANLOESE, cpr=CPR)

        async with database.transaction() as tx:
            assert await tx.subjects.with_cpr(CPR) == there.subject
            assert await tx.subjects.with_cpr("0405114011") is None

    @pytest.mark.parametrize("name", ["Max Myrekær", "Maxim Hansen", "Else Myrekaer", "myrehøj"])
    async def test_may_be_somebody_born_that_day_with_a_name_that_begins_alike(
        self, database: Database, name: str
    ) -> None:
        there = await person(database, "Max Myrekær", group=VANLOESE)
        await person(database, "Max Myrekær", born=date(2011, 5, 5))
        await person(database, "Max Myrekær", born=None)

        async with database.transaction() as tx:
            assert await tx.subjects.namesakes(name, BORN) == [there.subject]
            assert await tx.subjects.namesakes("Else Hansen", BORN) == []

    async def test_has_a_number_that_is_nobody_elses(self, database: Database) -> None:
        """CASE-3: two who press at once cannot make two of one person."""
        await person(database, "Max Myrekær", cpr=CPR)

        with pytest.raises(RuleBroken, match=r"case\.known_meanwhile"):
            await person(database, "M. Myrekær", group=VANLOESE, cpr=CPR)

        async with database.transaction() as tx:
            counted = await tx.connection.scalar(select(func.count()).select_from(subject_cprs))
        assert counted == 1


class TestTheIndex:
    async def test_holds_none_of_the_words(self, database: Database, database_url: str) -> None:
        """AC-CRYPT-05, AC-AZ-10: neither the words nor the day or number, nor plain hashes."""
        await person(database, "Wolfgangus Xylofonsen", cpr=CPR)

        stored = (await everything_stored(database, database_url)).lower()

        for known in ("wolfgangus", "wolfgang", "xylofon", "2011-05-04", CPR, "name|", "cpr|"):
            assert known.encode() not in stored

    async def test_follows_who_they_turn_out_to_be_and_where_the_case_goes(
        self, database: Database
    ) -> None:
        case = await person(database, "Max Myrekær", cpr=CPR)
        async with database.transaction() as tx:
            [old] = await tx.records.read([case.id], [DataClass.IDENTITY])
            await tx.records.add(
                replace(_record(case, RecordKind.IDENTITY, name="Mads Myrekær"), replaces=old.id)
            )
            await tx.cases.save(replace(case, group=VANLOESE, partner=VALBY))
            await tx.subjects.reindex(case.subject)

        assert (await search(database, "max")).subjects == ()
        assert (await search(database, "mads")).subjects == (case.subject,)
        there = Reach(scopes=frozenset({VANLOESE}))
        assert (await search(database, "mads", there)).subjects == (case.subject,)
        assert (await search(database, CPR, there)).subjects == (case.subject,)

    async def test_can_be_forgotten(self, database: Database) -> None:
        """AC-DATA-03."""
        case = await person(database, "Max Myrekær", cpr=CPR)

        async with database.transaction() as tx:
            await tx.subjects.forget(case.subject)

        async with database.transaction() as tx:
            for table in (subject_marks, subject_cprs):
                assert (await tx.connection.execute(select(table))).all() == []


class TestAnotherIndexKey:
    async def test_finds_everybody_before_during_and_after(self, opens: Opens) -> None:
        """AC-CRYPT-05: two indexes side by side until all are marked by the new one."""
        both = Vault(
            masters={1: SECRETS[1]}, indexes={version: SECRETS[version] for version in (8, 9)}
        )
        before = await opens(vault())
        people = [
            await person(before, "Max Myrekær", cpr=f"040511400{number}") for number in range(5)
        ]
        new = await opens(both)
        assert len((await search(new, "max")).subjects) == 5

        report = await rotate(new, batch=2)

        assert report.complete
        assert report.marked == 5
        after = await opens(vault(indexes=(9,)))
        assert set((await search(after, "max myrekær")).subjects) == subjects(people)
        for number, each in enumerate(people):
            async with after.transaction() as tx:
                assert await tx.subjects.with_cpr(f"040511400{number}") == each.subject
        async with after.transaction() as tx:
            for table in (subject_marks, subject_cprs):
                versions = await tx.connection.scalars(select(table.c.index_version).distinct())
                assert versions.all() == [9]


def subjects(people: list[Case]) -> set[UUID]:
    return {each.subject for each in people}
