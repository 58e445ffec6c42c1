"""Areas: typed names (AREA-5, AREA-7) and the mapping onto groups (AREA-3, invariant 14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.areas import AMBIGUOUS, AREAS, Flaw, Mapped, Problem, area, check_mapping, read_area
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode

KGS = [CommitteeCode(f"KG{n}") for n in range(1, 8)]
LGS = [CommitteeCode(f"LG{n}") for n in range(1, 6)]
CODES = [each.code for each in AREAS]


def test_area_1_there_are_fifteen_areas() -> None:
    assert len(set(CODES)) == 15


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4", "YNB"),
        ("15", "TIN"),
        ("ynb", "YNB"),
        ("Ydre Nørrebro", "YNB"),
        ("  ydre   nørrebro ", "YNB"),
        ("ydre-nørrebro", "YNB"),
        ("Brønshøj / Bellahøj", "BRO"),
        ("bellahøj", "BRO"),
        ("Islands Brygge og Sundbyvester", "ISB"),
        ("Islands Brygge & Sundbyvester", "ISB"),
        ("Indre By & Christianshavn", "IBC"),
        ("christianshavn", "IBC"),
        ("Tingbjerg/Husum", "TIN"),
        ("Kgs Enghave", "SYD"),
        ("ØRESTAD", "ORE"),
    ],
)
def test_an_area_is_typed_by_number_code_name_or_alias(text: str, code: str) -> None:
    assert read_area(text) == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nørrebro", "Ydre Nørrebro, Indre Nørrebro"),
        ("amager", "Amager Nordøst, Amager Sydøst, Islands Brygge & Sundbyvester, Ørestad"),
    ],
)
def test_area_5_a_name_for_several_areas_is_asked_about(text: str, names: str) -> None:
    with pytest.raises(RuleBroken) as question:
        read_area(text)

    assert question.value.code == "area.ambiguous"
    assert question.value.facts == {"names": names}


def test_area_7_a_neighbouring_municipality_is_recognised() -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_area("frederiksberg")

    assert refusal.value.code == "area.elsewhere"
    assert refusal.value.facts == {"place": "Frederiksberg"}


@pytest.mark.parametrize("text", ["", "0", "16", "Aarhus", "Ydre", "ved ikke"])
def test_an_unknown_place_is_said_to_be_unknown(text: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        read_area(text)

    assert refusal.value.code == "area.unknown"


def test_no_name_means_two_things() -> None:
    names = [name.casefold() for each in AREAS for name in (each.code, *each.names)]
    names += [name.casefold() for name in AMBIGUOUS]

    assert len(names) == len(set(names))


def test_every_option_of_an_ambiguous_name_is_an_area() -> None:
    offered = {code for options in AMBIGUOUS.values() for code in options}

    assert {area(code).code for code in offered} == offered


@given(st.text(max_size=40))
def test_any_text_is_an_area_or_is_refused_kindly(text: str) -> None:
    try:
        code = read_area(text)
    except RuleBroken:
        return
    assert code in CODES


def spread(groups: list[CommitteeCode]) -> list[tuple[AreaCode, CommitteeCode]]:
    """Serve the areas in order, about the same number by each group."""
    return [(code, groups[n * len(groups) // len(CODES)]) for n, code in enumerate(CODES)]


def check(area_to_kg: Mapped) -> tuple[Problem, ...]:
    return check_mapping(area_to_kg=area_to_kg, area_to_lg=spread(LGS), kgs=KGS, lgs=LGS)


def errors(area_to_kg: Mapped) -> list[tuple[Flaw, str]]:
    return [(each.flaw, each.about) for each in check(area_to_kg) if not each.is_warning]


def onto_seven_groups(firsts: list[CommitteeCode], rest: list[CommitteeCode]) -> Mapped:
    return list(zip(CODES, [*firsts, *rest], strict=True))


@given(st.permutations(KGS), st.lists(st.sampled_from(KGS), min_size=8, max_size=8))
def test_invariant_14_a_total_function_onto_the_groups_is_fine(
    firsts: list[CommitteeCode], rest: list[CommitteeCode]
) -> None:
    assert errors(onto_seven_groups(firsts, rest)) == []


@given(st.permutations(KGS), st.sampled_from(CODES))
def test_invariant_14_an_area_left_out_is_found(
    groups: list[CommitteeCode], left_out: AreaCode
) -> None:
    mapped = [
        pair for pair in onto_seven_groups(groups, [*groups, groups[0]]) if pair[0] != left_out
    ]

    assert errors(mapped) == [(Flaw.NOT_SERVED, left_out)]


@given(st.permutations(KGS), st.sampled_from(CODES), st.sampled_from(KGS))
def test_invariant_14_an_area_with_two_groups_is_found(
    groups: list[CommitteeCode], twice: AreaCode, other: CommitteeCode
) -> None:
    mapped = [*onto_seven_groups(groups, [*groups, groups[0]]), (twice, other)]

    assert errors(mapped) == [(Flaw.SERVED_TWICE, twice)]


@given(st.sampled_from(KGS))
def test_invariant_14_a_group_without_area_is_found(idle: CommitteeCode) -> None:
    busy = [group for group in KGS if group != idle]

    assert errors(spread(busy)) == [(Flaw.WITHOUT_AREA, idle)]


def test_area_3_names_that_do_not_exist_are_found() -> None:
    mapped = [*spread(KGS), (AreaCode("NOWHERE"), CommitteeCode("KG99"))]

    assert errors(mapped) == [(Flaw.UNKNOWN_AREA, "NOWHERE"), (Flaw.UNKNOWN_GROUP, "KG99")]


def test_area_3_a_group_under_two_leader_groups_is_only_a_warning() -> None:
    [problem] = check_mapping(
        area_to_kg=[(code, KGS[0]) for code in CODES[:2]],
        area_to_lg=[(CODES[0], LGS[0]), (CODES[1], LGS[1])],
        kgs=KGS[:1],
        lgs=LGS[:2],
        areas=AREAS[:2],
    )

    assert problem.is_warning
    assert str(problem) == "the areas of coordination group KG1 lie under several leader groups"


def test_area_3_the_leader_groups_are_checked_too() -> None:
    problems = check_mapping(area_to_kg=spread(KGS), area_to_lg=[], kgs=KGS, lgs=LGS)

    said = [str(problem) for problem in problems]
    assert "area YNB has no leader group" in said
    assert "leader group LG5 has no area" in said
    assert len(said) == len(AREAS) + len(LGS)
