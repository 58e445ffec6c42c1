"""Begin a concern group, screen it, share a member for a task, end it (GRP-1, GRP-2, GRP-6)."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

from domain import concern_groups as rules
from domain.access import Action
from domain.concern_groups import ConcernGroup
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import Note
from domain.name_words import name_words
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction
from domain.people import AreaCode, CommitteeCode, Person, Seat
from domain.records import Record, RecordKind
from domain.roles import Actor, Role
from domain.screenings import Screening, check, two_words
from domain.searching import Search
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.search_people import reach_of
from usecases.see_group import Looked, look
from usecases.see_members import names_of


async def begin_group(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    screening: Screening,
    areas: Collection[AreaCode],
    known_before: bool,
    review_on: date,
    now: datetime,
) -> ConcernGroup:
    """Begin a group, and tell who facilitates in its other areas.

    :raises RuleBroken: for everybody but facilitators; `group.area_not_yours` when none of the
        areas is one they facilitate; where a name or a text says too much, as `check` does.
    """
    await permit_office(tx, by, OfficeAction.BEGIN_GROUP)
    actor = await actor_of(tx, by)
    await _must_name_nobody(tx, screening, by=by, now=now)
    group = rules.begun(
        id=id,
        reference=await tx.groups.next_reference(local_date(now).year),
        group=_had_by(actor, areas),
        areas=areas,
        known_before=known_before,
        review_on=review_on,
        by=by.id,
        today=local_date(now),
        now=now,
    )
    await tx.groups.add(group)
    await _write(tx, group, screening, by=by, now=now)
    await _tell_facilitators(tx, group, group.areas, but=by, now=now)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="group.begin",
        about=str(id),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
    return group


def _had_by(actor: Actor, areas: Collection[AreaCode]) -> CommitteeCode:
    """Name the coordination group of theirs that has it; SSP+ is for the whole city."""
    for code in sorted(actor.seats(Role.FAC)):
        if set(actor.committees[code].areas) & set(areas):
            return code
    for code in actor.seats(Role.PFAC):
        return code
    raise RuleBroken("group.area_not_yours")


async def screen_group(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    screening: Screening,
    areas: Collection[AreaCode],
    known_before: bool,
    review_on: date,
    now: datetime,
) -> ConcernGroup:
    """Write down what a screening came to; earlier ones stay (GRP-2).

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: `group.moved_on`, or as `begin_group` does.
    """
    looked = await look(tx, id=id, by=by, action=Action.SCREEN, result="ok", now=now)
    await _must_name_nobody(
        tx, screening, by=by, names=await names_of(tx, looked.members), now=now
    )
    following = rules.screened(
        versioned(looked, seen),
        areas=areas,
        known_before=known_before,
        review_on=review_on,
        members=await tx.groups.members(id),
        today=local_date(now),
        now=now,
    )
    saved = await tx.groups.save(following)
    await _write(tx, saved, screening, by=by, now=now)
    new = set(saved.areas) - set(looked.group.areas)
    await _tell_facilitators(tx, saved, new, but=by, now=now)
    return saved


async def end_group(
    tx: Transaction, *, id: UUID, seen: int, by: Person, reason: str, now: datetime
) -> ConcernGroup:
    """End a group: nothing is due any more, and no grant opens it.

    :raises RuleBroken: `group.ended`, or `group.moved_on`.
    """
    looked = await look(tx, id=id, by=by, action=Action.END_GROUP, result="ok", now=now)
    saved = await tx.groups.save(rules.ended(versioned(looked, seen), now=now))
    await tx.records.add(
        Record(
            id=uuid4(),
            matter=id,
            key=str(id),
            kind=RecordKind.CLOSING,
            data_class=DataClass.SCREENING,
            by=by.id,
            at=now,
            content={"reason": reason},
        )
    )
    for grant in looked.matter.grants:
        await tx.grants.end(grant.id, at=now)
    return saved


def versioned(looked: Looked, seen: int) -> ConcernGroup:
    """Return the group if it is what the person saw.

    :raises RuleBroken: `group.moved_on`.
    """
    if looked.group.version != seen:
        raise RuleBroken("group.moved_on")
    return looked.group


async def _must_name_nobody(
    tx: Transaction,
    screening: Screening,
    *,
    by: Person,
    names: Collection[str] = (),
    now: datetime,
) -> None:
    """Refuse what says who is in a group, as far as we can tell (GRP-5).

    What a group is called is held against the register and the people its author could search
    for; the texts against those they may see: a refusal must not tell them of others.
    """
    check(screening, names=names)
    reach = await reach_of(tx, await actor_of(tx, by), now=now)
    for pair in two_words(screening.alias):
        known = (
            await tx.people.named(pair)
            or (
                await tx.subjects.search(Search(words=name_words(pair)), reach=reach, at_most=1)
            ).subjects
        )
        if known:
            raise RuleBroken("group.alias_name")


async def _write(
    tx: Transaction, group: ConcernGroup, screening: Screening, *, by: Person, now: datetime
) -> None:
    record = Record(
        id=uuid4(),
        matter=group.id,
        key=str(group.id),
        kind=RecordKind.SCREENING,
        data_class=DataClass.SCREENING,
        by=by.id,
        at=now,
        content=screening.content(),
    )
    await tx.records.add(record)
    await tx.journal.note(Note.PLANNED, matter=group.id, source=record.id, by=by.id, at=now)


async def _tell_facilitators(
    tx: Transaction,
    group: ConcernGroup,
    areas: Collection[AreaCode],
    *,
    but: Person,
    now: datetime,
) -> None:
    """Tell who facilitates in these areas that a group reaches into them."""
    codes = {code for area in areas if (code := await tx.organisation.group_of_area(area))}
    told = {
        person.id
        for code in sorted(codes)
        for seat, person in await tx.organisation.members(code)
        if seat.seat is Seat.FACILITATOR and person.s115_covered and person.id != but.id
    }
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.GROUP_SHARED,
                about=group.id,
                due_at=now,
                person=person,
                round=group.version,
            )
            for person in sorted(told)
        ]
    )
