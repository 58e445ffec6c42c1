"""The stories of a case: opened, coordinated, acted on, closed by two, taken at a meeting."""

from datetime import date, timedelta
from uuid import uuid4

from domain.cases import Case, CaseState
from domain.informings import Addressee, Informing, InformState
from domain.journal import Note
from domain.people import Authority
from tests.cards.case_extremes import cases_at_their_fullest
from tests.cards.guests import Gallery, Guest
from tests.support.case_stories import CONFIDED, COORDINATED, ENDING, RESULT, put
from tests.support.town import BO, CARL, SOFIE, STINE, VALBY_GROUP


async def case_stories(gallery: Gallery) -> None:
    """Work on a case from its opening to its end, and see each card at its fullest."""
    gallery.confided |= {*CONFIDED}
    case = await _a_case(gallery)
    await _worked_on(gallery, case)
    await _at_a_meeting(gallery)
    await _by_two(gallery)
    await gallery.guest(STINE, "playbook").types("handlevejledning")
    cases_at_their_fullest(gallery)


async def _a_case(gallery: Gallery, state: CaseState = CaseState.OPEN) -> Case:
    async with gallery.database.transaction() as tx:
        return await put(
            tx,
            state=state,
            group=VALBY_GROUP.code,
            born=date(2011, 5, 4),
            name="Max Myrekær",
            level=None if state is CaseState.OPEN else 2,
            lead=None,
            follow_up_on=None,
            now=gallery.now,
        )


async def _opens(guest: Guest, case: Case) -> None:
    await guest.types(f"sag {case.reference}")
    await guest.presses("case.clear")


async def _worked_on(gallery: Gallery, case: Case) -> None:
    bo = gallery.guest(BO, "case")
    await _opens(bo, case)
    await bo.presses("case.more")
    await bo.types(f"historik {case.reference}")
    await bo.types(f"luk {case.reference}")
    await bo.types(f"koordinér {case.reference}")
    answers = {**COORDINATED, "due_1": str(gallery.now.date() + timedelta(days=9))}
    while "form.send" not in bo.verbs:
        await bo.presses("form.next", **{key: answers[key] for key in bo.asked & answers.keys()})
    await bo.presses("form.send")
    carl = gallery.guest(CARL, "case of police")
    await _opens(carl, case)
    sofie = gallery.guest(SOFIE, "action")
    await _opens(sofie, case)
    await sofie.types(f"handlinger {case.reference}")
    await sofie.presses("action.open")
    await sofie.presses("action.done")
    await sofie.presses("form.next", result=RESULT)
    await sofie.types(f"handlinger {case.reference}")
    await sofie.types(f"historik {case.reference}")
    await sofie.types(f"niveau {case.reference}")
    await sofie.presses("form.cancel")
    await sofie.presses("form.yes")


async def _at_a_meeting(gallery: Gallery) -> None:
    bo = gallery.guest(BO, "meeting")
    await bo.types("dagsorden")
    await bo.presses("meeting.begin")
    await bo.presses("form.next", present="bo,sofie")
    while "meeting.next" in bo.verbs:
        await bo.presses("meeting.skip" if bo.turns % 2 else "meeting.next")
    await bo.presses("meeting.end")
    await gallery.guest(CARL, "agenda of a member").types("dagsorden")


async def _by_two(gallery: Gallery) -> None:
    case = await _a_case(gallery, CaseState.COORDINATION)
    async with gallery.database.transaction() as tx:
        await tx.journal.note(
            Note.COORDINATED, matter=case.id, source=case.id, by=BO.id, at=gallery.now
        )
        await tx.informings.add(
            [
                Informing(
                    id=uuid4(),
                    case=case.id,
                    addressee=each,
                    authority=Authority.SOF,
                    collected_on=gallery.now.date(),
                    due_on=gallery.now.date(),
                    state=InformState.INFORMED,
                )
                for each in Addressee
            ]
        )
    bo = gallery.guest(BO, "close")
    await _opens(bo, case)
    await bo.types(f"luk {case.reference}")
    await bo.presses("form.next", reason="coordination_done", words=ENDING)
    await bo.types(f"luk {case.reference}")
    await bo.types("medunderskriv")
    await bo.presses("countersign.open")
    sofie = gallery.guest(SOFIE, "agree")
    await sofie.types("medunderskriv")
    await sofie.presses("countersign.open")
    await _opens(sofie, case)
    await sofie.types("medunderskriv")
    await sofie.presses("countersign.open")
    await sofie.presses("countersign.give")
    await sofie.types("medunderskriv")
    bo = gallery.guest(BO, "closed")
    await bo.types(f"sag {case.reference}")
    await bo.types(f"genåbn {case.reference}")
