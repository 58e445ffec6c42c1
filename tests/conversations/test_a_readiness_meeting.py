"""A readiness meeting from its call to a measure, by card and by keyboard (BER-41, BER-42)."""

from datetime import timedelta

from tests.support.alert_town import NUMBER, in_readiness, sends
from tests.support.chat import Chat, verbs
from tests.support.town import ANNA, DANISH, DORTE, LARS, LINE, SOFIE, Town

A_MINUTE = timedelta(minutes=1)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
MEETING = f"{NUMBER}/1"


async def alarmed(town: Town, **answers: str) -> Chat:
    """Lars activates readiness at level 3, and Sofie takes part."""
    await in_readiness(town)
    lars = town.chat(LARS)
    await sends(lars, level="3", **answers)
    await town.passes(A_MINUTE)
    await town.chat(SOFIE).types(f"svar {NUMBER} deltager")
    return lars


class TestAReadinessMeeting:
    async def test_goes_from_its_call_to_a_measure(self, town: Town) -> None:
        """BER-41, BER-42: call, answer, substitute, agenda, calendar, decision."""
        lars, dorte, sofie = await alarmed(town), town.chat(DORTE), town.chat(SOFIE)
        assert DORTE.name in await lars.types(f"indkald {NUMBER}")
        told = await dorte.types(f"alarm {NUMBER}")
        assert "skabelonen foreslår mandag 2. marts 2026 kl. 13.00" in told
        assert "skabelonen foreslår" not in await lars.types(f"alarm {NUMBER}")
        await dorte.types(f"indkald {NUMBER}")
        assert "13.00" in str(dorte.form())

        people = f"{LARS.id},{SOFIE.id}"
        said = await dorte.presses(
            "form.next", day="2026-03-02", starts="13.05", link=LINK, people=people
        )
        assert DANISH("alertmeet.called_done", reference=MEETING) in said
        await sofie.presses("alertmeet.coming")
        await lars.types(f"suppleant {MEETING}")
        line = town.chat(LINE)
        assert LARS.name in line.last()
        await line.types(f"deltager {MEETING}")

        page = await dorte.types(f"møde {MEETING}")
        assert all(each.name in page for each in (SOFIE, LINE))
        assert LINK in str(dorte.card(dorte.messages()[-1]))
        agenda = await dorte.presses("alertmeet.agenda")
        assert "Tiltag, hvem der har ansvaret, og frister" in agenda
        assert SOFIE.name in agenda
        assert DANISH("alertmeet.next") in await sofie.types(f"alarm {NUMBER}")

        await sofie.types(f"kalender {MEETING}")
        for _ in range(2):  # laid, then told
            await town.passes(A_MINUTE)
        assert DANISH("paper_ask.ready_title", reference=MEETING) in sofie.everything()

        await dorte.types(f"beslutning {NUMBER}")
        done = await dorte.presses(
            "form.next", words="Vi åbner hallen i aften", measure="M8", party=""
        )
        assert DANISH("alertmeet.decision_measure") in done
        assert "Vi åbner hallen i aften" in await dorte.types(f"logbog {NUMBER}")

        await dorte.types(f"aflys {MEETING}")
        await dorte.presses("form.next", sure="yes")
        assert DANISH("alertmeet.off_title", reference=MEETING) in sofie.everything()
        assert "alertmeet.coming" not in verbs(sofie.card(sofie.messages()[-1]))

    async def test_is_nobodys_who_was_not_alerted(self, town: Town) -> None:
        """BER-41, BER-52: the same words as for one that is not there; a drill says so."""
        await alarmed(town, drill="yes")
        dorte = town.chat(DORTE)
        await dorte.types(f"indkald {NUMBER}")
        said = await dorte.presses(
            "form.next", day="2026-03-02", starts="13.05", place="Rådhuset", people=SOFIE.id
        )
        assert "ØVELSE" in said
        assert "ØVELSE" in town.chat(SOFIE).last()
        anna = town.chat(ANNA)
        gone = DANISH("rule.readiness_meeting.not_found")
        assert gone in await anna.types(f"møde {MEETING}")
        assert gone in await anna.types(f"møde {NUMBER}/7")
