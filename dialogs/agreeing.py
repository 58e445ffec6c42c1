"""Questions about an action: from the catalogue or in one's own words, who does it, by when."""

from collections.abc import Iterable, Mapping

from cards.words import Say
from dialogs.fields import Choice, Text
from dialogs.flow import Field, Step, When
from dialogs.kinds import YES_NO, ComingDay, Offered
from dialogs.sent import Answers, Sent
from domain.action_catalogue import CATALOGUE
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from usecases.coordinate_case import NewAction

MOST_AT_ONCE = 3
CATALOGUE_CHOICE = Choice(
    names=tuple(f"{each.authority}.{each.key}" for each in CATALOGUE), texts="catalogue"
)
WORDS = Text(least=3, at_most=500, lines=True)


def keyed(key: str, number: int) -> str:
    return f"{key}_{number}"


def step(number: int, *, shown: When) -> Step:
    """Ask about one of several actions, and whether there is another."""

    def has_words(answers: Answers) -> None:
        if not (answers.get(keyed("idea", number)) or answers.get(keyed("what", number))):
            raise RuleBroken("action.no_words")

    fields = [
        Field(
            key=keyed("idea", number),
            kind=CATALOGUE_CHOICE,
            data=DataClass.ACTIONS,
            optional=True,
        ),
        Field(key=keyed("what", number), kind=WORDS, data=DataClass.ACTIONS, optional=True),
        Field(key=keyed("owner", number), kind=Offered(), data=DataClass.ACTIONS),
        Field(key=keyed("due", number), kind=ComingDay(), data=DataClass.ACTIONS),
    ]
    if number < MOST_AT_ONCE:
        fields.append(Field(key=keyed("another", number), kind=YES_NO, data=DataClass.ACTIONS))
    return Step(key=keyed("action", number), fields=tuple(fields), shown=shown, check=has_words)


def agreed(sent: Sent, say: Say) -> list[NewAction]:
    """Read the actions that were asked about."""
    return [each for n in range(1, MOST_AT_ONCE + 1) if (each := one(sent, n, say)) is not None]


def one(sent: Sent, number: int, say: Say) -> NewAction | None:
    due = sent.day(keyed("due", number))
    if due is None:
        return None
    return NewAction(
        what=words(sent.text(keyed("idea", number)), sent.text(keyed("what", number)), say),
        owner=PersonId(sent.text(keyed("owner", number))),
        due_on=due,
    )


def words(idea: str, own: str, say: Say) -> str:
    """Put what was chosen from the catalogue and one's own words together."""
    return ": ".join(filter(None, [say(f"catalogue.{idea}") if idea else "", own]))


def titles(people: Iterable[Person], say: Say) -> Mapping[str, str]:
    """Name people as they are offered: by name, function and authority."""
    return {
        each.id: say(
            "case.person_offered",
            name=each.name,
            function=each.function,
            authority=each.authority,
        )
        for each in people
    }
