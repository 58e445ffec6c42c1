"""How an alert ends: never in silence, by a decision, and everybody who heard of it hears so."""

from datetime import timedelta

from tests.support.alert_ends import BECAUSE, DAY, closes, later, runs
from tests.support.alert_town import LEADERS, NUMBER
from tests.support.chat import Chat, verbs
from tests.support.town import DANISH, DORTE, VIGGO, Town

HOUR = timedelta(hours=1)


def told(who: Chat, key: str) -> int:
    """Count the letters somebody has under this heading."""
    title = DANISH(f"alertend.told_{key}_title", reference=NUMBER)
    return sum(title in who.reads(each).splitlines() for each in who.messages())


def can_answer(who: Chat) -> bool:
    """Whether a letter of theirs still asks them for an answer."""
    return any("alert.reply" in verbs(who.card(each)) for each in who.messages())


class TestThePeriod:
    async def test_runs_out_under_everybodys_eyes_and_is_put_off_by_a_decision(
        self, town: Town
    ) -> None:
        """BER-56, BER-57: reminded, expired over a restart, reminded each day, extended."""
        lars = await runs(town, quiet=True)
        await later(town, 12 * DAY + HOUR)
        assert told(lars, "period_ends") == 1
        await later(town, DAY)
        assert told(lars, "period_ends") == 2
        await town.restarts()
        await later(town, DAY)
        assert told(lars, "expired") == 1
        assert DANISH("alerts.state.expired") in await lars.types(f"alarm {NUMBER}")
        await later(town, DAY)
        assert told(lars, "expired") == 2

        await lars.types(f"afslut {NUMBER}")
        await lars.presses("alertend.extend")
        day = (town.hour.now + 7 * DAY).date()
        said = await lars.presses("form.next", until=day.isoformat(), because=BECAUSE)

        assert DANISH("alertend.extended_title", reference=NUMBER) in said
        assert DANISH.day(day) in await town.chat(DORTE).types(f"alarm {NUMBER}")

    async def test_is_put_off_for_long_by_the_steering_group(self, town: Town) -> None:
        """BER-57, BER-62: Viggo sits there, and answers on the card; it is a drill all the way."""
        lars, viggo = await runs(town, drill="yes"), town.chat(VIGGO)
        await lars.types(f"forlæng {NUMBER}")
        day = (town.hour.now + 100 * DAY).date()
        asked = await lars.presses("form.next", until=day.isoformat(), because=BECAUSE)
        assert "ØVELSE" in asked
        assert DANISH("alertend.asked_title", reference=NUMBER) in asked
        letter = viggo.card_with("alertend.agree")
        assert viggo.reads(letter).strip().startswith("ØVELSE")
        assert BECAUSE in viggo.reads(letter)
        not_his = await town.chat(DORTE).types(f"godkend forlængelse {NUMBER}")
        assert DANISH("rule.alert.not_found") in not_his

        agreed = await viggo.presses("alertend.agree")

        assert DANISH("alertend.extended_title", reference=NUMBER) in agreed
        answer = DANISH("alertend.told_extension_extended_title", reference=NUMBER)
        assert f"ØVELSE – {answer}" in lars.everything()
        assert DANISH.day(day) in await lars.types(f"alarm {NUMBER}")


class TestTheEnd:
    async def test_is_told_to_everybody_and_can_be_taken_back(self, town: Town) -> None:
        """BER-58, BER-59, BER-60."""
        lars = await runs(town)
        everybody = [town.chat(each) for each in LEADERS]
        assert [can_answer(each) for each in everybody] == [True] * len(LEADERS)
        await lars.types(f"normalisér {NUMBER}")
        await lars.presses("form.next", days="3", because=BECAUSE)
        page = await lars.types(f"afslut {NUMBER}")
        assert DANISH("alertend.normal") in page
        assert "alertend.close" not in verbs(lars.card(lars.messages()[-1]))
        await lars.types(f"luk {NUMBER}")
        refused = await lars.presses("form.next", normal="1", because=BECAUSE)
        assert "tiltag. Giv dem videre" in refused
        await lars.types("annullér")
        await lars.types("ja")

        assert DANISH("alertend.closed_title", reference=NUMBER) in await closes(town)
        await town.passes(timedelta(minutes=1))

        assert [told(each, "closed") for each in everybody] == [1] * len(LEADERS)
        assert [can_answer(each) for each in everybody] == [False] * len(LEADERS)
        assert DANISH("alerts.state.closed") in await lars.types(f"alarm {NUMBER}")

        await lars.types(f"genåbn {NUMBER}")
        again = await lars.presses("form.next", because="Det er begyndt igen")
        await town.passes(timedelta(minutes=1))

        assert DANISH("alertend.reopened_title", reference=NUMBER) in again
        assert [told(each, "reopened") for each in everybody] == [1] * len(LEADERS)
        assert DANISH("alerts.state.running") in await lars.types(f"alarm {NUMBER}")
