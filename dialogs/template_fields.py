"""What is asked of a template, and how the answers are written in it (BER-39)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cards.shown import Json
from cards.words import Say
from dialogs.fields import Text
from dialogs.flow import Field
from dialogs.kinds import Offered
from dialogs.sent import Answers
from domain.data_classes import DataClass
from domain.plan_templates import Data
from domain.plan_times import read_when
from domain.template_lines import (
    items,
    read_measures,
    read_phases,
    read_shares,
    read_times,
    written_items,
    written_measures,
    written_phases,
    written_shares,
)

META = DataClass.METADATA
LINES = 3000  # characters in a list of a template


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Text):
    """Words that must read as something: a time, or a line for each measure."""

    reads: Callable[[str], object]

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        text = Text.read(self, answer, today=today, say=say)
        self.reads(str(text))
        return text


_WRITE: Mapping[str, Callable[[Data], str]] = {
    "measures": written_measures,
    "distribution": written_shares,
    "cadence": written_phases,
}
_READ: Mapping[str, Callable[[str], list[Data]]] = {
    "measures": read_measures,
    "distribution": read_shares,
    "cadence": read_phases,
    "reports": read_times,
    "meetings": read_times,
}
_FREE = ("externals", "goal", "agenda", "close_down", "evaluation")
OWN_LISTS = ("goal", "agenda", "close_down", "evaluation")


def listed(key: str) -> Field:
    """Ask for a list, a line for each; left blank, there is none."""
    free = Text(at_most=LINES, lines=True)
    kind = Written(at_most=LINES, lines=True, reads=_READ[key]) if key in _READ else free
    return Field(key=key, kind=kind, data=META, optional=True)


def timed(key: str) -> Field:
    """Ask for a time as plans have them: T+4 timer."""
    return Field(key=key, kind=Written(at_most=60, reads=read_when), data=META, optional=True)


BECAUSE = (
    Field(
        key="because",
        kind=Text(least=3, at_most=600, lines=True),
        data=META,
        optional=True,
        texts="template",
    ),
    Field(
        key="learning",
        kind=Offered(),
        data=META,
        optional=True,
        texts="template",
        shown=lambda answers: answers.get("learned") is True,
    ),
)


def known(written: Mapping[str, Data]) -> dict[str, Json]:
    """Say how a template is now, by field of the forms; what it does not have is left out."""
    period = written.get("period")
    span = period if isinstance(period, dict) else {}
    lists = (*_READ, *_FREE)
    told: dict[str, Json] = {
        **{name: _WRITE.get(name, written_items)(written.get(name, [])) for name in lists},
        **{name: str(written.get(name, "")) for name in ("title", "trigger", "level", "steering")},
        "parties": _texts(written.get("parties", [])),
        "at_once": "yes" if written.get("at_once") == "ja" else "no",
        **{name: str(span.get(name, "")) for name in ("begins", "ends")},
    }
    return {name: value for name, value in told.items() if value}


def _texts(said: Data) -> list[Json]:
    return [str(each) for each in said] if isinstance(said, list) else []


def laid(answers: Answers) -> dict[str, Data | None]:
    """Write the answers of a form as fields of a template; a blank takes the field away."""
    written: dict[str, Data | None] = {}
    for name in (*_READ, *_FREE):
        if name in answers:
            said = str(answers[name] or "")
            written[name] = _READ.get(name, _items)(said) if said else _none(name)
    for name in ("title", "trigger", "level", "steering"):
        if answers.get(name):
            written[name] = str(answers[name])
    parties = answers.get("parties")
    if isinstance(parties, list):
        written["parties"] = [str(each) for each in parties]
    if "at_once" in answers:
        written["at_once"] = "ja" if answers["at_once"] == "yes" else "nej"
    if "ends" in answers:
        written["period"] = _period(answers)
    return written


def _items(text: str) -> list[Data]:
    return [*items(text)]


def _none(name: str) -> Data | None:
    """Say what a list is without lines: everybody's for those of everybody, else empty."""
    return None if name in OWN_LISTS else []


def _period(answers: Answers) -> Data | None:
    said = {name: answers.get(name) for name in ("begins", "ends")}
    return {name: str(read_when(str(value))) for name, value in said.items() if value} or None
