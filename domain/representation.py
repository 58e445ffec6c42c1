"""Who should sit where: the minimum representation of domain.md §3, and its gaps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.people import (
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)

SCHOOL = "school"
LEISURE_CENTRE = "leisure_centre"
INSTITUTION_KINDS = (SCHOOL, LEISURE_CENTRE)


class Per(StrEnum):
    """What a slot's minimum is counted by."""

    COMMITTEE = "committee"
    AREA = "area"
    SCHOOL = SCHOOL
    LEISURE_CENTRE = LEISURE_CENTRE


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One row of domain.md §3: `least` people of an authority (or an office) `per` something."""

    committee: CommitteeType
    code: str
    authority: Authority | None
    profile: str
    least: int = 1
    per: Per = Per.COMMITTEE
    office: Office | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredSlot:
    """A slot as it applies to one committee: `least` is now a number of people."""

    committee: CommitteeCode
    slot: Slot
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A slot with fewer standing members than it asks for (REP-2); it never blocks case work."""

    committee: CommitteeCode
    slot: Slot
    least: int
    filled: int

    @property
    def missing(self) -> int:
        return self.least - self.filled


_ROWS: dict[CommitteeType, tuple[tuple[Authority | None, str], ...]] = {
    CommitteeType.STEERING: (
        (Authority.SOF, "direktør"),
        (Authority.BUF, "direktør"),
        (Authority.KFF, "direktør"),
        (Authority.BIF, "direktør"),
        (Authority.KP, "chef"),
        (Authority.KFO, "chef"),
        (None, "sekretariatschef, forperson"),
    ),
    CommitteeType.MANAGERS: tuple(
        (authority, "chefniveau med mandat for hele myndigheden") for authority in Authority
    ),
    CommitteeType.LEADER: (
        (Authority.SOF, "afdelingsleder, myndighed for børn og unge (DSI)"),
        (Authority.SOF, "leder i bydækkende gadeplan"),
        (Authority.BUF, "skoleleder"),
        (Authority.BUF, "leder på fritidsområdet"),
        (Authority.KFF, "bydelsledelse for gruppens områder"),
        (Authority.KP, "sektionsleder i Nærpolitiafdelingen"),
        (Authority.KP, "sektionsleder i Forebyggelsesafdelingen"),
    ),
    CommitteeType.SSP_PLUS_LEADER: (
        (Authority.SOF, "DSI, myndighed"),
        (Authority.SOF, "gadeplan"),
        (Authority.SOF, "18+ enheden"),
        (Authority.BUF, "leder i UU"),
        (Authority.BIF, "leder i Jobcentret"),
        (Authority.KP, "leder i Center for Borgertryghed"),
        (Authority.KFO, "leder i KiF"),
    ),
    CommitteeType.LOCAL: (
        (Authority.SOF, "kriminalitetsmedarbejder eller rådgiver med indsigt, DSI"),
        (Authority.SOF, "udfører eller bydækkende gadeplan"),
        (Authority.BUF, "lærer eller pædagog fra folkeskolen"),
        (Authority.BUF, "pædagog fra fritidscentret"),
        (Authority.KFF, "områdets kultur- og fritidssteder"),
        (Authority.KP, "forebygger"),
        (Authority.KP, "nærpolitibetjent"),
    ),
    CommitteeType.COORDINATION: (
        (Authority.SOF, "kriminalitetsmedarbejder eller med indsigt i områdets sager"),
        (Authority.SOF, "gadeplansmedarbejder"),
        (Authority.BUF, "UU-vejleder"),
        (Authority.BUF, "lærer eller pædagog fra folkeskolen"),
        (Authority.KP, "politifaglig forebygger"),
        (Authority.KP, "socialfaglig forebygger"),
    ),
    CommitteeType.SSP_PLUS_COORDINATION: (
        (Authority.SOF, "DSI, myndighed med indsigt i både børn og voksne"),
        (Authority.SOF, "udfører med indsigt i gadeplan for 18+"),
        (Authority.SOF, "EKI"),
        (Authority.SOF, "Psykiatrienheden"),
        (Authority.BUF, "UU-vejleder"),
        (Authority.BIF, "indsigt i beskæftigelses- og integrationstilbud"),
        (Authority.KP, "politifaglig forebygger"),
        (Authority.KFO, "KiF"),
    ),
}

_ONE = (1, Per.COMMITTEE)
_MORE_THAN_ONE = {
    "LG.3": (2, Per.COMMITTEE),
    "LG.4": (2, Per.COMMITTEE),
    "LU.3": (1, Per.SCHOOL),
    "LU.4": (1, Per.LEISURE_CENTRE),
    "KG.4": (1, Per.AREA),
}


def _slot(
    committee: CommitteeType, number: int, authority: Authority | None, profile: str
) -> Slot:
    code = f"{committee}.{number}"
    least, per = _MORE_THAN_ONE.get(code, _ONE)
    return Slot(
        committee=committee,
        code=code,
        authority=authority,
        profile=profile,
        least=least,
        per=per,
        office=None if authority else Office.HEAD,
    )


SLOTS: tuple[Slot, ...] = tuple(
    _slot(committee, number, authority, profile)
    for committee, rows in _ROWS.items()
    for number, (authority, profile) in enumerate(rows, start=1)
)


def slot_named(code: str) -> Slot | None:
    """Find a slot of the minimum; those beyond it have none."""
    return next((slot for slot in SLOTS if slot.code == code), None)


def optional_slot(committee: CommitteeType) -> str:
    """Name the slot of those who sit in a committee beyond its minimum."""
    return f"{committee}.opt"


def facilitating_slot(committee: CommitteeType) -> str:
    """Name the slot of the Secretariat's officer who leads the meetings."""
    return f"{committee}.fac"


def slot_codes(committee: CommitteeType) -> frozenset[str]:
    """Name every slot a membership of such a committee may carry."""
    numbered = {slot.code for slot in SLOTS if slot.committee is committee}
    return frozenset({*numbered, optional_slot(committee), facilitating_slot(committee)})


def suits(slot: str, person: Person) -> bool:
    """Tell whether somebody is of the authority, or holds the office, that a slot is for."""
    named = slot_named(slot)
    return named is None or _is_for(named, person)


def required_slots(
    committee: Committee, institutions: Sequence[Institution]
) -> list[RequiredSlot]:
    """Say how many people each slot of this committee asks for.

    `institutions` is the register of schools and leisure centres of the whole city;
    only those in the committee's own areas count (LU.3, LU.4).
    """
    kinds = Counter(place.kind for place in institutions if place.area in committee.areas)
    counted = {
        Per.COMMITTEE: 1,
        Per.AREA: len(committee.areas),
        Per.SCHOOL: kinds[SCHOOL],
        Per.LEISURE_CENTRE: kinds[LEISURE_CENTRE],
    }
    return [
        RequiredSlot(committee=committee.code, slot=slot, least=slot.least * counted[slot.per])
        for slot in SLOTS
        if slot.committee is committee.type
    ]


def gaps(organisation: Organisation) -> list[Gap]:
    """Report the composition (REP-1): every slot that lacks standing members, in committee order.

    Only active members of the slot's own authority fill it; substitutes do not (REP-0), and
    one person fills at most one slot of a committee (REP-2). Nothing here is a quorum.
    """
    people = {person.id: person for person in organisation.people}
    found: list[Gap] = []
    for committee in organisation.committees:
        members = [seat for seat in organisation.memberships if seat.committee == committee.code]
        placed: set[PersonId] = set()
        for required in required_slots(committee, organisation.institutions):
            filling = {
                seat.person
                for seat in members
                if _fills(required.slot, seat, people.get(seat.person))
            } - placed
            placed |= filling
            if len(filling) < required.least:
                found.append(
                    Gap(
                        committee=committee.code,
                        slot=required.slot,
                        least=required.least,
                        filled=len(filling),
                    )
                )
    return found


def _fills(slot: Slot, seat: Membership, person: Person | None) -> bool:
    return (
        person is not None
        and person.active
        and seat.slot == slot.code
        and seat.seat in {Seat.MEMBER, Seat.CHAIR}
        and _is_for(slot, person)
    )


def _is_for(slot: Slot, person: Person) -> bool:
    own = slot.authority in {None, person.authority}
    return own and (slot.office is None or slot.office in person.offices)
