"""The readiness board in a real browser: on a desk, a wall and a phone, in all colours."""

import time
from datetime import UTC, datetime, timedelta

from playwright.async_api import FrameLocator, Page, expect

from devtools.house import House
from domain.alerts import Reply
from tests.browser.conftest import Desk
from tests.support.board_alerts import alarmed, answers, database_of
from tests.support.town import DANISH
from tests.support.window import AXE, PICTURES, KeyboardWindow, MouseWindow

PHONE = {"width": 360, "height": 740}
WALL = {"width": 2560, "height": 1440}
LEADER = "Dorte Lærkesejl"
LIVE_MS = 10_000  # BER-66: so long after it happened, the board has it
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE_FINDS = """async () => (await axe.run()).violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`)"""


def now() -> datetime:
    """Tell the time as the house does: browser tests run on the real clock."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


async def tab_of(window: MouseWindow | KeyboardWindow) -> FrameLocator:
    await window.page.locator('[data-key="tab:readiness"]').click()
    return window.page.frame_locator("iframe.tab")


async def found_by_axe(page: Page) -> list[str]:
    """Ask axe inside the tab: the policy of the page lets no other script in by itself."""
    frame = next(each for each in page.frames if "/tab/" in each.url)
    await frame.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await frame.evaluate(AXE_FINDS)
    return found


async def test_the_board_is_live_and_readable_everywhere(desk: Desk, house: House) -> None:
    """BER-66, BER-67: light, dark, contrast; phone and wall; a change is there within 10 s."""
    span = timedelta(minutes=50)
    live = await alarmed(house, title="Uro ved stationen", area="VAL", ago=span, now=now())
    drill = await alarmed(
        house, title="Prøv kæden", area="YNB", drill=True, ago=timedelta(minutes=20), now=now()
    )
    dorte = await desk.mouse(LEADER)
    faults: list[str] = []
    dorte.page.on("console", lambda said: faults.append(said.text))
    board = await tab_of(dorte)
    card = board.get_by_role("article", name=live.reference).or_(
        board.locator("article", has_text="Uro ved stationen")
    )
    await expect(card.first).to_be_visible()
    await expect(board.locator("#fresh")).to_contain_text("Opdateret kl.")
    practised = board.locator("article.drill", has_text="Prøv kæden")
    await expect(practised.get_by_role("heading")).to_contain_text("ØVELSE")
    assert not await found_by_axe(dorte.page)
    await dorte.pictured("board-light")
    await dorte.paints("Mørkt")
    assert not await found_by_axe(dorte.page)
    await dorte.pictured("board-dark")
    await dorte.page.locator("#tools").get_by_label("Farver").select_option("Høj kontrast")
    await dorte.page.locator("#toggle-tools").click()
    assert not await found_by_axe(dorte.page)
    await dorte.pictured("board-contrast")

    # one alert closer: every figure with words and a table, in these colours too
    await board.get_by_role("button", name=DANISH("board.open", reference=live.reference)).click()
    heading = board.get_by_role("heading", level=1)
    await expect(heading).to_be_focused()
    await expect(board.get_by_role("img")).to_have_count(4)
    assert not await found_by_axe(dorte.page)
    await dorte.pictured("board-alert-contrast")
    first = board.locator("figure details").first
    await first.locator("summary").click()
    await expect(first.get_by_role("table")).to_be_visible()

    # somebody answers: it is there by itself, told to who listens, and nothing is folded in
    async with database_of(house) as database:
        async with database.transaction() as tx:
            waits = next(each for each in await tx.recipients.of(live.id) if each.reply is None)
            [person] = (await tx.people.of_ids({waits.person})).values()
        before = await board.locator("figcaption").first.inner_text()
        await answers(database, live, person, Reply.JOINING, at=now())
    await expect(board.locator("figcaption").first).not_to_have_text(before, timeout=LIVE_MS)
    await expect(first).to_have_attribute("open", "")

    # a file is handed over
    async with dorte.page.expect_download() as downloading:
        await board.get_by_role("button", name="Modtagere (CSV)").click()
    assert (await downloading.value).suggested_filename == f"{live.reference}-modtagere.csv"

    # the line is lost, and found again
    await dorte.page.context.set_offline(True)
    await expect(board.locator("#state")).to_contain_text("Ingen forbindelse", timeout=3 * LIVE_MS)
    await dorte.pictured("board-lost")
    await dorte.page.context.set_offline(False)
    await expect(board.locator("#fresh")).to_be_visible(timeout=2 * LIVE_MS)
    assert not [each for each in faults if "Content Security Policy" in each]
    assert drill.drill


async def test_the_board_on_a_phone_and_on_a_wall(desk: Desk, house: House) -> None:
    """BER-66: nothing is cut off at 360 px; on a wall the letters are large."""
    alert = await alarmed(
        house, title="Stenkast mod busser", area="VAN", ago=timedelta(minutes=5), now=now()
    )
    opens = DANISH("board.open", reference=alert.reference)
    sizes = {}
    for name, size in (("phone", PHONE), ("wall", WALL)):
        window = await desk.mouse(LEADER, **size)
        board = await tab_of(window)
        await expect(board.get_by_role("button", name=opens)).to_be_visible()
        await window.pictured(f"board-{name}")
        frame = next(each for each in window.page.frames if "/tab/" in each.url)
        assert await frame.evaluate(SIDEWAYS) <= 0
        sizes[name] = await frame.evaluate("() => getComputedStyle(document.body).fontSize")
        await board.get_by_role("button", name=opens).click()
        await expect(board.get_by_role("img")).to_have_count(4)
        assert await frame.evaluate(SIDEWAYS) <= 0
        await window.page.locator("iframe.tab").screenshot(path=PICTURES / f"board-{name}-1.png")
    assert sizes == {"phone": "16px", "wall": "24px"}


async def test_a_link_in_the_chat_leads_to_the_alert_on_the_board(
    desk: Desk, house: House
) -> None:
    alert = await alarmed(
        house, title="Hærværk på skolen", area="BRO", ago=timedelta(minutes=5), now=now()
    )
    dorte = await desk.mouse(LEADER)
    await dorte.says(f"tavle {alert.reference}")
    await dorte.cards.get_by_role("link", name=DANISH("button.board.link")).last.click()
    board = dorte.page.frame_locator("iframe.tab")
    heading = board.get_by_role("heading", level=1)
    await expect(heading).to_contain_text("Hærværk på skolen")


async def test_the_board_by_keyboard(desk: Desk, house: House) -> None:
    """Everything is reached by Tab and Enter, and the focus goes where one went."""
    alert = await alarmed(
        house, title="Ildspåsættelse", area="BRO", ago=timedelta(minutes=5), now=now()
    )
    window = await desk.keyboard(LEADER)
    page = window.page
    await window.tabs_to(page.locator('[data-key="tab:readiness"]'), key="Shift+Tab")
    await page.keyboard.press("Enter")
    board = page.frame_locator("iframe.tab")
    opens = board.get_by_role("button", name=DANISH("board.open", reference=alert.reference))
    await expect(opens).to_be_visible()
    for _ in range(60):
        if await opens.evaluate("(each) => each === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(board.get_by_role("heading", level=1)).to_be_focused()
    back = board.get_by_role("button", name=DANISH("board.back"))
    await page.keyboard.press("Shift+Tab")
    await expect(back).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(board.get_by_role("heading", level=1)).to_be_focused()
    await expect(opens).to_be_visible()
