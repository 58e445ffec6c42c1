"""What is to be done about an event in Outlook: pure, from what is wanted and what is there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from domain.outlook_events import ActualEvent, Attendee, EventState, OutlookEvent, WantedEvent


class Step(StrEnum):
    """What is to be done next for one meeting."""

    CREATE = "create"
    FIND = "find"  # its making was tried: look whether it is there
    CHANGE = "change"
    CANCEL = "cancel"
    LINK = "link"

    @property
    def sends(self) -> bool:
        """Whether Exchange may send mail because of it."""
        return self in {Step.CREATE, Step.CHANGE, Step.CANCEL}


def next_step(wanted: WantedEvent, row: OutlookEvent | None, *, now: datetime) -> Step | None:
    """Say what is to be done; nothing while Outlook is as it should be, or is to be left alone."""
    row = row or OutlookEvent(meeting=wanted.meeting)
    if not row.is_free(now):
        return None
    if row.may_be_there:
        return Step.FIND
    if row.state is not EventState.THERE:
        return None if wanted.off else Step.CREATE
    if wanted.off:
        return Step.CANCEL
    if row.fingerprint != wanted.fingerprint:
        return Step.CHANGE
    return Step.LINK if _wants_link(wanted, row, now=now) else None


def messages(step: Step, wanted: WantedEvent, row: OutlookEvent) -> int:
    """Count what Exchange sends: who is new, who is let go and who stays hear it apart."""
    if step is not Step.CHANGE:
        return int(step.sends)
    before, now = ({each.key for each in guests} for guests in (row.guests, wanted.guests))
    moved = (row.begins_at, row.ends_at) != (wanted.begins_at, wanted.ends_at)
    return max(1, bool(now - before) + bool(before - now) + moved)


def _wants_link(wanted: WantedEvent, row: OutlookEvent, *, now: datetime) -> bool:
    if not wanted.online or row.join_link or row.has_no_link:
        return False
    return row.look_at is None or row.look_at <= now


class Part(StrEnum):
    """What of an event can be changed; what stands in it is not among this (MTG-15)."""

    SUBJECT = "subject"
    PLACE = "place"
    HOUR = "hour"
    GUESTS = "guests"


def differing(
    wanted: WantedEvent, actual: ActualEvent, *, ours: Collection[str]
) -> frozenset[Part]:
    """Name what of an event is not as it should be (MTG-16).

    :param ours: the addresses (as `address_key` gives them) of guests that we put there, and who
        may be taken away.
    """
    asked = {each.key for each in wanted.guests}
    there = {each.key for each in actual.attendees}
    wrong = {
        Part.SUBJECT: actual.subject.strip() != wanted.subject.strip(),
        Part.PLACE: actual.place.strip() != wanted.place.strip(),
        Part.HOUR: not actual.is_at(wanted.begins_at, wanted.ends_at),
        Part.GUESTS: bool(asked - there) or bool((there & set(ours)) - asked),
    }
    return frozenset(part for part, is_wrong in wrong.items() if is_wrong)


def added_by_hand(
    wanted: WantedEvent, actual: ActualEvent, *, ours: Collection[str]
) -> Sequence[Attendee]:
    """List who was put into an event by hand, a room for instance: they stay."""
    known = {*ours, *(each.key for each in wanted.guests)}
    return [each for each in actual.attendees if each.key not in known]
