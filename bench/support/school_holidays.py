"""The school holidays of Copenhagen: as published for 2027, and worked out for other years."""

from datetime import date, timedelta

from bench.support.plan_checker.free_days import easter_sunday
from domain.year_plan import SchoolHoliday

_SOURCE = "kirkebjergskole.aula.dk, oerstedskolen.aula.dk (vejledende, kk.dk)"
_BY_RULE = "estimated by rule"
_DAY = timedelta(days=1)

_PUBLISHED = {
    2027: (
        ("Juleferie", date(2027, 1, 1), date(2027, 1, 4)),
        ("Vinterferie", date(2027, 2, 15), date(2027, 2, 19)),
        ("Påskeferie", date(2027, 3, 22), date(2027, 3, 29)),
        ("Kristi himmelfartsferie", date(2027, 5, 6), date(2027, 5, 7)),
        ("2. pinsedag", date(2027, 5, 17), date(2027, 5, 17)),
        ("Sommerferie", date(2027, 6, 28), date(2027, 8, 6)),
        ("Efterårsferie", date(2027, 10, 18), date(2027, 10, 22)),
        ("Juleferie", date(2027, 12, 20), date(2027, 12, 31)),
    )
}


def school_holidays(year: int) -> tuple[SchoolHoliday, ...]:
    """Give the published ones, or those that the rules of other years make likely (MTG-11)."""
    published = _PUBLISHED.get(year)
    return tuple(
        SchoolHoliday(
            name=name,
            from_on=from_on,
            to_on=to_on,
            source=_SOURCE if published else _BY_RULE,
        )
        for name, from_on, to_on in published or estimated(year)
    )


def estimated(year: int) -> tuple[tuple[str, date, date], ...]:
    """Work the holidays of a year out: weeks 7 and 42, Easter, six weeks of summer, Christmas."""
    easter = easter_sunday(year)
    ascension, whit_monday = easter + 39 * _DAY, easter + 50 * _DAY
    summer = _monday_of(date(year, 7, 2))  # after the last Saturday in June
    return (
        ("Juleferie", date(year, 1, 1), date(year, 1, 4)),
        ("Vinterferie", *_school_week(year, 7)),
        ("Påskeferie", easter - 6 * _DAY, easter + _DAY),
        ("Kristi himmelfartsferie", ascension, ascension + _DAY),
        ("2. pinsedag", whit_monday, whit_monday),
        ("Sommerferie", summer, summer + 39 * _DAY),
        ("Efterårsferie", *_school_week(year, 42)),
        ("Juleferie", _monday_of(date(year, 12, 22)), date(year, 12, 31)),
    )


def _school_week(year: int, week: int) -> tuple[date, date]:
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 5)


def _monday_of(day: date) -> date:
    return day - day.weekday() * _DAY
