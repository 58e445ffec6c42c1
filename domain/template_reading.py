"""Reading templates, measures and lists: all that is wrong at once, for whoever edits (BER-39)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.alerts import Level
from domain.errors import RuleBroken
from domain.measure_kinds import INVESTIGATION, is_of_measure, kinds_from, parties_of
from domain.parties import DEFAULT_PARTIES
from domain.plan_frames import LISTS, cadence_of, distribution_of, lists_from
from domain.plan_templates import (
    ActionCard,
    CardRole,
    Catalogue,
    Data,
    Lists,
    MeasureKind,
    Override,
    PlanKind,
    PlannedMeasure,
    Span,
    Steering,
    Template,
    merged,
)
from domain.plan_times import read_when
from domain.template_fields import Fields, TemplateFlawed
from domain.template_soundness import unsound

_OWN_LISTS = ("goal", "agenda", "close_down", "evaluation")
_TEMPLATE = (
    *("code", "version", "kind", "title", "trigger", "level", "parties", "externals"),
    *(
        "measures",
        "distribution",
        "steering",
        "at_once",
        "period",
        "cadence",
        "reports",
        "meetings",
    ),
    *(*_OWN_LISTS, "rehearses", "becomes", "in_use"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """What comes with the bot, as it is written."""

    measures: Data = field(repr=False)
    lists: Data = field(repr=False)
    cards: Data = field(repr=False)
    templates: Mapping[str, Mapping[str, Data]] = field(repr=False)


def catalogue_from(shipped: Shipped, overrides: Collection[Override] = ()) -> Catalogue:
    """Put together what ships and what the Secretariat changed since.

    :param overrides: the latest of each template and measure.
    :raises TemplateFlawed: when anything is wrong anywhere.
    """
    problems: list[RuleBroken] = []
    of_measures = [each for each in overrides if is_of_measure(each)]
    measures = kinds_from(shipped.measures, of_measures, problems)
    lists = lists_from(shipped.lists, problems)
    changed = {each.template: each for each in overrides if not is_of_measure(each)}
    written = {
        code: {
            **merged(shipped.templates.get(code, {}), _changes(changed.get(code))),
            "code": code,
        }
        for code in dict.fromkeys((*shipped.templates, *changed))
    }
    templates = {
        code: _template(
            data,
            revision=changed[code].revision if code in changed else 0,
            measures=measures,
            lists=lists,
            codes=written.keys(),
            problems=problems,
        )
        for code, data in written.items()
    }
    cards = _cards(shipped.cards, problems)
    if problems:
        raise TemplateFlawed(problems)
    return Catalogue(
        measures=MappingProxyType(measures),
        templates=MappingProxyType(templates),
        lists=lists,
        cards=MappingProxyType(cards),
    )


def read_template(data: Mapping[str, Data], *, catalogue: Catalogue, revision: int) -> Template:
    """Read one template as it would be, before it is kept.

    :raises TemplateFlawed: with every problem in it.
    """
    problems: list[RuleBroken] = []
    template = _template(
        data,
        revision=revision,
        measures=catalogue.measures,
        lists=catalogue.lists,
        codes={*catalogue.templates, str(data.get("code", ""))},
        problems=problems,
    )
    if problems:
        raise TemplateFlawed(problems)
    return template


def _changes(override: Override | None) -> Mapping[str, Data | None]:
    return {} if override is None else override.changes


def _cards(data: Data, problems: list[RuleBroken]) -> dict[CardRole, ActionCard]:
    file = Fields(data, about="action_cards", known=("cards",), problems=problems)
    cards = [
        ActionCard(
            role=entry.word("role", CardRole),
            title=entry.text("title"),
            steps=entry.texts("steps"),
        )
        for entry in file.records("cards", known=("role", "title", "steps"))
    ]
    return {each.role: each for each in cards}


def _template(
    data: Mapping[str, Data],
    *,
    revision: int,
    measures: Mapping[str, MeasureKind],
    lists: Lists,
    codes: Collection[str],
    problems: list[RuleBroken],
) -> Template:
    entry = Fields(
        dict(data), about=str(data.get("code", "?")), known=_TEMPLATE, problems=problems
    )
    kind = entry.word("kind", PlanKind)
    drill = kind is PlanKind.DRILL
    template = Template(
        code=entry.text("code"),
        version=entry.number("version", least=1, most=999, otherwise=1),
        revision=revision,
        kind=kind,
        title=entry.text("title"),
        trigger=entry.text("trigger"),
        level=None if drill else Level(entry.number("level", least=1, most=3)),
        parties=parties_of(entry, "parties") if entry.has("parties") else DEFAULT_PARTIES,
        externals=entry.texts("externals"),
        measures=_planned(entry, measures, known_ahead=kind is PlanKind.KNOWN),
        distribution=distribution_of(entry),
        steering=entry.word("steering", Steering, otherwise=Steering.ORIENTATION),
        at_once=entry.yes("at_once"),
        period=_period(entry),
        cadence=cadence_of(entry),
        meetings=entry.reads("meetings", read_when),
        lists=_own(entry, lists),
        rehearses=entry.texts("rehearses"),
        becomes=entry.text_if_any("becomes"),
        in_use=entry.yes("in_use") or not entry.has("in_use"),
    )
    for broken in unsound(template, measures=measures, codes=codes):
        entry.note(broken)
    return template


def _planned(
    entry: Fields, measures: Mapping[str, MeasureKind], *, known_ahead: bool
) -> tuple[PlannedMeasure, ...]:
    """Read the measures; what is known in advance needs deadlines of its own."""
    planned = []
    for each in entry.records("measures", known=("measure", "deadline", "first_day")):
        code = each.text("measure")
        if code == INVESTIGATION:
            each.note(RuleBroken("template.investigation", about=each.about))
        elif code and code not in measures:
            known = ", ".join(measures)
            each.note(
                RuleBroken("template.no_measure", about=each.about, measure=code, known=known)
            )
        elif code:
            deadline = each.read("deadline", read_when) or measures[code].deadline
            first_day = each.yes("first_day")
            if known_ahead and not each.has("deadline"):
                each.note(RuleBroken("template.no_deadline", about=each.about, measure=code))
            planned.append(PlannedMeasure(kind=code, deadline=deadline, first_day=first_day))
    return tuple(planned)


def _period(entry: Fields) -> Span | None:
    if not entry.has("period"):
        return None
    fields = entry.record("period", known=("begins", "ends"))
    ends = fields.read("ends", read_when)
    if not fields.has("ends"):
        fields.note(RuleBroken("template.missing", about=fields.about, field="ends"))
    if ends is None:
        return None
    return Span(begins=fields.read("begins", read_when) or read_when("T"), ends=ends)


def _own(entry: Fields, lists: Lists) -> Lists:
    own = {name: entry.texts(name) for name in _OWN_LISTS if entry.items(name)}
    return Lists(**{**{name: getattr(lists, name) for name in LISTS}, **own})
