"""What is known in advance grows a draft at the Secretariat, four weeks before: BER-40."""

from datetime import timedelta

from localteams import drawn
from tests.support.alert_town import SAID, in_readiness
from tests.support.chat import Chat
from tests.support.town import CARL, DANISH, DENNIS, DORTE, LARS, SOFIE, Town
from usecases.hold_drills import due_drills

A_NIGHT = timedelta(hours=19)  # from Monday noon to a quarter past seven
A_MOMENT, DAY = timedelta(minutes=1), timedelta(days=1)
CALM = "Der er kaldt sammen igen"
OVER = "Der har været roligt i en uge"
DEMONSTRATION = {
    "name": "Demonstration ved stationen",
    "template": "B5",
    "from_on": "2026-03-20",
    "areas": "VAL",
    "source": "Ansøgning til politiet",
    "confirmed": "yes",
}


class TestACalendar:
    async def test_begins_with_examples_that_are_confirmed_corrected_or_taken_out(
        self, dorte: Chat, bo: Chat, town: Town
    ) -> None:
        """BER-40: the last day of school of each area is an example until somebody says so."""
        told = await dorte.types("beredskabskalender")
        assert told.count(DANISH("plan_calendar.unconfirmed")) == 13
        more = await dorte.presses("calendar.list", page="2")
        assert (told + more).count("**Sidste skoledag – ") == 15
        assert "nr. 17" in await dorte.types("beredskabskalender 2")
        assert "**Juleferie – hele byen** · mandag 21. december 2026 til" in told
        assert "Det kan kun SSP Sekretariatet" in await bo.types("beredskabskalender")

        await dorte.types("vis beredskabskalender 3")
        told = await dorte.presses("calendar.confirm")
        assert told.count(DANISH("plan_calendar.unconfirmed")) == 12
        await dorte.types("vis beredskabskalender 3")
        await dorte.presses("calendar.change")
        told = await dorte.presses("form.next", from_on="2027-06-24", school="Ålholm Skole")
        assert "Sidste skoledag, Ålholm Skole" in told
        assert "24. juni 2027" in told
        await dorte.types("fjern beredskabskalender 1")

        await town.restarts()
        told = await dorte.types("beredskabskalender")
        assert "1. maj" not in told
        assert "Sidste skoledag, Ålholm Skole" in told

    async def test_grows_a_draft_with_owners_and_nobody_else_hears_of_it(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-40: once, in the night after it is written in; a human lets it run."""
        await town.passes(A_MOMENT)  # a house that has just opened has no night behind it
        await dorte.types("ny i beredskabskalenderen")
        told = await dorte.presses("form.next", **DEMONSTRATION)
        assert "Demonstration ved stationen" in told

        await town.passes(A_NIGHT)
        await town.passes(A_MOMENT)

        dennis = town.chat(DENNIS)
        for told in (dorte.everything(), dennis.everything()):
            assert told.count(DANISH("plan_calendar.grown_title", count=1)) == 1
            assert DANISH("plan_calendar.nothing_sent") in told
        for owner in (LARS, SOFIE, CARL):
            assert "Demonstration" not in town.chat(owner).everything()
        async with town.remembers() as tx:
            [plan] = await tx.action_plans.ahead(since=town.hour.now)
        assert plan.title == "Demonstration ved stationen"
        assert plan.released_at is None
        assert any(each.owner for each in plan.measures)
        assert "Demonstration ved stationen" in await dorte.presses("actionplan.open")

        await town.passes(DAY)
        await town.passes(A_MOMENT)
        assert dennis.everything().count(DANISH("plan_calendar.grown_title", count=1)) == 1
        assert "udkast lavet" in await dorte.types("beredskabskalender")
        assert "Demonstration ved stationen" in await dorte.types("beredskabsplaner")


class TestItsEnd:
    async def test_is_reminded_of_waited_for_put_off_and_decided(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-56: never silent closing or continuing; BER-57: who, why and a new date; BER-58."""
        await _in_force(dorte, town, until="2026-03-10")
        await town.passes(5 * DAY + DAY / 2)  # Sunday evening; it ends on Tuesday at four
        await town.passes(A_MOMENT)
        ends_soon = DANISH("planend.told_ends_title", reference="B5")
        assert dorte.everything().count(ends_soon) == 1

        await town.passes(2 * DAY)
        await town.passes(A_MOMENT)
        expired = DANISH("planend.told_expired_title", reference="B5")
        for each in (dorte, town.chat(DENNIS)):
            assert each.everything().count(expired) == 1
        assert DANISH("plan_calendar.expired") in await dorte.types("beredskabsplaner")
        told = await dorte.types("vis beredskabsplan 1")
        assert "Udløbet – afventer beslutning: forlæng eller afslut." in told

        await dorte.presses("planend.extend")
        await dorte.fills({"until": "2026-03-20", "because": CALM})
        told = await dorte.types("vis beredskabsplan 1")
        assert "i drift siden" in told
        assert f"af {DORTE.name}. Begrundelse: {CALM}" in told

        await dorte.types("afslut beredskabsplan 1")
        await dorte.fills({"because": OVER})
        told = await dorte.presses("actionplan.open")
        assert OVER in told
        assert DANISH("button.planend.extend") not in told
        heard = dorte.everything().count(expired)
        await town.passes(12 * DAY)
        await town.passes(A_MOMENT)
        assert dorte.everything().count(expired) == heard
        assert dorte.everything().count(ends_soon) == 1


async def _in_force(dorte: Chat, town: Town, *, until: str) -> None:
    """Let a draft grow, give it an end, and put it in force."""
    await town.passes(A_MOMENT)
    await dorte.types("ny i beredskabskalenderen")
    await dorte.presses("form.next", **{**DEMONSTRATION, "from_on": "2026-03-06"})
    await town.passes(A_NIGHT)
    await town.passes(A_MOMENT)
    await dorte.types("vis beredskabsplan 1")
    await dorte.presses("actionplan.period")
    await dorte.fills({"until_on": until, "until_at": "16:00"})
    await dorte.types("vis beredskabsplan 1")
    assert DANISH("action_plan.top.released") in await dorte.presses("actionplan.release")


class TestADrill:
    async def test_is_reminded_of_held_and_reported_beside_the_live_targets(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-65: reminded of when a quarter begins; BER-63: a report of its own; BER-62."""
        await in_readiness(town)
        await town.passes(A_MOMENT)
        await town.passes(31 * DAY)
        await town.passes(A_MOMENT)

        told = dorte.everything()
        assert told.count("ØVELSE – " + DANISH("drills.due_chain_title")) == 1
        await dorte.presses("drill.begin")
        inputs = drawn.inputs(dorte.form())
        assert (inputs["template"], inputs["drill"]) == ("Ø1", "yes")
        await dorte.presses("form.next", areas="VAL", situation=SAID)
        await dorte.presses("form.send")
        await town.passes(A_MOMENT)

        assert "ØVELSE – BEREDSKAB" in town.chat(LARS).everything()
        told = await dorte.types("øvelsesrapport")
        assert f"mål {DANISH('figure.minutes', minutes=5)}" in told
        assert "virkelige –" in told
        assert "Ø1: 0 af" in told
        assert "Ø1" in await dorte.types("øvelser")
        async with town.remembers() as tx:
            assert not await tx.alerts.open(drill=False)
            assert len(await tx.alerts.open(drill=True)) == 1
            assert not await due_drills(tx, now=town.hour.now)
