"""The register as tables for a Danish spreadsheet: there and back, and nothing that calculates."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.organisation import demo_organisation
from domain.people import Organisation
from tests.support.organisations import organisations
from usecases.check_organisation import OrganisationProblem
from usecases.csv_register import (
    COMMITTEES,
    FILES,
    PEOPLE,
    PLACES,
    SEATS,
    organisation_from_csv,
    organisation_to_csv,
)

DEMO = demo_organisation()
FORMULAS = ("=1+1", "+4512345678", "-2", "@SUM(A1)", "\tx", "'=1", "''")


def same(read: Organisation, written: Organisation) -> bool:
    return (
        list(read.people) == [each for each in written.people if each.active]
        and list(read.committees) == list(written.committees)
        and sorted(map(str, read.memberships)) == sorted(map(str, written.memberships))
        and list(read.institutions) == list(written.institutions)
    )


def trimmed(organisation: Organisation) -> Organisation:
    """Let nothing begin or end with a blank, as no cell of ours does."""
    people = [
        replace(
            each,
            active=True,
            **{key: getattr(each, key).strip() for key in ("name", "function", "email", "phone")},
        )
        for each in organisation.people
    ]
    committees = [
        replace(each, name=each.name.strip(), team_id=(each.team_id or "").strip() or None)
        for each in organisation.committees
    ]
    places = [replace(each, name=each.name.strip()) for each in organisation.institutions]
    return replace(organisation, people=people, committees=committees, institutions=places)


class TestARoundTrip:
    def test_changes_nothing_of_the_demo(self) -> None:
        assert same(organisation_from_csv(organisation_to_csv(DEMO)), DEMO)

    @given(organisations())
    def test_changes_nothing_of_any_register(self, drawn: Organisation) -> None:
        """Awkward words, quotes, semicolons and formulas included."""
        organisation = trimmed(drawn)

        assert same(organisation_from_csv(organisation_to_csv(organisation)), organisation)


class TestACell:
    @given(st.sampled_from(FORMULAS) | st.text(alphabet="=+-@'\tab ", min_size=1, max_size=6))
    def test_never_begins_like_a_formula(self, said: str) -> None:
        """What a spreadsheet would calculate is text to it (CSV injection)."""
        person = replace(DEMO.people[0], name=said, function=said, email=said, phone=said)
        tables = organisation_to_csv(replace(DEMO, people=[person], memberships=[]))

        for name in FILES:
            for row in csv.reader(io.StringIO(tables[name].decode("utf-8-sig")), delimiter=";"):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]

    @pytest.mark.parametrize("divider", [",", "\t"], ids=["commas", "tabs"])
    def test_begins_like_none_where_something_else_divides(self, divider: str) -> None:
        """A name is no formula in a spreadsheet set to commas, nor on a line of its own."""
        for formula in ("=1+1", "@SUM(A1)", "+45", "-2"):
            name = f"Ole,{formula},x;{formula}\t{formula}\n{formula}"
            register = replace(DEMO, people=[replace(DEMO.people[0], name=name)], memberships=[])
            tables = organisation_to_csv(register)
            text = tables[PEOPLE].decode("utf-8-sig")
            cells = [
                cell for row in csv.reader(text.splitlines(), delimiter=divider) for cell in row
            ]

            assert not [each for each in cells if each.startswith(("=", "+", "-", "@"))]
            assert organisation_from_csv(tables).people[0].name == name

    @pytest.mark.parametrize("said", [each for each in FORMULAS if each == each.strip()])
    def test_is_read_as_it_was_before_it_was_made_harmless(self, said: str) -> None:
        person = replace(DEMO.people[0], phone=said)
        read = organisation_from_csv(
            organisation_to_csv(replace(DEMO, people=[person], memberships=[]))
        )

        assert read.people[0].phone == said

    def test_is_what_danish_excel_opens(self) -> None:
        """A mark for UTF-8, semicolons, and lines that end as there."""
        for content in organisation_to_csv(DEMO).values():
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.count(b"\r\n") == content.count(b"\n")
            assert b";" in content.split(b"\r\n")[0]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            (PEOPLE, b";KP;", b";PET;", "linje"),
            (PEOPLE, b"id;aad_id", b"nummer;aad_id", "overskrifterne skal være id;aad_id"),
            (COMMITTEES, b"KG5;KG;", b"KG5;XX;", "udvalg.csv, linje"),
            (SEATS, b"carl;KG5", b"karl;KG5", "»karl« findes ikke blandt personerne"),
            (SEATS, b"carl;KG5;KG.5;member", b"carl;KG5;KG.5;medlem", "»medlem« kendes ikke"),
            (SEATS, b"carl;KG5;", b"carl;KG5;x;y;", "flere celler end overskrifter"),
            (PLACES, b"kind;name", b"kind,name", "overskrifterne skal være area;kind;name"),
            (PLACES, b"\xef\xbb\xbf", b"\xff\xfe", "CSV UTF-8"),
        ],
    )
    def test_is_told_with_its_file_and_line_in_danish(
        self, name: str, old: bytes, new: bytes, said: str
    ) -> None:
        files = dict(organisation_to_csv(DEMO))
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

        with pytest.raises(OrganisationProblem) as refused:
            organisation_from_csv(files)

        assert name in str(refused.value)
        assert said in str(refused.value)

    def test_is_told_of_the_line_it_stands_in(self) -> None:
        files = dict(organisation_to_csv(DEMO))
        rows = files[SEATS].split(b"\r\n")
        rows[41] = rows[41].rsplit(b";", 1)[0] + b";formand"
        files[SEATS] = b"\r\n".join(rows)

        with pytest.raises(OrganisationProblem, match=r"pladser\.csv, linje 42, .*»formand«"):
            organisation_from_csv(files)

    def test_is_a_file_that_is_not_there(self) -> None:
        files = dict(organisation_to_csv(DEMO))
        del files[PLACES]

        with pytest.raises(OrganisationProblem, match=r"filen institutioner\.csv mangler"):
            organisation_from_csv(files)
