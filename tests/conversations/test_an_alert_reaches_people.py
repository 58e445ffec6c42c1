"""An alert in Valby, from first letter to last: who hears, who answers, who is replaced."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.alert_log import LogKind
from domain.alerts import Alert, Reply
from domain.people import Person
from localteams import drawn
from tests.integration.usecases.alarming import ALERT, ORDER, REGISTER
from tests.support.chat import Chat, verbs
from tests.support.mailboxes import Mailboxes
from tests.support.standing import has_blocked
from tests.support.town import (
    ANNA,
    BENTE,
    CARL,
    DANISH,
    DORTE,
    KASPER,
    LARS,
    LINE,
    LIV,
    SOFIE,
    Town,
)
from usecases.activate_alert import Order, activate_alert
from usecases.correct_alert import call_off, correct_alert

TOAST = "BEREDSKAB niveau 2 – Valby – Uro ved stationen"
NUMBER = "R2026-0001"
LEFT, A_RUNG, A_MOMENT = timedelta(seconds=11), timedelta(minutes=5), timedelta(seconds=20)
CALMER = replace(ORDER.situation, stands="Der er faldet ro på")
ANOTHER = replace(
    ORDER, id=UUID(int=7), title="Trusler på skolen", another=True, audience=ORDER.audience
)
SAID = {each: DANISH(f"alert_letter.reply_{each}") for each in Reply}


@pytest.fixture(autouse=True)
async def readiness(town: Town) -> None:
    await town.reorganises(REGISTER)


async def activates(town: Town, order: Order = ORDER, *, by: Person = DORTE) -> Alert:
    """Alert everybody in Valby, and let it leave."""
    async with town.remembers() as tx:
        alert = await activate_alert(tx, order, by=by, now=town.hour.now)
    await town.passes(LEFT)
    return alert


async def goes(town: Town, time: timedelta) -> None:
    """Let time pass, and what has been redrawn meanwhile be seen."""
    await town.passes(time)
    await town.passes(A_MOMENT)


async def replies(chat: Chat, reply: Reply) -> str:
    """Press an answer on the latest letter."""
    return await chat.presses("alert.reply", reply=reply)


def titles(chat: Chat) -> list[str]:
    """Read the heading of every message, as it stands now."""
    return [chat.reads(each).strip().split("\n")[0] for each in chat.messages()]


def heard(chat: Chat, text: str) -> int:
    return sum(text in each for each in titles(chat))


async def kinds(town: Town) -> list[LogKind]:
    async with town.remembers() as tx:
        return [each.kind for each in await tx.alert_log.of(ALERT)]


class TestASilentLeader:
    async def test_is_reminded_and_replaced_while_who_answers_is_left_in_peace(
        self, town: Town
    ) -> None:
        """BER-17, BER-23, BER-25, BER-26, BER-83: one tap; then time does the rest."""
        lars, carl, line, anna = map(town.chat, (LARS, CARL, LINE, ANNA))
        await activates(town)
        assert [heard(each, TOAST) for each in (lars, carl, line, anna)] == [1, 1, 0, 0]
        letter = carl.last()
        told = ORDER.situation
        for words in (told.happened, told.where, told.stands, told.done, DORTE.name, NUMBER):
            assert words in letter
        assert DANISH("readiness.danger") in letter
        assert DANISH("readiness.no_names") in letter
        assert carl.messages()[-1].summary == TOAST

        # Carl joins; his card says so, and offers the three other answers
        shown = await replies(carl, Reply.JOINING)
        assert SAID[Reply.JOINING] in shown
        assert "kl. 12.00" in shown
        card = carl.card(carl.messages()[-1])
        offered = [
            each["data"]["reply"] for each in drawn.buttons(card) if "reply" in each["data"]
        ]
        assert offered == [Reply.RECEIVED, Reply.SUBSTITUTE, Reply.UNABLE]

        # Lars is silent: reminded after five minutes, replaced after ten
        await goes(town, A_RUNG)
        assert (heard(lars, "SVAR MANGLER"), heard(carl, "SVAR MANGLER")) == (1, 0)
        assert heard(line, TOAST) == 0
        await goes(town, A_RUNG)
        assert heard(line, TOAST) == 1
        assert LARS.name in line.last()

        # Line joins, and nobody is asked for anything more there
        await line.types(f"svar {NUMBER} deltager")
        before = len(line.messages()), len(lars.messages())
        await goes(town, 2 * A_RUNG)
        assert (len(line.messages()), len(lars.messages())) == before

    async def test_is_passed_over_at_once_when_they_are_noted_as_away(
        self, town: Town, dorte: Chat
    ) -> None:
        """BER-28: the Secretariat notes it in the chat; the substitute hears in the same turn."""
        line = town.chat(LINE)
        await activates(town)
        assert heard(line, TOAST) == 0

        await dorte.types(f"fravær for {LARS.name}")
        await dorte.presses("absence.note")
        today = town.hour.now.date().isoformat()
        await dorte.presses("form.next", from_on=today, to_on=today)
        await town.settles()

        assert heard(line, TOAST) == 1
        assert LARS.name in line.last()

    async def test_is_telephoned_and_what_they_said_stands_on_their_own_card(
        self, town: Town, dorte: Chat
    ) -> None:
        """BER-21: chosen on the card, or typed by name; it is on record who noted it."""
        lars, sofie = town.chat(LARS), town.chat(SOFIE)
        await activates(town)
        listed = await dorte.types(f"ring op {NUMBER}")
        assert LARS.name in listed
        assert DANISH("call_list.choose") in await dorte.presses("alert.confirm")

        await dorte.types(f"ring op {NUMBER}")
        noted = await dorte.presses("alert.confirm", person=LARS.id, reply="joining", via="radio")
        assert LARS.name in noted.splitlines()[1]
        await dorte.types(f"bekræft {NUMBER} {SOFIE.name} kan ikke")
        await goes(town, A_MOMENT)

        by_radio = DANISH("alert_letter.answered_radio", reply=SAID[Reply.JOINING], when="")
        assert by_radio.split(" noteret")[0] in lars.last()
        assert SAID[Reply.UNABLE] in sofie.last()
        assert (await kinds(town)).count(LogKind.CONFIRMED) == 2
        assert LARS.name not in await dorte.types(f"ring op {NUMBER}")


class TestWhoCannotBeReached:
    async def test_is_written_to_by_mail_and_telephoned_by_name(
        self, town: Town, dorte: Chat
    ) -> None:
        """BER-16: at once by the second channel, and the SSP leader of the authority is told."""
        town.mail = Mailboxes()
        await town.restarts()
        lars, liv = town.chat(LARS), town.chat(LIV)
        has_blocked(town, liv)
        await activates(town, replace(ORDER, drill=True))
        await goes(town, timedelta(seconds=40))

        [letter] = [each for to, each in town.mail.received if to == LIV.email]
        assert letter.startswith(f"ØVELSE – {TOAST}")
        assert DANISH("alert_letter.do_by_mail") in letter
        assert heard(lars, f"ØVELSE – RING OP – {TOAST}") == 1
        assert LIV.name in lars.last()
        assert LIV.name in await dorte.types("ringeliste")


class TestWhatBecomesOfIt:
    async def test_a_correction_and_a_false_alarm_reach_those_who_were_alerted(
        self, town: Town
    ) -> None:
        """BER-18: they get a letter each, and what they have already says the same."""
        lars, line, anna = map(town.chat, (LARS, LINE, ANNA))
        alert = await activates(town)
        old = dict(lars.card(lars.card_with("alert.reply")))
        async with town.remembers() as tx:
            await correct_alert(
                tx,
                id=ALERT,
                by=DORTE,
                title="Ro ved stationen",
                situation=CALMER,
                seen=alert.version,
                now=town.hour.now,
            )
        await goes(town, A_MOMENT)
        assert heard(lars, "RETTELSE") == 1
        assert [CALMER.stands in lars.reads(each) for each in lars.messages()[-2:]] == [True, True]
        assert (len(line.messages()), len(anna.messages())) == (1, 1)  # the welcome

        async with town.remembers() as tx:
            await call_off(tx, id=ALERT, by=DORTE, because="Det var en fest", now=town.hour.now)
        await goes(town, A_MOMENT)
        assert heard(lars, "FALSK ALARM") == 3
        for message in lars.messages()[-3:]:
            assert "Det var en fest" in lars.reads(message)
            assert "alert.reply" not in verbs(lars.card(message))
        assert (len(line.messages()), len(anna.messages())) == (1, 1)

        # Whoever still looks at the old card sees how it ended, and nothing is noted
        shown = await lars.presses_on(old, "alert.reply", reply=Reply.JOINING)
        assert "FALSK ALARM" in shown
        assert LogKind.REPLIED not in await kinds(town)

    async def test_pressed_twice_or_on_two_telephones_it_is_one_answer(self, town: Town) -> None:
        """BER-23, BER-26: the first time stands; another answer counts instead of it."""
        carl = town.chat(CARL)
        await activates(town)
        letter = dict(carl.card(carl.card_with("alert.reply")))
        first = await carl.presses_on(letter, "alert.reply", reply=Reply.JOINING)
        town.hour.now += timedelta(minutes=2)
        again = await carl.presses_on(letter, "alert.reply", reply=Reply.JOINING)
        assert again == first
        assert (await kinds(town)).count(LogKind.REPLIED) == 1

        changed = await replies(carl, Reply.UNABLE)
        assert SAID[Reply.UNABLE] in changed
        assert (await kinds(town)).count(LogKind.REPLIED) == 2
        assert "Der er ingen" not in await carl.types("jeg deltager")
        assert (await kinds(town)).count(LogKind.REPLIED) == 3


class TestTyping:
    async def test_needs_no_number_where_one_alert_can_be_meant(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        """BER-20, BER-23, BER-52: and what cannot be understood is answered with what can."""
        lars, kasper = town.chat(LARS), town.chat(KASPER)
        assert DANISH("rule.alert.none_to_you") in await lars.types("svar")
        async with town.remembers() as tx:
            await activate_alert(tx, ORDER, by=DORTE, now=town.hour.now)
        early = await lars.types(f"svar {NUMBER} deltager")
        assert DANISH("rule.alert.not_found") in early  # it can still be undone
        await town.passes(LEFT)

        assert SAID[Reply.RECEIVED] in await lars.types("Modtaget!")
        assert DANISH("rule.trial.not_for_you") in await lars.types("modtaget")  # no alert waits
        assert DANISH("alert_letter.next_unable") in await kasper.types("kan ikke")
        assert DANISH("alert_letter.next_substitute") in await kasper.types(
            "send til min suppleant"
        )
        assert DANISH("rule.alert.no_such_reply") in await lars.types(f"svar {NUMBER} måske")
        assert DANISH("rule.alert.not_found") in await anna.types(f"svar {NUMBER} deltager")
        assert DANISH("alert_letter.next_received") in await lars.types("svar")

        assert DANISH("rule.alert.not_told") in await dorte.types(f"bekræft {NUMBER} Ulla")
        several = await dorte.types(f"bekræft {NUMBER} e deltager")
        assert BENTE.name in several
        assert DANISH("refusal.title") in several
        noted = await dorte.types(f"bekræft {NUMBER} kasper deltager c3")
        assert DANISH("alert_call.via_c3") in noted
        async with town.remembers() as tx:
            found = await tx.recipients.find(ALERT, KASPER.id)
        assert found is not None
        assert (found.reply, found.via_person) == (Reply.JOINING, DORTE.id)
