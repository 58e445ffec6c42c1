"""Steps 0 and 1 of the concern form: is everybody safe, and who is it about (concern.md §4.2)."""

from collections.abc import Sequence
from datetime import date

from dialogs.concern_answers import born, no_protected_address, said
from dialogs.fields import AreaChoice, Choice, CprNumber, Day, Text
from dialogs.flow import Diversion, Field, Step, is_
from dialogs.kinds import YES_NO
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.ages import AgeBand, age_band
from domain.cpr import CprKind, read_cpr
from domain.data_classes import DataClass

NAME = r"[^\W\d_]+(?:[ '.\-]+[^\W\d_]+)*[.]?"


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
        Field(key="danger", data=DataClass.DECISIONS, kind=YES_NO),
        Field(
            key="notified",
            data=DataClass.DECISIONS,
            kind=Choice(names=("made", "will", "no_need"), texts="concern.notified"),
        ),
        Field(
            key="notified_on", data=DataClass.DECISIONS, kind=Day(), shown=is_("notified", "made")
        ),
        Field(
            key="notified_why",
            data=DataClass.DECISIONS,
            kind=Text(at_most=500, lines=True),
            shown=is_("notified", "no_need"),
        ),
        Field(
            key="relation",
            data=DataClass.DECISIONS,
            kind=Choice(names=("no", "me", "another"), texts="concern.relation"),
        ),
        Field(
            key="relation_names",
            data=DataClass.DECISIONS,
            kind=Text(at_most=200),
            shown=is_("relation", "another"),
        ),
    ),
    divert=_near_relation,
)
CALL_112 = Step(key="call_112", shown=is_("danger", "yes"))
NOTIFY = Step(key="notify", shown=is_("notified", "will"))


def _cpr_needs_a_look(answers: Answers) -> bool:
    """Ask where a replacement number's date is provisional, or two dates disagree (§4.4)."""
    number = said(answers, "cpr")
    if not number:
        return False
    cpr = read_cpr(number, today=date.max)
    typed = said(answers, "born")
    return cpr.born.isoformat() != typed if typed else cpr.kind is CprKind.REPLACEMENT


def _outside_ages(answers: Answers, today: date) -> Diversion | None:
    """Turn an age outside SSP away (domain.md §4); nothing is stored but a count."""
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
            data=DataClass.IDENTITY,
            kind=Text(at_most=120, shape=NAME, shape_problem="field.name"),
            optional=True,
        ),
        Field(key="cpr", data=DataClass.CPR, kind=CprNumber(), optional=True, secret=True),
        Field(key="born", data=DataClass.IDENTITY, kind=Day(), optional=True),
        Field(
            key="description",
            data=DataClass.IDENTITY,
            kind=Text(least=10, at_most=500, lines=True),
            shown=is_("name", None),
        ),
        Field(
            key="age_about",
            data=DataClass.IDENTITY,
            kind=Text(at_most=5, shape=r"\d{1,2}([.,]5|½)?", shape_problem="field.age"),
            optional=True,
            shown=lambda answers: not said(answers, "born") and not said(answers, "cpr"),
        ),
        Field(
            key="born_check",
            data=DataClass.IDENTITY,
            kind=Choice(names=("cpr", "typed", "unknown"), texts="concern.born_check"),
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


def _protected(answers: Answers) -> None:
    no_protected_address(answers, "school", "custody")


ABOUT = Step(
    key="about",
    notes=_check_digit,
    check=_protected,
    fields=(
        Field(
            key="protected",
            data=DataClass.IDENTITY,
            kind=Choice(names=("yes", "no", "unknown"), texts="choice"),
        ),
        Field(key="area", data=DataClass.IDENTITY, kind=AreaChoice()),
        Field(key="school", data=DataClass.IDENTITY, kind=Text(at_most=120), optional=True),
        Field(
            key="custody",
            data=DataClass.IDENTITY,
            kind=Text(at_most=300, lines=True),
            optional=True,
            shown=lambda answers: answers.get("adult") is not True,
        ),
        Field(key="interpreter", data=DataClass.IDENTITY, kind=YES_NO),
        Field(
            key="interpreter_language",
            data=DataClass.IDENTITY,
            kind=Text(at_most=60),
            language=True,
            shown=is_("interpreter", "yes"),
        ),
    ),
)


STEPS = (SAFETY, CALL_112, NOTIFY, PERSON, ABOUT)
