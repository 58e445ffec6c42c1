"""Let go of what is kept of a person: listed, agreed by two, filed, erased (AC-DATA-01 to 03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from domain.access import Action, can
from domain.cases import Case
from domain.countersigns import Countersign, CountersignKind
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.journal import Note
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction
from domain.people import Office, Person
from domain.retention import PREVIEW, Listing, Remains, Retention, must_be_ripe
from storage.database import Transaction
from storage.erasing import Erased
from usecases import countersign, permit
from usecases.permit_office import permit_office

DAYS: Final = UUID("c5b4d2d8-9f38-4f0e-8a0f-3a4cf3f4c1d2")


class Waits(StrEnum):
    """What a line of the preview waits for."""

    DAY = "day"  # until it is ripe
    HOLD = "hold"  # a legal hold is lifted
    DECISION = "decision"  # somebody asks, and another agrees
    ANSWER = "answer"  # it is asked
    FILING = "filing"  # all of it, and the decision, is filed (NOT-5)
    NIGHT = "night"  # it is deleted the next night


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the preview, for somebody who may release it."""

    case: Case
    listing: Listing
    waits: Waits


async def list_due(tx: Transaction, retention: Retention, *, now: datetime) -> int:
    """Bring the preview up to date; tell Secretariat and stewards if anything is new on it.

    What is due within 14 days is listed; where something happened since, it is listed anew,
    and what was agreed is void.
    """
    listed, new = set[UUID](), 0
    for remains in await tx.retention.quiet_since(now - retention.shortest):
        due_on = retention.due_on(level=remains.level, last_event_at=remains.last_event_at)
        if due_on <= local_date(now + PREVIEW):
            listed.add(remains.case)
            new += await tx.retention.enlist(remains, due_on=due_on, now=now)
    await tx.retention.strike_off(but=listed)
    if new:
        about = uuid5(DAYS, local_date(now).isoformat())
        told = [
            *await tx.people.of_office(Office.SEK),
            *await tx.people.of_office(Office.STEW),
        ]
        await tx.outbox.add(
            [
                Notice(kind=NoticeKind.RELEASE_LISTED, about=about, due_at=now, person=person)
                for person in sorted({each.id for each in told})
            ]
        )
    return new


async def read_preview(tx: Transaction, *, by: Person, now: datetime) -> Sequence[Line]:
    """List what this person may release, what is due first in front.

    :raises RuleBroken: `office.secretariat_only` for who releases nothing at all.
    """
    await permit_office(tx, by, OfficeAction.SEE_DELETIONS)
    actor = await permit.actor_of(tx, by)
    listings = await tx.retention.listings()
    cases = await tx.cases.of_ids([each.case for each in listings])
    matters = await tx.matters.of_cases(list(cases.values()), now=now)
    asked = {
        each.about for each in await tx.countersigns.open(kinds=[CountersignKind.RELEASE], now=now)
    }
    return [
        Line(
            case=cases[each.case],
            listing=each,
            waits=await _waits(tx, cases[each.case], each, asked=each.case in asked, now=now),
        )
        for each in listings
        if can(actor, Action.RELEASE, matters[each.case])
    ]


async def ask_release(
    tx: Transaction, *, case: UUID, seen: int, by: Person, now: datetime
) -> Countersign:
    """Ask another person, of the other office, to let go of it too.

    :param seen: the version the person acts on (AC-CARD-04).
    :raises RuleBroken: `case.not_found`, `case.moved_on`; as `must_be_ripe`; as `ask`;
        `release.asked_for` while somebody waits to see what is kept (ACC-1).
    """
    found, _, _ = await permit.case(tx, by, Action.RELEASE, case, now=now)
    if found.version != seen:
        raise RuleBroken("case.moved_on")
    await _must_be_ripe(tx, case, now=now)
    return await countersign.ask(
        tx, kind=CountersignKind.RELEASE, about=case, seen=seen, by=by, now=now
    )


async def release_when_agreed(
    tx: Transaction, asked: Countersign, by: Person, now: datetime
) -> None:
    """Note that two people have let go of it; it goes when that is filed (NOT-5, N14).

    :raises RuleBroken: `case.not_found`, `case.moved_on`; as `must_be_ripe`.
    """
    found, _, _ = await permit.case(tx, by, Action.AGREE_RELEASE, asked.about, now=now)
    if found.version != asked.seen:
        raise RuleBroken("case.moved_on")
    await _must_be_ripe(tx, found.id, now=now)
    await tx.retention.agree(found.id, countersign=asked.id)
    await tx.journal.note(Note.DELETED, matter=found.id, source=asked.id, by=by.id, at=now)


async def erase_released(tx: Transaction, listing: Listing, *, now: datetime) -> Erased | None:
    """Erase a person whom two people have let go of, if nothing speaks against it by now.

    :return: None while something of it waits to be filed (AC-DATA-02).
    :raises RuleBroken: as `must_be_ripe`, when something happened since.
    """
    if listing.agreed is None:
        return None
    await tx.cases.hold(listing.case)
    remains, _ = await _must_be_ripe(tx, listing.case, now=now)
    about = await tx.matters.about_same_person(listing.case)
    if not await tx.journal.is_filed([*remains.cases, *about]):
        return None
    erased = await tx.eraser.erase(remains, now=now)
    for case in sorted(remains.cases):
        await tx.audit.record(
            at=now,
            actor=None,
            action="case.erase",
            about=str(case),
            result=f"{erased.concerns} concerns, {erased.cards} cards",
            purpose="retention",
        )
    return erased


async def _must_be_ripe(tx: Transaction, case: UUID, *, now: datetime) -> tuple[Remains, Listing]:
    listing = next(iter(await tx.retention.listings([case])), None)
    if any(each.is_open for each in await tx.access_requests.of_case(case)):
        raise RuleBroken("release.asked_for")
    return must_be_ripe(await tx.retention.remains_of(case), listing, today=local_date(now))


async def _waits(
    tx: Transaction, case: Case, listing: Listing, *, asked: bool, now: datetime
) -> Waits:
    if case.held:
        return Waits.HOLD
    if local_date(now) < listing.ripe_on:
        return Waits.DAY
    if listing.agreed is None:
        return Waits.ANSWER if asked else Waits.DECISION
    about = await tx.matters.about_same_person(case.id)
    return Waits.NIGHT if await tx.journal.is_filed([case.id, *about]) else Waits.FILING
