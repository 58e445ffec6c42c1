"""A plan comes before the steering group, and who got which version of it: BER-46 … 50, 53, 55."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alerts import Level
from domain.plan_measures import MeasureState
from domain.plan_moves import until
from tests.integration.usecases.alarming import ORDER, REGISTER
from tests.support.chat import Chat, verbs
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    DORTE,
    HELLE,
    LARS,
    SOFIE,
    VIGGO,
    Town,
)
from usecases.activate_alert import activate_alert

R = "R2026-0001"
DRILL = DANISH("readiness.drill_mark")
BECAUSE = "De har beboerne i boligområdet"
REMARK = "Husk forældrene"


async def a_plan(town: Town, *, drill: bool = False) -> None:
    """Activate readiness in full in Valby: Lars leads it, and its plan is a draft."""
    await town.reorganises(REGISTER)
    order = replace(ORDER, level=Level.FULL, drill=drill)
    async with town.remembers() as tx:
        await activate_alert(tx, order, by=LARS, now=town.hour.now)
    await town.settles()


async def a_day_longer(town: Town) -> None:
    """Let the plan say something else than it did."""
    async with town.remembers() as tx:
        alert = await tx.alerts.by_number(2026, 1)
        assert alert is not None
        [found] = await tx.action_plans.of_alert(alert.id)
        assert found.period_end is not None
        longer = until(found, found.period_end + timedelta(days=1))
        await tx.action_plans.save(longer, was=found)


async def state_of(town: Town, kind: str, party: str) -> MeasureState:
    async with town.remembers() as tx:
        alert = await tx.alerts.by_number(2026, 1)
        assert alert is not None
        [plan] = await tx.action_plans.of_alert(alert.id)
    return next(e.state for e in plan.measures if (e.kind, e.party) == (kind, party))


def last_card(who: Chat) -> set[str]:
    return verbs(who.card(who.messages()[-1]))


def title(what: str, number: int = 1) -> str:
    return DANISH(f"alertshare.told_{what}_title", reference=R, number=number)


async def test_by_the_exact_version_that_was_shown(town: Town) -> None:
    """BER-46, BER-47: asked, reminded, shown version 2, and changed after approval."""
    await a_plan(town)
    lars, dorte, viggo = town.chat(LARS), town.chat(DORTE), town.chat(VIGGO)
    await lars.types(f"deling {R}")
    assert "alertshare.ask" not in last_card(lars)
    assert DANISH("plan_view.track_finished") in await lars.presses("alertshare.finish")

    # The Secretariat chooses approval, by noon in two days; nobody else may
    await dorte.types(f"plan til godkendelse {R}")
    asked = await dorte.presses("form.next", day="2026-03-04", hour="12.00")
    assert DANISH("alertshare.asked_title", number=1) in asked
    first = viggo.card_with("alertshare.open")
    assert title("to_approve") in viggo.everything()
    assert title("to_approve") not in lars.everything()

    # Meanwhile it is changed and finished again; the old card opens the newest, and says so
    await a_day_longer(town)
    await lars.types(f"plan færdig {R}")
    await dorte.types(f"plan til godkendelse {R}")
    await dorte.presses("form.next", day="2026-03-04", hour="12.00")
    await town.passes(timedelta(days=1))
    assert title("approve_soon", 2) in viggo.everything()
    assert title("approve_soon", 1) not in viggo.everything()
    shown = await viggo.presses_on(viggo.card(first), "alertshare.open")
    assert DANISH("alertshare.older", was=1, now=2) in shown
    async with town.remembers() as tx:
        alert = await tx.alerts.by_number(2026, 1)
        assert alert is not None
        [plan] = await tx.action_plans.of_alert(alert.id)
    assert plan.versions[1].checksum[:8] in shown
    assert SOFIE.name not in shown

    # A remark goes to those who work with it; what changes after that is seen to have changed
    await viggo.presses("alertshare.remark")
    await viggo.presses("form.next", remark=REMARK)
    assert title("remarked", 2) in lars.everything()
    assert title("remarked", 2) in dorte.everything()
    assert REMARK not in lars.everything()
    assert REMARK in await lars.types(f"deling {R}")
    await a_day_longer(town)
    assert DANISH("alertshare.changed_after_approval") in await lars.types(f"færdig plan {R}")
    assert "ændret efter godkendelse" in await lars.types(f"alarm {R}")


async def test_and_who_got_which_version_is_shown(town: Town) -> None:
    """BER-48, BER-53, BER-55: parties in full, Team Sikker By and externals by hand, reduced."""
    await a_plan(town)
    dorte, carl, anna = town.chat(DORTE), town.chat(CARL), town.chat(ANNA)
    await dorte.types(f"plan færdig {R}")
    await dorte.types(f"send plan {R}")
    await dorte.presses("form.next", to="parties")
    assert title("shared") in carl.everything()
    assert SOFIE.name in await carl.presses("alertshare.open")

    # A list of people here: Anna reads the reduced version, and no more than that
    await dorte.types("ny fordelingsliste")
    await dorte.fills(
        {
            "name": "Skoler",
            "tier": "external",
            "committees": "",
            "people": ANNA.name,
            "outside": "",
        }
    )
    await dorte.types(f"send plan {R}")
    await dorte.presses("form.next", to="Skoler")
    read = await anna.presses("alertshare.open")
    assert DANISH("plan_view.tier_external") in read
    assert not any(name in read for name in (SOFIE.name, CARL.name, LARS.name))
    for words in ("hvem har planen", "handleplan", "alarm", "tekst til eksterne"):
        assert "findes ikke" in await anna.types(f"{words} {R}")
    assert "findes ikke" in await town.chat(HELLE).types(f"færdig plan {R}")

    # Outside Teams a person hands it over, and says so
    await dorte.types(f"send plan {R}")
    sent = await dorte.presses("form.next", to="Team Sikker By")
    assert "Team Sikker By" in sent
    text = await dorte.presses("alertshare.text_no_names")
    assert not any(name in text for name in (SOFIE.name, CARL.name, LARS.name))
    await dorte.presses("alertshare.outside")
    noted = await dorte.fills(
        {"to": "Team Sikker By", "because": BECAUSE, "way": "mail", "hour": "12.00"}
    )
    assert DANISH("alertshare.handed_over_title", number=1) in noted

    listed = await carl.types(f"hvem har planen {R}")
    assert f"Team Sikker By · {DANISH('alertshare.way.mail')}" in listed
    assert ANNA.name in listed
    assert listed.count("Version 1") == 3
    await dorte.types(f"plan pdf til eksterne {R}")
    await town.settles()
    log = await dorte.types(f"log {R}")
    assert DANISH("log_line.exported") in log


async def test_while_staff_is_told_and_a_person_sends_by_c3(town: Town) -> None:
    """BER-49, BER-50, BER-62: a drill says so everywhere; the bot itself sends nothing by C3."""
    await a_plan(town, drill=True)
    lars, sofie, dorte = town.chat(LARS), town.chat(SOFIE), town.chat(DORTE)
    text = await sofie.types(f"bagland {R}")
    assert text.lstrip().startswith(DRILL)
    assert SOFIE.name in text
    assert DANISH("briefing.care") in text
    await lars.types(f"mind om bagland {R}")
    asked = DANISH("briefing.asked_title", reference=R)
    assert asked in sofie.everything()

    told = await sofie.types(f"bagland orienteret {R}")
    assert "alertshare.briefed" not in last_card(sofie)
    assert DANISH("briefing.told", when="").strip() in told
    assert await state_of(town, "M12", "SOF") is MeasureState.DONE
    assert await state_of(town, "M12", "KP") is MeasureState.OPEN
    page = await lars.types(f"alarm {R}")
    assert DANISH("briefing.count", told=1, all=5) in page
    assert DANISH("c3.none") in page

    c3 = await dorte.types(f"c3 {R}")
    assert DANISH("c3.not_by_bot") in c3
    await dorte.presses("alertshare.c3_sent")
    await dorte.fills({"hour": "12.00", "who": "Dorte", "which": "short"})
    assert await state_of(town, "M19", "SEK") is MeasureState.DONE
    assert f"af {DORTE.name}" in await lars.types(f"alarm {R}")
    await dorte.types(f"plan færdig {R}")
    await dorte.types(f"plan til orientering {R}")
    viggo = town.chat(VIGGO)
    assert f"{DRILL} – {title('shared')}" in viggo.everything()
    assert DRILL in await viggo.presses("alertshare.open")


@pytest.mark.parametrize("remark", ["", "Om 010190-1234"], ids=["empty", "cpr"])
async def test_with_words_that_can_be_kept(town: Town, remark: str) -> None:
    """BER-47, BER-51: sent back with a reason, and without anybody's number."""
    await a_plan(town)
    dorte, viggo = town.chat(DORTE), town.chat(VIGGO)
    await dorte.types(f"plan færdig {R}")
    await dorte.types(f"plan til godkendelse {R}")
    await dorte.presses("form.next", day="2026-03-04", hour="12.00")
    await viggo.types(f"send plan retur {R}")

    await viggo.presses("form.next", remark=remark)

    assert title("returned") not in dorte.everything()
    await viggo.presses("form.next", remark=REMARK)
    assert title("returned") in dorte.everything()
