"""Steps 5 to 8 of the concern form: may it be shared, who knows, who sends it (§4.2)."""

from collections.abc import Sequence

from cards.plain import unmarked
from dialogs.concern_answers import chosen
from dialogs.fields import Choice, Day, Several, Text
from dialogs.flow import Field, Step, is_
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Sensitive

YES_NO = Choice(names=("yes", "no"), texts="choice")


def _conditions(answers: Answers) -> None:
    for condition in ("c1", "c2", "c3"):
        if answers.get(condition) != "yes":
            raise RuleBroken(f"gate.{condition}_failed")


GATE = Step(
    key="gate",
    fields=(
        *(Field(key=key, data=DataClass.DECISIONS, kind=YES_NO) for key in ("c1", "c2", "c3")),
        Field(key="necessity", data=DataClass.DECISIONS, kind=Text(at_most=500, lines=True)),
        Field(
            key="sensitive",
            data=DataClass.SENSITIVE,
            kind=Several(
                names=(*(each.value for each in Sensitive), "none"),
                texts="concern.sensitive",
                alone="none",
            ),
        ),
        Field(
            key="heightened",
            data=DataClass.SENSITIVE,
            kind=Text(least=20, at_most=500, lines=True),
            shown=lambda answers: bool(set(chosen(answers, "sensitive")) - {"none"}),
        ),
    ),
    check=_conditions,
)


INFORMING = Step(
    key="informing",
    fields=(
        Field(
            key="informed",
            data=DataClass.DECISIONS,
            kind=Choice(names=("told", "not_yet", "prevents"), texts="concern.informed"),
        ),
        Field(
            key="informed_on", data=DataClass.DECISIONS, kind=Day(), shown=is_("informed", "told")
        ),
        Field(
            key="informed_reaction",
            data=DataClass.DECISIONS,
            kind=Text(at_most=500, lines=True),
            optional=True,
            shown=is_("informed", "told"),
        ),
        Field(
            key="informed_why",
            data=DataClass.DECISIONS,
            kind=Text(least=20, at_most=500, lines=True),
            shown=is_("informed", "prevents"),
        ),
        Field(
            key="child_view",
            data=DataClass.TEXT,
            kind=Text(at_most=1000, lines=True),
            optional=True,
        ),
    ),
)


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
        Field(key="shield", data=DataClass.REPORTER, kind=YES_NO),
        Field(
            key="shield_why",
            data=DataClass.REPORTER,
            kind=Text(at_most=500, lines=True),
            shown=is_("shield", "yes"),
        ),
    ),
)
REVIEW = Step(key="review", review=True)


STEPS = (GATE, INFORMING, SENDER, REVIEW)
