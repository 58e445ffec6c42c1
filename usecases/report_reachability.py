"""Report who could be reached: to the Secretariat as counts, to SSP leaders with names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.installing import Install
from domain.leadership import Roster
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction, may
from domain.people import Person, PersonId
from domain.reachability import Lack, Report, counted, groups, lacks
from domain.roles import Actor
from storage.database import Transaction
from usecases.permit_office import permit_office, refused
from usecases.read_roster import read_roster

WEEKS = UUID("5e0f7c2c-2f52-5b0e-9a52-6a2c33a1d8f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """Everybody, and what each of them lacks, at one moment."""

    roster: Roster
    found: Mapping[PersonId, frozenset[Lack]]
    installs: Mapping[PersonId, Install]


async def read_reaching(tx: Transaction, *, now: datetime) -> Reaching:
    roster = await read_roster(tx)
    return Reaching(
        roster=roster,
        found=lacks(roster, await tx.addresses.known(), now=now),
        installs=await tx.app_installs.outcomes(),
    )


def report_to(reader: Person, reaching: Reaching) -> Report | None:
    """Say what this reader may see; None for who may see nothing (BER-19).

    An SSP leader sees their own authority, and who in it lacks what.
    """
    roster, found, installs = reaching.roster, reaching.found, reaching.installs
    actor = Actor(
        person=reader,
        memberships=roster.seats.get(reader.id, ()),
        committees=roster.committees,
    )
    if may(actor, OfficeAction.SEE_REACHABILITY):
        seen = [
            counted(group, found, with_names=False, installs=installs) for group in groups(roster)
        ]
        return Report(groups=seen, people={})
    if not may(actor, OfficeAction.SEE_OWN_REACHABILITY):
        return None
    own = [group for group in groups(roster) if group.authority is reader.authority]
    seen = [
        counted(group, found, with_names=group.area is None, installs=installs) for group in own
    ]
    return Report(groups=seen, people=roster.people, installs=installs)


async def see_reachability(tx: Transaction, *, by: Person, now: datetime) -> Report:
    """Look at it now.

    :raises RuleBroken: `office.secretariat_only` for who is neither in the Secretariat nor an
        SSP leader.
    """
    report = report_to(by, await read_reaching(tx, now=now))
    if report is None:
        raise await refused(tx, OfficeAction.SEE_REACHABILITY)
    return report


async def install_again(tx: Transaction, *, by: Person, now: datetime) -> int:
    """Let the app be tried again now for all who lack it, and count them (BER-19).

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REACHABILITY)
    return await tx.app_installs.ask_again(now=now)


async def report_reachability(tx: Transaction, *, week: str, now: datetime) -> int:
    """Queue the report of a week (2026-W10), once, to everybody who may see it; count them.

    Nothing is sent to the people it counts. What it says is drawn when it is sent.
    """
    reaching = await read_reaching(tx, now=now)
    readers = [
        each.id
        for each in reaching.roster.people.values()
        if report_to(each, reaching) is not None
    ]
    about = uuid5(WEEKS, week)
    await tx.outbox.add(
        [
            Notice(kind=NoticeKind.REACHABILITY, about=about, due_at=now, person=reader)
            for reader in readers
        ]
    )
    return len(readers)
