"""What the answers of a concern form mean: birth, signs, the judgement, the sealed parts."""

from collections.abc import Sequence
from datetime import date

from dialogs.flow import Flow
from dialogs.sent import Answers
from domain.concerns import Parts
from domain.cpr import read_cpr
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged, Sensitive
from domain.people import AreaCode
from domain.wording import has_address, wording
from usecases.submit_concern import Reported

LEVELS = ("signs_1", "signs_2", "signs_3", "signs_4")


def said(answers: Answers, key: str) -> str:
    """Give the words answered, or "" where there are none."""
    value = answers.get(key)
    return value if isinstance(value, str) else ""


def chosen(answers: Answers, key: str) -> list[str]:
    """Give the options ticked, or none."""
    value = answers.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []


def signs(answers: Answers) -> list[str]:
    """List the codes of the criteria that were ticked."""
    ticks = [code for key in LEVELS for code in chosen(answers, key)]
    return [code for code in ticks if code != "period"]


def ticked(answers: Answers, name: str) -> bool:
    return any(name in chosen(answers, key) for key in LEVELS)


def born(answers: Answers) -> date | None:
    """Find the date of birth that counts: typed, from the CPR number, or none that is sure."""
    typed, number = said(answers, "born"), said(answers, "cpr")
    from_cpr = read_cpr(number, today=date.max).born if number else None
    from_words = date.fromisoformat(typed) if typed else from_cpr
    decided = {"cpr": from_cpr, "typed": from_words, "unknown": None}
    return decided.get(said(answers, "born_check"), from_words)


def wording_of(answers: Answers) -> Sequence[str]:
    """Name what the reporter should mind in their own text; it never blocks."""
    return list(dict.fromkeys(str(each.kind) for each in wording(said(answers, "observed"))))


def no_protected_address(answers: Answers, *keys: str) -> None:
    """Keep the address of somebody protected out of what is stored (field 1.4).

    :raises RuleBroken: `concern.protected_address`
    """
    texts = (said(answers, key) for key in keys)
    if said(answers, "protected") == "yes" and any(map(has_address, texts)):
        raise RuleBroken("concern.protected_address")


def reported(answers: Answers) -> Reported:
    """Pick out what routing needs to know."""
    area = said(answers, "area")
    level = said(answers, "level")
    return Reported(
        born=born(answers),
        name_known=bool(said(answers, "name")),
        area=None if area in {"", "elsewhere", "unknown"} else AreaCode(area),
        elsewhere=area == "elsewhere",
        level=int(level) if level.isdecimal() else None,
        criteria=frozenset(signs(answers)),
        shielded=said(answers, "shield") == "yes",
        near_relations=said(answers, "relation_names"),
    )


def judged(answers: Answers) -> Judged:
    """Pick out the reporter's judgement under §115."""
    return Judged(
        part_of_ssp=said(answers, "c1") == "yes",
        reasonable=said(answers, "c2") == "yes",
        necessary=said(answers, "c3") == "yes",
        reason=said(answers, "necessity"),
        sensitive=frozenset(Sensitive(e) for e in chosen(answers, "sensitive") if e != "none"),
        heightened_reason=said(answers, "heightened"),
    )


def parts(flow: Flow, answers: Answers) -> Parts:
    """Sort the answers by the class of data they are, so that each is sealed and read apart."""
    sorted_: dict[DataClass, dict[str, object]] = {}
    for key, field in flow.fields().items():
        if (value := answers.get(key)) not in (None, []):
            sorted_.setdefault(field.data, {})[key] = value
    return sorted_
