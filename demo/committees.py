"""The demo's 31 committees, and the Teams teams some of them meet in."""

from uuid import NAMESPACE_DNS, uuid5

from demo.areas import AREAS, COORDINATION_GROUPS, LEADER_GROUPS
from domain.people import AreaCode, Committee, CommitteeCode, CommitteeType

NAMESPACE = uuid5(NAMESPACE_DNS, "ssp-demo.example")

_LOCAL_WITH_A_TEAM = {"LU-VAL", "LU-YNB", "LU-TIN"}


def _with_a_team(code: str, type: CommitteeType) -> bool:
    coordinates = type in {CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION}
    return coordinates or code in _LOCAL_WITH_A_TEAM


def _committee(
    type: CommitteeType, code: str, name: str, areas: tuple[AreaCode, ...] = ()
) -> Committee:
    team = f"19:{uuid5(NAMESPACE, f'team {code}').hex}@thread.tacv2"
    return Committee(
        code=CommitteeCode(code),
        type=type,
        name=name,
        areas=areas,
        team_id=team if _with_a_team(code, type) else None,
    )


def _numbered(
    type: CommitteeType, name: str, groups: tuple[tuple[AreaCode, ...], ...]
) -> list[Committee]:
    return [
        _committee(
            type,
            f"{type}{number}",
            f"{name} {number} ({', '.join(AREAS[area] for area in areas)})",
            areas,
        )
        for number, areas in enumerate(groups, start=1)
    ]


COMMITTEES: tuple[Committee, ...] = (
    _committee(CommitteeType.STEERING, "SG", "Styregruppen"),
    _committee(CommitteeType.MANAGERS, "CG", "Chefgruppen"),
    *_numbered(CommitteeType.LEADER, "Ledergruppe", LEADER_GROUPS),
    _committee(CommitteeType.SSP_PLUS_LEADER, "PLG", "SSP+ Ledergruppen"),
    *(
        _committee(CommitteeType.LOCAL, f"LU-{area}", f"Lokaludvalg {name}", (area,))
        for area, name in AREAS.items()
    ),
    *_numbered(CommitteeType.COORDINATION, "Koordinationsgruppe", COORDINATION_GROUPS),
    _committee(CommitteeType.SSP_PLUS_COORDINATION, "PKG", "SSP+ Koordinationsgruppen"),
)
