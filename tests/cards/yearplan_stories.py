"""The stories of the year plan: what it goes around, computed, looked at, published, changed."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from cards import year_lists, year_plans
from domain.committee_meetings import CommitteeMeeting
from domain.notices import NoticeKind
from domain.people import CommitteeCode, PersonId
from domain.plan_changes import Change, Place, changes, counted, mark
from domain.plan_runs import (
    ManagersOff,
    PlanKind,
    PlanRun,
    PlanState,
    Proposed,
    ShortSeat,
    Staff,
    Terms,
)
from domain.year_plan import Cause, CauseKind, Engine, NoPlan, PlannedMeeting
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.town import BO, DORTE, HENRIETTE, MONDAY_NOON, VALBY_GROUP
from tests.support.year_plans import DAYS, FIGURES, YEAR, a_plan
from usecases.ask_year_papers import ask_year_papers
from usecases.make_problem import make_problem
from usecases.publish_plan import finish_publishing, publish_committee

MANY = 60
CODES = [CommitteeCode(f"LU-{number:02}") for number in range(MANY)]
NAMES = year_plans.Names(
    committees={code: f"{NASTY} {code}" for code in CODES},
    people={PersonId("a"): NASTY},
)
PLACE = Place(day=date(YEAR, 3, 9), starts=time(9), minutes=90)
PHASES = ("", "starting", "greedy", "rhythm", "dates", "polish", "causes", "moves", "staff")


async def yearplan_stories(gallery: Gallery) -> None:
    """Keep the calendar, plan a year, publish it, change it; then see each card at its fullest."""
    await _calendar(gallery)
    await _habits(gallery)
    await _asked(gallery)
    await _published(gallery)
    _states(gallery)
    _at_their_fullest(gallery)


async def _calendar(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "school holidays")
    await dorte.types(f"skoleferier {YEAR}")
    await dorte.presses("holiday.pick")
    await dorte.types(f"ret skoleferie {YEAR} 2")
    await dorte.presses("holiday.change")
    await dorte.presses("form.next", name="Vinterferie, uge 7")
    await dorte.types(f"ret skoleferie {YEAR} 8")
    await dorte.presses("holiday.remove")
    await dorte.presses("holiday.add")
    await dorte.presses("form.cancel")
    await dorte.types("skoleferier 2031")
    await dorte.presses("closed_day.list")
    await dorte.presses("closed_day.add")
    await dorte.presses("form.next", day=f"{YEAR}-06-24", why="Rådhuset er lukket")
    await dorte.types(f"lukkedage {YEAR}")
    await dorte.presses("closed_day.reopen")
    await gallery.guest(BO, "school holidays read").types(f"skoleferier {YEAR}")


async def _habits(gallery: Gallery) -> None:
    head = gallery.guest(HENRIETTE, "meeting habits")
    await head.types("mødevaner")
    await head.presses("habits.pick", which=VALBY_GROUP.code)
    await head.presses(
        "form.next",
        policy="hold",
        minutes="90",
        preferred="2a,3a",
        barred="5p",
        place="Valby Kulturhus",
    )
    await gallery.guest(BO, "habits of one's own").types("mødevaner kg5")
    busy = gallery.guest(BO, "busy")
    await busy.types("optaget")
    await busy.presses("form.next", halves="1a,5p")
    await busy.presses("busy.begin")
    await busy.presses("form.next", halves="")
    await busy.presses("yearplan.list")


async def _asked(gallery: Gallery) -> None:
    """Ask for a plan, put it away, and ask how many facilitators there must be."""
    dorte = gallery.guest(DORTE, "a year is planned")
    await dorte.types(f"årsplan {YEAR}")
    await dorte.presses("yearplan.begin")
    await dorte.presses("form.next", holds="KG,PKG")
    await dorte.presses("yearplan.open")
    await dorte.presses("yearplan.drop")
    await dorte.presses("yearplan.see")
    await dorte.presses("yearplan.staff")


async def _published(gallery: Gallery) -> None:
    run = await _proposal(gallery)
    dorte = gallery.guest(DORTE, "a proposal")
    await gallery.letter(NoticeKind.YEAR_PLAN_READY, run.id, DORTE)
    await dorte.types(f"årsplan {YEAR}")
    await dorte.presses("yearplan.shortfalls")
    await dorte.presses("yearplan.open")
    await dorte.presses("yearplan.changes")
    await dorte.presses("yearplan.approve")
    await _publish(gallery, run.id)
    await gallery.letter(NoticeKind.YEAR_PLAN_PUBLISHED, run.id, BO)
    await dorte.presses("yearplan.open")
    await dorte.presses("yearplan.papers")
    await _papers(gallery)
    await dorte.types(f"omplanlæg {YEAR}")
    await dorte.fills({"what": "day", "day": f"{YEAR}-06-24", "why": "Rådhuset er lukket"})
    bo = gallery.guest(BO, "the year")
    await bo.types(f"årshjul {YEAR}")
    await bo.sends("yearplan.mine", {"year": str(YEAR)})


async def _proposal(gallery: Gallery) -> PlanRun:
    short = ShortSeat(committee=VALBY_GROUP.code, number=2, slot="KG.4", short=1)
    async with gallery.database.transaction() as tx:
        run = PlanRun(
            id=uuid4(),
            kind=PlanKind.PLAN,
            year=YEAR,
            state=PlanState.PROPOSED,
            problem=await make_problem(tx, year=YEAR, terms=Terms()),
            result=Proposed(plan=a_plan(*DAYS), shortfalls=(short,), managers_off=()),
            asked_by=DORTE.id,
            asked_at=gallery.now + timedelta(hours=1),
        )
        await tx.year_plans.ask(run)
    return run


async def _publish(gallery: Gallery, id: UUID) -> None:
    async with gallery.database.transaction() as tx:
        run = await tx.year_plans.find(id)
        assert run is not None
        await publish_committee(tx, run, VALBY_GROUP.code, now=gallery.now)
        assert await finish_publishing(tx, run, now=gallery.now)


async def _papers(gallery: Gallery) -> None:
    async with gallery.database.transaction() as tx:
        export = await ask_year_papers(tx, id=uuid4(), year=YEAR, by=DORTE, now=gallery.now)
        await tx.exports.settle(
            export.id, files="a.pdf a.docx a.ics", why_not=None, at=gallery.now
        )
    await gallery.letter(NoticeKind.YEAR_PAPERS_LAID, export.id, DORTE)
    refused = replace(export, why_not="no_folder")
    gallery.hang("no folder", year_lists.papers_laid(YEAR, refused, say=gallery.say))


def _run(state: PlanState, *, kind: PlanKind = PlanKind.PLAN) -> PlanRun:
    return PlanRun(
        id=uuid4(),
        kind=kind,
        year=YEAR,
        state=state,
        asked_by=DORTE.id,
        asked_at=MONDAY_NOON,
    )


def _states(gallery: Gallery) -> None:
    """Show a plan wherever it may stand, and every reason there can be."""
    say = gallery.say
    for kind in PlanKind:
        for phase in PHASES:
            run = replace(_run(PlanState.WAITING, kind=kind), phase=phase)
            gallery.hang(f"computing {kind} {phase}", year_plans.computing(run, say=say))
    for state in (PlanState.IMPOSSIBLE, PlanState.ANSWERED, PlanState.FAILED):
        gallery.hang(f"ready {state}", year_plans.ready(_run(state), say=say))
    for state in (PlanState.DROPPED, PlanState.REPLACED):
        gallery.hang(f"over {state}", year_plans.over(_run(state), say=say))
        gallery.hang(f"ready {state}", year_plans.ready(_run(state), say=say))
    gallery.hang("failed", year_plans.failed(_run(PlanState.FAILED), say=say))
    causes = tuple(
        Cause(
            kind=kind,
            committees=tuple(CODES[:3]),
            persons=(PersonId("a"), PersonId("new-1")),
            from_on=date(YEAR, 3, 1),
            to_on=date(YEAR, 3, 31),
        )
        for kind in CauseKind
    )
    for kind in PlanKind:
        run = _run(PlanState.IMPOSSIBLE, kind=kind)
        none = NoPlan(causes=(*causes, Cause(kind=CauseKind.TIME)), seconds=1)
        gallery.hang(f"impossible {kind}", year_plans.impossible(run, none, NAMES, say=say))
    for have in (2, 9):
        answer = Staff(
            needed=4, have=have, led_by=dict.fromkeys(CODES[:9], PersonId("a")), proven=have > 4
        )
        run = _run(PlanState.ANSWERED, kind=PlanKind.STAFF)
        gallery.hang(f"staff {have}", year_plans.staff(run, answer, NAMES, say=say))


def _at_their_fullest(gallery: Gallery) -> None:
    say = gallery.say
    meetings = [
        PlannedMeeting(committee=code, number=1, day=PLACE.day, starts=time(9)) for code in CODES
    ]
    found = changes((), meetings, minutes=dict.fromkeys(CODES, 90), today=PLACE.day, anew=True)
    moved = Change(committee=CODES[0], number=2, before=PLACE, after=replace(PLACE, minutes=60))
    gone = Change(committee=CODES[0], number=3, before=PLACE)
    every = (moved, gone, *found)
    run = _run(PlanState.PROPOSED, kind=PlanKind.REPLAN)
    off = ManagersOff(meeting=replace(meetings[0], committee=CommitteeCode("SG")), days=21)
    short = tuple(
        ShortSeat(committee=code, number=1, slot=slot, short=1)
        for code in CODES
        for slot in ("LU.4", year_lists.LEADING)
    )
    for engine, bound, proven in ((Engine.GREEDY, None, False), (Engine.CP_SAT, 12, True)):
        figures = replace(FIGURES, engine=engine, bound=bound, dates_proven=proven)
        plan = replace(a_plan(), meetings=tuple(meetings), figures=figures)
        result = Proposed(
            plan=plan, shortfalls=short, managers_off=(off,) * 4, moved=3, proven=proven
        )
        shown = year_plans.proposed(run, result, counted(every), say=say)
        gallery.hang(f"much proposed {engine}", shown)
    unproven = replace(a_plan(), figures=replace(FIGURES, dates_proven=False))
    result = Proposed(plan=unproven, shortfalls=(), managers_off=())
    gallery.hang("unproven", year_plans.proposed(run, result, counted(()), say=say))
    for page in (1, 2, 99):
        shown = year_lists.changes(
            run, every, NAMES, page=page, mark=mark(every), may_approve=True, say=say
        )
        gallery.hang(f"many changes {page}", shown)
    nothing = year_lists.changes(run, (), NAMES, page=1, mark=mark(()), may_approve=False, say=say)
    gallery.hang("no changes", nothing)
    gallery.hang(
        "many missing",
        year_lists.shortfalls(
            run, replace(a_plan(), meetings=tuple(meetings)), short, NAMES, page=2, say=say
        ),
    )
    for page in (1, 2):
        gallery.hang(
            f"much of mine {page}", year_lists.my_changes(run, every, NAMES, page=page, say=say)
        )
    gallery.hang("nothing of mine", year_lists.my_changes(run, (), NAMES, page=1, say=say))
    gallery.hang("told of all kinds", year_lists.told(run, every, say=say))
    held = [
        CommitteeMeeting(
            id=UUID(int=number),
            reference=f"M2027-{number:04}",
            committee=code,
            year=YEAR,
            number=1,
            day=date(YEAR, 1 + number % 12, 4),
            starts=time(9),
            minutes=90,
            place=NASTY,
            called_at=gallery.now,
        )
        for number, code in enumerate(CODES)
    ]
    held.sort(key=lambda each: each.day)
    for page in (1, 2):
        shown = year_lists.year(YEAR, held, NAMES, everything=True, page=page, say=say)
        gallery.hang(f"a full year {page}", shown)
