"""Who is expected at a meeting, on its card: in one sum, slot by slot, or by name."""

from collections.abc import Mapping, Sequence
from typing import Literal

from cards.delivery import Part, aside, headed, lined, warned
from cards.plain import plain
from cards.words import Say
from domain.committee_meetings import Reply
from domain.expected import ExpectedSlot, Seated
from domain.people import Person, PersonId
from domain.representation import slot_named


def in_sum(slots: Sequence[ExpectedSlot], *, say: Say) -> list[Part]:
    coming = sum(each.coming for each in slots)
    waiting = sum(each.unanswered for each in slots)
    return [aside(say("meet.sum", coming=coming, waiting=waiting))]


def by_slot(slots: Sequence[ExpectedSlot], *, say: Say) -> list[Part]:
    """Count them slot by slot, and name nobody."""
    return [
        *_top(slots, say),
        *lined([(_words(each, say), _numbers(each, say)) for each in slots]),
    ]


def by_name(
    slots: Sequence[ExpectedSlot],
    seated: Sequence[Seated],
    people: Mapping[PersonId, Person],
    *,
    say: Say,
) -> list[Part]:
    """Name them slot by slot with what they said: first the slots that are short, or may be."""
    parts = _top(slots, say)
    for slot in sorted(slots, key=lambda each: (not each.short, not each.unsure)):
        coming = say("meet.coming", coming=slot.coming, seated=slot.seated)
        own = [_answer(each, people, say) for each in seated if each.slot == slot.code]
        parts += [headed(f"{_words(slot, say)} · {coming}"), *lined(sorted(own))]
    return parts


def lacking(
    slots: Sequence[ExpectedSlot], how: Literal["missing", "unsure"], *, say: Say
) -> list[str]:
    """Name the slots that lack somebody of the minimum, for certain or maybe, a line each."""
    told: list[str] = []
    for each in slots:
        count = each.short if how == "missing" else each.unsure
        if count and each.authority is None:
            told.append(say(f"meet.{how}_other", who=_words(each, say), count=count))
        elif count:
            who = say(f"authority.{each.authority}")
            told.append(say(f"meet.{how}_line", who=who, slot=_profile(each, say), count=count))
    return told


def _top(slots: Sequence[ExpectedSlot], say: Say) -> list[Part]:
    short = lacking(slots, "missing", say=say)
    return [
        *([warned("\n\n".join(short))] if short else []),
        headed(say("meet.expected")),
    ]


def _words(slot: ExpectedSlot, say: Say) -> str:
    """Name a slot by whose it is and what for: nobody knows it by its code."""
    if slot.authority is None:
        return _profile(slot, say)
    return f"{say(f'authority.{slot.authority}')} · {_profile(slot, say)}"


def _profile(slot: ExpectedSlot, say: Say) -> str:
    named = slot_named(slot.code)
    if named is not None:
        return named.profile
    return say("meet.leads" if slot.code.endswith(".fac") else "meet.others")


def _numbers(slot: ExpectedSlot, say: Say) -> str:
    told = [say("meet.coming", coming=slot.coming, seated=slot.seated)]
    if slot.substitutes:
        told.append(say("meet.substitutes", count=slot.substitutes))
    if slot.unanswered:
        told.append(say("meet.unanswered", count=slot.unanswered))
    return ", ".join(told)


def _answer(seat: Seated, people: Mapping[PersonId, Person], say: Say) -> tuple[str, str]:
    """Put a name beside what they said: the substitute's, where one comes instead."""
    member = plain(people[seat.person].name)
    if seat.reply is Reply.ASKED:
        return member, say("meet.not_answered")
    if seat.reply is not Reply.SUBSTITUTE:
        return member, say(f"meet.reply_{seat.reply}")
    if seat.stand_in is None:
        return member, say("meet.nobody_instead")
    instead = plain(people[seat.stand_in].name)
    if seat.stand_in_comes:
        return instead, say("meet.substitute_for", name=member)
    return member, say("meet.asked_instead", name=instead)
