"""A register that does not hold together is refused, with everything that is wrong with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from demo.organisation import demo_organisation
from domain.people import (
    AreaCode,
    Committee,
    CommitteeCode,
    Institution,
    Membership,
    Organisation,
    PersonId,
)
from usecases.check_areas import check_areas
from usecases.check_organisation import OrganisationProblem, check_organisation

DEMO = demo_organisation()
GROUP = "b0000000-0000-4000-8000-000000000001"
KG1, KG2 = CommitteeCode("KG1"), CommitteeCode("KG2")
KG2_TEAM = next(each.team_id for each in DEMO.committees if each.code == "KG2")


def with_committee(code: str, change: Callable[[Committee], Committee]) -> Organisation:
    return replace(
        DEMO,
        committees=[change(each) if each.code == code else each for each in DEMO.committees],
    )


def with_seat(
    *, person: str = "anna", committee: str = "KG5", slot: str = "KG.opt"
) -> Organisation:
    seat = Membership(committee=CommitteeCode(committee), person=PersonId(person), slot=slot)
    return replace(DEMO, memberships=[*DEMO.memberships, seat])


def with_areas(code: str, *areas: str) -> Organisation:
    return with_committee(
        code, lambda each: replace(each, areas=tuple(AreaCode(area) for area in areas))
    )


def test_the_demo_holds_together() -> None:
    assert check_organisation(DEMO) == []


def test_all_problems_are_told_at_once() -> None:
    anna, *others = DEMO.people
    organisation = replace(
        DEMO,
        people=[replace(anna, aad_id="anna@kk.example"), *others],
        memberships=[
            *with_seat(slot="KG.9").memberships,
            *with_seat(person="eva").memberships[-1:],
        ],
    )

    told = check_organisation(organisation)

    assert told[0] == "Anna Bregnekær: aad_id »anna@kk.example« er ikke et objekt-id fra Entra"
    assert told[1].startswith("Anna Bregnekær: KG5 har ingen plads »KG.9«; der er KG.1, KG.2")
    assert told[2] == "eva har en plads i KG5, men findes ikke blandt personerne"
    assert len(told) == 3


@pytest.mark.parametrize(
    ("organisation", "told"),
    [
        (
            replace(DEMO, people=[*DEMO.people, DEMO.people[0]]),
            "2 personer har id »anna«; kun én kan have det",
        ),
        (
            replace(
                DEMO,
                people=[
                    *DEMO.people,
                    replace(
                        DEMO.people[0], id=PersonId("x"), aad_id=DEMO.people[0].aad_id.upper()
                    ),
                ],
            ),
            f"2 personer har aad_id »{DEMO.people[0].aad_id}«; kun én kan have det",
        ),
        (
            replace(DEMO, people=[replace(each, offices=frozenset()) for each in DEMO.people]),
            "ingen aktiv person har funktionen SEK; nogen skal tage imod, når ingen anden kan",
        ),
        (
            replace(DEMO, committees=[*DEMO.committees, DEMO.committees[0]]),
            "der skal være 1 udvalg af typen SG; der er 2",
        ),
        (
            with_committee("KG1", lambda each: replace(each, team_id=KG2_TEAM)),
            f"2 udvalg har team_id »{KG2_TEAM}«; kun én kan have det",
        ),
        (
            replace(DEMO, groups=dict.fromkeys((KG1, KG2), GROUP)),
            f"2 udvalg har entra_group »{GROUP}«; kun én kan have det",
        ),
        (
            replace(DEMO, groups={CommitteeCode("KG1"): "kg1@kk.example"}),
            "KG1: entra_group »kg1@kk.example« er ikke et objekt-id fra Entra",
        ),
        (with_areas("LU-VAL"), "Lokaludvalg Valby skal have ét område; det har 0"),
        (with_areas("LU-VAL", "VAN"), "2 lokaludvalg har området »VAN«; kun én kan have det"),
        (
            with_seat(committee="KG8"),
            "Anna Bregnekær har en plads i »KG8«, som ikke findes blandt udvalgene",
        ),
        (with_seat(person="carl"), "Carl Ulvesti har 2 pladser i KG5; én er nok"),
        (
            replace(
                DEMO, institutions=[Institution(area=AreaCode("FRB"), name="Skolen", kind="klub")]
            ),
            "Skolen: området »FRB« kendes ikke",
        ),
        (
            replace(
                DEMO, institutions=[Institution(area=AreaCode("VAL"), name="Skolen", kind="klub")]
            ),
            "Skolen: kind er »klub«; skriv school eller leisure_centre",
        ),
    ],
)
def test_a_problem_is_told(organisation: Organisation, told: str) -> None:
    assert told in check_organisation(organisation)


class TestAreas:
    """AREA-3, and invariant 14 of domain.md §15."""

    def test_every_area_of_the_demo_has_one_group_of_each_kind(self) -> None:
        found = check_areas(DEMO)

        assert (found.wrong, found.unfinished, found.untidy) == ((), (), ())

    def test_an_area_without_a_group_is_unfinished(self) -> None:
        found = check_areas(with_areas("KG5", "VAN"))

        assert found.unfinished == (
            "området VAL har ingen koordinationsgruppe; skriv det på en af dem",
        )
        assert found.wrong == ()

    def test_a_group_without_areas_is_unfinished(self) -> None:
        found = check_areas(with_areas("LG5"))

        assert "LG5 har ingen områder" in found.unfinished

    def test_an_area_with_two_groups_is_wrong(self) -> None:
        found = check_areas(with_areas("KG4", "VES", "SYD", "VAL"))

        assert found.wrong == ("området VAL har mere end én koordinationsgruppe",)

    def test_an_area_nobody_knows_is_wrong(self) -> None:
        found = check_areas(with_areas("KG4", "VES", "SYD", "FRB"))

        assert found.wrong == ("»FRB« er ikke et af områderne, men har en koordinationsgruppe",)

    def test_a_group_under_two_leader_groups_is_untidy(self) -> None:
        moved = with_areas("LG3", "VES", "SYD", "VAN")
        moved = replace(
            moved,
            committees=[
                replace(each, areas=(*each.areas, AreaCode("VAL"))) if each.code == "LG4" else each
                for each in moved.committees
            ],
        )

        found = check_areas(moved)

        assert found.untidy == ("områderne i KG5 ligger under flere ledergrupper",)
        assert (found.wrong, found.unfinished) == ((), ())


def test_the_message_lists_every_problem_on_its_own_line() -> None:
    refused = OrganisationProblem(["det ene", "det andet"])

    assert str(refused) == "Registret kan ikke indlæses (2 fejl):\ndet ene\ndet andet"
