"""Word to one's own staff (orientering af bagland): which SSP leaders have given it (BER-49)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.alert_sharings import ShareKind, Sharing
from domain.alerts import Recipient
from domain.people import Authority, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefed:
    """One SSP leader who was alerted, and when theirs were told; none is not yet."""

    leader: PersonId
    authority: Authority
    at: datetime | None
    by: PersonId | None = None


def briefings(
    recipients: Iterable[Recipient],
    *,
    leaders: Collection[PersonId],
    sharings: Iterable[Sharing],
) -> Sequence[Briefed]:
    """List every SSP leader who was alerted, those who have not told theirs first.

    Who was alerted instead of a leader, may tell theirs for them.
    """
    told = _told(sharings)
    alerted = list(recipients)
    found = [
        _of(each, alerted, told)
        for each in alerted
        if each.person in leaders and each.stands_for is None
    ]
    return sorted(found, key=lambda each: (each.at is not None, each.authority, each.leader))


def tells_for(
    person: PersonId, recipients: Iterable[Recipient], *, leaders: Collection[PersonId]
) -> frozenset[PersonId]:
    """Name the SSP leaders whose staff somebody may say they have told: their own, mostly."""
    return frozenset(
        leader
        for each in recipients
        if each.person == person and (leader := each.stands_for or each.person) in leaders
    )


def _told(sharings: Iterable[Sharing]) -> Mapping[PersonId, datetime]:
    told: dict[PersonId, datetime] = {}
    for each in sharings:
        if each.kind is ShareKind.BRIEFED and each.person is not None:
            told.setdefault(each.person, each.at)
    return told


def _of(
    leader: Recipient, recipients: Sequence[Recipient], told: Mapping[PersonId, datetime]
) -> Briefed:
    people = [leader.person, *(e.person for e in recipients if e.stands_for == leader.person)]
    by = next((each for each in people if each in told), None)
    return Briefed(
        leader=leader.person,
        authority=leader.authority,
        at=None if by is None else told[by],
        by=by,
    )
