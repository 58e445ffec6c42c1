"""Plans that the calendar grows: which drafts appear, four weeks before, and once (BER-40)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from domain.areas import AREAS
from domain.cpr import find_cpr_like
from domain.errors import RuleBroken
from domain.meeting_year import LONGEST, KeptHoliday
from domain.people import AreaCode
from domain.periods import moment
from domain.plan_templates import Data, PlanKind, Template
from domain.template_fields import Fields
from domain.template_soundness import DRAFTED_BEFORE
from domain.year_plan import SchoolHoliday

MORNING = time(8)  # in Copenhagen
_ROWS = UUID("5f0f8f43-6d0b-5c58-9a7c-0f4b7a3f2b11")
_DAY = timedelta(days=1)
_NAME_AT_MOST = 80
_AUGUST = 8
_FILE = ("follows", "source", "holidays", "days")
_LINE = ("template", "name", "from", "to", "areas", "school", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """Something known in advance that a plan is made for.

    :param areas: empty for the whole city.
    :param school: where it is one school's own day.
    :param confirmed: somebody has said that the date is right; an example is not.
    """

    id: UUID
    template: str
    name: str = field(repr=False)
    from_on: date
    to_on: date
    areas: frozenset[AreaCode] = frozenset()
    school: str = field(default="", repr=False)
    source: str = field(default="", repr=False)
    confirmed: bool = True
    version: int = 0  # 0: never written

    @property
    def titled(self) -> str:
        """What its plan is called; the areas are said beside it."""
        return f"{self.name}, {self.school}" if self.school else self.name

    @property
    def appears_on(self) -> date:
        return self.from_on - DRAFTED_BEFORE

    @property
    def starts_at(self) -> datetime:
        """The morning of its first day: what a template counts from as T."""
        return moment(self.from_on, MORNING)

    @property
    def ends_at(self) -> datetime:
        """The morning of its last day, S."""
        return moment(self.to_on, MORNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarExamples:
    """What the calendar begins with.

    :param follows: the template that follows each holiday, by the holiday's name.
    """

    follows: Mapping[str, str] = field(repr=False)
    holidays: tuple[SchoolHoliday, ...]
    days: tuple[CalendarRow, ...]


def sensible_row(row: CalendarRow, *, templates: Mapping[str, Template]) -> CalendarRow:
    """Let a row pass that a plan can be made for.

    :raises RuleBroken: `calendar.no_name`, `calendar.template`, `calendar.area`,
        `calendar.backwards`, `calendar.long` or `calendar.cpr`
    """
    template = templates.get(row.template)
    if not row.name.strip() or len(row.name) > _NAME_AT_MOST:
        raise RuleBroken("calendar.no_name", at_most=_NAME_AT_MOST)
    if template is None or template.kind is not PlanKind.KNOWN:
        raise RuleBroken("calendar.template", said=row.template)
    if not row.areas <= {each.code for each in AREAS}:
        raise RuleBroken("calendar.area")
    if row.to_on < row.from_on:
        raise RuleBroken("calendar.backwards", name=row.name)
    if row.to_on - row.from_on > LONGEST:
        raise RuleBroken("calendar.long", days=LONGEST.days)
    if any(find_cpr_like(each) for each in (row.name, row.school, row.source)):
        raise RuleBroken("calendar.cpr")
    return row


def holiday_rows(
    holidays: Iterable[KeptHoliday | SchoolHoliday], *, follows: Mapping[str, str]
) -> list[CalendarRow]:
    """Make rows of the school holidays that a template follows.

    What has one name in one school year is one holiday: the table keeps Christmas in two lines.
    """
    found: dict[tuple[str, int], CalendarRow] = {}
    for each in sorted(holidays, key=lambda holiday: holiday.from_on):
        if each.name in follows:
            key = each.name, _school_year(each.from_on)
            row = found.get(key) or _row(each, template=follows[each.name], school_year=key[1])
            found[key] = replace(row, to_on=max(row.to_on, each.to_on))
    return list(found.values())


def due_drafts(
    rows: Iterable[CalendarRow], *, drawn: Collection[UUID], today: date
) -> list[CalendarRow]:
    """List the rows whose draft appears now: from 28 days before until they are over, and once.

    :param drawn: ids of the rows that a draft was made for before; a row whose date is changed
        keeps its id, so it is not drawn again.
    """
    due = (each for each in rows if each.appears_on <= today <= each.to_on)
    return sorted(
        (each for each in due if each.id not in drawn), key=lambda row: (row.from_on, row.id)
    )


def lacking(
    examples: Iterable[SchoolHoliday], kept: Collection[KeptHoliday]
) -> list[SchoolHoliday]:
    """List what the table of holidays does not have yet, day by day, as lines to add."""
    lines: list[SchoolHoliday] = []
    for each in examples:
        known = {day for line in kept if line.name == each.name for day in line.planned.days()}
        for day in sorted(each.days() - known):
            if lines and lines[-1].name == each.name and lines[-1].to_on == day - _DAY:
                lines[-1] = replace(lines[-1], to_on=day)
            else:
                lines.append(replace(each, from_on=day, to_on=day))
    return lines


def read_calendar(data: Data, *, problems: list[RuleBroken]) -> CalendarExamples:
    """Read the examples as they are written; what is wrong is added to the problems."""
    file = Fields(data, about="calendar", known=_FILE, problems=problems)
    source = file.text("source")
    return CalendarExamples(
        follows={
            each.text("holiday"): each.text("template")
            for each in file.records("follows", known=("holiday", "template"))
        },
        holidays=tuple(
            SchoolHoliday(name=each.text("name"), from_on=first, to_on=last, source=source)
            for each in file.records("holidays", known=("name", "from", "to"))
            for first, last in [_span(each)]
        ),
        days=tuple(_day(each, source) for each in file.records("days", known=_LINE)),
    )


def _day(entry: Fields, source: str) -> CalendarRow:
    first, last = _span(entry)
    areas = entry.texts("areas")
    template, name, school = (
        entry.text("template"),
        entry.text("name"),
        entry.text_if_any("school"),
    )
    return CalendarRow(
        id=_id((template, name, first.isoformat(), *areas, school)),
        template=template,
        name=name,
        from_on=first,
        to_on=last,
        areas=frozenset(AreaCode(each) for each in areas),
        school=school,
        source=source,
        confirmed=entry.yes("confirmed"),
    )


def _span(entry: Fields) -> tuple[date, date]:
    first = entry.read("from", _read_day)
    if first is None:
        entry.note(RuleBroken("template.missing", about=entry.about, field="from"))
    return first or date.min, entry.read("to", _read_day) or first or date.min


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleBroken("date.format") from None


def _row(holiday: KeptHoliday | SchoolHoliday, *, template: str, school_year: int) -> CalendarRow:
    return CalendarRow(
        id=_id((template, holiday.name, str(school_year))),
        template=template,
        name=holiday.name,
        from_on=holiday.from_on,
        to_on=holiday.to_on,
        source=holiday.source,
    )


def _school_year(day: date) -> int:
    """Name a school year by the year it begins in: holidays of one name come once in each."""
    return day.year if day.month >= _AUGUST else day.year - 1


def _id(parts: Sequence[str]) -> UUID:
    return uuid5(_ROWS, "/".join(parts))
