"""An action plan in the chat: made, let run, carried out, late and told (BER-33 … 38)."""

from dataclasses import replace
from datetime import timedelta

from domain.action_plans import ActionPlan
from domain.alerts import Level
from domain.parties import Party
from domain.plan_measures import MeasureState
from tests.integration.usecases.alarming import ORDER, REGISTER
from tests.support.action_plans import the
from tests.support.chat import Chat
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    DORTE,
    KLAUS,
    LARS,
    LINE,
    SOFIE,
    SUNE,
    Town,
)
from usecases.activate_alert import Order, activate_alert
from usecases.read_action_plan import number_of as number_in

R = "R2026-0001"
FULL = replace(ORDER, level=Level.FULL)
HOURS = timedelta(hours=1)
PLACE = "Torvet ved stationen"


async def an_alert(town: Town, order: Order = FULL) -> None:
    """Activate readiness in Valby; Lars leads it."""
    await town.reorganises(REGISTER)
    async with town.remembers() as tx:
        await activate_alert(tx, order, by=LARS, now=town.hour.now)


async def a_running(town: Town, order: Order = FULL) -> Chat:
    """Let the alert's plan run; give the chat of who leads it."""
    await an_alert(town, order)
    lars = town.chat(LARS)
    await lars.types(f"handleplan {R}")
    await lars.presses("actionplan.release")
    return lars


async def plan_of(town: Town) -> ActionPlan:
    async with town.remembers() as tx:
        alert = await tx.alerts.by_number(2026, 1)
        assert alert is not None
        return (await tx.action_plans.of_alert(alert.id))[0]


async def number_of(town: Town, kind: str, party: Party | None = None) -> int:
    plan = await plan_of(town)
    return number_in(plan, the(plan, kind, party).id)


async def state_of(town: Town, number: int) -> MeasureState:
    return (await plan_of(town)).measures[number - 1].state


async def test_from_the_alerts_page_to_the_last_tick(town: Town) -> None:
    """BER-33, BER-34, BER-36, BER-56: one tap each; the owner's old card says how it stands."""
    await an_alert(town, replace(FULL, level=Level.COORDINATION))
    lars, sofie = town.chat(LARS), town.chat(SOFIE)
    await lars.types(f"alarm {R}")
    made = await lars.presses("actionplan.make")
    assert DANISH("action_plan.top.made") in made
    assert DANISH("measure_letter.given_title", reference=R) not in sofie.everything()

    await lars.types(f"slutdato {R}")
    await lars.presses("form.next", until_on="2026-03-09", until_at="16.00")
    running = await lars.presses("actionplan.release")

    assert DANISH("action_plan.top.released") in running
    assert sofie.everything().count(DANISH("measure_letter.given_title", reference=R)) == 1
    number = await number_of(town, "M1")
    assert f"{R} · Nr. {number}:" in await sofie.types("mine tiltag")
    await sofie.types(f"i gang {R} {number}")
    old = sofie.card(sofie.messages()[-1])
    done = await sofie.presses_on(old, "measure.done")
    again = await sofie.presses_on(old, "measure.done")
    assert DANISH("measure.top.done") in done
    assert DANISH("rule.measure.ended") in again
    assert await state_of(town, number) is MeasureState.DONE
    page = await lars.types(f"alarm {R}")
    assert DANISH("action_plan.done_of", done=1, all=15) in page


async def test_two_windows_on_one_measure_lose_nothing(town: Town) -> None:
    """BER-37, BER-38: the later sees the other's change beside their own, and sends again."""
    await a_running(town)
    number = await number_of(town, "M1")
    sofie, dorte, carl = town.chat(SOFIE), town.chat(DORTE), town.chat(CARL)
    assert DANISH("rule.measure.not_found") in await carl.types(f"ret tiltag {R} {number}")
    for each in (sofie, dorte):
        await each.types(f"ret tiltag {R} {number}")
    await sofie.presses("form.next", place=PLACE)

    clash = await dorte.presses("form.next", note="Ring først")
    assert PLACE in clash
    assert "Ring først" in str(dorte.form())
    assert await noted(town, number) == (PLACE, "")
    kept = await dorte.presses("form.next")

    assert DANISH("measure.top.changed") in kept
    assert await noted(town, number) == (PLACE, "Ring først")


async def test_who_cannot_hands_it_on_and_what_is_late_is_told_to_who_leads(town: Town) -> None:
    """BER-34, BER-35: one message to a person; half-way, due, and overdue also to the leader."""
    lars = await a_running(town)
    line = town.chat(LINE)
    given = DANISH("measure_letter.given_title", reference=R)
    await lars.types(f"fordel tiltag {R}")
    assert given not in line.everything()
    await lars.presses("form.next", party="BUF", owner=LINE.id)
    assert line.everything().count(given) == 1

    number = await number_of(town, "M12", Party.BUF)
    await line.types(f"tiltag {R} {number}")
    told = await line.presses("measure.unable")
    assert DANISH("measure.top.leaders_told") in told
    assert DANISH("measure_letter.unable_title", reference=R) in lars.everything()

    await town.passes(2 * HOURS)
    assert len(letters(line, "halfway")) == 1
    assert letters(lars, "halfway") == []
    await town.passes(4 * HOURS)
    assert len(letters(line, "overdue")) == len(letters(lars, "overdue")) == 1
    await town.passes(HOURS / 2)
    assert len(letters(line, "overdue")) == 1


def letters(chat: Chat, kind: str) -> list[str]:
    """List the reminders of a kind that somebody has had."""
    said = DANISH(f"measure_letter.{kind}")
    return [read for each in chat.messages() if said in (read := chat.reads(each))]


async def test_a_drill_says_so_everywhere_and_reaches_the_parties_only(town: Town) -> None:
    """BER-55, BER-62: nobody who takes no part reads any of it; each card begins with the word."""
    lars = await a_running(town, replace(FULL, drill=True))
    sofie, number = town.chat(SOFIE), await number_of(town, "M1")
    mark = DANISH("readiness.drill_mark")
    title = DANISH("measure_letter.given_title", reference=R)
    [letter] = [each for each in sofie.messages() if title in sofie.reads(each)]
    assert sofie.card(letter)["fallbackText"].startswith(mark)
    for said in (f"tiltag {R}", f"tiltag {R} {number}", f"handleplan {R}", f"flyt frister {R}"):
        assert mark in await lars.types(said), said
    for stranger in (ANNA, KLAUS, SUNE):
        chat = town.chat(stranger)
        assert DANISH("rule.actionplan.not_found") in await chat.types(f"tiltag {R}")
        assert DANISH("rule.alert.not_found") in await chat.types(f"handleplan {R}")
        assert DANISH("rule.measure.not_found") in await chat.types(f"tiltag {R} {number}")


async def noted(town: Town, number: int) -> tuple[str, str]:
    measure = (await plan_of(town)).measures[number - 1]
    return measure.place, measure.note
