"""The fifteen local areas, what people call them, and which groups serve them (domain.md §2.3)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A local area; `aliases` are names that mean this area and no other."""

    code: AreaCode
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def _area(code: str, name: str, *aliases: str) -> Area:
    return Area(code=AreaCode(code), name=name, aliases=aliases)


AREAS = (  # AREA-1, in its order; the aliases are ours, and may be replaced
    _area("BRO", "Brønshøj/Bellahøj", "Brønshøj", "Bellahøj"),
    _area("BIS", "Bispebjerg", "Nordvest", "Nordvestkvarteret"),
    _area("OST", "Østerbro", "Nordhavn", "Nordhavnen"),
    _area("YNB", "Ydre Nørrebro", "Mjølnerparken", "Haraldsgadekvarteret"),
    _area("INB", "Indre Nørrebro", "Blågården", "Blågårds Plads"),
    _area("IBC", "Indre By og Christianshavn", "Indre By", "Christianshavn", "Christiania"),
    _area("ANO", "Amager Nordøst"),
    _area("ASO", "Amager Sydøst"),
    _area("ISB", "Islands Brygge & Sundbyvester", "Islands Brygge", "Sundbyvester", "Bryggen"),
    _area("ORE", "Ørestad", "Ørestaden"),
    _area("VES", "Vesterbro"),
    _area("SYD", "Sydhavnen", "Sydhavn", "Kongens Enghave", "Kgs. Enghave", "Sluseholmen"),
    _area("VAL", "Valby", "Folehaven", "Akacieparken"),
    _area("VAN", "Vanløse"),
    _area("TIN", "Tingbjerg/Husum", "Tingbjerg", "Husum"),
)


def _codes(text: str) -> tuple[AreaCode, ...]:
    return tuple(AreaCode(code) for code in text.split())


AMBIGUOUS: Mapping[str, tuple[AreaCode, ...]] = {  # AREA-5: asked about, never guessed
    "Nørrebro": _codes("YNB INB"),
    "Amager": _codes("ANO ASO ISB ORE"),
    "Amager Øst": _codes("ANO ASO"),
    "Amager Vest": _codes("ISB ORE"),
    "Amagerbro": _codes("ANO ASO ISB"),
    "Sundby": _codes("ANO ASO ISB"),
    "Sundbyøster": _codes("ANO ASO"),
}

NEIGHBOURS = ("Frederiksberg", "Tårnby", "Kastrup", "Dragør", "Hvidovre", "Rødovre", "Gladsaxe")


def area(code: AreaCode, *, areas: Iterable[Area] = AREAS) -> Area:
    """Find an area by its code.

    :raises KeyError: when no area has it
    """
    return {each.code: each for each in areas}[code]


def read_area(text: str, *, areas: Collection[Area] = AREAS) -> AreaCode:
    """Read an area typed as its number in the list (from 1), its code, its name or an alias.

    :raises RuleBroken: `area.ambiguous` with the `names` to choose from (AREA-5),
        `area.elsewhere` with the neighbouring municipality as `place` (AREA-7), or
        `area.unknown`
    """
    said = _plain(text)
    for number, each in enumerate(areas, start=1):
        if said in {str(number), _plain(each.code), *map(_plain, each.names)}:
            return each.code
    for name, options in AMBIGUOUS.items():
        if said == _plain(name):
            names = ", ".join(area(code, areas=areas).name for code in options)
            raise RuleBroken("area.ambiguous", names=names)
    for place in NEIGHBOURS:
        if said == _plain(place):
            raise RuleBroken("area.elsewhere", place=place)
    raise RuleBroken("area.unknown")


def _plain(text: str) -> str:
    """Forget what people write differently without meaning another place."""
    for spelling, same in (("&", " og "), ("/", " "), ("-", " "), (".", "")):
        text = text.replace(spelling, same)
    return " ".join(text.casefold().split())


class Flaw(StrEnum):
    """What can be wrong with the areas' mapping (AREA-3)."""

    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_GROUP = "unknown_group"
    NOT_SERVED = "not_served"
    SERVED_TWICE = "served_twice"
    WITHOUT_AREA = "without_area"
    SEVERAL_LEADERS = "several_leaders"


_IN_WORDS = {
    Flaw.UNKNOWN_AREA: "{about} is not one of the areas",
    Flaw.UNKNOWN_GROUP: "{about} is not one of the groups",
    Flaw.NOT_SERVED: "area {about} has no {kind}",
    Flaw.SERVED_TWICE: "area {about} has more than one {kind}",
    Flaw.WITHOUT_AREA: "{kind} {about} has no area",
    Flaw.SEVERAL_LEADERS: "the areas of {kind} {about} lie under several leader groups",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with the mapping; `str()` says it in a sentence for the log."""

    flaw: Flaw
    about: str
    kind: str

    @property
    def is_warning(self) -> bool:
        return self.flaw is Flaw.SEVERAL_LEADERS

    def __str__(self) -> str:
        return _IN_WORDS[self.flaw].format(about=self.about, kind=self.kind)


Mapped = Collection[tuple[AreaCode, CommitteeCode]]


def check_mapping(
    *,
    area_to_kg: Mapped,
    area_to_lg: Mapped,
    kgs: Collection[CommitteeCode],
    lgs: Collection[CommitteeCode],
    areas: Collection[Area] = AREAS,
) -> tuple[Problem, ...]:
    """Check that every area has exactly one group of each kind, and every group an area (AREA-3).

    The mappings are pairs, so that an area written down twice can be seen.
    """
    codes = [each.code for each in areas]
    leader_of = dict(area_to_lg)
    led_by = {kg: {leader_of.get(code) for code, each in area_to_kg if each == kg} for kg in kgs}
    return (
        *_check_one(area_to_kg, groups=kgs, codes=codes, kind="coordination group"),
        *_check_one(area_to_lg, groups=lgs, codes=codes, kind="leader group"),
        *(
            Problem(flaw=Flaw.SEVERAL_LEADERS, about=kg, kind="coordination group")
            for kg, leaders in led_by.items()
            if len(leaders - {None}) > 1
        ),
    )


def _check_one(
    mapped: Mapped,
    *,
    groups: Collection[CommitteeCode],
    codes: Collection[AreaCode],
    kind: str,
) -> Iterable[Problem]:
    served = Counter(code for code, _ in mapped)
    used = {group for _, group in mapped}
    found: Mapping[Flaw, Iterable[str]] = {
        Flaw.UNKNOWN_AREA: served.keys() - set(codes),
        Flaw.UNKNOWN_GROUP: used - set(groups),
        Flaw.NOT_SERVED: set(codes) - served.keys(),
        Flaw.SERVED_TWICE: {code for code, times in served.items() if times > 1},
        Flaw.WITHOUT_AREA: set(groups) - used,
    }
    for flaw, abouts in found.items():
        for about in sorted(abouts):
            yield Problem(flaw=flaw, about=about, kind=kind)
