"""Whether every area is served by one coordination group and led by one leader group (AREA-3)."""

from dataclasses import dataclass

from domain.areas import Flaw, Problem, check_mapping
from domain.people import AreaCode, CommitteeCode, CommitteeType, Organisation

_UNFINISHED = {Flaw.NOT_SERVED, Flaw.WITHOUT_AREA}  # the concerns of these go to triage
_GROUP = {"coordination group": "koordinationsgruppe", "leader group": "ledergruppe"}
_IN_WORDS = {
    Flaw.UNKNOWN_AREA: "»{about}« er ikke et af områderne, men har en {group}",
    Flaw.UNKNOWN_GROUP: "»{about}« findes ikke blandt udvalgene",
    Flaw.NOT_SERVED: "området {about} har ingen {group}; skriv det på en af dem",
    Flaw.SERVED_TWICE: "området {about} har mere end én {group}",
    Flaw.WITHOUT_AREA: "{about} har ingen områder",
    Flaw.SEVERAL_LEADERS: "områderne i {about} ligger under flere ledergrupper",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFindings:
    """What `check_mapping` found, as sentences, by what must be done about it.

    `wrong` cannot be loaded. `unfinished` is loaded only when somebody says so: until it is
    finished, the concerns of those areas go to triage. `untidy` is for information.
    """

    wrong: tuple[str, ...]
    unfinished: tuple[str, ...]
    untidy: tuple[str, ...]


def check_areas(organisation: Organisation) -> AreaFindings:
    """Check the areas of the coordination groups and leader groups in the register."""
    problems = check_mapping(
        area_to_kg=_served(organisation, CommitteeType.COORDINATION),
        area_to_lg=_served(organisation, CommitteeType.LEADER),
        kgs=_codes(organisation, CommitteeType.COORDINATION),
        lgs=_codes(organisation, CommitteeType.LEADER),
    )
    unfinished = [problem for problem in problems if problem.flaw in _UNFINISHED]
    untidy = [problem for problem in problems if problem.is_warning]
    wrong = [problem for problem in problems if problem not in (*unfinished, *untidy)]
    return AreaFindings(wrong=_said(wrong), unfinished=_said(unfinished), untidy=_said(untidy))


def _served(
    organisation: Organisation, type: CommitteeType
) -> list[tuple[AreaCode, CommitteeCode]]:
    return [
        (area, committee.code)
        for committee in organisation.committees
        if committee.type is type
        for area in committee.areas
    ]


def _codes(organisation: Organisation, type: CommitteeType) -> list[CommitteeCode]:
    return [committee.code for committee in organisation.committees if committee.type is type]


def _said(problems: list[Problem]) -> tuple[str, ...]:
    return tuple(
        _IN_WORDS[problem.flaw].format(about=problem.about, group=_GROUP[problem.kind])
        for problem in problems
    )
