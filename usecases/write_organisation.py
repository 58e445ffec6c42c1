"""The register as a file that people can read, correct and load again."""

from collections import defaultdict
from collections.abc import Mapping

import yaml

from domain.people import Membership, Organisation, Person, PersonId, Seat

_PAGE_WIDTH = 100


def organisation_to_yaml(organisation: Organisation) -> str:
    """Write the whole register in the form `organisation_from_yaml` reads.

    Everyone's seats stand with the person; fields that say nothing are left out.
    """
    seats: dict[PersonId, list[Membership]] = defaultdict(list)
    for membership in organisation.memberships:
        seats[membership.person].append(membership)
    return yaml.safe_dump(
        {
            "committees": [
                _telling(
                    code=committee.code,
                    type=committee.type.value,
                    name=committee.name,
                    areas=list(committee.areas),
                    team_id=committee.team_id,
                    entra_group=organisation.groups.get(committee.code),
                )
                for committee in organisation.committees
            ],
            "institutions": [
                {"area": place.area, "kind": place.kind, "name": place.name}
                for place in organisation.institutions
            ],
            "people": [_person(person, seats[person.id]) for person in organisation.people],
        },
        allow_unicode=True,
        sort_keys=False,
        width=_PAGE_WIDTH,
    )


def _person(person: Person, seats: list[Membership]) -> Mapping[str, object]:
    return _telling(
        id=person.id,
        aad_id=person.aad_id,
        name=person.name,
        authority=person.authority.value,
        function=person.function,
        email=person.email,
        phone=person.phone,
        s115_covered=person.s115_covered,
        active=None if person.active else False,
        language=person.language and person.language.value,
        offices=sorted(office.value for office in person.offices),
        seats=[
            _telling(
                committee=seat.committee,
                slot=seat.slot,
                seat=None if seat.seat is Seat.MEMBER else seat.seat.value,
            )
            for seat in seats
        ],
    )


def _telling(**fields: object) -> Mapping[str, object]:
    """Leave out what is empty; `False` says something."""
    return {key: said for key, said in fields.items() if said not in (None, "", [])}
