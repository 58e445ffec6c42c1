"""Which class of data opens for whom: domain.md §14.2, word for word as data."""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum

from domain.data_classes import DataClass
from domain.grants import GrantKind
from domain.matters import Matter, MatterKind
from domain.people import PersonId
from domain.roles import BESIDE_CASES, Actor, Role, roles


class Sight(StrEnum):
    """How somebody sees, or may change, a class of data."""

    READ = "read"
    WRITE = "write"
    OWN = "own"  # what they wrote themselves, or their own action, or the gate about them
    MASKED = "masked"
    REVEAL = "reveal"  # for a minute, with a reason
    GENERAL = "general"  # the general part of a screening
    OWN_AREA = "own_area"  # of those who belong to their areas
    STATUS = "status"
    METADATA = "metadata"
    AGGREGATE = "aggregate"
    HEALTH = "health"


class Cell(Enum):
    """Everything that stands in a cell of the table, in its own words."""

    NONE = "–"
    AGGREGATE = "A"
    AGGREGATE_OWN_AREA = "A own area"
    METADATA = "M"
    STATUS = "own: status only"
    OWN = "own"
    SELF = "self"
    OWN_WRITE = "own RW"
    WRITE_ONLY = "write only"
    READ = "R"
    WRITE = "RW"
    READ_GRANTED = "R 1"
    READ_PLUS = "R plus"
    WRITE_PLUS = "RW plus"
    READ_UNSHIELDED = "R 2"
    NAMED = "only if gate names it"
    GATE = "gate"
    ESCALATED = "esc."
    BREAK_GLASS = "b-g"
    MASKED = "masked"
    MASKED_REVEAL = "masked, reveal"
    MASKED_REVEAL_REASON = "masked, reveal+reason"
    REVEAL = "reveal"
    OWN_ACTION = "own action"
    OWN_GATE = "own gate"
    GENERAL = "general"
    OWN_AREA = "R own area"
    FOR_ACCESS = "R (for ACC)"
    HEALTH = "health only"


COLUMNS = (
    *(Role.REP, Role.LUM, Role.KGM, Role.FAC, Role.LEAD, Role.ADH, Role.LGM, Role.PKM),
    *(Role.CGM, Role.SEK, Role.STEW, Role.HEAD, Role.DPO, Role.SYS, Role.EXT),
)
READS_AS: Mapping[Role, Role] = {Role.PFAC: Role.FAC, Role.PLM: Role.LGM, Role.SGM: Role.CGM}

_TABLE: Mapping[DataClass, str] = {
    DataClass.AGGREGATES: "A own area | A | A | A | A | – | A | A | A | A | A | A | A | – | –",
    DataClass.METADATA: (
        "own: status only | – | R | RW | R | R 1 | M | R plus | – | R | R | M | M | – | –"
    ),
    DataClass.IDENTITY: (
        "own | – | R | RW | RW | R 1 | esc. | R plus | – | R | RW | b-g | b-g | – | –"
    ),
    DataClass.CPR: (
        "write only | – | masked, reveal+reason | RW | masked, reveal | – | – | masked | –"
        " | reveal | reveal | – | – | – | –"
    ),
    DataClass.TEXT: (
        "own RW | – | R | R | R | R 1 | esc. | R plus | – | R | b-g | b-g | b-g | – | –"
    ),
    DataClass.OFFENCE: (
        "own | – | R | R | R | only if gate names it | esc. | R plus | – | R | b-g | – | – | – | –"
    ),
    DataClass.SENSITIVE: (
        "own | – | gate | gate | gate | gate | – | gate | – | R | – | – | – | – | –"
    ),
    DataClass.REPORTER: "self | – | R 2 | R | R | – | – | R 2 | – | R | R | – | R | – | –",
    DataClass.VIEW: "– | – | RW | RW | RW | R 1 | esc. | RW plus | – | R | – | – | – | – | –",
    DataClass.ACTIONS: (
        "– | – | RW | RW | RW | own action | esc. | RW plus | – | R | – | – | – | – | –"
    ),
    DataClass.DECISIONS: (
        "own gate | – | RW | RW | RW | own gate | M | RW plus | – | R | R | M | R | – | –"
    ),
    DataClass.LOG: (
        "– | – | – | – | – | – | – | – | – | R (for ACC) | M | M | R | health only | –"
    ),
    DataClass.JOURNAL: "– | – | R | RW | R | – | M | R | – | RW | R | M | R | – | –",
    DataClass.SCREENING: (
        "– | general | R own area | RW | – | gate | general | R plus | – | R | – | – | – | – | –"
    ),
}
CELLS: Mapping[DataClass, Mapping[Role, Cell]] = {
    data_class: dict(zip(COLUMNS, map(Cell, row.split(" | ")), strict=True))
    for data_class, row in _TABLE.items()
}

Condition = Callable[[PersonId, Matter, DataClass], bool]


def _always(_person: PersonId, _matter: Matter, _class: DataClass) -> bool:
    return True


def _plus(_person: PersonId, matter: Matter, _class: DataClass) -> bool:
    return matter.plus


def _unshielded(_person: PersonId, matter: Matter, _class: DataClass) -> bool:
    """Keep a shielded reporter to the facilitator and the Secretariat (concern.md §4.6)."""
    return not matter.shielded


def _granted(kind: GrantKind) -> Condition:
    """Tell whether a grant of this kind names the class to this person."""

    def condition(person: PersonId, matter: Matter, data_class: DataClass) -> bool:
        return any(
            each.kind is kind and each.person == person and data_class in each.classes
            for each in matter.grants
        )

    return condition


def _gated(person: PersonId, matter: Matter, data_class: DataClass) -> bool:
    """Tell whether a gate names this person for what is sensitive (S115-3, S115-8)."""
    named = data_class is DataClass.SENSITIVE and person in matter.gated
    return named or _granted(GrantKind.AD_HOC)(person, matter, data_class)


_MEANS: Mapping[Cell, tuple[frozenset[Sight], Condition]] = {
    Cell.NONE: (frozenset(), _always),
    Cell.AGGREGATE: (frozenset({Sight.AGGREGATE}), _always),
    Cell.AGGREGATE_OWN_AREA: (frozenset({Sight.AGGREGATE}), _always),
    Cell.METADATA: (frozenset({Sight.METADATA}), _always),
    Cell.STATUS: (frozenset({Sight.STATUS}), _always),
    Cell.OWN: (frozenset({Sight.OWN}), _always),
    Cell.SELF: (frozenset({Sight.OWN}), _always),
    Cell.OWN_WRITE: (frozenset({Sight.OWN, Sight.WRITE}), _always),
    Cell.WRITE_ONLY: (frozenset({Sight.WRITE}), _always),
    Cell.READ: (frozenset({Sight.READ}), _always),
    Cell.WRITE: (frozenset({Sight.READ, Sight.WRITE}), _always),
    Cell.READ_GRANTED: (frozenset({Sight.READ}), _granted(GrantKind.AD_HOC)),
    Cell.READ_PLUS: (frozenset({Sight.READ}), _plus),
    Cell.WRITE_PLUS: (frozenset({Sight.READ, Sight.WRITE}), _plus),
    Cell.READ_UNSHIELDED: (frozenset({Sight.READ}), _unshielded),
    Cell.NAMED: (frozenset({Sight.READ}), _granted(GrantKind.AD_HOC)),
    Cell.GATE: (frozenset({Sight.READ}), _gated),
    Cell.ESCALATED: (frozenset({Sight.READ}), _granted(GrantKind.ESCALATION)),
    Cell.BREAK_GLASS: (frozenset({Sight.READ}), _granted(GrantKind.BREAK_GLASS)),
    Cell.MASKED: (frozenset({Sight.MASKED}), _always),
    Cell.MASKED_REVEAL: (frozenset({Sight.MASKED, Sight.REVEAL}), _always),
    Cell.MASKED_REVEAL_REASON: (frozenset({Sight.MASKED, Sight.REVEAL}), _always),
    Cell.REVEAL: (frozenset({Sight.MASKED, Sight.REVEAL}), _always),
    Cell.OWN_ACTION: (frozenset({Sight.OWN}), _always),
    Cell.OWN_GATE: (frozenset({Sight.OWN}), _always),
    Cell.GENERAL: (frozenset({Sight.GENERAL}), _always),
    Cell.OWN_AREA: (frozenset({Sight.GENERAL, Sight.OWN_AREA}), _always),
    Cell.FOR_ACCESS: (frozenset({Sight.READ}), _always),
    Cell.HEALTH: (frozenset({Sight.HEALTH}), _always),
}


def readable(actor: Actor, matter: Matter) -> frozenset[DataClass]:
    """Name the classes that the actor may read whole in this matter."""
    return seen(actor, matter, Sight.READ)


def writable(actor: Actor, matter: Matter) -> frozenset[DataClass]:
    """Name the classes that the actor may add to in this matter."""
    return seen(actor, matter, Sight.WRITE)


def seen(actor: Actor, matter: Matter, sight: Sight) -> frozenset[DataClass]:
    """Name the classes that the actor sees in this way; what is not in the table is not seen."""
    held = roles(actor, matter)
    return frozenset(
        data_class for data_class in DataClass if sight in _sights(actor, matter, held, data_class)
    )


def cell(role: Role, data_class: DataClass) -> Cell:
    """Look up what stands in the table; the owner of an action sees that action and no more."""
    if role in BESIDE_CASES:
        return Cell.NONE
    if role is Role.OWNER:
        return Cell.OWN_ACTION if data_class is DataClass.ACTIONS else Cell.NONE
    return CELLS[data_class][READS_AS.get(role, role)]


def _sights(
    actor: Actor, matter: Matter, held: frozenset[Role], data_class: DataClass
) -> set[Sight]:
    means = [_MEANS[cell(role, data_class)] for role in held]
    opened = {
        sight
        for sights, holds in means
        if holds(actor.person.id, matter, data_class)
        for sight in sights
    }
    if _has_it_in_hand(matter, held, data_class):
        opened.add(Sight.READ)
    return opened


def _has_it_in_hand(matter: Matter, held: frozenset[Role], data_class: DataClass) -> bool:
    """Tell whether the reporter's own gate opens what is sensitive: it names the facilitator."""
    facilitates = bool(held & {Role.FAC, Role.PFAC})
    arrived = matter.kind is MatterKind.CONCERN
    return data_class is DataClass.SENSITIVE and arrived and facilitates
