"""What is wrong with a register, in sentences for the one who keeps it; all of it at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from domain.areas import AREAS
from domain.people import CommitteeType, Office, Organisation, Seat
from domain.representation import INSTITUTION_KINDS, slot_codes

_COMMITTEES = {  # ORG-6
    CommitteeType.STEERING: 1,
    CommitteeType.MANAGERS: 1,
    CommitteeType.LEADER: 5,
    CommitteeType.SSP_PLUS_LEADER: 1,
    CommitteeType.LOCAL: 15,
    CommitteeType.COORDINATION: 7,
    CommitteeType.SSP_PLUS_COORDINATION: 1,
}


class OrganisationProblem(ValueError):
    """A register that cannot be loaded. `problems` are sentences, ready to be shown."""

    def __init__(self, problems: Sequence[str]) -> None:
        count = "1 fejl" if len(problems) == 1 else f"{len(problems)} fejl"
        super().__init__("\n".join([f"Registret kan ikke indlæses ({count}):", *problems]))
        self.problems = tuple(problems)


def check_organisation(organisation: Organisation) -> list[str]:
    """List what makes the register unusable, apart from areas that nobody serves yet."""
    return [
        *_people(organisation),
        *_committees(organisation),
        *_seats(organisation),
        *_institutions(organisation),
    ]


def _people(organisation: Organisation) -> Iterator[str]:
    yield from _twice("personer", "id", (person.id for person in organisation.people))
    yield from _twice(
        "personer", "aad_id", (person.aad_id.casefold() for person in organisation.people)
    )
    for person in organisation.people:
        if not _is_uuid(person.aad_id):
            yield f"{person.name}: aad_id »{person.aad_id}« er ikke et objekt-id fra Entra"
    if not any(Office.SEK in person.offices for person in organisation.people if person.active):
        yield "ingen aktiv person har funktionen SEK; nogen skal tage imod, når ingen anden kan"


def _committees(organisation: Organisation) -> Iterator[str]:
    yield from _twice("udvalg", "code", (committee.code for committee in organisation.committees))
    yield from _twice(
        "udvalg",
        "team_id",
        (committee.team_id for committee in organisation.committees if committee.team_id),
    )
    yield from _twice("udvalg", "entra_group", organisation.groups.values())
    for code, group in organisation.groups.items():
        if not _is_uuid(group):
            yield f"{code}: entra_group »{group}« er ikke et objekt-id fra Entra"
    found = Counter(committee.type for committee in organisation.committees)
    for kind, number in _COMMITTEES.items():
        if found[kind] != number:
            yield f"der skal være {number} udvalg af typen {kind}; der er {found[kind]}"
    for committee in organisation.committees:
        if committee.type is CommitteeType.LOCAL and len(committee.areas) != 1:
            yield f"{committee.name} skal have ét område; det har {len(committee.areas)}"
    local = (each for each in organisation.committees if each.type is CommitteeType.LOCAL)
    yield from _twice("lokaludvalg", "området", (area for each in local for area in each.areas))


def _seats(organisation: Organisation) -> Iterator[str]:
    names = {person.id: person.name for person in organisation.people}
    types = {committee.code: committee.type for committee in organisation.committees}
    for seat in organisation.memberships:
        who = names.get(seat.person, seat.person)
        if seat.person not in names:
            yield f"{who} har en plads i {seat.committee}, men findes ikke blandt personerne"
        if seat.committee not in types:
            yield f"{who} har en plads i »{seat.committee}«, som ikke findes blandt udvalgene"
        elif seat.slot not in slot_codes(types[seat.committee]):
            known = ", ".join(sorted(slot_codes(types[seat.committee])))
            yield f"{who}: {seat.committee} har ingen plads »{seat.slot}«; der er {known}"
    seated = Counter(  # REP-2; facilitating is no slot, and may come on top
        (seat.person, seat.committee)
        for seat in organisation.memberships
        if seat.seat is not Seat.FACILITATOR
    )
    for (person, committee), times in seated.items():
        if times > 1:
            yield f"{names.get(person, person)} har {times} pladser i {committee}; én er nok"


def _institutions(organisation: Organisation) -> Iterator[str]:
    known = {area.code for area in AREAS}
    for place in organisation.institutions:
        if place.area not in known:
            yield f"{place.name}: området »{place.area}« kendes ikke"
        if place.kind not in INSTITUTION_KINDS:
            either = " eller ".join(INSTITUTION_KINDS)
            yield f"{place.name}: kind er »{place.kind}«; skriv {either}"


def _twice(things: str, field: str, said: Iterable[str]) -> Iterator[str]:
    for value, times in Counter(said).items():
        if times > 1:
            yield f"{times} {things} har {field} »{value}«; kun én kan have det"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
