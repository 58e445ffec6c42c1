"""About four hundred invented professionals in their seats; the same people every time."""

from functools import cache
from uuid import uuid5

from demo.areas import AREAS
from demo.committees import COMMITTEES, NAMESPACE
from demo.functions import AUTHORITIES, FUNCTIONS
from demo.names import full_names, mailbox
from demo.places import INSTITUTIONS, names_of
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeType,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.representation import (
    LEISURE_CENTRE,
    SCHOOL,
    Slot,
    facilitating_slot,
    optional_slot,
    required_slots,
)

# The people every example and test knows, and the seats they sit in (README, "Who is who")
_KNOWN = {
    PersonId("anna"): "Anna Bregnekær",
    PersonId("bo"): "Bo Havrelygte",
    PersonId("carl"): "Carl Ulvesti",
    PersonId("dorte"): "Dorte Lærkesejl",
}
_SEATED_AS = {"fac-kg5": PersonId("bo"), "kg5-5-1": PersonId("carl"), "sek-1": PersonId("dorte")}

# Two people of one name, so that whoever looks somebody up by name must ask which
_NAMESAKES = {
    PersonId("lu-bro-3-1"): "Mette Stjernesang",
    PersonId("kg5-6-1"): "Mette Stjernesang",
}

# Left empty on purpose, to be found by the composition report (README, "Gaps")
VACANT = frozenset({"kg6-6-1", "lg4-3-2", "lu-ore-3-2", "lu-tin-7-1", "pkg-4-1"})

_WITH_SUBSTITUTES = frozenset(
    {"CG", "LG.1", "LG.6", "LG.7", "LU.7", "KG.1", "KG.2", "KG.3", "KG.5", "KG.6", "PKG"}
)

_OFFICES: tuple[tuple[str, Office, Authority, str], ...] = (
    ("head", Office.HEAD, Authority.SOF, "Sekretariatschef, SSP Sekretariatet"),
    ("sek-1", Office.SEK, Authority.SOF, "Sagskoordinator, SSP Sekretariatet"),
    ("sek-2", Office.SEK, Authority.SOF, "Konsulent, SSP Sekretariatet"),
    ("sek-3", Office.SEK, Authority.KP, "Politiassistent, udlånt til SSP Sekretariatet"),
    ("stew-1", Office.STEW, Authority.SOF, "Dataansvarlig medarbejder, SSP Sekretariatet"),
    ("stew-2", Office.STEW, Authority.SOF, "Registermedarbejder, SSP Sekretariatet"),
    ("dpo", Office.DPO, Authority.SOF, "Databeskyttelsesrådgiver"),
    ("sys", Office.SYS, Authority.SOF, "Systemadministrator"),
)
_ON_LOAN_FROM_THE_POLICE = "fac-kg7"

# Sit in the local committee, but stand outside §115 (S115-5): no personal data, ever
_HOUSING_PLANS = ("BIS", "YNB", "INB", "ASO", "VES", "SYD", "VAL", "TIN")

_REPORTERS_IN = ("VAN", "YNB", "TIN", "OST", "ANO", "SYD", "BIS", "INB", "ORE", "BRO", "VES")


class _Register:
    """People and seats as they are entered, in order; the order decides their names."""

    def __init__(self) -> None:
        self.people: dict[PersonId, Person] = {}
        self.memberships: list[Membership] = []
        self._names = full_names()
        self._mailboxes: set[str] = set()

    def enter(
        self,
        post: str,
        *,
        authority: Authority,
        function: str,
        s115_covered: bool = True,
        offices: frozenset[Office] = frozenset(),
    ) -> PersonId:
        known = _SEATED_AS.get(post, PersonId(post))
        name = {**_KNOWN, **_NAMESAKES}.get(known) or next(self._names)
        self.people[known] = Person(
            id=known,
            aad_id=str(uuid5(NAMESPACE, f"person {known}")),
            name=name,
            authority=authority,
            function=function,
            email=f"{self._mailbox(name)}@ssp-demo.example",
            phone=f"+45 00 00 {len(self.people) // 100:02} {len(self.people) % 100:02}",
            s115_covered=s115_covered,
            offices=offices,
        )
        return known

    def _mailbox(self, name: str) -> str:
        wanted = mailbox(name)
        free = wanted if wanted not in self._mailboxes else f"{wanted}2"
        self._mailboxes.add(free)
        return free

    def sit(
        self, committee: Committee, person: PersonId, slot: str, seat: Seat = Seat.MEMBER
    ) -> None:
        self.memberships.append(
            Membership(committee=committee.code, person=person, slot=slot, seat=seat)
        )


@cache
def demo_organisation() -> Organisation:
    """Build the whole fictional register; the four people everyone knows come first."""
    register = _Register()
    _secretariat(register)
    for committee in COMMITTEES:
        _fill(register, committee)
    _reporters(register)
    known = [register.people[person] for person in _KNOWN]
    return Organisation(
        people=tuple(dict.fromkeys([*known, *register.people.values()])),
        committees=COMMITTEES,
        memberships=tuple(register.memberships),
        institutions=INSTITUTIONS,
    )


def _secretariat(register: _Register) -> None:
    for post, office, authority, function in _OFFICES:
        register.enter(
            post,
            authority=authority,
            function=function,
            s115_covered=office is not Office.SYS,
            offices=frozenset({office}),
        )


def _fill(register: _Register, committee: Committee) -> None:
    """Seat everyone §3 asks for, their substitutes, and those who come on top."""
    post = committee.code.lower()
    for required in required_slots(committee, INSTITUTIONS):
        slot = required.slot
        if slot.office is Office.HEAD:
            register.sit(committee, PersonId("head"), slot.code, Seat.CHAIR)
            continue
        number = slot.code.rpartition(".")[2]
        places = _places(slot, committee)
        for turn in range(required.least):
            desk = f"{post}-{number}-{turn + 1}"
            if desk in VACANT:
                continue
            place = places[turn % len(places)]
            register.sit(committee, _member(register, slot, committee, turn, place), slot.code)
        if {slot.code, slot.committee.value} & _WITH_SUBSTITUTES:
            stands_in = register.enter(
                f"{post}-{number}-s",
                authority=slot.authority or Authority.SOF,
                function=_function(slot, turn=0, place=places[0]),
            )
            register.sit(committee, stands_in, slot.code, Seat.SUBSTITUTE)
    _come_on_top(register, committee, post)


def _member(
    register: _Register, slot: Slot, committee: Committee, turn: int, place: str
) -> PersonId:
    """Find or enter who fills a slot; a group's teachers come from its local committees."""
    if slot.code == "KG.4":
        return PersonId(f"lu-{committee.areas[turn].lower()}-3-1")
    return register.enter(
        f"{committee.code.lower()}-{slot.code.rpartition('.')[2]}-{turn + 1}",
        authority=slot.authority or Authority.SOF,
        function=_function(slot, turn=turn, place=place),
    )


def _function(slot: Slot, *, turn: int, place: str) -> str:
    said = FUNCTIONS[slot.code]
    return said[turn % len(said)].format(place=place)


def _places(slot: Slot, committee: Committee) -> list[str]:
    """Name what the seats of a slot are about, one after the other."""
    if slot.code in {"LU.3", "LG.3"}:
        return _spread(SCHOOL, committee)
    if slot.code in {"LU.4", "LG.4"}:
        return _spread(LEISURE_CENTRE, committee)
    if not committee.areas and slot.authority is not None:
        return [AUTHORITIES[slot.authority]]
    *first, last = (AREAS[area] for area in committee.areas)
    return [f"{', '.join(first)} og {last}" if first else last]


def _spread(kind: str, committee: Committee) -> list[str]:
    """Take all institutions of one area, or the first of each when there are several."""
    if len(committee.areas) == 1:
        return names_of(kind, *committee.areas)
    return [names_of(kind, area)[0] for area in committee.areas]


def _come_on_top(register: _Register, committee: Committee, post: str) -> None:
    """Seat the facilitators, and those whom §3 leaves to local need."""
    match committee.type:
        case CommitteeType.MANAGERS:
            slot = facilitating_slot(committee.type)
            register.sit(committee, PersonId("head"), slot, Seat.CHAIR)
        case CommitteeType.COORDINATION | CommitteeType.SSP_PLUS_COORDINATION:
            desk = f"fac-{post}"
            officer = register.enter(
                desk,
                authority=Authority.KP if desk == _ON_LOAN_FROM_THE_POLICE else Authority.SOF,
                function=f"Stabsansvarlig, SSP Sekretariatet, {committee.name}",
            )
            slot = facilitating_slot(committee.type)
            register.sit(committee, officer, slot, Seat.FACILITATOR)
            if committee.areas:
                nearby = PersonId(f"lu-{committee.areas[0].lower()}-7-1")
                register.sit(committee, nearby, optional_slot(committee.type))
        case CommitteeType.LOCAL if committee.areas[0] in _HOUSING_PLANS:
            neighbour = register.enter(
                f"{post}-helhedsplan",
                authority=Authority.SOF,
                function=f"Boligsocial medarbejder, helhedsplanen i {AREAS[committee.areas[0]]}",
                s115_covered=False,
            )
            register.sit(committee, neighbour, optional_slot(committee.type))
        case _:
            pass


def _reporters(register: _Register) -> None:
    """Enter those who may report a concern and sit nowhere; one of them is outside §115."""
    for post, area in [
        ("anna", AreaCode("VAL")),
        *((f"rep-{a.lower()}", a) for a in _REPORTERS_IN),
    ]:
        school = names_of(SCHOOL, AreaCode(area))[0]
        register.enter(post, authority=Authority.BUF, function=f"Lærer, {school}")
    register.enter(
        "rep-forening",
        authority=Authority.KFF,
        function="Frivillig træner, Boldklubben Månefløjten",
        s115_covered=False,
    )
