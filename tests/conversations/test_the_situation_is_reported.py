"""How it stands is asked for when it is due, reported, and shown to all (BER-43)."""

from datetime import timedelta

from tests.support.alert_town import NUMBER, in_readiness, sends
from tests.support.town import DANISH, DORTE, LARS, SOFIE, Town

A_MINUTE = timedelta(minutes=1)


class TestTheSituation:
    async def test_is_asked_for_reported_and_seen_by_all(self, town: Town) -> None:
        """BER-43: due, answered from the last one, shown; then overdue to the Secretariat."""
        await in_readiness(town)
        lars, sofie, dorte = town.chat(LARS), town.chat(SOFIE), town.chat(DORTE)
        await sends(lars, level="3")
        await town.passes(A_MINUTE)
        assert DANISH("sitrep.due_title", reference=NUMBER) not in sofie.everything()
        await town.passes(timedelta(hours=2))
        assert DANISH("sitrep.due_title", reference=NUMBER) in sofie.everything()

        await sofie.types("situationsmelding")
        assert "Slagsmål mellem to grupper" in str(sofie.form())
        said = await sofie.presses(
            "form.next",
            party="SOF",
            happened="Slagsmål",
            where="Ved stationen",
            stands="Der er ro nu",
            done="Gadeplan er på stedet",
            needs="En hal",
        )
        assert DANISH("sitrep.done_title") in said
        assert "Der er ro nu" in await lars.types(f"alarm {NUMBER}")
        assert "En hal" in await lars.types(f"situationsbillede {NUMBER}")

        await town.passes(timedelta(minutes=15))
        assert DANISH("sitrep.again_title", reference=NUMBER) in lars.everything()
        assert DANISH("sitrep.again_title", reference=NUMBER) not in sofie.everything()
        await town.passes(timedelta(minutes=15))
        overdue = DANISH("sitrep.overdue_title", reference=NUMBER)
        await town.passes(A_MINUTE)
        assert dorte.everything().count(overdue) == 1
        assert LARS.name in dorte.everything().split(overdue)[1]
