"""Who may press what about legal decisions: grants, recusals, the family, filing."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.cases import Case
from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.informings import Addressee
from domain.journal import Note, TaskState, filed
from domain.people import Authority
from domain.recusals import Recusal
from tests.support.acts import Staged, act, with_a_case
from tests.support.acts_cases import a_case as staged_case
from tests.support.acts_cases import opened
from tests.support.acts_concerns import a_concern
from tests.support.case_stories import a_case as put_case
from tests.support.case_stories import is_near
from tests.support.legal_stories import to_be_told
from tests.support.town import BO, CARL, LINE, MONDAY_NOON, SOFIE, Town

WORKERS = ("facilitator", "member")
DUTY = ("facilitator", "secretariat")
ENDS = (*DUTY, "steward")


async def _case(town: Town) -> Case:
    """Put a case in Bo's group, from which Carl has to stand back."""
    case = await put_case(town, level=2)
    await is_near(town, CARL, case)
    return case


async def a_case_with_a_guest(town: Town) -> Staged:
    """Let Line have been brought in, and have said that she is not near."""
    case, _ = await _with_a_guest(town)
    return with_a_case(case)


async def a_grant(town: Town) -> Staged:
    _, grant = await _with_a_guest(town)
    return Staged(carried={"grant": str(grant.id)})


async def _with_a_guest(town: Town) -> tuple[Case, Grant]:
    case = await _case(town)
    grant = Grant(
        id=uuid4(),
        matter=case.id,
        person=LINE.id,
        kind=GrantKind.AD_HOC,
        classes=frozenset({DataClass.METADATA, DataClass.IDENTITY}),
        by=BO.id,
        begins_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + timedelta(days=14),
        gate=uuid4(),
    )
    async with town.remembers() as tx:
        await tx.grants.add(grant)
        await tx.relations.set_cleared(case.id, LINE.id)
    return case, grant


async def a_recusal(town: Town) -> Staged:
    """Let Carl have said that he is near."""
    case = await _case(town)
    recusal = Recusal(matter=case.id, person=CARL.id, by=CARL.id, at=MONDAY_NOON)
    return Staged(carried={"recusal": str(recusal.id)})


async def a_family(town: Town) -> Staged:
    """Let a second holder of custody be to be told."""
    case = await _case(town)
    await to_be_told(town, case)
    async with town.remembers() as tx:
        noted = await tx.informings.of_case(case.id)
    [second] = [each for each in noted if each.addressee is Addressee.CUSTODY_2]
    return Staged(carried={"inform": str(second.id), "version": second.version})


async def a_filing(town: Town) -> Staged:
    """Let something have happened that is to be filed."""
    case = await _case(town)
    async with town.remembers() as tx:
        await tx.journal.note(
            Note.COORDINATED, matter=case.id, source=case.id, by=BO.id, at=MONDAY_NOON
        )
        [task] = await tx.journal.tasks(TaskState.OPEN, matters=[case.id])
    return Staged(
        carried={"journal": str(task.id), "version": task.version}, number=case.reference
    )


async def a_filed_one(town: Town) -> Staged:
    """Let Sofie, who facilitated then, have filed it."""
    staged = await a_filing(town)
    async with town.remembers() as tx:
        [task] = await tx.journal.tasks(TaskState.OPEN)
        put = filed(
            task,
            journal_ref="2026-17",
            system=Authority.SOF,
            on=MONDAY_NOON.date(),
            by=SOFIE.id,
        )
        saved = await tx.journal.save(put)
    return replace(staged, carried={**staged.carried, "version": saved.version})


ACTS = {
    "grant.add_ad_hoc": act(staged_case, "facilitator", before=opened),
    "grant.escalate": act(staged_case, *WORKERS, before=opened),
    "grant.list": act(staged_case, *ENDS),
    "grant.why": act(a_case_with_a_guest, "local committee"),
    "grant.end": act(a_grant, *ENDS),
    "case.step_aside": act(staged_case, *WORKERS, "secretariat"),
    "case.recuse": act(staged_case, *DUTY),
    "concern.recuse": act(a_concern, *DUTY),
    "recusal.of": act(staged_case, "secretariat"),
    "recusal.open": act(a_recusal, "secretariat"),
    "recusal.uphold": act(a_recusal, "secretariat"),
    "recusal.lift": act(a_recusal, "secretariat"),
    "inform.list": act(staged_case, *WORKERS),
    "inform.exempt": act(staged_case, *WORKERS),
    **{
        f"inform.{done}": act(a_family, *WORKERS)
        for done in ("open", "words", "told", "plan", "nobody", "reassess")
    },
    "case.notify": act(staged_case, *WORKERS, before=opened),
    "record.withhold": act(staged_case, *WORKERS, before=opened),
    **{f"journal.{done}": act(a_filing, *DUTY) for done in ("open", "file", "not_recordable")},
    "journal.document": act(a_filing, *DUTY, before=opened),
    "journal.verify": act(a_filed_one, *DUTY),
    "case.export": act(staged_case, *DUTY, before=opened),
}
