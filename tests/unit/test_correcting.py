"""What can be corrected, and what a new birthday means (CASE-13, AGE-9)."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import AgeBand, age_band
from domain.correcting import age_change, corrected, read_fact
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.records import Record, RecordKind

TODAY = date(2026, 3, 2)
BIRTHDAYS = st.none() | st.dates(date(1990, 1, 1), TODAY)


def record(**content: object) -> Record:
    return Record(
        id=UUID(int=1),
        matter=UUID(int=2),
        key="k",
        kind=RecordKind.IDENTITY,
        data_class=DataClass.IDENTITY,
        by=None,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        content=content,
    )


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("born", "4. maj 2011", "2011-05-04"),
        ("born", "", None),
        ("cpr", "040511-4003", "0405114003"),
        ("protected", "Ja", "yes"),
        ("name", " Max Myrekær ", "Max Myrekær"),
        ("school", "", None),
    ],
)
def test_what_is_right_is_read_as_the_fact_asks(key: str, said: str, value: str | None) -> None:
    assert read_fact(key, said, today=TODAY) == value


@pytest.mark.parametrize(
    ("key", "said", "code"),
    [
        ("born", "4. maj 2031", "date.future"),
        ("born", "en dag i maj", "date.format"),
        ("cpr", "12", "cpr.format"),
        ("name", " ", "correct.name_needed"),
        ("protected", "måske", "correct.yes_or_no"),
    ],
)
def test_what_cannot_be_right_is_refused(key: str, said: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_fact(key, said, today=TODAY)

    assert refused.value.code == code


@given(st.sampled_from(["name", "school", "born"]), st.none() | st.text(min_size=1))
def test_nothing_but_the_fact_changes(key: str, to: str | None) -> None:
    old = record(name="Max", school="Skolen", born="2011-05-04", born_check="cpr", area="VAL")

    new = corrected(old, key=key, to=to)

    assert new.get(key) == to
    assert {k: v for k, v in new.items() if k not in {key, "born_check"}} == {
        k: v for k, v in old.content.items() if k not in {key, "born_check"}
    }
    assert ("born_check" in new) is (key != "born")


@given(BIRTHDAYS, BIRTHDAYS)
def test_a_new_birthday_changes_the_age_group_or_says_nothing(
    before: date | None, after: date | None
) -> None:
    """AGE-9."""
    change = age_change(before, after, today=TODAY)

    same = age_band(before, TODAY) is age_band(after, TODAY)
    assert (change is None) is same
    assert change is None or change.after is (age_band(after, TODAY) or AgeBand.UNKNOWN)
