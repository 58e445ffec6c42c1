"""Setting a level: which, on what it rests, and why (domain.md LVL-1 to LVL-4)."""

from cards.playbooks import after_level
from cards.shown import Json, Shown
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.playbooks import shown
from dialogs.sent import Answers, Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.cases import Case
from domain.coordination import OTHER_CRITERION, REASON_AT_LEAST
from domain.data_classes import DataClass
from domain.levels import CRITERIA, LEVELS
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.earlier_registrations import computed_criteria
from usecases.read_case import latest_of, must_be_cleared
from usecases.set_level import set_level

NAMES = tuple(map(str, LEVELS))
COMPUTED = {"L2.a": "several_concerns", "L3.a": "several_cases"}
FACTS = dict.fromkeys(COMPUTED.values(), (True, False))


def _codes(level: int) -> Field:
    names = (*(each.code for each in CRITERIA if each.level == level), OTHER_CRITERION)
    return Field(
        key=f"codes_{level}",
        kind=Several(names=names, texts="criterion"),
        data=DataClass.VIEW,
        shown=is_("level", str(level)),
    )


def _follows(answers: Answers, turn: Turn) -> list[str]:
    """Say what follows from earlier registrations; the group decides (LVL-1, LVL-2)."""
    return [
        turn.say("level.follows", criterion=turn.say(f"criterion.{code}"))
        for code, fact in COMPUTED.items()
        if answers.get(fact) is True
    ]


STEPS = (
    Step(
        key="level",
        notes=_follows,
        fields=(
            Field(
                key="level", kind=Choice(names=NAMES, texts="concern.level"), data=DataClass.VIEW
            ),
        ),
    ),
    Step(
        key="why",
        fields=(
            *(_codes(level) for level in LEVELS),
            Field(
                key="reason",
                kind=Text(least=REASON_AT_LEAST, at_most=1000, lines=True),
                data=DataClass.VIEW,
            ),
        ),
    ),
)


def known(latest: Record | None) -> Answers:
    """Give the level and what it rests on as they are now."""
    if latest is None:
        return {}
    content, level = latest.content, str(latest.content.get("to"))
    codes = content.get("codes")
    return {
        "level": level,
        f"codes_{level}": list(map(str, codes)) if isinstance(codes, list) else [],
        "reason": str(content.get("reason", "")),
    }


async def facts(tx: Transaction, case: Case) -> dict[str, Json]:
    """Say which computed criteria hold."""
    found = await computed_criteria(tx, case)
    return {fact: code in found for code, fact in COMPUTED.items()}


def codes(sent: Sent) -> list[str]:
    return sent.several(f"codes_{sent.text('level')}")


async def load(tx: Transaction, asking: Asking) -> Given:
    """Look up the level as it is now."""
    turn = asking.turn
    case, matter, actor = await permit.case(
        tx, turn.person, Action.SET_LEVEL, asking.about, result="asked", now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    found = await latest_of(tx, case, matter, actor, [RecordKind.LEVEL])
    return Given(
        title=case.reference,
        version=case.version,
        known=known(found.get(RecordKind.LEVEL)),
        facts=await facts(tx, case),
    )


async def _finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    case = await set_level(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        level=int(sent.text("level")),
        codes=codes(sent),
        reason=sent.text("reason"),
        now=turn.at,
    )
    top, buttons = after_level(case, say=turn.say)
    return await shown(tx, turn, int(sent.text("level")), top=tuple(top), buttons=tuple(buttons))


LEVEL = Flow(
    name="level",
    about=CASE,
    load=load,
    steps=(*STEPS, Step(key="review", review=True)),
    finish=_finish,
    keeps_key=False,
    facts=FACTS,
)
