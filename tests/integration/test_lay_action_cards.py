"""The action cards on paper: there each day, also for what runs just then (BER-69)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.action_plans import ActionPlan
from domain.parties import Party
from domain.plan_measures import WAITING, drop
from domain.plan_moves import release, with_measure
from scheduler.lay_action_cards import drawn, lay_action_cards
from storage.database import Database
from storage.vault import Vault
from tests.integration.storage.readiness_examples import alert
from tests.support import action_plans
from tests.support.town import DORTE, INDEX_KEY, MASTER_KEY, MONDAY_NOON, ORGANISATION
from usecases.read_action_cards import read_action_cards

DAILY = sorted(f"actionkort-{each}.pdf" for each in Party)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await opened.open()
    async with opened.transaction() as tx:
        await tx.organisation.replace(ORGANISATION)
    yield opened
    await opened.dispose()


async def running(database: Database, *, drill: bool) -> ActionPlan:
    """Let a plan of an alert run."""
    made = alert(7, drill=drill)
    plan = replace(release(action_plans.plan(drill=drill), now=MONDAY_NOON), alert=made.id)
    async with database.transaction() as tx:
        await tx.alerts.add(made)
        await tx.action_plans.add(plan)
    return plan


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


async def test_are_there_for_every_authority_and_the_secretariat(
    database: Database, tmp_path: Path
) -> None:
    await lay_action_cards(database, tmp_path, MONDAY_NOON)
    await lay_action_cards(database, tmp_path, MONDAY_NOON + timedelta(days=1))

    assert files_in(tmp_path) == DAILY
    assert (tmp_path / DAILY[0]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("drill", [False, True], ids=["live", "drill"])
async def test_of_a_plan_lie_there_until_nothing_of_it_waits(
    database: Database, tmp_path: Path, *, drill: bool
) -> None:
    """And say that it is a drill where it is one (BER-62)."""
    plan = await running(database, drill=drill)
    (tmp_path / "ringeliste.pdf").write_bytes(b"somebody else's")
    await lay_action_cards(database, tmp_path, MONDAY_NOON)
    of_plan = [f"actionkort-R2026-0007-{each}.pdf" for each in plan.parties]
    assert files_in(tmp_path) == sorted([*DAILY, *of_plan, "ringeliste.pdf"])

    async with database.transaction() as tx:
        cards = [each for each in await read_action_cards(tx) if each.plan]
        assert all(each.plan and each.plan.drill is drill for each in cards)
        held = await tx.action_plans.hold(plan.id)
        assert held is not None
        over = held
        for each in held.measures:
            if each.state in WAITING:
                over = with_measure(
                    over, drop(each, reason="Aflyst", by=DORTE.id, now=MONDAY_NOON)
                )
        await tx.action_plans.save(over, was=held)
    await lay_action_cards(database, tmp_path, MONDAY_NOON)
    assert files_in(tmp_path) == sorted([*DAILY, "ringeliste.pdf"])


async def test_of_two_schools_on_one_day_all_lie_there(database: Database, tmp_path: Path) -> None:
    """BER-40, BER-69: the calendar grew both from one template."""
    plans = [
        replace(
            release(action_plans.plan("B1", new_id=uuid4), now=MONDAY_NOON),
            id=uuid4(),
            row=uuid4(),
        )
        for _ in range(2)
    ]
    async with database.transaction() as tx:
        for each in plans:
            await tx.action_plans.add(each)
    await lay_action_cards(database, tmp_path, MONDAY_NOON)

    parties = sum(len(each.parties) for each in plans)
    assert len(files_in(tmp_path)) == len(DAILY) + parties


async def test_say_so_when_the_folder_is_not_there(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await lay_action_cards(database, tmp_path / "nowhere", MONDAY_NOON)


async def test_are_the_same_papers_that_are_looked_through(database: Database) -> None:
    async with database.transaction() as tx:
        [secretariat] = [each for each in await read_action_cards(tx) if each.party is Party.SEK]
    assert drawn(secretariat, now=MONDAY_NOON).startswith(b"%PDF")
    assert secretariat.card.steps
