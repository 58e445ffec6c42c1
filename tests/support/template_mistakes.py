"""Mistakes that somebody who edits a template can make, and what the bot calls each."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace

from hypothesis import strategies as st

from domain.errors import RuleBroken
from domain.plan_templates import Data, merged
from domain.template_fields import TemplateFlawed
from domain.template_reading import Shipped, read_template
from tests.support.action_plans import CATALOGUE
from usecases.read_readiness import shipped


def mistakes(code: str, **changes: Data | None) -> list[str]:
    """Change a template and list what is wrong with it, by code."""
    return [each.code for each in problems(code, changes)]


def problems(code: str, changes: Mapping[str, Data | None]) -> list[RuleBroken]:
    try:
        read_template(
            merged(deepcopy(dict(shipped().templates[code])), changes),
            catalogue=CATALOGUE,
            revision=1,
        )
    except TemplateFlawed as flawed:
        return [*flawed.problems]
    return []


def measures(*entries: dict[str, Data]) -> Data:
    return [*entries]


MISTAKES: list[tuple[str, dict[str, Data | None], str]] = [
    ("H1", {"measures": measures({"measure": "M99"})}, "template.no_measure"),
    ("H1", {"measures": measures({"measure": "M20"})}, "template.investigation"),
    ("H1", {"measures": measures({"measure": "M1"}, {"measure": "M1"})}, "template.twice"),
    ("H1", {"measures": measures({"measure": "M1", "deadline": "snart"})}, "template.time"),
    ("H1", {"measures": measures({"measure": "M1", "deadline": "T-1 timer"})}, "template.before"),
    ("H1", {"measures": measures({"measure": "M1", "deadline": "T+29 dage"})}, "template.after"),
    (
        "H1",
        {"measures": measures({"measure": "M1", "deadline": "T+25 timer", "first_day": "ja"})},
        "template.late",
    ),
    ("H1", {"measures": measures({"measure": "M18"})}, "template.nobody"),
    ("H1", {"measures": measures({"measure": "M1", "hvem": "SOF"})}, "template.odd_field"),
    ("H1", {"measures": measures({"first_day": "ja"})}, "template.missing"),
    ("H1", {"measures": None}, "template.missing"),
    ("H1", {"measures": "M1"}, "template.no_list"),
    ("H1", {"measures": ["M1"]}, "template.no_fields"),
    ("H1", {"measures": measures({"measure": "M1", "first_day": "måske"})}, "template.yes_or_no"),
    (
        "H1",
        {"measures": measures({"measure": "M1", "deadline": "S+2 dage"})},
        "template.no_last_day",
    ),
    ("H1", {"parties": ["BUF", "SOF", "Hovedstadens Beredskab"]}, "template.no_party"),
    ("H1", {"parties": []}, "template.missing"),
    ("H1", {"title": None}, "template.missing"),
    ("H1", {"title": ["to", "titler"]}, "template.one_value"),
    ("H1", {"trigger": "Ring til 010203-1234"}, "template.cpr"),
    ("H1", {"trigger": "lang " * 200}, "template.too_long"),
    ("H1", {"level": "4"}, "template.number"),
    ("H1", {"kind": "hurtig"}, "template.unknown_word"),
    ("H1", {"period": {"begins": "T+2 dage", "ends": "T+1 dage"}}, "template.backwards"),
    ("H1", {"period": {"begins": "T"}}, "template.missing"),
    ("H1", {"cadence": [{"days": "1"}]}, "template.missing"),
    ("H1", {"cadence": [{"at": ["10.61"]}]}, "template.time"),
    ("H1", {"distribution": [{"to": "Pressen", "tier": "alt"}]}, "template.unknown_word"),
    ("H1", {"becomes": "H77"}, "template.unknown"),
    ("H1", {"becomes": "H1"}, "template.unknown"),
    ("B1", {"measures": measures({"measure": "M1"})}, "template.no_deadline"),
    (
        "B1",
        {"measures": measures({"measure": "M1", "deadline": "T-29 dage"})},
        "template.too_early",
    ),
    ("B1", {"period": None}, "template.missing"),
    ("Ø2", {"rehearses": ["H99"]}, "template.unknown"),
]


def fields(values: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    names = st.sampled_from(["measure", "deadline", "ends", "at", "to", "x"])
    return st.dictionaries(names, values).map(lambda each: {**each})


def with_measure(entry: dict[str, Data]) -> Shipped:
    """Ship one measure more."""
    measures = shipped().measures
    assert isinstance(measures, dict)
    known = measures["measures"]
    assert isinstance(known, list)
    return replace(shipped(), measures={"measures": [*known, entry]})


anything: st.SearchStrategy[Data] = st.recursive(
    st.text(max_size=9), lambda each: st.lists(each) | fields(each)
)
