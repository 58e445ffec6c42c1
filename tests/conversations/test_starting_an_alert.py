"""Activating readiness (BER-01 … 12, 30, 62, 64): a few taps, one text, and a way back."""

from datetime import timedelta

from cards.alert_words import standing_lines
from dialogs.alert_fields import ASKED
from domain.alert_log import LogKind
from domain.alerts import Alert
from domain.delivery import DeliveryState
from domain.notices import NoticeKind
from localteams import drawn
from tests.support.alert_town import FORM, LEADERS, NUMBER, SAID, in_readiness, sends
from tests.support.chat import Chat, data_of, verbs
from tests.support.mailboxes import Mailboxes
from tests.support.standing import has_blocked
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    DORTE,
    KASPER,
    LARS,
    LINE,
    LIV,
    SOFIE,
    SUNE,
    Town,
)
from tests.support.trail import audited

SECONDS, HOUR = timedelta(seconds=1), timedelta(hours=1)
TOAST = "BEREDSKAB niveau 2 – Valby – Konflikt mellem ungegrupper"
STARTED = DANISH("alert_started.soon", reference=NUMBER, time="15.00.10")


class GraphIsDown(Mailboxes):
    """Where letters go that nobody takes."""

    async def deliver(self, letter: bytes, *, to: str) -> str:
        await super().deliver(letter, to=to)
        raise ConnectionRefusedError


async def alerts(town: Town, *, drill: bool = False) -> list[Alert]:
    async with town.remembers() as tx:
        return await tx.alerts.open(drill=drill)


def heard(who: Chat, words: str = SAID) -> int:
    """Count the letters somebody has that say so."""
    return sum(words in who.reads(each) for each in who.messages())


class TestFromOpeningTheBotToTheAlert:
    async def test_are_four_taps_and_one_text(self, town: Town) -> None:
        """BER-03, BER-04, BER-05, BER-06, BER-07; BER-09: nothing of it needs Graph.

        There is no Graph in this town at all.
        """
        await in_readiness(town)
        lars, others = town.chat(LARS), [town.chat(each) for each in LEADERS if each != LARS]
        await lars.types("beredskab start")
        await lars.types("H9")  # and then it was nothing after all
        await town.passes(3 * HOUR)
        await lars.types("beredskab")

        asked = await lars.presses("alert.begin")  # one
        inputs = drawn.inputs(lars.form())
        blank, questions = {key for key in inputs if not inputs[key]}, inputs["situation"]
        # two is the template in its list; the text comes with its questions
        preview = await lars.presses("form.next", **FORM)  # three
        started = await lars.presses("form.send")  # four

        assert blank == {"template", "also", "title"}
        assert [DANISH(f"alerts.said.{key}") in questions for key in ASKED] == [True] * 4
        assert all(line in asked for line in standing_lines(DANISH))
        assert "Socialforvaltningen 5 af 5" in preview
        assert "Valby 7 af 7" in preview
        assert "Teams 10" in preview
        assert TOAST in started
        assert STARTED in started
        assert [heard(each) for each in others] == [0] * 4
        await town.passes(10 * SECONDS)
        assert [heard(each) for each in others] == [1] * 4
        assert standing_lines(DANISH)[0] in await lars.types(f"alarm {NUMBER}")

    async def test_can_be_typed_word_for_word(self, town: Town) -> None:
        """BER-03: with typing mistakes, a restart on the way, and a second press at the end."""
        await in_readiness(town)
        lars = town.chat(LARS)
        await lars.types("Beredskab start")
        assert DANISH("rule.field.not_an_option") in await lars.types("H99")
        await lars.types("ildspåsættelser")
        await town.restarts()
        await lars.types("ok")  # the area, which is his only one
        assert DANISH("rule.measure.cpr") in await lars.types("Brand. Ring 040511-4321")
        await lars.types("Der er ild i tre containere")
        for answer in ("3", "-", "-", "nej"):
            await lars.types(answer)
        review = lars.card(lars.messages()[-1])
        send = data_of(review, "form.send")

        started = await lars.types("send")
        again = await lars.forges("form.send", send)

        [alert] = await alerts(town)
        assert "BEREDSKAB niveau 3 – Valby – Ildspåsættelser" in started
        assert alert.situation.where == DANISH("alerts.not_known")
        assert alert.reference in again
        assert len(await alerts(town)) == 1

    async def test_need_no_graph(self, town: Town) -> None:
        """BER-09: whoever Teams reaches has it, though every letter through Graph fails."""
        town.mail = GraphIsDown()
        await town.restarts()
        await in_readiness(town)
        lars, kasper, carl = town.chat(LARS), town.chat(KASPER), town.chat(CARL)
        has_blocked(town, carl)
        await sends(lars)

        await town.passes(10 * SECONDS)

        assert town.mail.received
        assert [heard(each) for each in (kasper, carl)] == [1, 0]

    async def test_is_not_for_everybody(self, town: Town) -> None:
        """BER-01: a teacher and whoever runs the machines read whom to call; it is on record."""
        await in_readiness(town)
        for person in (ANNA, SUNE):
            told = await town.chat(person).types("beredskab start")

            assert "Dorte Skovfoged" in told
            assert "112" in told
            assert "alert.begin" not in verbs(
                town.chat(person).card(town.chat(person).messages()[-1])
            )
        async with town.remembers() as tx:
            denied = await audited(tx, action="access.denied")
        assert {str(each.actor) for each in denied} == {ANNA.id, SUNE.id}


class TestTakingItBack:
    async def test_leaves_nothing_sent(self, town: Town) -> None:
        """BER-06: ten seconds; who presses again, or on an old card, reads how it is."""
        await in_readiness(town)
        lars, kasper = town.chat(LARS), town.chat(KASPER)
        await sends(lars)
        old = lars.card(lars.card_with("alert.undo"))

        undone = await lars.presses("alert.undo")
        twice = await lars.presses_on(old, "alert.undo")
        await town.passes(3600 * SECONDS)

        assert undone == twice
        assert DANISH("alerts.undone", reference=NUMBER) in undone
        assert heard(kasper) == 0
        assert await alerts(town) == []

    async def test_is_too_late_when_it_has_left(self, town: Town) -> None:
        """BER-06: a full effort can leave at once; then it is corrected, or called off."""
        await in_readiness(town)
        lars, kasper = town.chat(LARS), town.chat(KASPER)
        await sends(lars, level="3")
        old = lars.card(lars.card_with("alert.undo"))
        await lars.presses("alert.send_now")
        assert heard(kasper) == 1

        assert DANISH("rule.alert.already_left") in await lars.presses_on(old, "alert.undo")
        await lars.types(f"ret {NUMBER}")
        await lars.presses("form.next", situation="Tre er set med knive")
        await lars.types(f"falsk alarm {NUMBER}")
        await lars.presses("form.next", because="Det var en filmoptagelse")

        assert "Det var en filmoptagelse" in kasper.last()
        assert heard(town.chat(ANNA), "Det var en filmoptagelse") == 0
        assert DANISH("alerts.state.false_alarm") in await kasper.types(f"alarm {NUMBER}")
        assert await alerts(town) == []


class TestWhatStandsInTheWay:
    async def test_is_said_in_red_before_it_is_sent(self, town: Town) -> None:
        """BER-05: of employment nobody can be reached; he insists, and that is in the log."""
        lars = town.chat(LARS)
        await lars.types("beredskab start")
        await lars.presses("form.next", areas="VAL", also="choose", **FORM)

        said = await lars.presses("form.next", types="LG")
        skipped = await lars.presses("form.next")
        await lars.presses("form.next", anyway="yes")
        await lars.presses("form.send")

        red = DANISH("alert_preview.red", authority=DANISH("authority.BIF"))
        assert red in said
        assert DANISH("rule.field.missing") in skipped
        async with town.remembers() as tx:
            [alert] = await tx.alerts.open(drill=False)
            [first, *_] = await tx.alert_log.of(alert.id)
        assert first.kind is LogKind.ACTIVATED
        assert "BIF" in first.facts["red"]

    async def test_may_be_an_alert_of_the_same(self, town: Town) -> None:
        """BER-08: the second adds its people and its sentence, and nobody is alerted twice."""
        await in_readiness(town)
        lars, dorte, anna = town.chat(LARS), town.chat(DORTE), town.chat(ANNA)
        await sends(lars)
        await town.passes(60 * SECONDS)
        await dorte.types("beredskab start")
        await dorte.presses(
            "form.next",
            **{**FORM, "areas": "VAL", "situation": "Nu brænder det", "also": "choose"},
        )
        await dorte.presses("form.next", names=ANNA.name)

        asked = await dorte.presses("form.next", people=ANNA.id)
        await dorte.presses("form.next", alike="join")
        joined = await dorte.presses("form.send")
        await town.passes(60 * SECONDS)

        assert NUMBER in asked
        assert DANISH("alert_started.joined", reference=NUMBER, new=1) in joined
        [alert] = await alerts(town)
        assert alert.situation.happened == f"{SAID}\nNu brænder det"
        assert heard(anna, TOAST) == 1
        async with town.remembers() as tx:
            told = await tx.standings.each(alert.id, kind=NoticeKind.ALERT, now=town.hour.now)
        assert {each.state for each in told} <= {
            DeliveryState.DELIVERED,
            DeliveryState.ACKNOWLEDGED,
        }
        assert len(told) == len({each.person for each in told})


class TestOnItsPage:
    async def test_it_is_paused_raised_and_stood_down(self, town: Town) -> None:
        """BER-10, BER-31: each in one press or one sentence, and all of it is in the log."""
        await in_readiness(town)
        lars, liv = town.chat(LARS), town.chat(LIV)
        await sends(lars)
        await town.passes(60 * SECONDS)
        await lars.types(f"pause {NUMBER}")
        await lars.presses("form.next", minutes="30", because="Vi ringer rundt")
        assert DANISH("alerts.paused") in await lars.types(f"alarm {NUMBER}")
        assert DANISH("alerts.paused") not in await lars.presses("alert.resume")
        assert SOFIE.name in await lars.types(f"hvem har svaret {NUMBER}")
        assert DANISH("rule.alert.not_yours", who="")[:20] in await liv.types(f"pause {NUMBER}")

        await lars.types(f"nedskalér {NUMBER}")

        assert DANISH("alerts.state.stood_down") in await liv.types(f"alarm {NUMBER}")
        assert await alerts(town) == []

    async def test_a_drill_makes_way_for_what_is_real(self, town: Town) -> None:
        """BER-62, BER-64: its participants are told, and it goes on when somebody says so."""
        await in_readiness(town)
        dorte, lars, line = town.chat(DORTE), town.chat(LARS), town.chat(LINE)
        await sends(dorte, template="Ø1")  # which is a drill, whatever else is ticked
        await town.passes(60 * SECONDS)
        assert heard(lars, "ØVELSE – BEREDSKAB niveau 2 – Valby – Alarmeringsøvelse") == 1

        await sends(lars)
        await town.passes(60 * SECONDS)

        title = DANISH("alerts.suspended_title", reference=NUMBER)
        assert heard(lars, f"ØVELSE – {title}") == 1
        assert DANISH("alerts.suspended") in await dorte.types(f"alarm {NUMBER}")
        assert heard(line) == 0
        assert DANISH("alerts.suspended") not in await dorte.presses("alert.resume")


class TestAList:
    async def test_of_the_secretariats_is_chosen_in_the_form(self, town: Town) -> None:
        """BER-11, BER-12: a list beside what is ticked; each gets it once."""
        await in_readiness(town)
        dorte, anna = town.chat(DORTE), town.chat(ANNA)
        await dorte.types("ny alarmliste")
        await dorte.presses("form.next", name="Naboer", people=ANNA.name, authorities="BUF")
        async with town.remembers() as tx:
            [kept] = await tx.distribution_lists.all()
        await dorte.types("beredskab start")
        await dorte.presses("form.next", areas="VAL", also="kfo,choose", **FORM)
        given = {"list": str(kept.id), "externals": "Team Sikker By"}
        refused = await dorte.presses("form.next", **given)
        await dorte.presses("form.next", because="De boligsociale skal være med")
        await dorte.presses("form.send")
        await town.passes(60 * SECONDS)

        assert DANISH("rule.alert.externals_reason") in refused
        assert heard(anna) == 1
        [alert] = await alerts(town)
        assert "KFO" in alert.audience.authorities
        assert alert.audience.externals == ("Team Sikker By",)
