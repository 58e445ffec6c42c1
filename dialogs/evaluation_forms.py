"""The evaluation by pages, its own questions on each, and what was learned of it (BER-61)."""

from cards import alert_ends
from cards.shown import Shown
from dialogs.engine import done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step, When
from dialogs.kinds import ComingDay, Offered
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.evaluations import AT_MOST
from domain.people import PersonId
from domain.plan_measures import AT_MOST as LONGEST
from storage.database import Transaction
from usecases.evaluate_alert import answer_evaluation, hold_evaluation
from usecases.learn import add_learning, owners
from usecases.read_readiness import readiness_catalogue

FACT = DataClass.METADATA
MOST_QUESTIONS = 9  # of a template's list of evaluation
PER_PAGE = 3
QUESTIONS = "questions"  # the fact by which the form knows how many there are
NO_TEMPLATE = "none"
SAID = Text(least=2, at_most=AT_MOST, lines=True)


def _key(number: int) -> str:
    return f"answer{number}"


def _at_least(number: int) -> When:
    return lambda answers: int(str(answers.get(QUESTIONS) or 0)) >= number


async def _load_questions(tx: Transaction, asking: Asking) -> Given:
    """Ask what this alert's plan asks, and show what was answered before."""
    alert, evaluation = await hold_evaluation(tx, asking.turn.person, asking.about)
    asked = dict(enumerate(evaluation.answers[:MOST_QUESTIONS], start=1))
    return Given(
        title=alert_ends.form_title(alert, say=asking.turn.say),
        version=alert.version,
        known={_key(number): each.answer for number, each in asked.items() if each.answer},
        labels={_key(number): each.question for number, each in asked.items()},
        facts={QUESTIONS: len(asked)},
    )


async def _answer(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = {number: sent.text(_key(number)) for number in range(1, MOST_QUESTIONS + 1)}
    await answer_evaluation(
        tx, id=sent.about, by=turn.person, answers=said, seen=sent.seen, now=turn.at
    )
    return await done(tx, EVALUATE, sent, turn)


async def _load_owners(tx: Transaction, asking: Asking) -> Given:
    """Offer who can be given it, and which templates it can be about."""
    turn = asking.turn
    alert, _ = await hold_evaluation(tx, turn.person, asking.about)
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    found = await owners(tx, alert.id)
    templates = {code: f"{code} {each.title}" for code, each in catalogue.templates.items()}
    return Given(
        title=alert_ends.form_title(alert, say=turn.say),
        version=alert.version,
        offers={
            "owner": {str(each.id): each.name for each in found.values()},
            "template": {NO_TEMPLATE: turn.say("alert_learning.no_template"), **templates},
        },
    )


async def _learn(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    template = sent.text("template")
    learning = await add_learning(
        tx,
        id=sent.id,
        alert=sent.about,
        words=sent.text("words"),
        owner=PersonId(sent.text("owner")),
        due_on=sent.day("due_on") or turn.today,
        template=None if template == NO_TEMPLATE else template,
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, LEARN, sent, turn, date=turn.say.day(learning.due_on))


def _page(first: int) -> Step:
    return Step(
        key=f"page{first // PER_PAGE + 1}",
        fields=tuple(
            Field(key=_key(number), kind=SAID, data=FACT, optional=True, shown=_at_least(number))
            for number in range(first, first + PER_PAGE)
        ),
        shown=_at_least(first),
    )


EVALUATE = Flow(
    name="alert_evaluation",
    about=ALERT,
    load=_load_questions,
    facts={QUESTIONS: tuple(range(MOST_QUESTIONS, 0, -1))},
    steps=(
        *(_page(first) for first in range(1, MOST_QUESTIONS + 1, PER_PAGE)),
        Step(key="review", review=True),
    ),
    finish=_answer,
    keeps_key=False,
)
LEARN = Flow(
    name="alert_learning",
    about=ALERT,
    load=_load_owners,
    steps=(
        Step(
            key="learned",
            fields=(
                Field(key="words", kind=Text(least=5, at_most=LONGEST, lines=True), data=FACT),
                Field(key="owner", kind=Offered(), data=FACT),
                Field(key="due_on", kind=ComingDay(), data=FACT),
                Field(key="template", kind=Offered(), data=FACT),
            ),
        ),
    ),
    finish=_learn,
    keeps_key=False,
)
