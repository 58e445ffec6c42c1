"""The register from a file: every problem at once, with its line and whom it concerns."""

from collections.abc import Iterator

from yaml import Node

from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Language,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from usecases.check_organisation import OrganisationProblem
from usecases.yaml_entries import Entry, parsed

_REGISTER = ("committees", "institutions", "people")
_COMMITTEE = ("code", "type", "name", "areas", "team_id", "entra_group")
_INSTITUTION = ("area", "kind", "name")
_SEAT = ("committee", "slot", "seat")
_PERSON = (
    *("id", "aad_id", "name", "authority", "function", "email", "phone"),
    *("s115_covered", "active", "language", "offices", "seats"),
)


def organisation_from_yaml(text: str) -> Organisation:
    """Read the register from YAML; whether it is sound as a whole is for `check_organisation`.

    :raises OrganisationProblem: with one sentence for each thing that cannot be read.
    """
    try:
        root = parsed(text)
    except ValueError as wrong:
        raise OrganisationProblem([str(wrong)]) from wrong
    return organisation_from(root)


def organisation_from(root: Node) -> Organisation:
    """Make the register of its records, whatever kind of file these were read from.

    :raises OrganisationProblem: as `organisation_from_yaml`.
    """
    problems: list[str] = []
    register = Entry(root, whose="registret", fields=_REGISTER, problems=problems)
    people: list[Person] = []
    memberships: list[Membership] = []
    for entry in register.entries("people", _PERSON, called_by=("name", "id")):
        person = _person(entry)
        people.append(person)
        memberships += _memberships(entry, person.id)
    committees: list[Committee] = []
    groups: dict[CommitteeCode, str] = {}
    for entry in register.entries("committees", _COMMITTEE, called_by=("name", "code")):
        committee = _committee(entry)
        committees.append(committee)
        if group := entry.text_if_any("entra_group").casefold():
            groups[committee.code] = group
    organisation = Organisation(
        people=tuple(people),
        committees=tuple(committees),
        memberships=tuple(memberships),
        institutions=tuple(
            _institution(entry)
            for entry in register.entries("institutions", _INSTITUTION, called_by=("name",))
        ),
        groups=groups,
    )
    if problems:
        raise OrganisationProblem(problems)
    return organisation


def _person(entry: Entry) -> Person:
    return Person(
        id=PersonId(entry.text("id")),
        aad_id=entry.text("aad_id"),
        name=entry.text("name"),
        authority=entry.word("authority", Authority),
        function=entry.text("function"),
        email=entry.text("email"),
        phone=entry.text_if_any("phone"),
        s115_covered=entry.yes("s115_covered", otherwise=False),
        active=entry.yes("active", otherwise=True),
        language=entry.word_if_any("language", Language),
        offices=frozenset(entry.words("offices", Office)),
    )


def _memberships(entry: Entry, person: PersonId) -> Iterator[Membership]:
    for seat in entry.entries("seats", _SEAT):
        yield Membership(
            committee=CommitteeCode(seat.text("committee")),
            person=person,
            slot=seat.text("slot"),
            seat=seat.word_if_any("seat", Seat) or Seat.MEMBER,
        )


def _committee(entry: Entry) -> Committee:
    return Committee(
        code=CommitteeCode(entry.text("code")),
        type=entry.word("type", CommitteeType),
        name=entry.text("name"),
        areas=tuple(AreaCode(area) for area in entry.texts("areas")),
        team_id=entry.text_if_any("team_id") or None,
    )


def _institution(entry: Entry) -> Institution:
    return Institution(
        area=AreaCode(entry.text("area")), name=entry.text("name"), kind=entry.text("kind")
    )
