"""Leave the family untold for now: two people of different authorities weigh it (INF-2 to 5)."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid5

from domain import informings
from domain.access import Action
from domain.cases import Case
from domain.countersigns import Countersign, CountersignKind
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.informings import Addressee, Informing, InformState
from domain.journal import Note
from domain.people import Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.countersign import ask
from usecases.inform_family import as_seen, find_informing, settle
from usecases.read_case import must_be_cleared

REASON_LEAST = 20  # characters: it is weighed against somebody's right to know


async def ask_exemption(
    tx: Transaction,
    *,
    id: UUID,
    case_id: UUID,
    addressees: Collection[Addressee],
    seriousness: str,
    weighing: str,
    review_on: date,
    by: Person,
    now: datetime,
) -> Countersign:
    """Ask a colleague of another authority to agree that these are not told for now.

    :param id: of the question and of its words; asked again under it, it is asked once.
    :param seriousness: how telling them would seriously prevent the purpose (INF-2).
    :param weighing: how that was weighed against the right to know (INF-3).
    :raises RuleBroken: `case.not_found`, `inform.nobody_chosen`, `inform.reason_too_short`,
        `inform.already_told`, or as `review_day` and the countersign do.
    """
    case, *_ = await permit.case(tx, by, Action.ASK_EXEMPTION, case_id, now=now)
    await must_be_cleared(tx, by, case.id)
    chosen = [
        each for each in await tx.informings.of_case(case.id) if each.addressee in addressees
    ]
    if not chosen:
        raise RuleBroken("inform.nobody_chosen")
    if min(len(seriousness.strip()), len(weighing.strip())) < REASON_LEAST:
        raise RuleBroken("inform.reason_too_short", least=REASON_LEAST)
    informings.review_day(review_on, today=local_date(now))
    if any(each.state is InformState.INFORMED for each in chosen):
        raise RuleBroken("inform.already_told")
    words = uuid5(id, "words")
    await tx.records.add(
        Record(
            id=words,
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.INFORM,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={
                "state": "asked",
                "addressees": [each.addressee.value for each in chosen],
                "seriousness": seriousness.strip(),
                "weighing": weighing.strip(),
                "review_on": review_on.isoformat(),
            },
        )
    )
    return await ask(
        tx,
        id=id,
        kind=CountersignKind.EXEMPT_INFORMING,
        about=case.id,
        seen=sum(each.version for each in chosen),
        terms={
            "words": str(words),
            "review_on": review_on.isoformat(),
            "informings": " ".join(str(each.id) for each in chosen),
        },
        by=by,
        now=now,
    )


async def read_asked(
    tx: Transaction, asked: Countersign, *, by: Person, now: datetime
) -> tuple[Case, Record]:
    """Read what a colleague wants agreed to, for who may agree and is not near.

    :raises RuleBroken: `case.not_found`, `case.answer_relation_first`
    """
    case, *_ = await permit.case(tx, by, Action.COUNTERSIGN_EXEMPTION, asked.about, now=now)
    await must_be_cleared(tx, by, case.id)
    words = await tx.records.find(UUID(asked.terms["words"]))
    if words is None:
        raise RuleBroken("case.not_found", about=str(asked.about))
    return case, words


async def exempt(tx: Transaction, asked: Countersign, giver: Person, now: datetime) -> None:
    """Leave them untold until the review, now that a second person has agreed (ROLE-04).

    :raises RuleBroken: `inform.moved_on` when something was decided meanwhile; or as the
        rule does.
    """
    case, words = await read_asked(tx, asked, by=giver, now=now)
    chosen = [await _informing(tx, each) for each in asked.terms["informings"].split()]
    if sum(each.version for each in chosen) != asked.seen:
        raise RuleBroken("inform.moved_on")
    for each in chosen:
        exempted = informings.exempted(
            each,
            review_on=date.fromisoformat(asked.terms["review_on"]),
            by=asked.asked_by,
            second=giver.id,
            now=now,
            today=local_date(now),
        )
        said = {"asked_in": str(words.id), "second": giver.id}
        await settle(
            tx,
            case,
            exempted,
            Note.EXEMPTED,
            said,
            record=uuid5(asked.id, each.addressee),
            by=giver,
            now=now,
        )


async def reassess_exemption(
    tx: Transaction,
    *,
    id: UUID,
    record: UUID,
    seen: int,
    still_holds: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> Informing:
    """Look again whether the reason not to tell somebody holds (INF-5).

    Holding, it ends on its day of review all the same, unless two people ask for it anew;
    fallen away, they are to be told.

    :raises RuleBroken: `inform.not_found`, `inform.moved_on`, `inform.not_exempted`,
        `inform.no_reason`.
    """
    case, found = await find_informing(tx, id=id, action=Action.ASK_EXEMPTION, by=by, now=now)
    if found.state is not InformState.EXEMPTED:
        raise RuleBroken("inform.not_exempted")
    if not reason.strip():
        raise RuleBroken("inform.no_reason")
    looked_at = as_seen(found, seen)
    if not still_holds:
        looked_at = informings.ended_exemption(looked_at, by=by.id, now=now, today=local_date(now))
    said = {"still_holds": still_holds, "reason": reason.strip()}
    return await settle(tx, case, looked_at, None, said, record=record, by=by, now=now)


async def _informing(tx: Transaction, id: str) -> Informing:
    found = await tx.informings.find(UUID(id))
    if found is None:
        raise RuleBroken("inform.moved_on")
    return found
