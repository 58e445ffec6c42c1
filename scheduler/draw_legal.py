"""What a notice of a legal decision says at the hour it is sent: a number and a day, no more."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from cards import filing, informing, recusals, sharing
from cards.presses import about
from cards.shown import Shown
from cards.words import Say, speak
from domain.access import Action, can
from domain.dates import local_date
from domain.delivery import Delivery
from domain.journal import TaskState
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.any_matter import any_matter
from usecases.decide_recusal import was_lifted
from usecases.make_document import matter_of
from usecases.permit import actor_of

Drawn = Callable[[Transaction, Notice, Person, Say, datetime], Awaitable[Shown | None]]


async def draw_legal(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each by itself; None for what is no longer needed, or no longer theirs."""
    return [await _draw(tx, each.notice, now) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice, now: datetime) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not (person.active and person.s115_covered):
        return None
    return await KINDS[notice.kind](tx, notice, person, speak(person.language), now)


async def _recusal_waits(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    found = await any_matter(tx, notice.about, now=now)
    if found is None:
        return None
    may = can(await actor_of(tx, person), Action.DECIDE_RECUSAL, found.matter)
    return recusals.waits(found.matter.reference, say=say) if may else None


async def _recusal_decided(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    """Tell who was barred; they may know that it exists, for they said so or were told."""
    del person
    decided = await was_lifted(tx, notice.about, now=now)
    if decided is None:
        return None
    matter, lifted = decided
    return recusals.decided(matter.reference, lifted=lifted, say=say)


async def _no_facilitator(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    found = await any_matter(tx, notice.about, now=now)
    if found is None or person.id in found.matter.recused or found.matter.ended:
        return None
    return recusals.nobody_left(found.matter.reference, say=say)


async def _grant_given(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    grant = await tx.grants.find(notice.about)
    found = await any_matter(tx, grant.matter, now=now) if grant else None
    if grant is None or found is None or not grant.is_valid(now):
        return None
    if not can(await actor_of(tx, person), Action.OPEN, found.matter):
        return None
    return sharing.told(
        grant.kind,
        found.matter.reference,
        until=grant.expires_at,
        case=about("case", found.matter.id, found.version),
        say=say,
    )


async def _grant_ended(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    grant = await tx.grants.find(notice.about)
    found = await any_matter(tx, grant.matter, now=now) if grant else None
    if grant is None or found is None or person.id in found.matter.recused:
        return None
    return sharing.ended(found.matter.reference, say=say)


async def _informing_due(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    due = await tx.informings.find(notice.about)
    found = await any_matter(tx, due.case, now=now) if due else None
    today = local_date(now)
    if due is None or found is None or found.matter.ended:
        return None
    if not can(await actor_of(tx, person), Action.INFORM, found.matter):
        return None
    if due.state.is_settled:
        return None
    return informing.due(
        found.matter.reference, due, case_version=found.version, today=today, say=say
    )


async def _filing_due(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    task = await tx.journal.find(notice.about)
    found = await any_matter(tx, task.matter, now=now) if task else None
    if task is None or found is None or task.state is not TaskState.OPEN:
        return None
    if not can(await actor_of(tx, person), Action.FILE_JOURNAL, found.matter):
        return None
    waiting = filing.Waiting(task=task, reference=found.matter.reference)
    return filing.due(waiting, today=local_date(now), say=say)


async def _export_ready(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    export = await tx.exports.find(notice.about)
    matter = await matter_of(tx, export, now=now) if export else None
    if export is None or matter is None or person.id in matter.recused:
        return None
    if export.file is None:
        return filing.not_made(matter.reference, export.why_not or "not_permitted", say=say)
    return filing.ready(matter.reference, export.file, say=say)


KINDS: Mapping[NoticeKind, Drawn] = {
    NoticeKind.RECUSAL_TO_DECIDE: _recusal_waits,
    NoticeKind.RECUSAL_DECIDED: _recusal_decided,
    NoticeKind.NO_FACILITATOR: _no_facilitator,
    NoticeKind.GRANT_GIVEN: _grant_given,
    NoticeKind.GRANT_ENDED: _grant_ended,
    NoticeKind.INFORMING_DUE: _informing_due,
    NoticeKind.FILING_DUE: _filing_due,
    NoticeKind.EXPORT_READY: _export_ready,
}
