"""Invented public schools and leisure centres, a few for each area."""

from collections.abc import Iterator

from demo.areas import AREAS
from domain.people import AreaCode, Institution
from domain.representation import LEISURE_CENTRE, SCHOOL

_SCHOOLS_IN_AN_AREA = (4, 3, 5, 4)
_CENTRES_IN_AN_AREA = (3, 2, 3)

_SCHOOL_BEGINNINGS = (
    "Hasselmuse", "Lærkefløjte", "Ulvespors", "Havkatte", "Stjernekærs", "Bæverasp",
    "Nattergale", "Grævlinge", "Morilds", "Vindrose", "Isfugle", "Rådyr", "Egerns",
)  # fmt: skip
_SCHOOL_ENDINGS = ("bakkens", "engens", "lundens", "dalens", "højens", "vængets", "stiens")
_CENTRES = (
    "Månefærgen", "Guldsmeden", "Kometbanen", "Tusindbenet", "Regnbuebroen", "Krystalhulen",
    "Havgassen", "Trækronen", "Lanternen", "Fyrtårnsloftet", "Drageskuret", "Ildfluen",
    "Papirsvalen", "Tordenskyen", "Sæbekassen", "Ekkoet", "Blåhvalen", "Kanelstangen",
    "Rumskibet", "Skatkisten", "Solhvervet", "Lynlåsen", "Kæmpehøjen", "Vandmanden",
    "Myretuen", "Nordstjernen i gården", "Pusterummet", "Klatreborgen", "Sneharen",
    "Flyvefisken", "Muldvarpen", "Kaptajnens Kahyt", "Åkanden", "Brusehanen", "Talerstolen",
    "Trommehvirvlen", "Knaldperlen", "Søhesten", "Silkehalen", "Polarlyset",
)  # fmt: skip


def _schools() -> Iterator[str]:
    for number in range(len(_SCHOOL_BEGINNINGS) * len(_SCHOOL_ENDINGS)):
        beginning = _SCHOOL_BEGINNINGS[number % len(_SCHOOL_BEGINNINGS)]
        yield f"{beginning}{_SCHOOL_ENDINGS[number % len(_SCHOOL_ENDINGS)]} Skole"


def _centres() -> Iterator[str]:
    yield from (f"Fritidscenter {name}" for name in _CENTRES)


def _institutions() -> Iterator[Institution]:
    schools, centres = _schools(), _centres()
    for number, area in enumerate(AREAS):
        for _ in range(_SCHOOLS_IN_AN_AREA[number % len(_SCHOOLS_IN_AN_AREA)]):
            yield Institution(area=area, name=next(schools), kind=SCHOOL)
        for _ in range(_CENTRES_IN_AN_AREA[number % len(_CENTRES_IN_AN_AREA)]):
            yield Institution(area=area, name=next(centres), kind=LEISURE_CENTRE)


INSTITUTIONS: tuple[Institution, ...] = tuple(_institutions())


def names_of(kind: str, *areas: AreaCode) -> list[str]:
    """List the institutions of a kind in these areas, in the register's order."""
    return [place.name for place in INSTITUTIONS if place.kind == kind and place.area in areas]
