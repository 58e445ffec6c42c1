"""An alert from its first tap to its lessons, on six telephones: one from each authority."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from cards.alert_words import standing_lines
from devtools.house import House
from devtools.ports import free_port
from tests.browser.conftest import SETTINGS, Desk
from tests.support.meeting_windows import PHONE, answers, newest
from tests.support.meeting_windows import hears as hears_in
from tests.support.meeting_windows import sees as sees_in
from tests.support.town import DANISH
from tests.support.window import MouseWindow

TODAY = date(*time.gmtime()[:3])  # the browser tests run on the real clock
SAID = "Slagsmål mellem to grupper ved stationen"
TITLE = "Uro ved stationen"
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting"
NUMBER = f"R{TODAY.year}-0001"
MEETING = f"{NUMBER}/1"
DORTE = "Dorte Lærkesejl"  # the Secretariat, SOF
JOERGEN = "Jørgen Hasselkrone"  # leads in SOF
LISE = "Lise Sølvdrys"  # leads in BUF
MAGNUS = "Magnus Rimkær"  # leads in KP, and is in court
HODAN = "Hodan Skovfløjte"  # his deputy
CHARLOTTE = "Charlotte Morgengnist"  # leads in KFF
MAJA = "Maja Bregnevinge"  # BIF has no leader in Valby: she is its manager
BIRGITTE = "Birgitte Ulveglimt"  # KFO is one tap away


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own, whose clock is moved through the days of an alert."""
    running = House(tmp_path_factory.mktemp("alert"), teams_port=free_port(), settings=SETTINGS)
    try:
        running.start()
        yield running
    finally:
        running.stop()


async def phone(desk: Desk, name: str) -> MouseWindow:
    window = await desk.mouse(name, **PHONE)
    await window.opens("SSP København")
    return window


async def sees(window: MouseWindow, name: str, *words: str) -> None:
    await sees_in(window, name, *words, story="alert")


async def hears(window: MouseWindow, name: str, *words: str) -> None:
    await hears_in(window, name, *words, story="alert")


async def is_activated(dorte: MouseWindow) -> None:
    """Four questions, a CPR number by mistake, a red line, and two presses at the end."""
    await dorte.says("beredskab strat")
    await sees(dorte, "mistyped", DANISH("unknown.meant", command="beredskab start"))
    await dorte.says("beredskab start")
    await sees(dorte, "form", *standing_lines(DANISH))
    await answers(
        dorte,
        "alert",
        {"template": "H1", "areas": "Valby", "situation": "Slagsmål, ring 010112-4321"},
    )
    await sees(dorte, "no-cpr", DANISH("rule.measure.cpr"))
    await answers(
        dorte,
        "alert",
        {"situation": SAID, "level": "3", "also": "kfo, choose", "title": TITLE, "drill": "nej"},
    )
    await sees(dorte, "audience", DANISH("alert.step.audience"))
    for answer in ("ok", "ok", "spring over", BIRGITTE, "spring over", "spring over"):
        await dorte.says(answer)
    await sees(dorte, "who", BIRGITTE)
    await dorte.says("1")
    await sees(dorte, "red", DANISH("alert.step.insist"))
    await dorte.says("1")
    await sees(dorte, "review", TITLE)
    await dorte.button(DANISH("button.form.send")).dblclick()
    await sees(dorte, "started", NUMBER)
    await dorte.presses(DANISH("button.alert.send_now"))
    await sees(dorte, "sent", NUMBER)
    await dorte.says(f"fortryd {NUMBER}")
    await sees(dorte, "too-late", DANISH("rule.alert.already_left"))


async def is_answered(desk: Desk, dorte: MouseWindow, house: House) -> dict[str, MouseWindow]:
    """Five press once or twice, one by a deputy, and one is telephoned; the quorum is met."""
    toast = f"BEREDSKAB niveau 3 – Valby – {TITLE}"
    windows = {name: await phone(desk, name) for name in (LISE, CHARLOTTE, MAJA, BIRGITTE)}
    for name, window in windows.items():
        await hears(window, f"letter-{name.split()[0].lower()}", toast, SAID)
        await window.button(DANISH("alert_letter.reply_joining")).dblclick()
        await sees(window, "joining", DANISH("alert_letter.next_joining"))
    house.restart_bot()

    magnus, hodan = await phone(desk, MAGNUS), await phone(desk, HODAN)
    await hears(magnus, "letter-police", toast)
    letter = await newest(magnus)
    await magnus.presses(DANISH("alert_letter.reply_substitute"))
    await sees(magnus, "cannot", DANISH("alert_letter.next_substitute"))
    await hears(hodan, "letter-deputy", DANISH("alert_letter.why_substitute_for", name=MAGNUS))
    await hodan.says(f"svar {NUMBER} deltager")
    await sees(hodan, "deputy-joins", DANISH("alert_letter.next_joining"))
    assert await letter.get_by_role("button").count()

    await dorte.says(f"bekræft {NUMBER} {JOERGEN} deltager")
    await sees(dorte, "telephoned", JOERGEN)
    await dorte.says(f"hvem har svaret {NUMBER}")
    await sees(dorte, "answers", DANISH("alerts.answers_title", reference=NUMBER))
    await dorte.says(f"alarm {NUMBER}")
    await sees(dorte, "page", TITLE)
    return {**windows, MAGNUS: magnus, HODAN: hodan}


async def meets(dorte: MouseWindow, lise: MouseWindow) -> None:
    """Call who joined, with a day that does not exist; decide something that becomes a measure."""
    await dorte.says(f"indkald {NUMBER}")
    await sees(dorte, "call", DANISH("alert_call.people.label"))
    await answers(dorte, "alert_call", {"day": "31.02.2030"})
    await sees(dorte, "no-such-day", DANISH("rule.date.coming_impossible"))
    for answer in ("ok", "ok", "spring over", LINK, "ok"):
        await dorte.says(answer)
    await sees(dorte, "called", DANISH("alertmeet.called_done", reference=MEETING))
    await hears(lise, "invited", MEETING)
    await lise.presses(DANISH("button.alertmeet.coming"))
    await sees(lise, "coming")
    await dorte.says(f"dagsorden {MEETING}")
    await sees(dorte, "agenda", "Tiltag, hvem der har ansvaret, og frister")
    await dorte.says(f"beslutning {NUMBER}")
    await answers(dorte, "alert_decide", {"words": "Hallen er åben i aften", "measure": "M8"})
    await sees(dorte, "decided")
    await dorte.says("spring over")
    await sees(dorte, "measure-decided", DANISH("alertmeet.decision_measure"))


async def carry_out(dorte: MouseWindow, windows: dict[str, MouseWindow]) -> None:
    """Put the plan in force; three measures are done, one with two presses, and one is late."""
    await dorte.says(f"handleplan {NUMBER}")
    await sees(dorte, "plan", DANISH("action_plan.waits"))
    await dorte.presses(DANISH("button.actionplan.release"))
    await sees(dorte, "plan-runs", DANISH("action_plan.top.released"))
    given = DANISH("measure_letter.given_title", reference=NUMBER)
    for name in (LISE, CHARLOTTE):
        await hears(windows[name], f"measures-{name.split()[0].lower()}", given)
    numbers = {LISE: "4", CHARLOTTE: "7", DORTE: "1"}
    for name, own in numbers.items():
        window = windows.get(name, dorte)
        await window.says("mine tiltag")
        await sees(window, f"own-measures-{name.split()[0].lower()}", NUMBER)
        await window.presses(DANISH("button.measures.open", reference=NUMBER, number=own))
        await window.button(DANISH("button.measure.done")).dblclick()
        await sees(window, f"done-{name.split()[0].lower()}", DANISH("measure.top.done"))


async def is_late_and_reported(dorte: MouseWindow, lise: MouseWindow) -> None:
    """Three hours later the police's first measure is late, and how it stands is reported."""
    await dorte.turns("+1 time")
    for _ in range(2):
        await dorte.turns("+1 time")
    await dorte.page.locator("#toggle-tools").click()
    await hears(lise, "asked", DANISH("sitrep.due_title", reference=NUMBER))
    await lise.says("situationsmelding")
    await sees(lise, "report", DANISH("sitrep.step.what"))
    for answer in ("ok", "ok", "ok", "Der er ro nu", "Klubben holder åbent", "En hal"):
        await lise.says(answer)
    await sees(lise, "reported", DANISH("sitrep.done_title"))
    await dorte.says(f"handleplan {NUMBER}")
    await sees(dorte, "overdue", DANISH("action_plan.overdue", count=1))


async def is_extended_and_ended(dorte: MouseWindow, lise: MouseWindow) -> None:
    """Decide a later day with a reason, hand on what is left, and say that it is over."""
    await dorte.says(f"forlæng {NUMBER}")
    later = TODAY + timedelta(days=40)
    await answers(
        dorte,
        "alert_extend",
        {"until": f"{later:%d.%m.%Y}", "because": "Der er stadig uro om aftenen"},
    )
    await sees(dorte, "extended", DANISH("alertend.extended_title", reference=NUMBER))
    await dorte.says(f"normalisér {NUMBER}")
    await answers(dorte, "alert_normalise", {"days": "3", "because": "Roligt siden mandag"})
    await sees(dorte, "normalising", DANISH("alertend.normalising_title", reference=NUMBER))
    await dorte.says(f"afslut {NUMBER}")
    await sees(dorte, "outstanding", DANISH("alertend.page_title", reference=NUMBER))
    await dorte.says(f"giv videre {NUMBER}")
    await sees(dorte, "hand-on", DANISH("alert_hand_on.measures.label"))
    await dorte.says(", ".join(str(each) for each in range(1, 15)))
    await answers(dorte, "alert_hand_on", {"to": "1", "because": "Gadeplan Valby tager over"})
    await sees(dorte, "handed-on", DANISH("alertend.handed_on_title", reference=NUMBER))
    await dorte.says(f"luk {NUMBER}")
    await answers(
        dorte,
        "alert_close",
        {"normal": "1, 2, 3", "close_down": "1", "because": "Der har været roligt i en uge"},
    )
    await sees(dorte, "closed", DANISH("alertend.closed_title", reference=NUMBER))
    await hears(lise, "all-clear", DANISH("alertend.told_closed_title", reference=NUMBER))


async def is_learned_from(dorte: MouseWindow, lise: MouseWindow) -> None:
    """Answer what is asked, write a lesson with an owner, and end the evaluation."""
    await dorte.says(f"evaluering {NUMBER}")
    await sees(dorte, "evaluation", DANISH("evaluation.title", reference=NUMBER))
    await dorte.presses(DANISH("button.evaluation.answer"))
    await sees(dorte, "questions", DANISH("alert_evaluation.step.page1"))
    await dorte.says("Alle svarede hurtigt")
    for _ in range(2):
        await dorte.presses(DANISH("button.form.next"))
    await sees(dorte, "answers-review", "Alle svarede hurtigt")
    await dorte.presses(DANISH("button.form.send"))
    await sees(dorte, "answers-kept", DANISH("alert_evaluation.done_title"))
    await dorte.says(f"læring {NUMBER}")
    soon = TODAY + timedelta(days=30)
    await answers(
        dorte,
        "alert_learning",
        {
            "words": "Nattevagten skal med i ringelisten",
            "owner": LISE,
            "due_on": f"{soon:%d.%m.%Y}",
            "template": "H1",
        },
    )
    await sees(dorte, "learned", DANISH("alert_learning.done_title"))
    await hears(lise, "lesson", DANISH("learning.given_title", reference=NUMBER))
    await dorte.says(f"afslut evaluering {NUMBER}")
    await sees(dorte, "evaluated", DANISH("evaluation.done_title"))
    assert not await dorte.serious()


async def test_six_authorities_and_one_alert(desk: Desk, house: House) -> None:
    """BER-03, BER-23, BER-24, BER-34, BER-41, BER-43, BER-57, BER-58, BER-59, BER-61."""
    dorte = await phone(desk, DORTE)
    await is_activated(dorte)
    windows = await is_answered(desk, dorte, house)
    await meets(dorte, windows[LISE])
    await carry_out(dorte, windows)
    await is_late_and_reported(dorte, windows[LISE])
    await is_extended_and_ended(dorte, windows[LISE])
    await is_learned_from(dorte, windows[LISE])
