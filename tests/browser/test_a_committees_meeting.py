"""A committee's meeting on telephones: called, answered by a substitute, moved."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.async_api import expect

from devtools.house import House
from devtools.ports import free_port
from domain.working_days import is_working_day
from tests.browser.conftest import SETTINGS, Desk
from tests.support.meeting_windows import PHONE, answers, hears, newest, number_of, passes, sees
from tests.support.town import DANISH
from tests.support.window import MouseWindow

GROUP = "Koordinationsgruppe 5 (Valby, Vanløse)"
MANAGERS = "Chefgruppen"
STEERING = "Styregruppen"
DECIDED = "Chefgruppen holder tre fælles aftener."
TASK = "Find tre aftener"
COMMENT = "Skriv, at det er i foråret"
# The browser tests run on the real clock.
TODAY = date(*time.gmtime()[:3])
DAYS = 14  # until the managers meet


def working_day(day: date) -> date:
    return day if is_working_day(day) else working_day(day + timedelta(days=1))


SOON = working_day(TODAY + timedelta(days=DAYS + 7))
LATER = working_day(SOON + timedelta(days=1))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own, whose clock is moved to the day of a meeting."""
    running = House(tmp_path_factory.mktemp("met"), teams_port=free_port(), settings=SETTINGS)
    try:
        running.start()
        yield running
    finally:
        running.stop()


async def phone(desk: Desk, name: str) -> MouseWindow:
    window = await desk.mouse(name, **PHONE)
    await window.opens("SSP København")
    return window


async def calls(dorte: MouseWindow, committee: str, day: date) -> str:
    """Call a committee to a meeting, whatever speaks against the day."""
    await dorte.says("indkald")
    told = {"committee": committee, "day": f"{day:%d.%m.%Y}", "starts": "09.00", "minutes": "60"}
    await answers(dorte, "meet_call", {**told, "place": "Rådhuset"})
    await answers(dorte, "meet_call", {"purpose": "En sag, der haster", "despite": "ja"})
    await dorte.reads(DANISH("meet.they_hear"))
    return await number_of(dorte)


async def has_an_agenda(dorte: MouseWindow, member: MouseWindow, title: str) -> None:
    """Let a member propose an item from the letter, and the Secretariat send it out."""
    await hears(member, "asked-to-come", DANISH("meet.invited_body"))
    await member.presses(DANISH("button.meet.open"))
    await member.presses(DANISH("button.agenda.show"))
    await sees(member, "no-items", DANISH("agenda.none"))
    await member.presses(DANISH("button.item.propose"))
    await sees(member, "item-form", DANISH("item.step.what"))
    for answer in ("Orientering", title, "Udkastet er klar.", "spring over"):
        await member.says(answer)
    await sees(member, "item-review", title)
    await member.button(DANISH("button.form.send")).dblclick()
    await sees(member, "item-proposed", DANISH("item.proposed"))
    await hears(dorte, "item-waits", DANISH("agenda.proposed_body"))
    await dorte.presses(DANISH("button.item.open"))
    await sees(dorte, "item-to-take", title)
    await dorte.presses(DANISH("button.item.accept"))
    await sees(dorte, "item-taken", DANISH("item.accepted"))
    await dorte.presses(DANISH("button.agenda.back"))


async def test_a_substitute_comes_instead(desk: Desk, house: House) -> None:
    """MTG-25: Carl cannot; the substitute of his slot is asked, and Bo sees who comes."""
    bo = await phone(desk, "Bo Havrelygte")
    carl = await phone(desk, "Carl Ulvesti")
    lukasz = await phone(desk, "Łukasz Bregnegnist")

    # Bo calls his group, with a day that does not exist and an hour that needs insisting
    await bo.says("indkald")
    await sees(bo, "call", DANISH("meet_call.step.what"))
    await answers(bo, "meet_call", {"committee": "1", "day": "31.02.2030"})
    await sees(bo, "no-such-day", DANISH("rule.date.coming_impossible"))
    await answers(
        bo,
        "meet_call",
        {"day": f"{SOON:%d.%m.%Y}", "starts": "17.00", "minutes": "90", "place": "Mødelokale 2"},
    )
    await answers(bo, "meet_call", {"purpose": "Planen for sommeren", "despite": "spring over"})
    await sees(bo, "odd-hour", DANISH("meet.odd_hours"))
    await bo.says("ja")
    await sees(bo, "called", DANISH("meet.they_hear"))
    number = await number_of(bo)

    # Carl presses twice that he cannot come; his substitute is asked once
    await hears(carl, "invited", DANISH("meet.invited_title", committee=GROUP), "Mødelokale 2")
    invited = await newest(carl)
    await carl.says(f"møde {number}")
    await sees(carl, "not-answered", DANISH("meet.reply_asked"))
    await carl.button(DANISH("button.meet.substitute")).dblclick()
    await sees(carl, "declined", DANISH("meet.asked_instead", name="Łukasz Bregnegnist"))
    await hears(lukasz, "asked", DANISH("meet.stand_in_title", committee=GROUP))
    house.restart_bot()

    # Who is asked accepts; Carl and Bo read who comes
    await lukasz.presses(DANISH("button.meet.coming"))
    await sees(lukasz, "comes", DANISH("meet.stands_for", name="Carl Ulvesti"))
    await carl.says(f"møde {number}")
    await sees(carl, "replaced", DANISH("meet.instead", name="Łukasz Bregnegnist"))
    await bo.presses(DANISH("button.meet.open"))
    await sees(bo, "expected", DANISH("meet.substitute_for", name="Carl Ulvesti"))

    # Bo finds a better day; the card from before is of no use any more
    await bo.presses(DANISH("button.meet.more"))
    await sees(bo, "more")
    await bo.presses(DANISH("button.meet.move"))
    await sees(bo, "move", DANISH("meet_move.step.when"))
    await answers(bo, "meet_move", {"day": f"{LATER:%d.%m.%Y}", "starts": "10.30"})
    await bo.presses(DANISH("meet_move.finish"))
    await sees(bo, "moved", DANISH("meet.they_hear"))
    await hears(lukasz, "let-go", DANISH("meet.not_needed_title", committee=GROUP))
    await hears(carl, "told-moved", DANISH("meet.moved_title", committee=GROUP))
    await carl.presses(DANISH("button.meet.coming"), card=invited)
    await carl.reads(DANISH("rule.committee_meeting.moved_on"), card=invited)
    await carl.pictured("committee-old-card")


async def test_the_chair_lets_a_sudden_item_in(desk: Desk, house: House) -> None:
    """SGF-5, MTG-24: after the final agenda, and everybody gets it again."""
    dorte = await phone(desk, "Dorte Lærkesejl")
    louise = await phone(desk, "Louise Tjørnehjort")
    mette = await phone(desk, "Mette Bregnefløjte")
    number = await calls(dorte, STEERING, SOON)
    await has_an_agenda(dorte, louise, "Fælles folder til forældre")
    await sees(dorte, "agenda", DANISH("agenda.due_final").partition("{")[0])
    old = await newest(dorte)
    await dorte.says(f"dagsorden {number}")
    await dorte.presses(DANISH("button.agenda.final"))
    await sees(dorte, "agenda-sent", DANISH("agenda.sent_final").partition("{")[0])
    await hears(louise, "agenda-final", DANISH("agenda.letter_final_title", committee=STEERING))

    # Mette leads the meeting; she mistypes the word for it, and sends twice
    await mette.says(f"hastpunkt {number}")
    await sees(mette, "mistyped")
    await mette.says(f"hastepunkt {number}")
    await sees(mette, "sudden", DANISH("item_sudden.all_hear"))
    house.restart_bot()
    for answer in ("Orientering", "Ny lov vedtaget i går", "spring over", "spring over"):
        await mette.says(answer)
    await sees(mette, "sudden-because", DANISH("item_sudden.because.label"))
    await mette.says("Loven gælder fra i morgen")
    await sees(mette, "sudden-review", "Loven gælder fra i morgen")
    await mette.button(DANISH("button.form.send")).dblclick()
    await sees(mette, "sudden-admitted", DANISH("item.admitted"))

    # Everybody gets the agenda again, with both items; it is not sent from a card of before
    await hears(louise, "agenda-again", DANISH("agenda.letter_sudden_title", committee=STEERING))
    await louise.presses(DANISH("button.agenda.show"))
    await sees(louise, "agenda-with-both", "Ny lov vedtaget i går", "Fælles folder til forældre")
    await dorte.presses(DANISH("button.agenda.final"), card=old)
    await dorte.reads(DANISH("rule.agenda.sent"), card=old)
    await dorte.pictured("committee-agenda-old-card")
    assert not await louise.serious()


async def is_written(house: House, dorte: MouseWindow, number: str) -> None:
    """Write during the meeting: a decision, a task with a day that does not exist, who came."""
    await dorte.says(f"skriv referat {number}")
    await sees(dorte, "minutes-item", DANISH("minutes.undecided"))
    await dorte.presses(DANISH("button.minutes.decide"))
    await sees(dorte, "minutes-decide", DANISH("minutes_decide.words.label"))
    await dorte.says(DECIDED)
    await sees(dorte, "minutes-decided", DANISH("minutes.decided"))
    await dorte.presses(DANISH("button.task.add"))
    await answers(dorte, "decision_task", {"words": TASK, "owner": "Bilal", "due_on": "32.12"})
    await sees(dorte, "task-no-such-day", DANISH("rule.date.coming_format"))
    await answers(dorte, "decision_task", {"due_on": f"{LATER:%d.%m.%Y}"})
    await sees(dorte, "task-added", DANISH("minutes.task_added"), "Bilal Brombærtåge")
    await dorte.presses(DANISH("button.minutes.show"))
    house.restart_bot()
    await passes(dorte, DAYS)
    await dorte.presses(DANISH("button.minutes.attendance"))
    await sees(dorte, "attendance", DANISH("minutes_attendance.rest"))
    await answers(dorte, "minutes_attendance", {"present": "1, 3, 5", "excused": "Zeynep"})
    await sees(dorte, "attendance-noted", DANISH("minutes.attendance_noted"))


async def is_commented(dorte: MouseWindow, bilal: MouseWindow, number: str) -> None:
    """Send the draft with two presses, and hear what a member says of it."""
    old = await newest(dorte)
    await dorte.says(f"referat {number}")
    await dorte.button(DANISH("button.minutes.send")).dblclick()
    await sees(dorte, "minutes-out", DANISH("minutes.sent_out"))
    await hears(bilal, "minutes-to-read", DANISH("minutes.out_title", committee=MANAGERS))
    await bilal.presses(DANISH("button.minutes.show"))
    await sees(bilal, "minutes-read", DECIDED)
    await bilal.says(f"kommentar {number}")
    await sees(bilal, "minutes-comment", DANISH("minutes_comment.words.label"))
    await bilal.says(COMMENT)
    await sees(bilal, "minutes-commented", DANISH("minutes.comment_noted"))
    await hears(dorte, "comment-came", DANISH("minutes.commented_title", committee=MANAGERS))
    await dorte.presses(DANISH("button.minutes.send"), card=old)
    await dorte.reads(DANISH("rule.minutes.moved_on"), card=old)
    await dorte.presses(DANISH("button.minutes.show"))
    await sees(dorte, "minutes-with-comment", COMMENT)
    await dorte.presses(DANISH("button.minutes.close"))
    await sees(dorte, "minutes-closed", DANISH("minutes.closed_now"))


async def is_approved(mette: MouseWindow, emil: MouseWindow) -> None:
    """Approve with two presses; only with that the substitutes get the minutes."""
    await hears(mette, "to-approve", DANISH("minutes.to_approve_title", committee=MANAGERS))
    await expect(emil.cards).to_have_count(1)
    await mette.presses(DANISH("button.minutes.show"))
    await sees(mette, "minutes-to-approve", DECIDED)
    await mette.button(DANISH("button.minutes.approve")).dblclick()
    await sees(mette, "minutes-approved", DANISH("minutes.approved_now"))
    await hears(emil, "minutes-sent-on", DANISH("minutes.sent_title", committee=MANAGERS))
    await emil.presses(DANISH("button.minutes.show"))
    await sees(emil, "minutes-of-others", DECIDED)
    assert not await emil.serious()


async def does_it(bilal: MouseWindow, number: str) -> None:
    """Find the minutes closed to comments on the card of before, and tick one's task off."""
    old = bilal.cards.filter(has_text=DANISH("minutes.comment_noted")).last
    await bilal.presses(DANISH("button.minutes.comment"), card=old)
    await sees(bilal, "comment-too-late", DANISH("rule.minutes.not_out"))
    await bilal.says("mine opgaver")
    await sees(bilal, "own-tasks", DANISH("duty.decision_task", reference=number))
    await bilal.presses(DANISH("button.duty.open_task", reference=number))
    await sees(bilal, "task", TASK)
    await bilal.button(DANISH("button.task.done")).dblclick()
    await sees(bilal, "task-done", DANISH("given_task.is_done"))
    shown = await bilal.cards.count()
    await bilal.says("mine opgaver")
    await expect(bilal.cards).to_have_count(shown + 1)  # what else waits depends on the date
    await expect(bilal.cards.last).not_to_contain_text(
        DANISH("duty.decision_task", reference=number)
    )


async def test_minutes_are_written_approved_and_sent_on(desk: Desk, house: House) -> None:
    """MTG-26: item by item during the meeting; a decision becomes a task that is ticked off."""
    dorte = await phone(desk, "Dorte Lærkesejl")
    bilal = await phone(desk, "Bilal Brombærtåge")
    mette = await phone(desk, "Mette Bregnefløjte")
    emil = await phone(desk, "Emil Skovsejl")
    number = await calls(dorte, MANAGERS, TODAY + timedelta(days=DAYS))
    await has_an_agenda(dorte, bilal, "Fælles aftener for forældre")
    await dorte.presses(DANISH("button.agenda.final"))
    await hears(bilal, "managers-agenda", DANISH("agenda.letter_final_title", committee=MANAGERS))

    await passes(dorte, DAYS)
    await is_written(house, dorte, number)
    await is_commented(dorte, bilal, number)
    await is_approved(mette, emil)
    await does_it(bilal, number)
