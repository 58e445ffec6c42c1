"""Steps 2 to 4 of the concern form: what was seen, its signs, and the whole view (§4.2)."""

from collections.abc import Sequence
from datetime import date

from dialogs.concern_answers import (
    born,
    chosen,
    no_protected_address,
    said,
    signs,
    ticked,
    wording_of,
)
from dialogs.fields import Choice, Day, Several, Text
from dialogs.flow import Field, Step, is_
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.cpr import mask_cprs
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.levels import LEVELS, TICKABLE, suggest_level

SPOTS = ("individual", "family", "surroundings")


def _sound(answers: Answers) -> None:
    no_protected_address(answers, "place", "observed", "others_text")
    begun, ended = said(answers, "happened_on"), said(answers, "happened_until")
    day = born(answers)
    if day is not None and begun and begun < day.isoformat():
        raise RuleBroken("concern.before_birth")
    if begun and ended and ended < begun:
        raise RuleBroken("concern.period_backwards")


CONCERN = Step(
    key="concern",
    fields=(
        Field(key="happened_on", data=DataClass.TEXT, kind=Day()),
        Field(key="happened_until", data=DataClass.TEXT, kind=Day(), optional=True),
        Field(key="place", data=DataClass.TEXT, kind=Text(at_most=200), optional=True),
        Field(
            key="observed",
            data=DataClass.TEXT,
            kind=Text(least=20, at_most=4000, lines=True, takes_cpr=True),
        ),
        Field(
            key="source",
            data=DataClass.TEXT,
            kind=Choice(names=("own", "youth", "another", "document"), texts="concern.source"),
        ),
        Field(
            key="others",
            data=DataClass.TEXT,
            kind=Choice(names=("none", "few", "group"), texts="concern.others"),
        ),
        Field(
            key="others_text",
            data=DataClass.TEXT,
            kind=Text(at_most=500, lines=True),
            optional=True,
            shown=is_("others", "few", "group"),
        ),
    ),
    check=_sound,
)


def _what_to_mind(answers: Answers, turn: Turn) -> Sequence[str]:
    return [turn.say(f"wording.{kind}") for kind in wording_of(answers)]


def _masked(answers: Answers, _: date) -> Answers:
    if answers.get("cpr_in_text") != "mask":
        return answers
    return {**answers, "observed": mask_cprs(said(answers, "observed"))}


WORDING = Step(
    key="wording",
    shown=lambda answers: bool(wording_of(answers)),
    notes=_what_to_mind,
    fields=(
        Field(
            key="cpr_in_text",
            data=DataClass.DECISIONS,
            kind=Choice(names=("mask", "keep"), texts="concern.cpr_in_text"),
            shown=lambda answers: "cpr" in wording_of(answers),
        ),
    ),
    settle=_masked,
)


def _some_sign(answers: Answers) -> None:
    if not signs(answers) and not said(answers, "sign_other"):
        raise RuleBroken("concern.no_sign")


def _signs_of(level: int) -> Field:
    names = tuple(each.code for each in TICKABLE if each.level == level)
    return Field(
        key=f"signs_{level}",
        data=DataClass.VIEW,
        kind=Several(
            names=(*names, "period") if level == max(LEVELS) else names, texts="criterion"
        ),
        optional=True,
    )


CRITERIA = Step(
    key="criteria",
    fields=(
        *(_signs_of(level) for level in LEVELS),
        Field(
            key="sign_other",
            data=DataClass.VIEW,
            kind=Text(at_most=500, lines=True),
            optional=True,
        ),
    ),
    check=_some_sign,
)


def _points_to(answers: Answers, turn: Turn) -> Sequence[str]:
    found = suggest_level(signs(answers), several_over_a_period=ticked(answers, "period"))
    if found.level is None:
        return []
    because = "; ".join(turn.say(f"criterion.{code}") for code in found.because)
    return [turn.say("concern.level_points", level=found.level, because=because)]


def _offence(answers: Answers) -> bool:
    return any(each.offence and each.code in signs(answers) for each in TICKABLE)


LEVEL = Step(
    key="level",
    notes=_points_to,
    fields=(
        Field(
            key="level",
            data=DataClass.VIEW,
            kind=Choice(names=("1", "2", "3", "4", "unknown"), texts="concern.level"),
        ),
        Field(
            key="offence",
            data=DataClass.OFFENCE,
            kind=Several(
                names=("charged", "convicted", "detained", "unknown"), texts="concern.offence"
            ),
            shown=_offence,
        ),
        Field(
            key="offence_source", data=DataClass.OFFENCE, kind=Text(at_most=200), shown=_offence
        ),
    ),
)


def _spots(side: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            key=f"{side}_{spot}",
            data=DataClass.VIEW,
            kind=Text(at_most=500, lines=True),
            optional=True,
        )
        for spot in SPOTS
    )


RISK = Step(
    key="risk",
    fields=(
        *_spots("risk"),
        Field(
            key="tried", data=DataClass.TEXT, kind=Text(at_most=2000, lines=True), optional=True
        ),
    ),
)


def _some_protection(answers: Answers) -> None:
    given = any(said(answers, f"protect_{spot}") for spot in SPOTS)
    if given == ("none" in chosen(answers, "protect_none")):
        raise RuleBroken("concern.protect_both" if given else "concern.no_protection")


PROTECTION = Step(
    key="protection",
    fields=(
        *_spots("protect"),
        Field(
            key="protect_none",
            data=DataClass.VIEW,
            kind=Several(names=("none",), texts="concern.protect_none"),
            optional=True,
        ),
        Field(key="hope", data=DataClass.TEXT, kind=Text(at_most=500, lines=True)),
    ),
    check=_some_protection,
)


STEPS = (CONCERN, WORDING, CRITERIA, LEVEL, RISK, PROTECTION)
