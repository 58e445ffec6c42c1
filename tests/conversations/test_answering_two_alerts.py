"""Two alerts at once: one reminder of both, and an answer to each (BER-20)."""

from dataclasses import replace

import pytest

from domain.alerts import Reply
from localteams import drawn
from tests.conversations.test_an_alert_reaches_people import (
    A_RUNG,
    ANOTHER,
    NUMBER,
    SAID,
    TOAST,
    activates,
    goes,
    heard,
    readiness,
    titles,
)
from tests.integration.usecases.alarming import ALERT, ORDER
from tests.support.town import BENTE, DANISH, KASPER, LARS, Town

__all__ = ["readiness"]


class TestTwoAlerts:
    @pytest.mark.parametrize("drill", [False, True])
    async def test_are_answered_apart_and_reminded_of_together(
        self, town: Town, *, drill: bool
    ) -> None:
        """BER-20, BER-62: separate buttons, one reminder; a drill says so first, everywhere."""
        lars, kasper, bente = map(town.chat, (LARS, KASPER, BENTE))
        await activates(town, replace(ORDER, drill=drill))
        await activates(town, replace(ANOTHER, drill=drill))
        mark = "ØVELSE – " if drill else ""
        assert titles(lars)[-2:] == [f"{mark}{TOAST}", f"{mark}{TOAST[:-17]}Trusler på skolen"]

        await bente.types(f"svar {NUMBER} deltager")
        await goes(town, A_RUNG)
        digest = f"{mark}BEREDSKAB: 2 alarmer venter på dit svar"
        assert (heard(lars, digest), heard(kasper, digest), heard(bente, digest)) == (1, 1, 0)
        assert heard(lars, "SVAR MANGLER") == 0
        assert heard(bente, "SVAR MANGLER") == 1

        # The first is answered on the card, which goes on to ask about the other
        card = lars.card(lars.card_with("alert.join"))
        assert sum(each.get("verb") == "alert.join" for each in drawn.buttons(card)) == 2
        shown = await lars.presses("alert.join", alert=str(ALERT))
        assert SAID[Reply.JOINING] in shown
        await lars.presses("alert.join", alert=str(ANOTHER.id))
        async with town.remembers() as tx:
            found = [await tx.recipients.find(each, LARS.id) for each in (ALERT, ANOTHER.id)]
        assert [each.reply for each in found if each is not None] == [Reply.JOINING] * 2
        assert all(not drill or each.startswith("ØVELSE") for each in titles(lars)[1:])

        # Each of the other answers is given on the card too, and what waits is led on to
        await kasper.presses_on(
            kasper.card(kasper.card_with("alert.join")), "alert.mine", alert=str(ANOTHER.id)
        )
        await kasper.presses("alert.reply", alert=str(ANOTHER.id), reply=Reply.UNABLE)
        told = await kasper.presses("alert.unanswered")
        assert DANISH("alert_letter.other_reply", reference=NUMBER) in told
        await kasper.presses("alert.mine", alert=str(ALERT))
        await kasper.presses("alert.reply", alert=str(ALERT), reply=Reply.RECEIVED)
        async with town.remembers() as tx:
            found = [await tx.recipients.find(each, KASPER.id) for each in (ANOTHER.id, ALERT)]
        assert [each.reply for each in found if each] == [Reply.UNABLE, Reply.RECEIVED]
