"""The register as a file: what is written can be read, and what is wrong is pointed at."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Authority, Language, Membership, Office, Organisation, Seat
from tests.support.organisations import organisations
from usecases.check_organisation import OrganisationProblem
from usecases.read_organisation import organisation_from_yaml
from usecases.write_organisation import organisation_to_yaml

REGISTER = """\
committees:
- {code: KG5, type: KG, name: Koordinationsgruppe 5, areas: [VAL, VAN]}
institutions:
- {area: VAL, kind: school, name: Isfugleengens Skole}
people:
- id: bo
  aad_id: c687d283-2094-5d36-bc3a-d83244a9c907
  name: Bo Havrelygte
  authority: SOF
  function: Stabsansvarlig
  email: bo.havrelygte@ssp-demo.example
  s115_covered: ja
  language: en
  offices: [SEK]
  seats:
  - {committee: KG5, slot: KG.fac, seat: facilitator}
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(OrganisationProblem) as refused:
        organisation_from_yaml(text)
    return refused.value.problems


class TestWhatIsWritten:
    @given(organisations())
    def test_can_be_read_again(self, organisation: Organisation) -> None:
        seats_by_person = sorted(
            organisation.memberships,
            key=lambda seat: [person.id for person in organisation.people].index(seat.person),
        )

        assert organisation_from_yaml(organisation_to_yaml(organisation)) == replace(
            organisation, memberships=tuple(seats_by_person)
        )


class TestReading:
    def test_a_person_comes_with_everything_the_file_says(self) -> None:
        [bo] = organisation_from_yaml(REGISTER).people

        assert bo.name == "Bo Havrelygte"
        assert bo.authority is Authority.SOF
        assert bo.s115_covered
        assert bo.active
        assert bo.language is Language.EN
        assert bo.offices == {Office.SEK}

    def test_seats_stand_with_their_person(self) -> None:
        read = organisation_from_yaml(REGISTER)

        assert read.memberships == (
            Membership(
                committee=read.committees[0].code,
                person=read.people[0].id,
                slot="KG.fac",
                seat=Seat.FACILITATOR,
            ),
        )

    def test_nobody_is_covered_by_115_until_the_file_says_so(self) -> None:
        """S115-9."""
        [bo] = organisation_from_yaml(REGISTER.replace("  s115_covered: ja\n", "")).people

        assert not bo.s115_covered

    def test_a_number_where_text_belongs_is_read_as_it_is_written(self) -> None:
        [bo] = organisation_from_yaml(REGISTER.replace("id: bo", "id: 007")).people

        assert bo.id == "007"

    def test_a_register_of_nothing_has_nobody(self) -> None:
        assert organisation_from_yaml("people: []").people == ()


class TestWhatIsWrong:
    def test_is_told_with_line_and_person_all_at_once(self) -> None:
        text = (
            REGISTER.replace("authority: SOF", "authority: SFO")
            .replace("s115_covered: ja", "s115_covered: måske")
            .replace("  email: bo.havrelygte@ssp-demo.example\n", "")
        )

        assert sorted(problems(text)) == [
            "linje 11, Bo Havrelygte: »s115_covered« skal være ja eller nej, ikke »måske«",
            "linje 6, Bo Havrelygte: »email« mangler",
            "linje 9, Bo Havrelygte: »SFO« kendes ikke; skriv SOF, BUF, KP, KFF, BIF, KFO",
        ]

    def test_a_misspelt_field_is_told_what_it_may_be(self) -> None:
        [told] = problems(REGISTER.replace("language: en", "sprog: en"))

        assert told.startswith(
            "linje 13, Bo Havrelygte: feltet »sprog« kendes ikke; her kan stå id,"
        )

    def test_a_field_given_twice_is_not_silently_the_last(self) -> None:
        [told] = problems(REGISTER.replace("  offices: [SEK]", "  name: Bo Rimklokke"))

        assert told == "linje 14, Bo Havrelygte: »name« står der to gange"

    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            (
                "offices: [SEK]",
                "offices: SEK",
                "linje 14, Bo Havrelygte: »offices« skal være en liste",
            ),
            ("offices: [SEK]", "offices: [CHEF]", "linje 14, Bo Havrelygte: »CHEF« kendes ikke"),
            (
                "offices: [SEK]",
                "offices: [[SEK]]",
                "linje 14, Bo Havrelygte: »offices« skal være en",
            ),
            ("type: KG, ", "", "linje 2, Koordinationsgruppe 5: »type« mangler; skriv SG, CG"),
            ("name: Bo Havrelygte", "name: null", "linje 6, bo: »name« mangler"),
            (
                "name: Bo Havrelygte",
                "name: [Bo]",
                "linje 8, bo: »name« skal være en enkelt",
            ),
            (", slot: KG.fac", "", "linje 16, Bo Havrelygte: »slot« mangler"),
            ("seat: facilitator", "seat: fast", "linje 16, Bo Havrelygte: »fast« kendes ikke"),
            ("- id: bo\n", "- bo\n- id: bo\n", "linje 6, registret: her skal stå felter"),
        ],
    )
    def test_is_pointed_at(self, before: str, after: str, told: str) -> None:
        assert before in REGISTER
        assert any(each.startswith(told) for each in problems(REGISTER.replace(before, after)))

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "filen er tom"),
            ("people: [", "linje 1: filen kan ikke læses som YAML"),
            ("people: \0", "filen kan ikke læses som YAML"),
            ("- people", "linje 1, registret: her skal stå felter"),
            ("? [people]\n: x", "linje 1, registret: feltet »« kendes ikke"),
            ("!!python/object/apply:os.getcwd []", "linje 1, registret: her skal stå felter"),
        ],
    )
    def test_is_told_even_when_it_is_no_register(self, text: str, told: str) -> None:
        assert problems(text)[0].startswith(told)

    @given(st.text(max_size=200))
    def test_never_ends_in_anything_but_a_register_or_its_problems(self, text: str) -> None:
        with suppress(OrganisationProblem):
            assert organisation_from_yaml(text).people == ()
