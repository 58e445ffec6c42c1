"""Tell the young person and who has custody that we work with them (domain.md INF-4 to INF-7)."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from domain import informings
from domain.access import Action
from domain.ages import AgeBand, age_band
from domain.cases import Case
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.informings import Addressee, How, Informing
from domain.journal import Note
from domain.matters import Matter
from domain.people import Authority, Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.birth_dates import birth_date
from usecases.note_fact import note_fact


async def begin_informing(
    tx: Transaction, *, case: Case, authority: Authority, collected_on: date
) -> None:
    """Note from the first day that they are to be told; nothing is decided yet (INF-4).

    :param authority: who is to tell them until somebody else is given the task (INF-7).
    """
    await tx.informings.add(
        [
            informings.begun(
                id=uuid4(),
                case=case.id,
                addressee=addressee,
                authority=authority,
                collected_on=collected_on,
            )
            for addressee in Addressee
        ]
    )


async def unanswered(tx: Transaction, case: Case, today: date) -> tuple[Addressee, ...]:
    """Name those about whom nothing is decided, or no longer: no case is closed with one (INF-6).

    Whoever was never noted counts among them.
    """
    noted = await tx.informings.of_case(case.id)
    adult = await is_adult(tx, case, today=today)
    return informings.unanswered(noted, adult=adult, today=today)


async def is_adult(tx: Transaction, case: Case, *, today: date) -> bool:
    """Tell whether the person is known to be of age; then only they are told (INF-4)."""
    return age_band(await birth_date(tx, case), today) in {AgeBand.SSP_PLUS_AGE, AgeBand.OVER}


async def informings_of(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Case, Matter, list[Informing]]:
    """List who is to be told of a case and what stands about it, for who works on it."""
    case, matter, _ = await permit.case(tx, by, Action.INFORM, id, now=now)
    owed = informings.owed_to(adult=await is_adult(tx, case, today=local_date(now)))
    noted = await tx.informings.of_case(case.id)
    return case, matter, [each for each in noted if each.addressee in owed]


async def find_informing(
    tx: Transaction, *, id: UUID, action: Action, by: Person, now: datetime
) -> tuple[Case, Informing]:
    """Find one of them, for somebody who may do this with its case.

    :raises RuleBroken: `inform.not_found`, the same whether it is missing or not theirs.
    """
    informing = await tx.informings.find(id)
    if informing is None:
        raise RuleBroken("inform.not_found", about=str(id))
    try:
        case, *_ = await permit.case(tx, by, action, informing.case, now=now)
    except RuleBroken:
        raise RuleBroken("inform.not_found", about=str(id)) from None
    return case, informing


async def tell_family(
    tx: Transaction,
    *,
    id: UUID,
    record: UUID,
    seen: int,
    on: date,
    how: How,
    told_by: str,
    reaction: str,
    by: Person,
    now: datetime,
) -> Informing:
    """Note that one of them was told: when, how and by whom; the bot tells nobody itself.

    :param seen: the version the person acts on (AC-CARD-04).
    :raises RuleBroken: `inform.not_found`, `inform.moved_on`, or as the rule does.
    """
    case, found = await find_informing(tx, id=id, action=Action.INFORM, by=by, now=now)
    told = informings.told(as_seen(found, seen), on=on, by=by.id, now=now, today=local_date(now))
    said = {"on": on.isoformat(), "how": how.value, "by": told_by, "reaction": reaction}
    return await settle(tx, case, told, Note.INFORMED, said, record=record, by=by, now=now)


async def plan_telling(
    tx: Transaction,
    *,
    id: UUID,
    record: UUID,
    seen: int,
    by_day: date,
    authority: Authority,
    by: Person,
    now: datetime,
) -> Informing:
    """Plan who tells one of them, and by when.

    :raises RuleBroken: as `tell_family` does.
    """
    case, found = await find_informing(tx, id=id, action=Action.INFORM, by=by, now=now)
    today = local_date(now)
    planned = informings.planned(
        as_seen(found, seen), by_day=by_day, by=by.id, now=now, today=today
    )
    planned = informings.assigned(planned, authority=authority)
    said = {"by_day": by_day.isoformat(), "authority": authority.value}
    return await settle(
        tx, case, planned, Note.INFORMING_PLANNED, said, record=record, by=by, now=now
    )


async def note_nobody(
    tx: Transaction, *, id: UUID, record: UUID, seen: int, by: Person, now: datetime
) -> Informing:
    """Note that there is no second holder of custody; that is recorded, and no note is due.

    :raises RuleBroken: as `tell_family` does.
    """
    case, found = await find_informing(tx, id=id, action=Action.INFORM, by=by, now=now)
    there_is_none = informings.nobody(as_seen(found, seen), by=by.id, now=now)
    return await settle(tx, case, there_is_none, None, {}, record=record, by=by, now=now)


async def settle(
    tx: Transaction,
    case: Case,
    informing: Informing,
    note: Note | None,
    said: Mapping[str, object],
    *,
    record: UUID,
    by: Person,
    now: datetime,
) -> Informing:
    """Store what was decided about telling one of them, with its words, and note it (N6)."""
    saved = await tx.informings.save(informing)
    await tx.records.add(
        Record(
            id=record,
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.INFORM,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={
                "addressee": informing.addressee.value,
                "state": informing.state.value,
                **said,
            },
        )
    )
    if note is not None:
        await tx.journal.note(note, matter=case.id, source=record, by=by.id, at=now)
    await note_fact(tx, FactKind.INFORM_DECIDED, case, by=by, detail=saved.state, now=now)
    return saved


def as_seen(informing: Informing, seen: int) -> Informing:
    """Refuse somebody who acts on what is no longer so (AC-CARD-04).

    :raises RuleBroken: `inform.moved_on`
    """
    if informing.version != seen:
        raise RuleBroken("inform.moved_on")
    return informing
