"""The text keys of templates, drills and what lies ahead that are put together."""

from collections.abc import Iterable, Mapping

from domain.alerts import Level
from domain.drills import Exercise
from domain.measure_kinds import written_kind
from domain.plan_templates import PlanKind, Steering
from domain.template_writing import written_template
from scheduler.draw_ahead import KINDS
from tests.support.action_plans import CATALOGUE

NOTICES = frozenset(KINDS)
FIELDS = {
    name
    for each in CATALOGUE.templates.values()
    for name in written_template(each, shared=CATALOGUE.lists)
} | {"goal", "agenda", "close_down", "evaluation"}
KIND_FIELDS = {name for each in CATALOGUE.measures.values() for name in written_kind(each)}


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "drills.{}": _filled("drills.{}", Exercise),
    "drills.due_{}": _filled("drills.due_{}", Exercise),
    "drills.due_{}_title": _filled("drills.due_{}_title", Exercise),
    "template_field.{}": _filled("template_field.{}", FIELDS | KIND_FIELDS | {"used_in"}),
    "template_page.kind_{}": _filled("template_page.kind_{}", PlanKind),
    "template_page.level_{}": _filled("template_page.level_{}", [str(int(n)) for n in Level]),
    "template_steering.{}": _filled("template_steering.{}", Steering),
}
