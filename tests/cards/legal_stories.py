"""The stories of legal decisions: brought in, stood back, the family told, and filed."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cards.filing import here
from cards.presses import about
from domain.cases import Case, CaseState
from domain.journal import JournalTask, Note, TaskState
from domain.notices import NoticeKind
from domain.people import Authority
from domain.recusals import Recusal
from scheduler.lay import lay
from scheduler.lay_documents import documents
from tests.cards.guests import Gallery
from tests.support.case_stories import BORN, put
from tests.support.legal_stories import AD_HOC, EXEMPT, WORDS
from tests.support.town import BO, CARL, DORTE, LINE, SOFIE, VALBY_GROUP
from usecases.inform_family import begin_informing

NAME = "Vigga Sandormekrog"
MAILBOX = "ssp@ssp-demo.example"
PUT = "Lægges i fagsystemet i dag"
FILED = {"ref": "2026-0017/4", "system": "SOF"}
DECIDED = "De har samme træner og kender ikke hinanden"
DAY = timedelta(days=1)


async def legal_stories(gallery: Gallery) -> None:
    """Bring somebody in, stand back, tell a family, and file what happened."""
    gallery.confided |= {NAME, DECIDED, PUT, *WORDS}
    case = await _a_case(gallery)
    await _brought_in(gallery, case)
    await _family(gallery, case)
    await _stood_back(gallery, case)
    with TemporaryDirectory() as folder:
        await _filed(gallery, case, Path(folder))
    await gallery.empty_the_post()


async def _a_case(gallery: Gallery) -> Case:
    async with gallery.database.transaction() as tx:
        case = await put(
            tx,
            state=CaseState.COORDINATION,
            group=VALBY_GROUP.code,
            born=BORN,
            name=NAME,
            level=2,
            lead=None,
            follow_up_on=None,
            now=gallery.now,
        )
        await begin_informing(
            tx, case=case, authority=Authority.SOF, collected_on=gallery.now.date()
        )
        for person in (BO, CARL, DORTE, LINE):
            await tx.relations.set_cleared(case.id, person.id)
    return case


async def _brought_in(gallery: Gallery, case: Case) -> None:
    bo = gallery.guest(BO, "brings in")
    await bo.types(f"inddrag {case.reference}")
    await bo.fills(AD_HOC)
    await bo.presses("form.send")
    await gallery.empty_the_post()
    await bo.types(f"adgange {case.reference}")
    async with gallery.database.transaction() as tx:
        [grant] = await tx.grants.ever_of(case.id)
    line = gallery.guest(LINE, "brought in")
    await line.types(f"hvorfor {case.reference}")
    await bo.presses("grant.end")
    await gallery.letter(NoticeKind.GRANT_ENDED, grant.id, LINE)


async def _family(gallery: Gallery, case: Case) -> None:
    bo = gallery.guest(BO, "family")
    await bo.types(f"undtag {case.reference}")
    await bo.fills(EXEMPT)
    await bo.presses("form.send")
    await gallery.empty_the_post()
    carl = gallery.guest(CARL, "family, the second")
    await carl.answers(case.id, "countersign.give")
    async with gallery.database.transaction() as tx:
        noted = await tx.informings.of_case(case.id)
    for each in noted:
        await bo.types(f"orientering {case.reference}")
        await bo.sends("inform.open", about("inform", each.id, each.version))
    await bo.presses("inform.words")
    await gallery.letter(NoticeKind.INFORMING_DUE, noted[0].id, BO, after=25 * DAY)


async def _stood_back(gallery: Gallery, case: Case) -> None:
    await gallery.guest(CARL, "stands back").types(f"ja {case.reference}")
    await gallery.empty_the_post()
    said = Recusal(matter=case.id, person=CARL.id, by=CARL.id, at=gallery.now)
    dorte = gallery.guest(DORTE, "decides")
    await dorte.types("inhabilitet")
    await dorte.presses("recusal.open", recusal=str(said.id))
    await dorte.presses("recusal.uphold")
    await dorte.fills({"reason": DECIDED})
    await gallery.empty_the_post()
    await gallery.letter(NoticeKind.NO_FACILITATOR, case.id, DORTE)


async def _filed(gallery: Gallery, case: Case, folder: Path) -> None:
    async with gallery.database.transaction() as tx:
        for note in (Note.COORDINATED, Note.LEVEL_SET):
            await tx.journal.note(
                note, matter=case.id, source=case.id, by=SOFIE.id, at=gallery.now
            )
    bo, dorte = gallery.guest(BO, "files"), gallery.guest(DORTE, "verifies")
    task = await _task(gallery, case)
    await gallery.letter(NoticeKind.FILING_DUE, task.id, BO)
    await bo.types("journal")
    await bo.sends("journal.open", here(task))
    await bo.presses("journal.document")
    await bo.fills({"reason": PUT})
    await lay(gallery.database, documents(MAILBOX), folder=folder, now=gallery.now)
    await gallery.empty_the_post()
    await bo.sends("journal.open", here(task))
    await bo.presses("journal.file")
    await bo.fills({**FILED, "on": str(gallery.now.date())})
    await dorte.types("journal")
    await dorte.sends("journal.open", here(await _task(gallery, case)))
    await dorte.presses("journal.verify")


async def _task(gallery: Gallery, case: Case) -> JournalTask:
    async with gallery.database.transaction() as tx:
        [task] = await tx.journal.tasks(*TaskState, matters=[case.id])
    return task
