"""Each day: take labels away that nobody confirmed, and say what is due about concern groups."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.concern_groups import (
    ASK_BEFORE,
    ROLE_LIVES,
    Member,
    MemberRole,
    expired,
    has_expired,
)
from domain.dates import local_date
from domain.gates import Purpose
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeCode, PersonId, Seat
from storage.database import Transaction
from usecases.keep_members import write_label


async def expire_labels(tx: Transaction, *, now: datetime) -> int:
    """Take every label away that nobody has confirmed for 180 days; say how many (GRP-6).

    Nobody was shown it since it expired; now it is not kept either.
    """
    gone = [m for m in await tx.groups.labelled_before(now - ROLE_LIVES) if has_expired(m, now)]
    for member in gone:
        saved = await tx.groups.save_member(expired(member))
        told = {"role": MemberRole.UNKNOWN.value, "source": "", "noted_on": ""}
        await write_label(tx, saved, told, by=None, now=now)
        await tx.audit.record(
            at=now,
            actor=None,
            action="member.expire_label",
            about=str(member.id),
            result="ok",
            purpose=Purpose.CRIME_PREVENTION,
        )
    return len(gone)


async def tell_of_reviews(tx: Transaction, *, now: datetime) -> None:
    """Tell who facilitates a group that it is to be looked at again: once for each such day."""
    for group in await tx.groups.to_review(by=local_date(now)):
        matter = await tx.matters.of_group(group.id, now=now)
        if matter is not None and group.review_on is not None:
            await _tell(
                tx,
                NoticeKind.GROUP_REVIEW,
                group.id,
                matter.groups,
                round=group.review_on.toordinal(),
                now=now,
            )


async def ask_for_labels(tx: Transaction, *, now: datetime) -> None:
    """Ask who facilitates in a member's area to confirm labels a fortnight before they expire."""
    due = await tx.groups.labelled_before(now - ROLE_LIVES + ASK_BEFORE)
    for group in sorted({member.concern_group for member in due}):
        of_group = [member for member in due if member.concern_group == group]
        await _tell(
            tx,
            NoticeKind.GROUP_LABELS,
            group,
            await _coordinating(tx, of_group),
            round=max(local_date(member.role_at).toordinal() for member in of_group),
            now=now,
        )


async def _coordinating(tx: Transaction, members: Iterable[Member]) -> set[CommitteeCode]:
    codes = [await tx.organisation.group_of_area(area) for area in {m.area for m in members}]
    return {code for code in codes if code is not None}


async def _tell(
    tx: Transaction,
    kind: NoticeKind,
    group: UUID,
    committees: Iterable[CommitteeCode],
    *,
    round: int,
    now: datetime,
) -> None:
    """Queue one notice for each facilitator; the same round of it is queued once."""
    facilitators: set[PersonId] = {
        person.id
        for code in committees
        for seat, person in await tx.organisation.members(code)
        if seat.seat is Seat.FACILITATOR and person.s115_covered
    }
    await tx.outbox.add(
        [
            Notice(kind=kind, about=group, due_at=now, person=person, round=round)
            for person in sorted(facilitators)
        ]
    )
