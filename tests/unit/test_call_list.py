"""The call list as a table: nothing in it is calculated, and telephones stay telephones."""

import csv
from dataclasses import replace

import pytest

from cards.call_list import as_csv
from domain.call_sheet import Entry, Section
from domain.people import Person
from tests.support.town import DANISH, EVA


def row_of(person: Person) -> list[str]:
    section = Section(authority=None, area=None, entries=[Entry(person=person)])
    written = as_csv([section], say=DANISH)
    _, row = csv.reader(written.splitlines(), delimiter=";")
    return row


@pytest.mark.parametrize(
    "name",
    [
        "+cmd|' /C calc'!A1",
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "\t=1+1",
        "+45 12 34 56 78=1",
        "+1+1",
        "+",
        "+" + "1" * 10_000,
    ],
)
def test_who_is_called_like_a_formula_is_not_calculated(name: str) -> None:
    """BER-70."""
    assert row_of(replace(EVA, name=name))[2] == f"'{name}"


@pytest.mark.parametrize("phone", ["+45 12 34 56 78", "+4512345678", "12 34 56 78"])
def test_a_telephone_stands_as_it_is_dialled(phone: str) -> None:
    """BER-70."""
    assert row_of(replace(EVA, phone=phone))[4] == phone
