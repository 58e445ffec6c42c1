"""The stories of a committee's agenda, its minutes and what decisions ask."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from domain.committee_meetings import CommitteeMeeting
from domain.dates import local_date
from domain.decision_tasks import TaskState
from domain.delivery import Delivery
from domain.exports import ExportKind
from domain.notices import Notice, NoticeKind
from domain.people import Person
from scheduler.draw_notices import draw
from tests.cards.agenda_extremes import at_their_fullest
from tests.cards.guests import Gallery
from tests.support import acts_agendas as acts
from tests.support.steering import ITEM, PROPOSAL, STEERING, a_meeting, plan, with_steering
from tests.support.town import DORTE, GRETE, HENRIETTE, LARS, ORGANISATION, RUTH
from tests.support.townspeople import MANAGERS
from usecases.meeting_papers import ask_for_paper

K = NoticeKind


async def agenda_stories(gallery: Gallery) -> None:
    """Propose, put together, send, write, comment, approve; then see each card at its fullest."""
    gallery.confided |= {*ITEM.values(), *PROPOSAL.values()} - {"decision"}
    people = [replace(each, language=gallery.language) for each in ORGANISATION.people]
    now, today = gallery.now, local_date(gallery.now)
    ahead, later, managers = (
        a_meeting(committee, today + timedelta(days=days), number, called_at=now)
        for committee, days, number in (
            (STEERING, 60, 31),
            (STEERING, 150, 32),
            (MANAGERS, 20, 33),
        )
    )
    async with gallery.database.transaction() as tx:
        await tx.organisation.replace(with_steering(*people))
        await plan(tx, ahead, later, managers, now=now)
    await _proposed(gallery, ahead)
    await _put_together(gallery, ahead)
    await _written(gallery)
    await _approved(gallery)
    await at_their_fullest(gallery, ahead)


async def _letter(
    gallery: Gallery, kind: NoticeKind, about: UUID, to: Person, *, round: int = 1, story: str = ""
) -> None:
    """Hang a letter that is about one version of something."""
    notice = Notice(kind=kind, about=about, due_at=gallery.now, person=to.id, round=round)
    async with gallery.database.transaction() as tx:
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
    gallery.hang(f"notice {kind}{story}", shown)


async def _proposed(gallery: Gallery, ahead: CommitteeMeeting) -> None:
    lars = gallery.guest(LARS, "proposes")
    await lars.types("dagsorden")
    await lars.types("dagsordener")
    await lars.types("punkt")
    await lars.types(f"dagsorden {ahead.reference}")
    await lars.presses("item.propose")
    await lars.fills(ITEM)
    await lars.fills(PROPOSAL)
    await lars.presses("form.send")
    async with gallery.database.transaction() as tx:
        [item] = await tx.meeting_items.of_meeting(ahead.id)
    await gallery.letter(K.ITEM_PROPOSED, item.id, DORTE)
    dorte = gallery.guest(DORTE, "returns")
    await dorte.types(f"vis punkt {ahead.reference} 1")
    await dorte.presses("item.return")
    await dorte.presses("form.next", words="Skriv hvem der betaler")
    await _letter(gallery, K.ITEM_ANSWERED, item.id, LARS, round=2)
    lars = gallery.guest(LARS, "mends")
    await lars.types("mine opgaver")
    await lars.types(f"vis punkt {ahead.reference} 1")
    await lars.presses("item.change")
    await lars.presses("form.next")
    await lars.presses("form.next")
    await lars.presses("form.send")
    await lars.presses("item.comment")
    await lars.presses("form.next", words="Nu står der hvem")
    await gallery.letter(K.ITEM_COMMENTED, item.id, DORTE)
    await lars.presses("item.withdraw")


async def _put_together(gallery: Gallery, ahead: CommitteeMeeting) -> None:
    async with gallery.database.transaction() as tx:
        await acts.proposed(tx, gallery.now, ahead.id, uuid5(ahead.id, "1"))
        await acts.proposed(tx, gallery.now, ahead.id, uuid5(ahead.id, "2"))
        await acts.proposed(tx, gallery.now, ahead.id, uuid5(ahead.id, "3"))
    dorte = gallery.guest(DORTE, "puts together")
    await dorte.types("mine opgaver")
    await dorte.types(f"dagsorden {ahead.reference}")
    for number in ("1", "2"):
        await dorte.types(f"dagsorden {ahead.reference}")
        await dorte.presses("item.choose", item=str(uuid5(ahead.id, number)))
        await dorte.presses("item.accept")
    await dorte.presses("item.up")
    await dorte.presses("item.down")
    await dorte.presses("agenda.show")
    await dorte.presses("item.choose", item=str(uuid5(ahead.id, "1")))
    await dorte.presses("item.more")
    await dorte.presses("item.open")
    await dorte.presses("item.to_managers")
    await dorte.types(f"vis punkt {ahead.reference} 3")
    await dorte.presses("item.move")
    await dorte.types(f"dagsorden {ahead.reference}")
    await dorte.presses("agenda.provisional")
    await _letter(gallery, K.AGENDA_SENT, ahead.id, RUTH)
    await dorte.presses("agenda.final")
    await _letter(gallery, K.AGENDA_SENT, ahead.id, RUTH, round=2, story=" final")
    await dorte.presses("agenda.pdf")
    await dorte.types(f"dagsorden docx {ahead.reference}")
    async with gallery.database.transaction() as tx:
        export = await ask_for_paper(
            tx, meeting=ahead.id, kind=ExportKind.AGENDA_PDF, by=DORTE, now=gallery.now
        )
    await gallery.letter(K.PAPER_READY, export.id, DORTE)
    async with gallery.database.transaction() as tx:
        file = "M2026-0031-dagsorden.pdf"
        await tx.exports.settle(export.id, files=file, why_not=None, at=gallery.now)
    await _letter(gallery, K.PAPER_READY, export.id, DORTE, story=" laid")
    await dorte.types(f"dagsorden pdf {ahead.reference}")
    henriette = gallery.guest(HENRIETTE, "admits")
    await henriette.types(f"dagsorden {ahead.reference}")
    await henriette.presses("agenda.sudden")
    await henriette.fills({"kind": "orientation", "title": "Ny lov vedtaget i går"})
    await henriette.fills({"because": "Loven gælder fra i morgen"})
    await henriette.presses("form.send")
    await _letter(gallery, K.AGENDA_SENT, ahead.id, RUTH, round=3, story=" sudden")


async def _written(gallery: Gallery) -> None:
    async with gallery.database.transaction() as tx:
        meeting = await acts.held(tx, gallery.now)
    await gallery.letter(K.MINUTES_TO_WRITE, meeting.id, DORTE)
    dorte = gallery.guest(DORTE, "writes")
    await dorte.types(f"dagsorden {meeting.reference}")
    await dorte.presses("minutes.show")
    await dorte.presses("minutes.begin")
    await dorte.presses("minutes.decide")
    await dorte.presses("form.next", words="Indstillingen blev tiltrådt")
    await dorte.presses("task.add")
    due_on = str(local_date(gallery.now) + timedelta(days=9))
    await dorte.presses("form.next", words="Tryk folderen", owner="lars", due_on=due_on)
    await dorte.presses("task.open")
    await dorte.types(f"fremmøde {meeting.reference}")
    await dorte.presses("form.next", present="lars,henriette,ole", excused="ruth")
    await dorte.presses("minutes.choose")
    await dorte.types(f"referat {meeting.reference}")
    await dorte.presses("minutes.send")
    await gallery.letter(K.MINUTES_OUT, meeting.id, LARS)
    await gallery.empty_the_post()
    lars = gallery.guest(LARS, "comments")
    await lars.types("mine opgaver")
    await lars.presses("task.open")
    await lars.types(f"referat {meeting.reference}")
    await lars.presses("minutes.comment")
    await lars.presses("form.next", words="Skriv hvornår")
    await gallery.letter(K.MINUTES_COMMENTED, meeting.id, DORTE)
    async with gallery.database.transaction() as tx:
        [task] = await tx.decision_tasks.of_meeting(meeting.id)
    for kind in (K.TASK_GIVEN, K.TASK_PASSED_ON, K.TASK_SOON, K.TASK_DUE, K.TASK_OVERDUE):
        await gallery.letter(kind, task.id, LARS)
    await lars.types(f"udført {meeting.reference} 1")
    dorte = gallery.guest(DORTE, "takes back")
    await dorte.types(f"referat {meeting.reference}")
    await dorte.presses("minutes.close")
    await gallery.letter(K.MINUTES_TO_APPROVE, meeting.id, RUTH)
    await dorte.presses("minutes.take_back")
    await dorte.types(f"referat punkt {meeting.reference} 1")
    await dorte.presses("task.add")
    await dorte.presses("form.next", words="Del den ud", owner="lars", due_on=due_on)
    async with gallery.database.transaction() as tx:
        new = [
            each
            for each in await tx.decision_tasks.of_meeting(meeting.id)
            if each.state is TaskState.PLANNED
        ]
    await dorte.presses("task.open", task=str(new[0].id))
    await dorte.presses("task.drop")


async def _approved(gallery: Gallery) -> None:
    async with gallery.database.transaction() as tx:
        [meeting] = [
            each
            for each in await tx.committee_meetings.between(
                local_date(gallery.now) - timedelta(days=3), local_date(gallery.now)
            )
            if each.committee == STEERING.code
        ]
    dorte = gallery.guest(DORTE, "sends again")
    await dorte.types(f"udsend referat {meeting.reference}")
    await dorte.types(f"luk kommentarer {meeting.reference}")
    ruth = gallery.guest(RUTH, "agrees")
    await ruth.types(f"referat {meeting.reference}")
    await ruth.presses("minutes.agree")
    await gallery.guest(LARS, "agrees too").types(f"enig {meeting.reference}")
    henriette = gallery.guest(HENRIETTE, "approves")
    await henriette.types("mine opgaver")
    await henriette.types(f"referat {meeting.reference}")
    await henriette.presses("minutes.agree")
    await gallery.letter(K.MINUTES_SENT, meeting.id, GRETE)
    await henriette.presses("minutes.pdf")
    await gallery.guest(GRETE, "reads").types(f"referat docx {meeting.reference}")
    dorte = gallery.guest(DORTE, "corrects")
    await dorte.types(f"referat til {meeting.reference}")
    await dorte.presses("form.next", receivers="managers,secretariat")
    await dorte.types(f"referat {meeting.reference}")
    await dorte.presses("minutes.correct")
    await dorte.presses("form.next", words="Beløbet var forkert")
    await dorte.types(f"udsend referat {meeting.reference}")
    await dorte.types(f"luk kommentarer {meeting.reference}")
    gallery.now += timedelta(days=30)
    henriette = gallery.guest(HENRIETTE, "notes that all agree")
    await henriette.types(f"referat {meeting.reference}")
    await henriette.presses("minutes.approve")
