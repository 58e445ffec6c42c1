"""What Entra says of people and groups, and where the register says something else (APP-2)."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid5

from domain.people import Authority, CommitteeCode, Membership, Person, PersonId

_DIFFERENCES = UUID("5d0c7d51-6c39-5f0b-9a54-0f6a3c1d7e02")
# Police and probation have their own tenants: in the municipality's they are guests.
ELSEWHERE = frozenset({Authority.KP, Authority.KFO})
LONGEST_NAME = 120
LONGEST_MAIL = 200
_SUFFIX = re.compile(r"\s{0,5}\([^()]{0,80}\)\s{0,5}\Z")
_MAIL = re.compile(r"[^\s@;,<>]{1,100}@[^\s@;,<>]{1,90}\.[^\s@;,<>.]{1,20}")


class DifferenceKind(StrEnum):
    """How Entra and the register disagree."""

    DISABLED = "disabled"  # the account is closed
    DELETED = "deleted"  # there was an account, and it is gone
    LEFT_GROUPS = "left_groups"  # was in the group of each committee they sit in, and is in none
    LEFT_GROUP = "left_group"  # was in a committee's group, and is no longer
    RENAMED = "renamed"
    MAIL_CHANGED = "mail_changed"
    UNKNOWN = "unknown"  # in a group, and nobody in the register
    RETURNED = "returned"  # in a group, and had left the register
    WITHOUT_SEAT = "without_seat"  # in a committee's group without a seat in it
    WITHOUT_GROUP = "without_group"  # has a seat, and never was in the committee's group
    NOT_FOUND = "not_found"  # Entra has never known this object id
    GUEST = "guest"  # one of the municipality's own is a guest
    GROUP_GONE = "group_gone"  # Entra has no such group
    NESTED = "nested"  # there are groups in the group, whose people are not followed


# What is carried out, at once or when a steward agrees. Nobody is given anything by a group.
ENDING = frozenset(
    {
        DifferenceKind.DISABLED,
        DifferenceKind.DELETED,
        DifferenceKind.LEFT_GROUPS,
        DifferenceKind.LEFT_GROUP,
    }
)
CORRECTING = frozenset({DifferenceKind.RENAMED, DifferenceKind.MAIL_CHANGED})
# What a steward takes into the register by a form, or sets aside.
TO_ENTER = frozenset({DifferenceKind.UNKNOWN, DifferenceKind.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody's account, as Entra tells it now."""

    aad_id: str
    name: str = field(repr=False)
    mail: str = field(default="", repr=False)
    enabled: bool = True
    guest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSight:
    """The Entra group of a committee: who is in it, who was, and whether there is one.

    `emptied` means that everybody who was in it went at once, which is rarely meant.
    """

    committee: CommitteeCode
    group: str
    members: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    nested: bool = False
    gone: bool = False

    @property
    def emptied(self) -> bool:
        return not self.members and len(self.left) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorySight:
    """All that was seen in Entra at one moment.

    :param accounts: by object id, in small letters, as every id here.
    :param missing: the ids that were asked for and that Entra does not have.
    :param seen_before: the ids that Entra has had at some time.
    """

    accounts: Mapping[str, Account] = field(repr=False)
    missing: frozenset[str] = frozenset()
    seen_before: frozenset[str] = frozenset()
    groups: Sequence[GroupSight] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that Entra says otherwise than the register.

    `was` and `becomes` are names or addresses; both are empty where it is about a seat.
    """

    kind: DifferenceKind
    aad_id: str
    person: PersonId | None = None
    committees: tuple[CommitteeCode, ...] = ()
    name: str = field(default="", repr=False)
    was: str = field(default="", repr=False)
    becomes: str = field(default="", repr=False)
    guest: bool = False

    @property
    def id(self) -> UUID:
        """Name it, the same each time it is found."""
        told = (self.kind, self.aad_id, *self.committees, self.becomes)
        return uuid5(_DIFFERENCES, "\n".join(told))


def compare(
    sight: DirectorySight, *, people: Sequence[Person], memberships: Sequence[Membership]
) -> list[Difference]:
    """List what is different, in the order of people and committees."""
    seats: dict[PersonId, set[CommitteeCode]] = {}
    for each in memberships:
        seats.setdefault(each.person, set()).add(each.committee)
    known = {each.aad_id.casefold(): each for each in people}
    found: list[Difference] = []
    for aad_id, person in known.items():
        if person.active:
            found += _of_active(sight, aad_id, person, seats.get(person.id, set()))
    found += _strangers(sight, known)
    for group in sight.groups:
        if group.gone or group.nested:
            kind = DifferenceKind.GROUP_GONE if group.gone else DifferenceKind.NESTED
            found.append(Difference(kind=kind, aad_id=group.group, committees=(group.committee,)))
    return found


def _of_active(
    sight: DirectorySight, aad_id: str, person: Person, seats: Collection[CommitteeCode]
) -> Iterator[Difference]:
    account = sight.accounts.get(aad_id)
    ends = _end(sight, aad_id, account)
    if ends is not None or account is None:
        if ends is not None:
            yield _about(person, ends)
        return
    yield from _of_seats(sight, aad_id, person, seats)
    yield from _corrected(person, account)
    if account.guest and person.authority not in ELSEWHERE:
        yield _about(person, DifferenceKind.GUEST)


def _end(sight: DirectorySight, aad_id: str, account: Account | None) -> DifferenceKind | None:
    """Say why somebody cannot sign in any more; None where they can, or nobody was asked."""
    if account is not None:
        return None if account.enabled else DifferenceKind.DISABLED
    if aad_id not in sight.missing:
        return None
    was_there = aad_id in sight.seen_before
    return DifferenceKind.DELETED if was_there else DifferenceKind.NOT_FOUND


def _of_seats(
    sight: DirectorySight, aad_id: str, person: Person, seats: Collection[CommitteeCode]
) -> Iterator[Difference]:
    groups = [each for each in sight.groups if not each.gone]
    inside = {each.committee for each in groups if aad_id in each.members}
    left = {each.committee for each in groups if aad_id in each.left} & set(seats)
    if left and left == set(seats) and not inside and not person.offices:
        yield _about(person, DifferenceKind.LEFT_GROUPS, *sorted(left))
    else:
        for each in sorted(left):
            yield _about(person, DifferenceKind.LEFT_GROUP, each)
    grouped = {each.committee for each in groups}
    for each in sorted((grouped & set(seats)) - inside - left):
        yield _about(person, DifferenceKind.WITHOUT_GROUP, each)
    for each in sorted(inside - set(seats)):
        yield _about(person, DifferenceKind.WITHOUT_SEAT, each)


def _corrected(person: Person, account: Account) -> Iterator[Difference]:
    name, mail = name_told(account.name), mail_told(account.mail)
    if name and _folded(name) != _folded(person.name):
        yield _about(person, DifferenceKind.RENAMED, was=person.name, becomes=name)
    if mail and mail.casefold() != person.email.casefold():
        yield _about(person, DifferenceKind.MAIL_CHANGED, was=person.email, becomes=mail)


def _about(
    person: Person,
    kind: DifferenceKind,
    *committees: CommitteeCode,
    was: str = "",
    becomes: str = "",
) -> Difference:
    return Difference(
        kind=kind,
        aad_id=person.aad_id.casefold(),
        person=person.id,
        committees=committees,
        name=person.name,
        was=was,
        becomes=becomes,
    )


def _strangers(sight: DirectorySight, known: Mapping[str, Person]) -> Iterator[Difference]:
    """List who is in a group and can sign in, and is not, or no longer, in the register."""
    inside: dict[str, set[CommitteeCode]] = {}
    for group in sight.groups:
        for aad_id in () if group.gone else group.members:
            inside.setdefault(aad_id, set()).add(group.committee)
    for aad_id, committees in sorted(inside.items()):
        person, account = known.get(aad_id), sight.accounts.get(aad_id)
        if account is None or not account.enabled or (person is not None and person.active):
            continue
        yield Difference(
            kind=DifferenceKind.UNKNOWN if person is None else DifferenceKind.RETURNED,
            aad_id=aad_id,
            person=None if person is None else person.id,
            committees=tuple(sorted(committees)),
            name=name_told(account.name) or (person.name if person else ""),
            becomes=mail_told(account.mail),
            guest=account.guest,
        )


def name_told(said: str) -> str:
    """Give a name as a register has it: without what a directory puts in brackets after it."""
    plain = "".join(each if each.isprintable() else " " for each in said)
    whole = unicodedata.normalize("NFC", " ".join(plain.split()))[:LONGEST_NAME]
    return _SUFFIX.sub("", whole).strip() or whole


def mail_told(said: str) -> str:
    """Give an address that mail can be sent to; nothing for what is none."""
    address = said.strip()
    sound = len(address) <= LONGEST_MAIL and _MAIL.fullmatch(address) is not None
    return address if sound and address.isprintable() else ""


def _folded(name: str) -> str:
    return name_told(name).casefold()
