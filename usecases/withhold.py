"""Keep a piece of information within one's own authority (domain.md S115-12)."""

from datetime import datetime
from uuid import UUID, uuid5

from domain.access import Action
from domain.cases import Case
from domain.cells import readable
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import Authority, Person
from domain.records import Record, RecordKind
from domain.withholding import is_hidden
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen

# What somebody wrote of their own knowledge; decisions of the group are everybody's.
KINDS = frozenset(
    {RecordKind.VIEW, RecordKind.OFFENCE, RecordKind.SENSITIVE, RecordKind.CHILD_VIEW}
)


async def own_pieces(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> list[Record]:
    """List what colleagues of one's own authority wrote, withheld or not.

    What is withheld can be opened again by whoever of the authority works on the case.
    """
    case, matter, actor = await permit.case(tx, by, Action.WITHHOLD, id, now=now)
    found = await tx.records.read([case.id], readable(actor, matter), kinds=KINDS)
    authors = await tx.people.of_ids([each.by for each in found if each.by is not None])
    return [
        each
        for each in found
        if each.by is not None
        and authors[each.by].authority is by.authority
        and not is_hidden(each, by.authority)
    ]


async def withhold(
    tx: Transaction,
    *,
    id: UUID,
    piece: UUID,
    case_id: UUID,
    seen: int,
    reason: str,
    by: Person,
    now: datetime,
) -> Case:
    """Withhold what one's own authority wrote, on its request; why stays within it.

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `withhold.no_reason`;
        `press.not_ours` for what is not a piece of one's own authority.
    """
    if not reason.strip():
        raise RuleBroken("withhold.no_reason")
    case = await _change(
        tx, id=id, piece=piece, case_id=case_id, seen=seen, to=by.authority, by=by, now=now
    )
    await tx.records.add(
        Record(
            id=uuid5(id, "reason"),
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.WITHHELD,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={"piece": str(id), "reason": reason.strip()},
            withheld_by=by.authority,
        )
    )
    return case


async def share_again(
    tx: Transaction,
    *,
    id: UUID,
    piece: UUID,
    case_id: UUID,
    seen: int,
    by: Person,
    now: datetime,
) -> Case:
    """Let the others read again what one's own authority had withheld.

    :raises RuleBroken: as `withhold` does.
    """
    return await _change(
        tx, id=id, piece=piece, case_id=case_id, seen=seen, to=None, by=by, now=now
    )


async def _change(
    tx: Transaction,
    *,
    id: UUID,
    piece: UUID,
    case_id: UUID,
    seen: int,
    to: Authority | None,
    by: Person,
    now: datetime,
) -> Case:
    """Put the same words in the place of a piece, withheld or not.

    :raises RuleBroken: `case.not_found`, `case.moved_on`; `press.not_ours` for what is not a
        piece of one's own authority.
    """
    own = {each.id: each for each in await own_pieces(tx, id=case_id, by=by, now=now)}
    case, *_ = await permit.case(tx, by, Action.WITHHOLD, case_id, result=None, now=now)
    must_be_seen(case, seen)
    if piece not in own or own[piece].withheld_by is to:
        raise RuleBroken("press.not_ours")
    before = own[piece]
    await tx.records.add(
        Record(
            id=id,
            matter=before.matter,
            key=before.key,
            kind=before.kind,
            data_class=before.data_class,
            by=before.by,
            at=now,
            content=before.content,
            replaces=before.id,
            withheld_by=to,
            meeting=before.meeting,
        )
    )
    return case
