"""The log of an alert: typed, confirmed, corrected, read; and roles handed over (BER-44, 45)."""

from datetime import timedelta

from tests.support.alert_town import NUMBER, in_readiness, sends
from tests.support.chat import verbs
from tests.support.town import ANNA, DANISH, HELLE, LARS, SOFIE, Town

A_MINUTE = timedelta(minutes=1)
SAID = "Brandvæsenet er på vej"


class TestTheLog:
    async def test_takes_what_is_typed_once_it_is_confirmed(self, town: Town) -> None:
        """BER-44: `log: …`, a look, a line; a correction is a new line."""
        await in_readiness(town)
        lars, sofie = town.chat(LARS), town.chat(SOFIE)
        await sends(lars, level="2")
        await town.passes(A_MINUTE)

        asked = await sofie.types(f"log: {SAID}")
        assert DANISH("alert_log_line.step.what") in asked
        assert SAID not in await lars.types(f"logbog {NUMBER}")
        await sofie.presses("form.next", words=SAID)
        log = await lars.types(f"logbog {NUMBER}")
        assert SAID in log
        assert SOFIE.name in log

        named = await sofie.types("log: Det er 010190-1234")
        assert DANISH("rule.field.cpr") in named
        await sofie.types(f"ret logbog {NUMBER}")
        form = sofie.form()
        lines = next(each for each in form["body"] if each.get("id") == "line")
        await sofie.presses(
            "form.next", line=lines["choices"][0]["value"], words="Den er fremme nu"
        )
        assert "Den er fremme nu" in await lars.types(f"logbog {NUMBER}")
        gone = DANISH("rule.alert.not_found")
        assert gone in await town.chat(ANNA).types(f"logbog {NUMBER}")
        assert gone in await town.chat(HELLE).types(f"logbog {NUMBER}")

    async def test_is_offered_words_that_nobody_understood(self, town: Town) -> None:
        """BER-44, §2.1: what somebody answers an alert with does not vanish."""
        await in_readiness(town)
        lars, sofie = town.chat(LARS), town.chat(SOFIE)
        await sends(lars, level="2")
        await town.passes(A_MINUTE)
        words = "Jeg er på vej og er der om ti minutter"

        said = await sofie.types(words)
        assert DANISH("alertlog.offer_title") in said
        assert DANISH("alertlog.offer_title") not in await town.chat(ANNA).types(words)
        await sofie.presses("form.resume")
        await sofie.presses("form.next", words=words)
        assert words in await lars.types(f"logbog {NUMBER}")

    async def test_and_the_lead_are_handed_over(self, town: Town) -> None:
        """BER-44, BER-45: asked, accepted, told, logged; a drill says so."""
        await in_readiness(town)
        lars, sofie = town.chat(LARS), town.chat(SOFIE)
        await sends(lars, level="2", drill="yes")
        await town.passes(A_MINUTE)
        await sofie.types(f"svar {NUMBER} deltager")

        await lars.types(f"overdrag {NUMBER}")
        said = await lars.presses("form.next", role="coordinator", to=SOFIE.id)
        assert SOFIE.name in said
        assert "ØVELSE" in sofie.last()
        assert "alertrole.take" in verbs(sofie.card(sofie.messages()[-1]))
        await sofie.presses("alertrole.take")
        assert SOFIE.name in lars.last()
        await lars.types(f"overdrag {NUMBER}")
        await lars.presses("form.next", role="log_keeper", to=SOFIE.id)
        await sofie.types(f"overtag ikke {NUMBER}")
        assert DANISH("alertrole.declined_body", name=SOFIE.name) in lars.last()
        page = await lars.types(f"alarm {NUMBER}")
        assert f"{DANISH('alerts.coordinator')}: {SOFIE.name}" in page
