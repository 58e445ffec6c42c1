"""The stories of templates, the readiness calendar and drills, each card also at its fullest."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from cards import drills, measure_kinds, plan_calendar, templates
from domain.alerts import Alert, AlertState
from domain.areas import AREAS
from domain.drills import Exercise
from domain.notices import NoticeKind
from domain.plan_calendar import CalendarRow
from domain.plan_templates import Override
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.integration.usecases.alarming import ORDER
from tests.support.action_plans import CATALOGUE, plan
from tests.support.town import BO, DORTE, HENRIETTE, MONDAY_NOON
from usecases.grow_plans import grow_plans, of_night
from usecases.hold_drills import remind_of_drills, reminder
from usecases.keep_plan_calendar import begin_calendar

MANY = 30
NIGHT = timedelta(days=1)
A_YEAR_ON = timedelta(days=455)  # the beginning of June: the last days of school are near


async def template_stories(gallery: Gallery) -> None:
    """Change a template in every way, keep the calendar, and be reminded of a drill."""
    gallery.confided |= {NASTY}
    await _templates(gallery)
    await _measures(gallery)
    await _calendar(gallery)
    await _grown(gallery)
    await _drills(gallery)
    _at_their_fullest(gallery)


async def _templates(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "templates")
    await dorte.types("skabeloner")
    await dorte.presses("template.pick")
    await dorte.types("skabeloner")
    await dorte.presses("template.pick", which="H2")
    for verb in ("what", "measures", "frame", "lists"):
        await dorte.presses(f"template.{verb}")
        await dorte.presses("form.next")
        await _lets_go(dorte)
        await dorte.types("skabelon H2")
    for verb in ("sharing", "text", "copy"):
        await dorte.presses("template.more")
        await dorte.presses(f"template.{verb}")
        await _lets_go(dorte)
        await dorte.types("skabelon H2")
    await dorte.presses("template.measures")
    await dorte.presses("form.next", measures="M1")
    await dorte.types("skabelon udgaver H2")
    await dorte.presses("template.open")
    await dorte.types("ny skabelon H2")
    await dorte.presses("form.next", title="Brand")
    await dorte.types("skabelon mere H10")
    await dorte.presses("template.use")
    await dorte.types("skabelon ud H10")
    await dorte.types("skabelon udgaver H1")
    await dorte.types("skabelon Ø2")
    await gallery.guest(BO, "no templates").types("skabeloner")


async def _measures(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "measure catalogue")
    await dorte.types("skabeloner")
    await dorte.presses("measure_kind.list")
    await dorte.presses("measure_kind.pick")
    await dorte.types("tiltagskatalog")
    await dorte.presses("measure_kind.pick", which="M12")
    await dorte.presses("measure_kind.change")
    await dorte.presses("form.next", party="KFO")
    await dorte.presses("form.send")
    await _lets_go(dorte)
    await dorte.types("tiltag udgaver M12")
    await dorte.presses("measure_kind.open")
    await dorte.presses("measure_kind.unuse")
    await dorte.types("nyt tiltag i kataloget")
    await dorte.presses("form.next")
    await dorte.presses(
        "form.next", title="Lys i gården", party="each", deadline="T+6 timer", daily="no"
    )
    await dorte.presses("form.send")
    await dorte.presses("measure_kind.unuse")
    await dorte.presses("measure_kind.use")
    await dorte.types("tiltag udgaver M21")


async def _lets_go(guest: Guest) -> None:
    await guest.presses("form.cancel")
    if "form.yes" in guest.verbs:
        await guest.presses("form.yes")


async def _calendar(gallery: Gallery) -> None:
    async with gallery.database.transaction() as tx:
        await begin_calendar(tx, now=gallery.now)
    dorte = gallery.guest(DORTE, "readiness calendar")
    await dorte.types("beredskabskalender")
    await dorte.presses("calendar.pick")
    await dorte.types("vis beredskabskalender 3")
    await dorte.presses("calendar.confirm")
    await dorte.types("ret beredskabskalender 3")
    await dorte.presses("form.next", name="", to_on="2027-05-01")
    await _lets_go(dorte)
    await dorte.types("vis beredskabskalender 3")
    await dorte.presses("calendar.remove")
    await dorte.types("beredskabsplaner")
    await dorte.types("ny i beredskabskalenderen")
    await dorte.presses("form.next")
    await dorte.presses(
        "form.next",
        name="Demonstration",
        template="B5",
        from_on=f"{gallery.now + timedelta(days=18):%Y-%m-%d}",
        confirmed="yes",
    )


async def _grown(gallery: Gallery) -> None:
    for later in (NIGHT, A_YEAR_ON):
        then = gallery.now + later
        async with gallery.database.transaction() as tx:
            [first, *_] = await grow_plans(tx, now=then)
        await gallery.letter(
            NoticeKind.PLANS_GROWN, of_night(first.made_at.date()), DORTE, after=later
        )
    dorte = gallery.guest(HENRIETTE, "readiness plans")
    await dorte.types("beredskabsplaner")
    await dorte.types("beredskabskalender")


async def _drills(gallery: Gallery) -> None:
    april = MONDAY_NOON + timedelta(days=120)
    async with gallery.database.transaction() as tx:
        await remind_of_drills(tx, month=f"{april:%Y-%m}", now=april)
    for each in Exercise:
        about = reminder(each, f"{april:%Y-%m}")
        await gallery.letter(NoticeKind.DRILL_DUE, about, DORTE, after=april - gallery.now)
    dorte = gallery.guest(DORTE, "drills")
    await dorte.types("øvelser")
    await dorte.presses("drill.report")
    await dorte.presses("drill.list")
    await dorte.types("start øvelse Ø1")
    await _lets_go(dorte)
    await dorte.types("start øvelse H1")


def _at_their_fullest(gallery: Gallery) -> None:
    say, now = gallery.say, gallery.now
    template = CATALOGUE.templates["H6"]
    override = Override(
        template="H6",
        revision=1,
        changes={},
        by=DORTE.id,
        at=now,
        because=(NASTY * 12)[:600],
        alert=UUID(int=1),
    )
    edition = templates.Edition(
        override=override,
        fields=["title", "measures", "period"],
        by=NASTY,
        reference="R2026-0001",
    )
    gallery.hang("editions most", templates.editions(template, [edition] * MANY, say=say))
    kind = replace(CATALOGUE.measures["M3"], title=(NASTY * 5)[:80], assists=(NASTY * 9)[:200])
    every = [*CATALOGUE.templates.values()]
    gallery.hang("measure most", measure_kinds.opened(kind, every, say=say))
    kept = measure_kinds.editions(kind, [edition] * MANY, say=say)
    gallery.hang("measure editions most", kept)
    row = CalendarRow(
        id=uuid4(),
        template="B5",
        name=NASTY[:80],
        from_on=now.date(),
        to_on=now.date() + timedelta(days=40),
        areas=frozenset(each.code for each in AREAS),
        school=NASTY[:80],
        source=(NASTY * 5)[:300],
        confirmed=False,
        version=1,
    )
    rows = [replace(row, id=uuid4()) for _ in range(3 * MANY)]
    for page in (1, 2):
        gallery.hang(
            f"readiness calendar {page}",
            plan_calendar.listed(rows, rows[:8], grown=(), page=page, say=say),
        )
    opened = plan_calendar.opened(row, template="Demonstration", plan=plan("B5"), say=say)
    gallery.hang("readiness row", opened)
    plans = [replace(plan("B5"), id=uuid4(), title=NASTY[:80]) for _ in range(MANY)]
    gallery.hang("plans grown most", plan_calendar.grown(plans, say=say))
    gallery.hang("plans ahead", plan_calendar.drafts(plans, page=2, now=now, say=say))
    alert = _a_drill(gallery)
    figures = {"recipients": 40, "answered": 38, "first_reply": 71, "quorum": 900}
    gallery.hang("drill report most", drills.report([(alert, figures)] * MANY, [], say=say))
    held = drills.listed(
        [CATALOGUE.templates["Ø1"]] * 5,
        [alert] * MANY,
        latest={Exercise.CHAIN: now.date()},
        today=now.date(),
        say=say,
    )
    gallery.hang("drills most", held)


def _a_drill(gallery: Gallery) -> Alert:
    return Alert(
        id=UUID(int=9),
        year=2026,
        number=1,
        level=ORDER.level,
        drill=True,
        template="Ø1",
        title=NASTY[:60],
        situation=ORDER.situation,
        audience=ORDER.audience,
        state=AlertState.CLOSED,
        activated_by=DORTE.id,
        activated_at=gallery.now,
        leaves_at=gallery.now,
        coordinator=DORTE.id,
        log_keeper=DORTE.id,
    )
