"""Read what the group is reminded of at a level, and write it anew (domain.md LVL-5)."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.action_catalogue import Contribution, offered_at
from domain.office_actions import OfficeAction
from domain.people import Person
from domain.playbooks import Playbook, rewritten
from storage.database import Transaction
from usecases.permit_office import permit_office


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookSeen:
    """What is said about a level: the Secretariat's words, and what is offered first."""

    level: int
    text: str = field(repr=False)
    version: int
    offered: tuple[Contribution, ...]


async def see_playbook(tx: Transaction, level: int) -> PlaybookSeen:
    """Read it; it is about nobody, and everybody may."""
    written = await tx.playbooks.of(level)
    return PlaybookSeen(
        level=level,
        text=written.text if written else "",
        version=written.version if written else 0,
        offered=tuple(offered_at(level)),
    )


async def write_playbook(
    tx: Transaction, *, level: int, seen: int, text: str, by: Person, now: datetime
) -> Playbook:
    """Write it anew.

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: `office.secretariat_only`, `playbook.moved_on`, `playbook.too_long`.
    """
    await permit_office(tx, by, OfficeAction.WRITE_PLAYBOOK)
    blank = Playbook(level=level, text="", by=by.id, at=now, version=seen)
    return await tx.playbooks.save(rewritten(blank, text=text, by=by.id, at=now))
