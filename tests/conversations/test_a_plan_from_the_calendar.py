"""What is known in advance grows a draft at the Secretariat, four weeks before: BER-40."""

from datetime import timedelta

from tests.support.chat import Chat
from tests.support.town import CARL, DANISH, DENNIS, LARS, SOFIE, Town

A_NIGHT = timedelta(hours=19)  # from Monday noon to a quarter past seven
A_MOMENT, DAY = timedelta(minutes=1), timedelta(days=1)
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


class TestADrill:
    async def test_is_reminded_of_opened_and_reported_beside_the_live_targets(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-65: in the first month of a quarter; BER-63: its own report."""
        await town.passes(A_MOMENT)
        await town.passes(31 * DAY)
        await town.passes(A_MOMENT)

        told = dorte.everything()
        assert told.count(DANISH("drills.due_chain_title")) == 1
        assert "ØVELSE – " + DANISH("drills.due_chain_title") in told
        opened = await dorte.presses("drill.begin")
        assert "Ø1" in str(dorte.card_with("form.next"))
        assert opened
        await dorte.presses("form.cancel")

        told = await dorte.types("øvelsesrapport")
        assert f"mål {DANISH('figure.minutes', minutes=5)}" in told
        assert DANISH("drills.none") in told
        async with town.remembers() as tx:
            assert not await tx.alerts.activated(
                drill=False, since=town.hour.now - 365 * DAY, before=town.hour.now
            )
