"""When a committee would rather meet, and when never; and when one is busy oneself."""

from cards import year_calendar as cards
from cards.plain import unmarked
from cards.shown import Json, Shown
from dialogs.engine import begins
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Number
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Verb, alone
from dialogs.sent import Answers, Sent
from dialogs.things_year import HABITS, committee_of, habits_id
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.meeting_year import HALVES, Busy, Habits, sensible
from domain.office_actions import OfficeAction, may
from domain.people import CommitteeCode
from domain.roles import Actor
from domain.year_plan import Policy
from storage.database import Transaction
from usecases.keep_year_calendar import (
    committees_to_set,
    may_set_habits,
    set_busy,
    set_habits,
)
from usecases.permit_office import refused

AS_TYPE = "type"
SHORTEST, LONGEST = 30, 240  # minutes
_META = DataClass.METADATA
_HALVES = Several(names=tuple(HALVES), texts="half_day")


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return await _listed(tx, turn)


async def _listed(tx: Transaction, turn: Turn, *, top: str = "") -> Shown:
    own = await committees_to_set(tx, turn.person)
    if not own:
        raise await refused(tx, OfficeAction.SET_HABITS)
    return cards.habits(own, await tx.year_calendar.habits(), say=turn.say, top=top)


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Begin with the committee that was chosen on the card."""
    code = CommitteeCode(aim.inputs.get(cards.WHICH, ""))
    if code not in {each.code for each in await committees_to_set(tx, turn.person)}:
        raise RuleBroken("habits.none_chosen")
    return await begins(SET)(tx, turn, Aim(id=habits_id(code)))


async def _as_they_are(tx: Transaction, asking: Asking) -> Given:
    code = await committee_of(tx, asking.about)
    if not await may_set_habits(tx, asking.turn.person, code):
        raise RuleBroken("habits.not_found", about=str(asking.about))
    own = await tx.year_calendar.habits_of(code)
    known: dict[str, Json] = {
        "policy": own.policy or AS_TYPE,
        "minutes": str(own.minutes or ""),
        "preferred": [*own.preferred],
        "barred": [*own.barred],
        "place": own.place,
    }
    return Given(
        title=(await tx.organisation.committee(code)).name,
        version=own.version,
        known={key: value for key, value in known.items() if value},
    )


def _check(answers: Answers) -> None:
    sensible(
        Habits(
            committee=CommitteeCode(""),
            preferred=_codes(answers.get("preferred")),
            barred=_codes(answers.get("barred")),
        )
    )


def _codes(answer: object) -> tuple[str, ...]:
    return tuple(map(str, answer)) if isinstance(answer, list) else ()


async def _set(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    code = await committee_of(tx, sent.about)
    policy = sent.text("policy")
    await set_habits(
        tx,
        Habits(
            committee=code,
            policy=None if policy == AS_TYPE else Policy(policy),
            minutes=sent.number("minutes"),
            preferred=tuple(sent.several("preferred")),
            barred=tuple(sent.several("barred")),
            place=sent.text("place"),
            version=sent.seen,
        ),
        by=turn.person,
        now=turn.at,
    )
    name = (await tx.organisation.committee(code)).name
    return await _listed(tx, turn, top=turn.say("habits.set", name=unmarked(name)))


SET = Flow(
    name="habits",
    about=HABITS,
    steps=(
        Step(
            key="wishes",
            fields=(
                Field(
                    key="policy",
                    kind=Choice(names=(AS_TYPE, *Policy), texts="yearplan.policy"),
                    data=_META,
                ),
                Field(
                    key="minutes",
                    kind=Number(least=SHORTEST, most=LONGEST),
                    data=_META,
                    optional=True,
                ),
                Field(key="preferred", kind=_HALVES, data=_META, optional=True),
                Field(key="barred", kind=_HALVES, data=_META, optional=True),
                Field(key="place", kind=Text(least=2, at_most=100), data=_META, optional=True),
            ),
            check=_check,
        ),
    ),
    finish=_set,
    keeps_key=False,
    load=_as_they_are,
)


async def _when_busy(tx: Transaction, asking: Asking) -> Given:
    own = (await tx.year_calendar.busy()).get(asking.turn.person.id, ())
    known: dict[str, Json] = {"halves": [*own]} if own else {}
    return Given(known=known, notes=[asking.turn.say("busy.soft")])


async def _busy(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    codes = tuple(sent.several("halves"))
    await set_busy(tx, Busy(person=turn.person.id, halves=codes, noted_at=turn.at))
    return cards.busy(codes, say=turn.say)


BUSY = Flow(
    name="busy",
    steps=(
        Step(
            key="halves",
            fields=(Field(key="halves", kind=_HALVES, data=_META, optional=True),),
        ),
    ),
    finish=_busy,
    keeps_key=False,
    load=_when_busy,
)


def sets_habits(actor: Actor) -> bool:
    return may(actor, OfficeAction.SET_HABITS)


OFFER = Offer(
    verbs={
        "habits.list": Verb(take=alone(_list), words=("mødevaner", "meeting habits")),
        "habits.pick": Verb(take=_pick, asks=frozenset({cards.WHICH})),
        "habits.set": Verb(
            take=begins(SET),
            about=HABITS,
            words=("mødevaner", "meeting habits"),
            typed_only=True,
        ),
        "busy.begin": Verb(take=begins(BUSY), words=("optaget", "busy")),
    },
    flows=(SET, BUSY),
    helps={"help.habits": sets_habits, "help.busy": everybody},
)
