"""Outlook and Entra as a window: the page of the stand-in for Microsoft Graph."""

from playwright.async_api import Error, Locator, expect

from tests.support.window import MouseWindow

LOOKS, LOOK_MS = 40, 500


class OfficeWindow(MouseWindow):
    """Someone in the Secretariat's mailbox, or an administrator of the tenant."""

    async def goes(self, page: str) -> None:
        """Open one of the pages by its link."""
        if not self.page.url.startswith(self.house.graph_address):
            await self.page.goto(self.house.graph_address)
        await self.page.get_by_role("navigation").get_by_role("link", name=page).click()
        await expect(self.page).to_have_title(page)

    async def finds(self, wanted: str, *words: str) -> Locator:
        """Look for something until it says all of this; the page is as it was when opened."""
        found = self.page.get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        await self.page.get_by_role("textbox").first.fill(wanted)
        for _ in range(LOOKS):
            await self.page.get_by_role("button", name="Søg").click()
            try:
                await found.first.wait_for(timeout=LOOK_MS)
            except Error:
                continue
            return found.first
        raise AssertionError(f"nothing says {words}")

    async def loses(self, wanted: str) -> None:
        """Look for something until it is there no more."""
        none = self.page.get_by_text("0 fundet")
        await self.page.get_by_role("textbox").first.fill(wanted)
        for _ in range(LOOKS):
            await self.page.get_by_role("button", name="Søg").click()
            try:
                await none.wait_for(timeout=LOOK_MS)
            except Error:
                continue
            return
        raise AssertionError(f"{wanted} is still there")

    async def hour(self) -> int:
        """Read what hour it is now."""
        await self.page.get_by_role("button", name="Søg").click()
        told = await self.page.get_by_text("Klokken er").inner_text()
        return int(told.rpartition("kl. ")[2][:2])

    async def shows(self, name: str) -> None:
        """Keep a picture; nothing is cut off, and nobody is kept from using the page."""
        await self.pictured(f"microsoft-{name}")
        badly = await self.seen_badly()
        assert not badly, (name, badly)
        assert not await self.serious(), name
