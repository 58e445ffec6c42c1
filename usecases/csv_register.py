"""The register as four tables that a Danish spreadsheet opens and saves: semicolons, UTF-8.

A cell never begins like a formula, wherever a spreadsheet takes it to begin: what would is
written with an apostrophe in front, which is taken off again when it is read.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from domain.people import Membership, Organisation, Person
from usecases.check_organisation import OrganisationProblem
from usecases.read_organisation import organisation_from

PEOPLE, COMMITTEES, SEATS, PLACES = (
    *("personer.csv", "udvalg.csv"),
    *("pladser.csv", "institutioner.csv"),
)
FILES: Final = (PEOPLE, COMMITTEES, SEATS, PLACES)
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    PEOPLE: (
        *("id", "aad_id", "name", "authority", "function", "email", "phone"),
        *("s115_covered", "language", "offices"),
    ),
    COMMITTEES: ("code", "type", "name", "areas", "team_id", "entra_group"),
    SEATS: ("person", "committee", "slot", "seat"),
    PLACES: ("area", "kind", "name"),
}
_LISTS = frozenset({"areas", "offices"})
_BEGINS = r"(^|[,;\t\r\n])"  # a cell; also where a spreadsheet divides by something else than we
_FORMULA = re.compile(_BEGINS + r"(?=[=\+\-@\t\r\n'])")
_HARMLESS = re.compile(_BEGINS + "'")
_TEXT, _LIST, _RECORD = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


def organisation_to_csv(organisation: Organisation) -> Mapping[str, bytes]:
    """Write the register as files by their names; `organisation_from_csv` reads the same back."""
    rows: Mapping[str, Iterable[Sequence[str]]] = {
        PEOPLE: (_person(each) for each in organisation.people),
        COMMITTEES: (
            (
                *(each.code, each.type, each.name, ", ".join(each.areas), each.team_id or ""),
                organisation.groups.get(each.code, ""),
            )
            for each in organisation.committees
        ),
        SEATS: (_seat(each) for each in organisation.memberships),
        PLACES: ((each.area, each.kind, each.name) for each in organisation.institutions),
    }
    return {name: _written(_COLUMNS[name], rows[name]) for name in FILES}


def _person(person: Person) -> Sequence[str]:
    return (
        *(person.id, person.aad_id, person.name, person.authority, person.function),
        *(person.email, person.phone, "ja" if person.s115_covered else "nej"),
        person.language or "",
        ", ".join(sorted(person.offices)),
    )


def _seat(seat: Membership) -> Sequence[str]:
    return (seat.person, seat.committee, seat.slot, seat.seat)


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table with the mark by which Excel knows UTF-8."""
    page = io.StringIO(newline="")
    table = csv.writer(page, delimiter=";", lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return _FORMULA.sub(r"\1'", cell)


def organisation_from_csv(files: Mapping[str, bytes]) -> Organisation:
    """Read the register from its four files.

    :raises OrganisationProblem: with one sentence for each thing that cannot be read, and the
        file and line it stands in.
    """
    problems = [f"filen {name} mangler" for name in FILES if name not in files]
    tables = {name: _read(name, files[name], problems) for name in FILES if name in files}
    if problems:
        raise OrganisationProblem(problems)
    return organisation_from(_root(tables))


def _read(name: str, content: bytes, problems: list[str]) -> list[MappingNode]:
    """Read a table as records that know their lines; what is wrong with it is noted."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(f"{name}: gem filen som »CSV UTF-8 (semikolonsepareret)«")
        return []
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    records: list[MappingNode] = []
    try:
        columns = [cell.strip() for cell in next(table, [])]
        strange = [each for each in columns if each not in _COLUMNS[name]]
        if strange or not columns:
            known = ";".join(_COLUMNS[name])
            problems.append(f"{name}, linje 1: overskrifterne skal være {known}")
            return []
        begins = table.line_num
        for row in table:
            if len(row) > len(columns):
                problems.append(
                    f"{name}, linje {begins + 1}: der er flere celler end overskrifter"
                )
            elif any(map(str.strip, row)):
                records.append(_record(columns, row, _mark(name, begins)))
            begins = table.line_num
    except csv.Error as wrong:
        problems.append(f"{name}, linje {table.line_num}: kan ikke læses som CSV ({wrong})")
    return records


def _mark(name: str, line: int) -> Mark:
    """Say where a record begins; lines are counted from zero."""
    return Mark(name, 0, line, 0, None, 0)


def _record(columns: Sequence[str], row: Sequence[str], at: Mark) -> MappingNode:
    cells = [
        (_scalar(column, at), _cell(column, _HARMLESS.sub(r"\1", said), at))
        for column, said in zip(columns, map(str.strip, row), strict=False)
        if said
    ]
    return MappingNode(_RECORD, cells, at, at)


def _cell(column: str, said: str, at: Mark) -> Node:
    if column not in _LISTS:
        return _scalar(said, at)
    items = [_scalar(each.strip(), at) for each in said.split(",") if each.strip()]
    return SequenceNode(_LIST, items, at, at)


def _scalar(said: str, at: Mark) -> ScalarNode:
    return ScalarNode(_TEXT, said, at, at)


def _root(tables: Mapping[str, list[MappingNode]]) -> MappingNode:
    """Put the records together as they stand in one file, with everyone's seats at the person."""
    start = _mark(PEOPLE, 0)
    seats: dict[str, list[MappingNode]] = {}
    problems: list[str] = []
    known = {_of(person, "id") for person in tables[PEOPLE]}
    for seat in tables[SEATS]:
        whose = _of(seat, "person")
        if whose not in known:
            line = seat.start_mark.line + 1
            problems.append(f"{SEATS}, linje {line}: »{whose}« findes ikke blandt personerne")
        own = [(key, value) for key, value in seat.value if key.value != "person"]
        record = MappingNode(_RECORD, own, seat.start_mark, seat.end_mark)
        seats.setdefault(whose, []).append(record)
    if problems:
        raise OrganisationProblem(problems)
    for person in tables[PEOPLE]:
        held = SequenceNode(_LIST, seats.get(_of(person, "id"), []), start, start)
        person.value.append((_scalar("seats", person.start_mark), held))
    parts = {"people": PEOPLE, "committees": COMMITTEES, "institutions": PLACES}
    return MappingNode(
        _RECORD,
        [
            (_scalar(key, start), SequenceNode(_LIST, list(tables[name]), start, start))
            for key, name in parts.items()
        ],
        start,
        start,
    )


def _of(record: MappingNode, column: str) -> str:
    return next((str(value.value) for key, value in record.value if key.value == column), "")
