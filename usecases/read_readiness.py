"""What plans are made from: read from the files that ship, with the Secretariat's changes on."""

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import yaml

from domain.errors import RuleBroken
from domain.plan_calendar import CalendarExamples, read_calendar
from domain.plan_templates import Catalogue, Data, Override
from domain.readiness_rules import ReadinessRules, read_rules
from domain.template_fields import TemplateFlawed
from domain.template_reading import Shipped, catalogue_from
from usecases.yaml_entries import parsed, place

_FOLDER = "readiness"
_NEVER_BROKEN = 10_000  # characters to a line


@cache
def shipped() -> Shipped:
    """Read what ships, as it is written: nothing is looked through yet.

    :raises ValueError: when a file is not YAML, or says a field twice.
    """
    written = [
        _read("templates", name)
        for name in sorted(each.name for each in (files(_FOLDER) / "templates").iterdir())
        if name.endswith(".yaml")
    ]
    return Shipped(
        measures=_read("measures.yaml"),
        lists=_read("lists.yaml"),
        cards=_read("action_cards.yaml"),
        templates={str(each.get("code")): each for each in written if isinstance(each, dict)},
    )


def readiness_catalogue(overrides: Collection[Override] = ()) -> Catalogue:
    """Give the catalogue of measures and templates as it is now.

    A change that does not fit what ships any more is left out, and so is a template of the
    Secretariat's own: an alert is never held up by it.

    :raises TemplateFlawed: when something that ships is wrong.
    """
    try:
        return catalogue_from(shipped(), overrides)
    except TemplateFlawed:
        return catalogue_from(shipped(), fitting(overrides))


def fitting(overrides: Collection[Override]) -> list[Override]:
    """Leave out what does not fit; a template may need a measure that was added, so look again."""
    kept: list[Override] = []
    waiting, looked = [*overrides], 0
    while len(waiting) != looked:
        looked = len(waiting)
        for each in [*waiting]:
            if _fit([*kept, each]):
                kept.append(each)
                waiting.remove(each)
    return kept


def _fit(overrides: Collection[Override]) -> bool:
    try:
        catalogue_from(shipped(), overrides)
    except TemplateFlawed:
        return False
    return True


@cache
def calendar_examples() -> CalendarExamples:
    """Give what the calendar of plans begins with.

    :raises TemplateFlawed: when something in it is wrong.
    """
    problems: list[RuleBroken] = []
    examples = read_calendar(_read("calendar.yaml"), problems=problems)
    if problems:
        raise TemplateFlawed(problems)
    return examples


@cache
def readiness_rules() -> ReadinessRules:
    """Give what holds for every alert, as it is set (`rules.yaml`).

    :raises ValueError: when something in it is wrong.
    """
    return read_rules(_read("rules.yaml"))


def data_of(text: str) -> Data:
    """Read YAML as lists and fields of words: `10.00` stays an hour, and `nej` a word.

    :raises ValueError: when it is not YAML, says a field twice, or points to itself.
    """
    root = parsed(text)
    if any(isinstance(each, yaml.AliasToken) for each in yaml.scan(text)):
        raise ValueError("skriv alt ud i stedet for at henvise med *")
    return _plain(root)


def written_text(written: Mapping[str, Data]) -> str:
    """Write a template as the YAML it is read from."""
    return yaml.safe_dump(
        dict(written),
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_NEVER_BROKEN,
    )


def read_written(text: str) -> dict[str, Data]:
    """Read a template that somebody pasted.

    :raises RuleBroken: `template.not_yaml`, with where in it
    """
    try:
        data = data_of(text)
    except (ValueError, RecursionError) as problem:
        raise RuleBroken("template.not_yaml", where=str(problem)) from None
    if not isinstance(data, dict):
        raise RuleBroken("template.not_fields")
    return data


def _read(*path: str) -> Data:
    file = files(_FOLDER)
    for each in path:
        file /= each
    return data_of(file.read_text(encoding="utf-8"))


def _plain(node: yaml.Node) -> Data:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    fields: dict[str, Data] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            raise ValueError(f"{place(key)}: et felt skal have et navn")
        if name in fields:
            raise ValueError(f"{place(key)}: »{name}« står der to gange")
        fields[name] = _plain(value)
    return fields
