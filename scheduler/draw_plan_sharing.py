"""What a notice of a plan's version, or about word to the staff, says when it is sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from cards import alert_briefing
from cards import plan_sharing as cards
from cards.shown import Shown
from cards.words import Say, speak
from domain.action_plans import PlanTrack
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.brief_staff import see_briefing
from usecases.read_shared_plan import PlanReader, plan_reader

Drawn = Callable[[Transaction, Notice, Person, Say], Awaitable[Shown | None]]


async def draw_plan_sharing(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself; None for what is no longer needed, or no longer theirs."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not person.active:
        return None
    try:
        return await KINDS[notice.kind](tx, notice, person, speak(person.language))
    except RuleBroken:
        return None


async def _shared(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    """Tell of the version that was shared; one that a newer has followed by then is not told."""
    row = await tx.sharings.find(notice.about)
    if row is None or row.plan is None or row.person != person.id:
        return None
    reader = await plan_reader(tx, row.plan, person)
    if row.number != reader.number or (row.tier is PlanTier.FULL) > (reader.tier is PlanTier.FULL):
        return None
    return _told(reader, "shared", say)


async def _to_approve(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    reader = await _asked(tx, notice, person)
    if reader is None or not reader.steers:
        return None
    return _told(reader, "to_approve", say, until=True)


async def _soon(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    reader = await _asked(tx, notice, person)
    if reader is None or not reader.steers:
        return None
    return _told(reader, "approve_soon", say, until=True)


async def _late(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    reader = await _asked(tx, notice, person)
    return None if reader is None else _told(reader, "approve_late", say)


async def _asked(tx: Transaction, notice: Notice, person: Person) -> PlanReader | None:
    """Find the plan whose version still waits for an answer."""
    reader = await plan_reader(tx, notice.about, person)
    waits = reader.plan.track is PlanTrack.APPROVAL and reader.number == notice.round
    return reader if waits else None


async def _decided(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    reader = await plan_reader(tx, notice.about, person)
    verdict = reader.plan.verdict
    if verdict is None or verdict.version.number != notice.round:
        return None
    return cards.told(
        reader.plan,
        f"{verdict.track}",
        reference=reader.reference,
        number=notice.round,
        say=say,
    )


async def _paper(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    export = await tx.exports.find(notice.about)
    if export is None or export.by != person.id:
        return None
    reader = await plan_reader(tx, export.about, person)
    return cards.paper_ready(reader.plan, export, reference=reader.reference, say=say)


async def _brief(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    seen = await see_briefing(tx, id=notice.about, by=person)
    needed = seen.mine and not seen.is_mine_done and seen.alert.is_open
    return alert_briefing.asked(seen.alert, say=say) if needed else None


def _told(reader: PlanReader, what: str, say: Say, *, until: bool = False) -> Shown:
    return cards.told(
        reader.plan,
        what,
        reference=reader.reference,
        number=reader.number,
        when=reader.plan.asked_by if until else None,
        say=say,
    )


KINDS: Mapping[NoticeKind, Drawn] = {
    NoticeKind.PLAN_SHARED: _shared,
    NoticeKind.PLAN_TO_APPROVE: _to_approve,
    NoticeKind.PLAN_APPROVE_SOON: _soon,
    NoticeKind.PLAN_APPROVE_LATE: _late,
    NoticeKind.PLAN_DECIDED: _decided,
    NoticeKind.PLAN_PAPER_READY: _paper,
    NoticeKind.BRIEFING_ASKED: _brief,
}
