"""The steps of the concern form, field by field (concern.md §4.2)."""

from collections.abc import Sequence
from datetime import date

from cards.plain import unmarked
from cards.shown import Json
from dialogs.concern_answers import born, chosen, said, signs, ticked, wording_of
from dialogs.fields import AreaChoice, Choice, CprNumber, Day, Several, Text
from dialogs.flow import Answers, Diversion, Field, Step, When
from dialogs.turns import Turn
from domain.ages import AgeBand, age_band
from domain.concerns import DataClass
from domain.cpr import CprKind, mask_cprs, read_cpr
from domain.errors import RuleBroken
from domain.gates import Sensitive
from domain.levels import LEVELS, TICKABLE, suggest_level

IDENTITY, CPR, TEXT = DataClass.IDENTITY, DataClass.CPR, DataClass.TEXT
OFFENCE, REPORTER, VIEW = DataClass.OFFENCE, DataClass.REPORTER, DataClass.VIEW
SENSITIVE, DECISIONS = DataClass.SENSITIVE, DataClass.DECISIONS
YES_NO = ("yes", "no")
NAME = r"[^\W\d_]+(?:[ '.\-]+[^\W\d_]+)*[.]?"
PHONES = r"[^@]*"
SPOTS = ("individual", "family", "surroundings")


def is_(key: str, *values: Json) -> When:
    """The question is asked when an earlier one was answered so."""
    return lambda answers: answers.get(key) in values


def choice(key: str, *names: str) -> Choice:
    return Choice(names=names, texts=f"concern.{key}")


# --- 0 Safety


def _near_relation(answers: Answers, _: date) -> Diversion | None:
    if answers.get("relation") == "me":
        return Diversion(
            text="concern.diverted.relation",
            counted_as="diverted.relation",
            offers_enquiry=True,
        )
    return None


SAFETY = Step(
    key="safety",
    fields=(
        Field(key="danger", data=DECISIONS, kind=Choice(names=YES_NO, texts="choice")),
        Field(key="notified", data=DECISIONS, kind=choice("notified", "made", "will", "no_need")),
        Field(key="notified_on", data=DECISIONS, kind=Day(), shown=is_("notified", "made")),
        Field(
            key="notified_why",
            data=DECISIONS,
            kind=Text(at_most=500, lines=True),
            shown=is_("notified", "no_need"),
        ),
        Field(key="relation", data=DECISIONS, kind=choice("relation", "no", "me", "another")),
        Field(
            key="relation_names",
            data=DECISIONS,
            kind=Text(at_most=200),
            shown=is_("relation", "another"),
        ),
    ),
    divert=_near_relation,
)
CALL_112 = Step(key="call_112", shown=is_("danger", "yes"))
NOTIFY = Step(key="notify", shown=is_("notified", "will"))

# --- 1 Person


def _cpr_needs_a_look(answers: Answers) -> bool:
    """A replacement number's date is provisional; a date that disagrees is asked about."""
    number = said(answers, "cpr")
    if not number:
        return False
    cpr = read_cpr(number, today=date.max)
    typed = said(answers, "born")
    return cpr.born.isoformat() != typed if typed else cpr.kind is CprKind.REPLACEMENT


def _outside_ages(answers: Answers, today: date) -> Diversion | None:
    """An age outside SSP is not taken in (domain.md §4); nothing is stored but a count."""
    band = age_band(born(answers), today)
    if band in {AgeBand.UNDER_10, AgeBand.OVER}:
        name = band.name.casefold()
        return Diversion(text=f"concern.diverted.{name}", counted_as=f"diverted.{name}")
    return None


def _of_age(answers: Answers, today: date) -> Answers:
    """Work out what later questions depend on, for this day."""
    band = age_band(born(answers), today)
    return {**answers, "adult": band is AgeBand.SSP_PLUS_AGE}


PERSON = Step(
    key="person",
    fields=(
        Field(
            key="name",
            data=IDENTITY,
            kind=Text(at_most=120, shape=NAME, shape_problem="field.name"),
            optional=True,
        ),
        Field(key="cpr", data=CPR, kind=CprNumber(), optional=True, secret=True),
        Field(key="born", data=IDENTITY, kind=Day(), optional=True),
        Field(
            key="description",
            data=IDENTITY,
            kind=Text(least=10, at_most=500, lines=True),
            shown=is_("name", None),
        ),
        Field(
            key="age_about",
            data=IDENTITY,
            kind=Text(at_most=5, shape=r"\d{1,2}([.,]5|½)?", shape_problem="field.age"),
            optional=True,
            shown=lambda answers: not said(answers, "born") and not said(answers, "cpr"),
        ),
        Field(
            key="born_check",
            data=IDENTITY,
            kind=choice("born_check", "cpr", "typed", "unknown"),
            shown=_cpr_needs_a_look,
        ),
    ),
    divert=_outside_ages,
    settle=_of_age,
)


def _check_digit(answers: Answers, turn: Turn) -> Sequence[str]:
    number = said(answers, "cpr")
    if number and not read_cpr(number, today=date.max).check_digit_ok:
        return [turn.say("cpr.check_digit")]
    return []


ABOUT = Step(
    key="about",
    notes=_check_digit,
    fields=(
        Field(
            key="protected",
            data=IDENTITY,
            kind=Choice(names=("yes", "no", "unknown"), texts="choice"),
        ),
        Field(key="area", data=IDENTITY, kind=AreaChoice()),
        Field(key="school", data=IDENTITY, kind=Text(at_most=120), optional=True),
        Field(
            key="custody",
            data=IDENTITY,
            kind=Text(at_most=300, lines=True),
            optional=True,
            shown=lambda answers: answers.get("adult") is not True,
        ),
        Field(key="interpreter", data=IDENTITY, kind=Choice(names=YES_NO, texts="choice")),
        Field(
            key="interpreter_language",
            data=IDENTITY,
            kind=Text(at_most=60),
            shown=is_("interpreter", "yes"),
        ),
    ),
)

# --- 2 Concern


def _after_birth(answers: Answers) -> None:
    begun, ended = said(answers, "happened_on"), said(answers, "happened_until")
    day = born(answers)
    if day is not None and begun and begun < day.isoformat():
        raise RuleBroken("concern.before_birth")
    if begun and ended and ended < begun:
        raise RuleBroken("concern.period_backwards")


CONCERN = Step(
    key="concern",
    fields=(
        Field(key="happened_on", data=TEXT, kind=Day()),
        Field(key="happened_until", data=TEXT, kind=Day(), optional=True),
        Field(key="place", data=TEXT, kind=Text(at_most=200), optional=True),
        Field(key="observed", data=TEXT, kind=Text(least=20, at_most=4000, lines=True)),
        Field(
            key="source", data=TEXT, kind=choice("source", "own", "youth", "another", "document")
        ),
        Field(key="others", data=TEXT, kind=choice("others", "none", "few", "group")),
        Field(
            key="others_text",
            data=TEXT,
            kind=Text(at_most=500, lines=True),
            optional=True,
            shown=is_("others", "few", "group"),
        ),
    ),
    check=_after_birth,
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
            data=DECISIONS,
            kind=choice("cpr_in_text", "mask", "keep"),
            shown=lambda answers: "cpr" in wording_of(answers),
        ),
    ),
    settle=_masked,
)

# --- 3 Criteria


def _some_sign(answers: Answers) -> None:
    if not signs(answers) and not said(answers, "sign_other"):
        raise RuleBroken("concern.no_sign")


def _signs_of(level: int) -> Field:
    names = tuple(each.code for each in TICKABLE if each.level == level)
    return Field(
        key=f"signs_{level}",
        data=VIEW,
        kind=Several(
            names=(*names, "period") if level == max(LEVELS) else names, texts="criterion"
        ),
        optional=True,
    )


CRITERIA = Step(
    key="criteria",
    fields=(
        *(_signs_of(level) for level in LEVELS),
        Field(key="sign_other", data=VIEW, kind=Text(at_most=500, lines=True), optional=True),
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
        Field(key="level", data=VIEW, kind=choice("level", "1", "2", "3", "4", "unknown")),
        Field(
            key="offence",
            data=OFFENCE,
            kind=Several(
                names=("charged", "convicted", "detained", "unknown"), texts="concern.offence"
            ),
            shown=_offence,
        ),
        Field(key="offence_source", data=OFFENCE, kind=Text(at_most=200), shown=_offence),
    ),
)

# --- 4 Whole view


def _spots(side: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            key=f"{side}_{spot}",
            data=VIEW,
            kind=Text(at_most=500, lines=True),
            optional=True,
        )
        for spot in SPOTS
    )


RISK = Step(
    key="risk",
    fields=(
        *_spots("risk"),
        Field(key="tried", data=TEXT, kind=Text(at_most=2000, lines=True), optional=True),
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
            data=VIEW,
            kind=Several(names=("none",), texts="concern.protect_none"),
            optional=True,
        ),
        Field(key="hope", data=TEXT, kind=Text(at_most=500, lines=True)),
    ),
    check=_some_protection,
)

# --- 5 §115


def _conditions(answers: Answers) -> None:
    for condition in ("c1", "c2", "c3"):
        if answers.get(condition) != "yes":
            raise RuleBroken(f"gate.{condition}_failed")


GATE = Step(
    key="gate",
    fields=(
        *(
            Field(key=key, data=DECISIONS, kind=Choice(names=YES_NO, texts="choice"))
            for key in ("c1", "c2", "c3")
        ),
        Field(key="necessity", data=DECISIONS, kind=Text(at_most=500, lines=True)),
        Field(
            key="sensitive",
            data=SENSITIVE,
            kind=Several(
                names=(*(each.value for each in Sensitive), "none"),
                texts="concern.sensitive",
                alone="none",
            ),
        ),
        Field(
            key="heightened",
            data=SENSITIVE,
            kind=Text(least=20, at_most=500, lines=True),
            shown=lambda answers: bool(set(chosen(answers, "sensitive")) - {"none"}),
        ),
    ),
    check=_conditions,
)

# --- 6 Informing

INFORMING = Step(
    key="informing",
    fields=(
        Field(
            key="informed", data=DECISIONS, kind=choice("informed", "told", "not_yet", "prevents")
        ),
        Field(key="informed_on", data=DECISIONS, kind=Day(), shown=is_("informed", "told")),
        Field(
            key="informed_reaction",
            data=DECISIONS,
            kind=Text(at_most=500, lines=True),
            optional=True,
            shown=is_("informed", "told"),
        ),
        Field(
            key="informed_why",
            data=DECISIONS,
            kind=Text(least=20, at_most=500, lines=True),
            shown=is_("informed", "prevents"),
        ),
        Field(key="child_view", data=TEXT, kind=Text(at_most=1000, lines=True), optional=True),
    ),
)

# --- 7 Reporter, 8 Review


def _as_registered(_: Answers, turn: Turn) -> Sequence[str]:
    person = turn.person
    return [
        turn.say(
            "concern.as_registered",
            name=unmarked(person.name),
            authority=turn.say(f"authority.{person.authority}"),
            function=unmarked(person.function),
            contact=unmarked(person.email),
        )
    ]


SENDER = Step(
    key="sender",
    notes=_as_registered,
    fields=(
        Field(key="shield", data=REPORTER, kind=Choice(names=YES_NO, texts="choice")),
        Field(
            key="shield_why",
            data=REPORTER,
            kind=Text(at_most=500, lines=True),
            shown=is_("shield", "yes"),
        ),
    ),
)
REVIEW = Step(key="review", review=True)

STEPS = (
    SAFETY,
    CALL_112,
    NOTIFY,
    PERSON,
    ABOUT,
    CONCERN,
    WORDING,
    CRITERIA,
    LEVEL,
    RISK,
    PROTECTION,
    GATE,
    INFORMING,
    SENDER,
    REVIEW,
)
