"""The lists that alerts are sent by: read them, write one, let one go (BER-11)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.alert_sharings import DistributionList, named
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Person
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.plan_lists import person_named

KEEPS = OfficeAction.KEEP_READINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAlertList:
    """A list as somebody wrote it.

    :param audience: without its people, who are `people`: names between commas.
    """

    id: UUID
    seen: int
    name: str = field(repr=False)
    audience: Audience
    people: str = field(repr=False)


async def alert_lists(tx: Transaction, *, by: Person) -> Sequence[DistributionList]:
    """List those that alerts are sent by, by name.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, KEEPS)
    return [each for each in await tx.distribution_lists.all() if each.tier is None]


async def alert_list(tx: Transaction, id: UUID, *, by: Person) -> DistributionList:
    """Find one that is in use.

    :raises RuleBroken: `alert_list.not_found`, the same where it is missing or out of reach
    """
    if may(await actor_of(tx, by), KEEPS):
        for each in await alert_lists(tx, by=by):
            if each.id == id:
                return each
    raise RuleBroken("alert_list.not_found", about=str(id))


async def keep_alert_list(
    tx: Transaction, written: WrittenAlertList, *, by: Person, now: datetime
) -> DistributionList:
    """Keep a list, new or changed; whoever activates can choose it.

    :raises RuleBroken: `office.secretariat_only`; `list.no_name`, `.nobody`, `.taken`,
        `.moved_on`, `.no_such_person`, `.several`, `measure.cpr`, `measure.too_long`
    """
    await permit_office(tx, by, KEEPS)
    people = [await person_named(tx, each.strip()) for each in written.people.split(",")]
    audience = replace(
        written.audience, people=frozenset(each for each in people if each is not None)
    )
    if not (audience.types or audience.committees or audience.people):
        raise RuleBroken("list.nobody")
    kept = DistributionList(
        id=written.id,
        name=named(written.name),
        audience=audience,
        by=by.id,
        at=now,
        version=written.seen,
    )
    saved = await tx.distribution_lists.save(kept)
    await _record(tx, saved, "list.keep_list", by=by, now=now)
    return saved


async def retire_alert_list(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> DistributionList:
    """Take a list out of use; what was sent by it stays as it was.

    :raises RuleBroken: `alert_list.not_found`, `list.moved_on`
    """
    kept = await alert_list(tx, id, by=by)
    if kept.version != seen:
        raise RuleBroken("list.moved_on")
    gone = await tx.distribution_lists.save(replace(kept, in_use=False, by=by.id, at=now))
    await _record(tx, gone, "list.retire_list", by=by, now=now)
    return gone


async def _record(
    tx: Transaction, kept: DistributionList, action: str, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now, actor=by.id, action=action, about=str(kept.id), result="ok", purpose=ADMINISTRATION
    )
