"""The way to the board, and the papers of an alert: asked for, ready, and not to be had."""

from dataclasses import replace
from uuid import UUID

from cards import alert_papers
from domain.exports import ExportKind
from domain.notices import NoticeKind
from tests.cards.guests import Gallery
from tests.integration.usecases.alarming import ORDER
from tests.support.acts_alert_replies import TO_LARS
from tests.support.town import ANNA, DORTE, LARS
from usecases.activate_alert import activate_alert
from usecases.export_alert import ask_for_alert_paper


async def board_stories(gallery: Gallery) -> None:
    """Practise, look at the board, and ask for papers; one is ready, one could not be made."""
    order = replace(ORDER, id=UUID(int=77), audience=TO_LARS, drill=True, another=True)
    lars = gallery.guest(LARS, "board")
    async with gallery.database.transaction() as tx:
        alert = await activate_alert(tx, order, by=DORTE, now=gallery.now)
    await lars.types("tavle")
    await lars.types(f"tavle {alert.reference}")
    await lars.types(f"eksport {alert.reference}")
    await lars.presses("alertpaper.ask", paper=ExportKind.ALERT_JSON)
    await lars.types(f"hent {alert.reference} log")
    await lars.types(f"hent {alert.reference} handleplan")
    await lars.types(f"hent {alert.reference} noget andet")
    await gallery.guest(ANNA, "no papers").types(f"hent {alert.reference} log")
    gallery.hang("board without a place", alert_papers.board("", say=gallery.say))
    for kind, why_not in (
        (ExportKind.ALERT_CAP, None),
        (ExportKind.ALERT_LOG_CSV, "failed"),
        (ExportKind.ALERT_LOG_TEXT, "not_permitted"),
    ):
        async with gallery.database.transaction() as tx:
            export = await ask_for_alert_paper(
                tx, alert=alert.id, kind=kind, by=LARS, now=gallery.now
            )
            await tx.exports.settle(
                export.id, files="R2026-0001-cap.xml", why_not=why_not, at=gallery.now
            )
        await gallery.letter(NoticeKind.ALERT_PAPER_READY, export.id, LARS)
