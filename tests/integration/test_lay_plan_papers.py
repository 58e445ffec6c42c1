"""A version of a plan becomes a document for who may have it, and for nobody else (BER-48, 55)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_templates import PlanTier
from scheduler.hand_out import giver, own_papers
from scheduler.lay import lay
from scheduler.lay_plan_papers import PLAN_PAPERS
from storage.database import Database
from storage.vault import Vault
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import FULL, PlanDesk
from tests.integration.usecases.sharing import HOUR, NOW, finishes
from tests.support.town import DORTE, INDEX_KEY, LARS, MASTER_KEY, ORGANISATION, VIGGO
from usecases.plan_papers import ask_for_plan


@pytest.fixture
async def drilled(database_url: str) -> AsyncIterator[PlanDesk]:
    """A drill, whose plan is finished."""
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    async with database.transaction() as tx:
        await tx.organisation.replace(ORGANISATION)
    planned = await PlanDesk.of(Desk(database=database), replace(FULL, drill=True))
    await finishes(planned)
    yield planned
    await database.dispose()


async def asks(planned: PlanDesk, by: Person, tier: PlanTier | None = None) -> Export:
    async with planned.desk.database.transaction() as tx:
        return await ask_for_plan(tx, id=planned.id, tier=tier, by=by, now=NOW)


def laid_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def test_is_handed_to_who_asked(drilled: PlanDesk, tmp_path: Path) -> None:
    """BER-62: a drill says so in the name of the file too; the folder is the Secretariat's."""
    database = drilled.desk.database
    asked = [
        await asks(drilled, LARS),
        await asks(drilled, VIGGO),
        await asks(drilled, DORTE, PlanTier.EXTERNAL),
    ]

    await lay(database, PLAN_PAPERS, folder=tmp_path, now=NOW)

    give = giver(database, now=lambda: NOW)
    files = [
        await give(by.aad_id, str(each.id))
        for by, each in zip((LARS, VIGGO, DORTE), asked, strict=True)
    ]
    assert [each.name.partition("-v1-")[0] for each in files if each] == [
        "oevelse-R2026-0001-handleplan",
        "oevelse-R2026-0001-handleplan-uden-navne",
        "oevelse-R2026-0001-handleplan-reduceret",
    ]
    assert all(each is not None and each.content.startswith(b"%PDF") for each in files)
    assert await give(VIGGO.aad_id, str(asked[0].id)) is None
    assert laid_in(tmp_path) == [files[2].name if files[2] else ""]
    told = await drilled.told(NoticeKind.PLAN_PAPER_READY, after=HOUR)
    assert told == sorted([LARS.id, VIGGO.id, DORTE.id])


async def test_is_in_nobodys_list_who_may_not_have_it_any_more(drilled: PlanDesk) -> None:
    """BER-55: read anew each time it is handed out."""
    database = drilled.desk.database
    asked = await asks(drilled, VIGGO)
    assert asked.kind is ExportKind.PLAN_ORIENTATION
    await lay(database, PLAN_PAPERS, folder=None, now=NOW)
    async with database.transaction() as tx:
        listed = await own_papers(tx, VIGGO, now=NOW)
        assert [(each.id, number) for each, number in listed] == [(asked.id, "R2026-0001")]
        await tx.organisation.unseat(VIGGO.id)

    async with database.transaction() as tx:
        assert await own_papers(tx, VIGGO, now=NOW) == []
    assert await giver(database, now=lambda: NOW)(VIGGO.aad_id, str(asked.id)) is None
