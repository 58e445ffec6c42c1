"""A trial on a phone: the Secretariat sends it, a leader answers with one tap."""

from playwright.async_api import expect

from tests.browser.conftest import Desk
from tests.support.town import DANISH

PHONE = {"width": 360, "height": 740}
LEADER = "Olena Tranekvist"


async def test_is_sent_and_answered_on_a_phone(desk: Desk) -> None:
    """BER-13, BER-83: nothing cut off, one tap to answer, and the numbers follow."""
    olena = await desk.mouse(LEADER, **PHONE)
    await olena.opens("SSP København")
    dorte = await desk.mouse("Dorte Lærkesejl", **PHONE)
    await dorte.opens("SSP København")

    # Dorte looks before she sends
    await dorte.says("prøveudsendelse")
    await dorte.reads(DANISH("trial.choose_body"))
    assert not await dorte.seen_badly()
    await dorte.pictured("trial-choose")
    await dorte.presses(DANISH("button.trial.leaders"))
    await dorte.reads(DANISH("trial.preview_title"), DANISH("trial.preview_reach"))
    assert not await dorte.seen_badly()
    await dorte.pictured("trial-preview")

    # She sends; Olena has the letter at once, and answers with one tap
    await dorte.presses(DANISH("button.trial.begin"))
    await dorte.reads(DANISH("trial.standing_total"))
    await olena.reads(DANISH("trial.letter_title"), DANISH("trial.letter_why"))
    assert not await olena.seen_badly()
    await olena.pictured("trial-letter")
    await olena.presses(DANISH("button.notice.acknowledge"))
    await olena.reads(DANISH("trial.answered_title"))
    assert not await olena.seen_badly()
    await olena.pictured("trial-answered")

    # Dorte sees it, and presses without having chosen whom she telephoned
    await dorte.presses(DANISH("button.trial.stand"))
    await dorte.reads(DANISH("delivery.state.acknowledged"))
    await dorte.presses(DANISH("button.trial.confirm"))
    await dorte.reads(DANISH("call_list.choose"))
    assert not await dorte.seen_badly()
    await dorte.pictured("trial-standing")

    # She telephones somebody
    who = dorte.card.get_by_label(DANISH("delivery.person.which"))
    await expect(who).to_be_visible()
    await who.select_option(index=1)
    await dorte.presses(DANISH("button.trial.confirm"))
    await dorte.says("prøve status")
    await dorte.reads(DANISH("trial.standing_total"))
    assert not await dorte.serious()
    await dorte.pictured("trial-followed")
