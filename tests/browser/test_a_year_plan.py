"""A year of 31 committees, planned and published by mouse; Bo reads what is new on a phone."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from devtools.house import House
from devtools.ports import free_port
from tests.browser.conftest import SETTINGS, Desk
from tests.support.town import DANISH
from tests.support.window import Window

PHONE = {"width": 360, "height": 740}
PATIENCE = 90_000  # ms: a plan takes as long as a busy machine lets it
QUICK = {"PLANNER_SECONDS": "1"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own: a published year is news for three hundred people."""
    folder = tmp_path_factory.mktemp("planned")
    running = House(folder, teams_port=free_port(), settings={**SETTINGS, **QUICK})
    try:
        running.start()
        yield running
    finally:
        running.stop()


async def waits_for(window: Window, words: str) -> None:
    """Wait as long as a plan takes."""
    await expect(window.cards.filter(has_text=words).last).to_be_visible(timeout=PATIENCE)


async def test_is_planned_looked_at_and_published(desk: Desk) -> None:
    bo = await desk.mouse("Bo Havrelygte", **PHONE)
    await bo.opens("SSP København")
    dorte = await desk.mouse("Dorte Lærkesejl")
    await dorte.opens("SSP København")

    # Dorte asks for a plan, and sees that it is being computed
    await dorte.says("årsplan")
    await dorte.reads(DANISH("yearplan.none_body"))
    await dorte.pictured("year-none")
    await dorte.presses(DANISH("button.yearplan.begin"))
    await dorte.reads(DANISH("yearplan.policy_note"))
    assert not await dorte.serious()
    await dorte.pictured("year-policy")
    await dorte.presses(DANISH("button.form.finish"))
    await dorte.reads(DANISH("yearplan.computing_note"))
    await dorte.pictured("year-computing")

    # She is told when it is there, looks at its figures, at who is missing, and at each change
    await waits_for(dorte, DANISH("yearplan.ready_body"))
    await dorte.presses(DANISH("button.yearplan.open"))
    await dorte.reads(DANISH("yearplan.proposed_body"), DANISH("yearplan.figure.bound"))
    assert not await dorte.seen_badly()
    await dorte.pictured("year-proposed")
    await dorte.presses(DANISH("button.yearplan.changes"))
    await dorte.reads(DANISH("yearplan.approve_note"))
    await dorte.presses(DANISH("button.yearplan.more"))
    await dorte.reads("Side 2 af")
    assert not await dorte.serious()
    await dorte.pictured("year-changes")

    # She approves; Bo reads on his phone how much that is for him, and then what
    await dorte.presses(DANISH("button.yearplan.approve"))
    await waits_for(bo, DANISH("yearplan.told_body").partition("{")[0])
    assert not await bo.seen_badly()
    await bo.pictured("year-told")
    await bo.presses(DANISH("button.yearplan.mine"))
    await bo.reads("Nyt:")
    assert not await bo.seen_badly()
    await bo.presses(DANISH("button.yearplan.list"))
    await bo.reads(DANISH("yearplan.list_own"))
    assert not await bo.serious()
    await bo.pictured("year-wheel")
