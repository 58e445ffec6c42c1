"""Ask whether somebody may do what an office does, and name who can where they may not."""

from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.people import CommitteeCode, Office, Person
from storage.database import Transaction
from usecases.permit import actor_of

MOST_NAMED = 3
_OF_STEWARDS = dict.fromkeys(
    (OfficeAction.GRANT_ROLE, OfficeAction.AGREE_ROLE, OfficeAction.KEEP_REGISTER), Office.STEW
)


async def permit_office(
    tx: Transaction, person: Person, action: OfficeAction, *, group: CommitteeCode | None = None
) -> None:
    """Let somebody go on; with a group, only for what they are in it.

    :raises RuleBroken: `office.secretariat_only`, with `who` to call and `about` what it was
        for the record.
    """
    if not may(await actor_of(tx, person), action, group=group):
        raise await refused(tx, action)


async def refused(tx: Transaction, action: OfficeAction) -> RuleBroken:
    """Make the refusal that names whom to call."""
    who = await whom_to_call(tx, action)
    return RuleBroken("office.secretariat_only", about=f"office.{action}", who=who)


async def whom_to_call(tx: Transaction, action: OfficeAction) -> str:
    """Name some who can do it, with their numbers where they are known."""
    asked = _OF_STEWARDS.get(action, Office.SEK)
    named = [_with_phone(each) for each in (await tx.people.of_office(asked))[:MOST_NAMED]]
    return ", ".join(named) or "112"


def _with_phone(person: Person) -> str:
    return f"{person.name} ({person.phone})" if person.phone else person.name
