"""Who lives in the town of the stories: a few people with names, and the seats they hold.

Anna teaches in Valby, Bo facilitates the group that serves it, Carl holds the police's seat
there, Sofie social services' and Liv the school authority's; Kasper, Bente and Klaus sit in it
too, for authorities that a case brings in when it needs them. Eva facilitates the next group.
Line sits in Valby's local committee, Lars in the group that leads there. Pia facilitates SSP+,
with Sanne, Uffe, Per, Viggo and Ole; Ruth leads it. Grete is in the managers' group.

In the Secretariat Dorte and Dennis keep cases, Stine and Steen the register, and Henriette is
its head. Dan protects data, Sune keeps the machines. Helle works for a housing association and
is not covered by §115. Ulla is in Teams, but not in the register.
"""

from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)

TEAM = "19:kg5@thread.tacv2"


def _person(
    id: str,
    name: str,
    authority: Authority,
    function: str,
    *,
    covered: bool = True,
    **more: Office,
) -> Person:
    return Person(
        id=PersonId(id),
        aad_id=f"a0000000-0000-4000-8000-{sum(map(ord, id)):012}",
        name=name,
        authority=authority,
        function=function,
        email=f"{id}@ssp-demo.example",
        s115_covered=covered,
        offices=frozenset(more.values()),
    )


ANNA = _person("anna", "Anna Bregnekær", Authority.BUF, "Lærer")
BO = _person("bo", "Bo Havrelygte", Authority.SOF, "Stabsansvarlig")
CARL = _person("carl", "Carl Dybdahl", Authority.KP, "Politifaglig forebygger")
SOFIE = _person("sofie", "Sofie Tangmose", Authority.SOF, "Kriminalitetsmedarbejder")
LIV = _person("liv", "Liv Kløvergnist", Authority.BUF, "UU-vejleder")
KASPER = _person("kasper", "Kasper Morgenfjer", Authority.KFF, "Fritidsguide")
BENTE = _person("bente", "Bente Sommertåge", Authority.BIF, "Jobkonsulent")
KLAUS = _person("klaus", "Klaus Vinterpil", Authority.KFO, "Socialrådgiver, KiF")
LINE = _person("line", "Line Lyngspire", Authority.BUF, "Pædagog")
LARS = _person("lars", "Lars Hasselkrone", Authority.BUF, "Skoleleder")
EVA = _person("eva", "Eva Rimfrost", Authority.SOF, "Stabsansvarlig")
PIA = _person("pia", "Pia Plovmand", Authority.SOF, "Stabsansvarlig, SSP+")
SANNE = _person("sanne", "Sanne Strandsti", Authority.SOF, "Rådgiver, børn og voksne")
UFFE = _person("uffe", "Uffe Tjørnekvist", Authority.BUF, "UU-vejleder")
PER = _person("per", "Per Ravhjort", Authority.KP, "Politifaglig forebygger")
VIGGO = _person("viggo", "Viggo Månebølge", Authority.BIF, "Jobkonsulent")
OLE = _person("ole", "Ole Sølvsejl", Authority.KFO, "Socialrådgiver, KiF")
RUTH = _person("ruth", "Ruth Traneklokke", Authority.KFO, "Leder, KiF")
GRETE = _person("grete", "Grete Nordlysglimt", Authority.KFF, "Områdechef")
DORTE = _person("dorte", "Dorte Skovfoged", Authority.SOF, "Sekretariatet", office=Office.SEK)
DENNIS = _person("dennis", "Dennis Åkande", Authority.SOF, "Sekretariatet", office=Office.SEK)
STINE = _person("stine", "Stine Mosevinge", Authority.SOF, "Sekretariatet", office=Office.STEW)
STEEN = _person("steen", "Steen Brombærdrys", Authority.SOF, "Sekretariatet", office=Office.STEW)
HENRIETTE = _person(
    "henriette", "Henriette Lærkefjed", Authority.SOF, "Sekretariatschef", office=Office.HEAD
)
DAN = _person("dan", "Dan Skovsang", Authority.SOF, "Databeskyttelse", office=Office.DPO)
SUNE = _person("sune", "Sune Ulvefløjte", Authority.SOF, "Drift", office=Office.SYS)
HELLE = _person("helle", "Helle Helhed", Authority.SOF, "Boligsocial medarbejder", covered=False)
ULLA = _person("ulla", "Ulla Udenfor", Authority.KFF, "Ikke i registret")

EVERYBODY = (
    *(ANNA, BO, CARL, SOFIE, LIV, KASPER, BENTE, KLAUS, LINE, LARS, EVA),
    *(PIA, SANNE, UFFE, PER, VIGGO, OLE, RUTH, GRETE),
    *(DORTE, DENNIS, STINE, STEEN, HENRIETTE, DAN, SUNE, HELLE),
)

VALBY_GROUP = Committee(
    code=CommitteeCode("KG5"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe Vest",
    areas=(AreaCode("VAL"),),
    team_id=TEAM,
)
VANLOESE_GROUP = Committee(
    code=CommitteeCode("KG6"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe Nordvest",
    areas=(AreaCode("VAN"),),
)
PLUS_GROUP = Committee(
    code=CommitteeCode("PKG"),
    type=CommitteeType.SSP_PLUS_COORDINATION,
    name="SSP+ koordinationsgruppe",
)
VALBY_LOCAL = Committee(
    code=CommitteeCode("LU-VAL"),
    type=CommitteeType.LOCAL,
    name="Lokaludvalg Valby",
    areas=(AreaCode("VAL"),),
)
LEADERS = Committee(
    code=CommitteeCode("LG3"),
    type=CommitteeType.LEADER,
    name="Ledergruppe Vest",
    areas=(AreaCode("VAL"),),
)
PLUS_LEADERS = Committee(
    code=CommitteeCode("PLG"), type=CommitteeType.SSP_PLUS_LEADER, name="SSP+ ledergruppe"
)
MANAGERS = Committee(code=CommitteeCode("CG"), type=CommitteeType.MANAGERS, name="Chefgruppen")


def _seat(group: Committee, person: Person, slot: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=group.code, person=person.id, slot=slot, seat=seat)


ORGANISATION = Organisation(
    people=EVERYBODY,
    committees=(
        *(VALBY_GROUP, VANLOESE_GROUP, PLUS_GROUP),
        *(VALBY_LOCAL, LEADERS, PLUS_LEADERS, MANAGERS),
    ),
    memberships=(
        _seat(VALBY_GROUP, BO, "facilitator", Seat.FACILITATOR),
        _seat(VALBY_GROUP, CARL, "KG.5"),
        _seat(VALBY_GROUP, SOFIE, "KG.1"),
        _seat(VALBY_GROUP, LIV, "KG.3"),
        _seat(VALBY_GROUP, KASPER, "KG.opt"),
        _seat(VALBY_GROUP, BENTE, "KG.opt"),
        _seat(VALBY_GROUP, KLAUS, "KG.opt"),
        _seat(VANLOESE_GROUP, EVA, "facilitator", Seat.FACILITATOR),
        _seat(PLUS_GROUP, PIA, "facilitator", Seat.FACILITATOR),
        _seat(PLUS_GROUP, SANNE, "PKG.1"),
        _seat(PLUS_GROUP, UFFE, "PKG.5"),
        _seat(PLUS_GROUP, VIGGO, "PKG.6"),
        _seat(PLUS_GROUP, PER, "PKG.7"),
        _seat(PLUS_GROUP, OLE, "PKG.8"),
        _seat(VALBY_LOCAL, LINE, "LU.4"),
        _seat(LEADERS, LARS, "LG.3"),
        _seat(PLUS_LEADERS, RUTH, "PLG.7"),
        _seat(MANAGERS, GRETE, "CG.3"),
    ),
)
