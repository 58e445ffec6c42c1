"""Whether a template hangs together: parties, deadlines, period, what it points to (BER-39)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from domain.errors import RuleBroken
from domain.periods import moment
from domain.plan_templates import MeasureKind, PlanKind, PlannedMeasure, Template
from domain.plan_times import Anchor, Relative, When, YearDay, resolve

DRAFTED_BEFORE = timedelta(days=28)  # BER-40
FIRST_DAY = timedelta(hours=24)
_NOON, _WEEK = time(12), timedelta(days=7)
_SOME_DAY, _SOME_YEAR = date(2026, 9, 1), 2027  # far from where clocks are moved


def unsound(
    template: Template, *, measures: Mapping[str, MeasureKind], codes: Collection[str]
) -> Iterator[RuleBroken]:
    """Name everything that does not fit together; each is a sentence of its own."""
    yield from _kind(template)
    yield from _span(template)
    for each, times in Counter(planned.kind for planned in template.measures).items():
        if times > 1:
            yield RuleBroken("template.twice", about=template.code, measure=each)
    for planned in template.measures:
        yield from _measure(template, planned, measures[planned.kind])
    for code in (*template.rehearses, *filter(None, [template.becomes])):
        if code not in codes or code == template.code:
            known = ", ".join(sorted(codes))
            yield RuleBroken("template.unknown", about=template.code, said=code, known=known)


def _kind(template: Template) -> Iterator[RuleBroken]:
    if not template.parties:
        yield RuleBroken("template.missing", about=template.code, field="parties")
    if template.kind is PlanKind.DRILL:
        return
    if not template.measures:
        yield RuleBroken("template.missing", about=template.code, field="measures")
    if template.kind is PlanKind.KNOWN and template.period is None:
        yield RuleBroken("template.missing", about=template.code, field="period")


def _span(template: Template) -> Iterator[RuleBroken]:
    start = _sample(template)
    if template.period is None:
        return
    begins = resolve(template.period.begins, start=start)
    ends = resolve(template.period.ends, start=start)
    if ends <= begins:
        yield RuleBroken("template.backwards", about=template.code)


def _measure(
    template: Template, planned: PlannedMeasure, kind: MeasureKind
) -> Iterator[RuleBroken]:
    start = _sample(template)
    due = resolve(planned.deadline, start=start)
    facts = {"about": template.code, "measure": planned.kind}
    if kind.party is not None and kind.party not in template.parties:
        yield RuleBroken("template.nobody", party=kind.party.value, **facts)
    if template.in_use and not kind.in_use:
        yield RuleBroken("template.retired", **facts)
    if template.kind is PlanKind.ACUTE and due < start:
        yield RuleBroken("template.before", **facts)
    if template.kind is not PlanKind.KNOWN and _from_the_end(planned.deadline):
        yield RuleBroken("template.no_last_day", **facts)
    if template.kind is PlanKind.KNOWN and due < start - DRAFTED_BEFORE:
        yield RuleBroken("template.too_early", days=DRAFTED_BEFORE.days, **facts)
    if planned.first_day and due > start + FIRST_DAY:
        yield RuleBroken("template.late", hours=int(FIRST_DAY / timedelta(hours=1)), **facts)
    if template.period is not None:
        ends = resolve(template.period.ends, start=start)
        if due > ends:
            yield RuleBroken("template.after", **facts)


def _from_the_end(when: When) -> bool:
    return isinstance(when, Relative) and when.anchor is Anchor.END


def _sample(template: Template) -> datetime:
    """Give a start to try a template at: a week before a day of the year that it names."""
    span = template.period
    days: list[When] = [] if span is None else [span.begins, span.ends]
    for each in days:
        if isinstance(each, YearDay):
            return moment(date(_SOME_YEAR, each.month, each.day) - _WEEK, _NOON)
    return moment(_SOME_DAY, _NOON)
