"""axe looks at the page with real cards on it, and finds nothing serious."""

import pytest

from tests.browser.conftest import Desk
from tests.support.browser_report import report
from tests.support.town import DANISH


@pytest.mark.parametrize("theme", ["Lyst", "Mørkt"])
async def test_axe_finds_nothing_serious(desk: Desk, theme: str) -> None:
    magnus = await desk.mouse("Magnus Havretåge")
    await magnus.paints(theme)
    assert not await magnus.serious()
    await magnus.pictured(f"axe-panel-{theme}")
    await magnus.says("hjælp")
    await magnus.says("bekymring")
    assert not await magnus.serious()
    await magnus.does("safety", report())
    await magnus.presses(DANISH("button.form.next"))
    assert not await magnus.serious()
    await magnus.pictured(f"axe-form-{theme}")
    await magnus.says("annuller")
    await magnus.says("ja")
    await magnus.page.locator("#who").click()
    assert not await magnus.serious()
