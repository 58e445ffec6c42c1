"""The questions of §115, the same in every form that shares something (domain.md S115-8)."""

from collections.abc import Sequence

from dialogs.concern_answers import chosen
from dialogs.fields import Several, Text
from dialogs.flow import Field, Step, When, always
from dialogs.kinds import YES_NO
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.gates import HEIGHTENED_REASON_AT_LEAST, REASON_AT_MOST, Sensitive

CONDITIONS = ("c1", "c2", "c3")
SENSITIVE = Several(
    names=(*(each.value for each in Sensitive), "none"), texts="concern.sensitive", alone="none"
)


def _all_hold(answers: Answers) -> bool:
    return all(answers.get(condition) == "yes" for condition in CONDITIONS)


def _says_what_follows(answers: Answers, turn: Turn) -> Sequence[str]:
    """Say before anything is sent that nothing will be shared, where a condition fails."""
    asked = any(condition in answers for condition in CONDITIONS)
    return (turn.say("gate.will_not_share"),) if asked and not _all_hold(answers) else ()


def gate_steps(*, sensitive: bool = True, when: When = always) -> tuple[Step, ...]:
    """Ask for the three conditions and why, and end with a look at the whole.

    :param sensitive: whether anything sensitive can be in what is shared.
    :param when: whether anything is shared at all.
    """
    stricter = (
        Field(key="sensitive", data=DataClass.SENSITIVE, kind=SENSITIVE, texts="gate"),
        Field(
            key="heightened",
            data=DataClass.SENSITIVE,
            kind=Text(least=HEIGHTENED_REASON_AT_LEAST, at_most=REASON_AT_MOST, lines=True),
            shown=lambda answers: bool(set(chosen(answers, "sensitive")) - {"none"}),
            texts="concern",
        ),
    )
    return (
        Step(
            key="conditions",
            texts="gate",
            shown=when,
            fields=tuple(
                Field(key=key, data=DataClass.DECISIONS, kind=YES_NO, texts="concern")
                for key in CONDITIONS
            ),
        ),
        Step(
            key="necessity",
            texts="gate",
            shown=lambda answers: when(answers) and _all_hold(answers),
            fields=(
                Field(
                    key="necessity",
                    data=DataClass.DECISIONS,
                    kind=Text(at_most=REASON_AT_MOST, lines=True),
                    texts="concern",
                ),
                *(stricter if sensitive else ()),
            ),
        ),
        Step(key="review", texts="gate", review=True, notes=_says_what_follows),
    )
