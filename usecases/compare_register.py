"""What a register would change: who loses what, who gets what, and what is corrected.

The sentences are for the one who loads it, before it is loaded (APP-2): what was given in the
bot since the last time is lost unless the file knows of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from domain.people import Committee, CommitteeCode, Membership, Organisation, Person, PersonId

_FIELDS: Mapping[str, str] = {
    "name": "navn",
    "aad_id": "aad_id",
    "authority": "myndighed",
    "function": "stilling",
    "email": "e-mail",
    "phone": "telefon",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different, as sentences: what ends, what begins, and what is corrected."""

    taken: tuple[str, ...] = field(default=(), repr=False)
    given: tuple[str, ...] = field(default=(), repr=False)
    corrected: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.taken or self.given or self.corrected)

    def __str__(self) -> str:
        parts = {
            "Det ophører": self.taken,
            "Det begynder": self.given,
            "Det rettes": self.corrected,
        }
        told = [
            "\n".join([f"{title} ({len(lines)}):", *(f"  {line}" for line in lines)])
            for title, lines in parts.items()
            if lines
        ]
        return "\n".join(told) or "Registret er allerede sådan."


def compare(before: Organisation, after: Organisation) -> Difference:
    """Say what loading `after` would change where `before` is the register now."""
    was = {each.id: each for each in before.people if each.active}
    comes = {each.id: each for each in after.people if each.active}
    names = {**was, **comes}
    seated = {each for each in before.memberships if each.person in was}
    seats = {each for each in after.memberships if each.person in comes}
    places = {(each.area, each.kind, each.name) for each in before.institutions}
    kept = {(each.area, each.kind, each.name) for each in after.institutions}
    groups = {each.code: each for each in before.committees}
    named = {each.code: each for each in after.committees}
    both = [(was[id_], comes[id_]) for id_ in sorted(was.keys() & comes.keys())]
    return Difference(
        taken=(
            *(f"{was[id_].name} er ikke længere med" for id_ in sorted(was.keys() - comes.keys())),
            *(f"{who}: ikke længere {what}" for a, b in both for who, what in _held(a, b)),
            *(_seat(each, names) for each in _in_order(seated - seats)),
            *(
                f"{groups[code].name} ({code}) findes ikke længere"
                for code in groups.keys() - named
            ),
            *(
                f"{name} ({area}) er ikke længere i registret"
                for area, _, name in sorted(places - kept)
            ),
        ),
        given=(
            *(f"{comes[id_].name} kommer med" for id_ in sorted(comes.keys() - was.keys())),
            *(f"{who}: {what}" for a, b in both for who, what in _held(b, a)),
            *(_seat(each, names) for each in _in_order(seats - seated)),
            *(f"{named[code].name} ({code}) kommer til" for code in sorted(named.keys() - groups)),
            *(f"{name} ({area}) kommer til" for area, _, name in sorted(kept - places)),
        ),
        corrected=(
            *(line for a, b in both for line in _corrected(a, b)),
            *_regrouped(groups, named),
            *_linked(before, after),
        ),
    )


def _held(one: Person, other: Person) -> Iterator[tuple[str, str]]:
    """Name the offices and the cover that one has and the other has not."""
    for office in sorted(one.offices - other.offices):
        yield one.name, office
    if one.s115_covered and not other.s115_covered:
        yield one.name, "dækket af §115"


def _seat(seat: Membership, people: Mapping[PersonId, Person]) -> str:
    return f"{people[seat.person].name}: {seat.seat} i {seat.committee} på {seat.slot}"


def _in_order(seats: set[Membership]) -> list[Membership]:
    return sorted(seats, key=lambda each: (each.committee, each.slot, each.person, each.seat))


def _corrected(was: Person, is_now: Person) -> Iterator[str]:
    for key, called in _FIELDS.items():
        old, new = getattr(was, key), getattr(is_now, key)
        if old != new:
            yield f"{was.name}: {called} »{old}« bliver »{new}«"


def _regrouped(
    was: Mapping[CommitteeCode, Committee], is_now: Mapping[CommitteeCode, Committee]
) -> Iterator[str]:
    for code in sorted(was.keys() & is_now.keys()):
        old, new = was[code], is_now[code]
        if old.name != new.name:
            yield f"{code}: navn »{old.name}« bliver »{new.name}«"
        if sorted(old.areas) != sorted(new.areas):
            yield f"{code}: områder {', '.join(old.areas)} bliver {', '.join(new.areas)}"


def _linked(before: Organisation, after: Organisation) -> Iterator[str]:
    """Say which committees get another Entra group; one that a file says nothing of keeps its."""
    for code, group in sorted(after.groups.items()):
        if before.groups.get(code, "") != group:
            yield f"{code}: Entra-gruppe »{before.groups.get(code, '')}« bliver »{group}«"
