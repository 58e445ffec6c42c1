"""Loading the register: all of it, or none of it and the reasons."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from demo.organisation import demo_organisation
from domain.people import AreaCode, CommitteeCode, Office, Organisation, PersonId
from storage.database import Database
from storage.vault import Vault
from tests.support.trail import audited
from usecases.check_organisation import OrganisationProblem
from usecases.load_organisation import load_organisation

MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DEMO = demo_organisation()
VALBY, KG5 = AreaCode("VAL"), CommitteeCode("KG5")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, Vault(masters={1: b"m" * 32}, indexes={1: b"i" * 32}))
    await opened.open()
    yield opened
    await opened.dispose()


async def load(
    database: Database, organisation: Organisation, *, accept_unserved_areas: bool = False
) -> None:
    async with database.transaction() as tx:
        await load_organisation(
            tx, organisation, now=MONDAY_NOON, accept_unserved_areas=accept_unserved_areas
        )


def without_valby() -> Organisation:
    groups = [
        replace(each, areas=tuple(area for area in each.areas if area != VALBY))
        if each.code == KG5
        else each
        for each in DEMO.committees
    ]
    return replace(DEMO, committees=groups)


async def test_everyone_and_every_seat_of_the_demo_is_there(database: Database) -> None:
    await load(database, DEMO)

    async with database.transaction() as tx:
        stored = {each.code: each for each in await tx.organisation.committees()}
        assert stored == {each.code: each for each in DEMO.committees}
        assert await tx.people.count() == len(DEMO.people)
        for person in DEMO.people[:10]:
            assert await tx.people.get(person.id) == person
        members = await tx.organisation.members(KG5)
        assert {seat for seat, _ in members} == {
            seat for seat in DEMO.memberships if seat.committee == KG5
        }
        assert await tx.organisation.group_of_area(VALBY) == KG5


async def test_loading_twice_changes_nothing(database: Database) -> None:
    await load(database, DEMO)
    await load(database, DEMO)

    async with database.transaction() as tx:
        assert await tx.people.count() == len(DEMO.people)
        assert len(await tx.organisation.memberships_of(PersonId("carl"))) == 1


async def test_the_entra_groups_of_a_file_are_loaded_and_may_change_places(
    database: Database,
) -> None:
    """APP-2: a file says which group has a committee's members, or leaves that to the chat."""
    one, other = (f"b0000000-0000-4000-8000-00000000000{number}" for number in (1, 2))
    kg6 = CommitteeCode("KG6")
    await load(database, replace(DEMO, groups={KG5: one, kg6: other}))
    await load(database, replace(DEMO, groups={KG5: other, kg6: one}))
    await load(database, DEMO)

    async with database.transaction() as tx:
        links = {each.committee: each.group for each in await tx.directory.links()}
        state = await tx.directory.state()
    assert links == {KG5: other, kg6: one}
    assert state.asked_at == MONDAY_NOON  # and Entra is asked who is in them


async def test_who_is_left_out_of_the_next_register_is_no_longer_active(
    database: Database,
) -> None:
    await load(database, DEMO)

    carl = PersonId("carl")
    await load(
        database,
        replace(
            DEMO,
            people=[each for each in DEMO.people if each.id != carl],
            memberships=[each for each in DEMO.memberships if each.person != carl],
        ),
    )

    async with database.transaction() as tx:
        assert not (await tx.people.get(carl)).active
        assert await tx.organisation.memberships_of(carl) == []


async def test_a_register_with_problems_is_refused_whole(database: Database) -> None:
    await load(database, DEMO)
    broken = replace(without_valby(), people=DEMO.people[1:])

    with pytest.raises(OrganisationProblem) as refused:
        await load(database, broken)

    assert "området VAL har ingen koordinationsgruppe; skriv det på en af dem" in str(
        refused.value
    )
    async with database.transaction() as tx:
        assert await tx.people.count() == len(DEMO.people)
        assert await tx.organisation.group_of_area(VALBY) == KG5


async def test_areas_without_a_group_are_accepted_only_when_somebody_says_so(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """AREA-3, and the tenth scenario of concern.md §5.4."""
    with pytest.raises(OrganisationProblem):
        await load(database, without_valby())

    with caplog.at_level(logging.WARNING, logger="usecases.load_organisation"):
        await load(database, without_valby(), accept_unserved_areas=True)

    assert [record.getMessage() for record in caplog.records] == ["areas go to triage"]
    async with database.transaction() as tx:
        assert await tx.organisation.group_of_area(VALBY) is None


async def test_the_audit_trail_says_that_the_register_was_replaced(database: Database) -> None:
    await load(database, DEMO)

    async with database.transaction() as tx:
        [line] = await audited(tx, action="organisation.loaded")
    assert (line.at, line.actor) == (MONDAY_NOON, None)


async def test_the_audit_trail_says_who_was_given_what_and_who_lost_it(database: Database) -> None:
    """APP-2, ROLE-01: there is no second person at a command; there is a line for each."""
    await load(database, DEMO)
    async with database.transaction() as tx:
        known = len(await audited(tx))
    carl, dorte = PersonId("carl"), PersonId("dorte")
    [seat] = [each for each in DEMO.memberships if each.person == carl]
    people = [
        replace(each, offices=each.offices | {Office.DPO}, s115_covered=False)
        if each.id == dorte
        else each
        for each in DEMO.people
    ]
    others = [each for each in DEMO.memberships if each != seat]
    await load(database, replace(DEMO, people=people, memberships=others))

    async with database.transaction() as tx:
        lines = (await audited(tx))[known:]
    assert {(each.action, each.about, each.result) for each in lines[1:]} == {
        ("role.take", carl, f"seat:{seat.committee}:{seat.seat}:{seat.slot}"),
        ("role.give", dorte, "office:DPO"),
        ("role.take", dorte, "cover"),
    }
