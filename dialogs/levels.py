"""Setting a level: which, on what it rests, and why (domain.md LVL-1 to LVL-4)."""

from cards.playbooks import after_level
from cards.shown import Shown
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.playbooks import shown
from dialogs.sent import Answers, Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.coordination import OTHER_CRITERION, REASON_AT_LEAST
from domain.data_classes import DataClass
from domain.levels import CRITERIA, LEVELS
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.coordinate_case import set_level
from usecases.read_case import latest_of, must_be_cleared

NAMES = tuple(map(str, LEVELS))


def _codes(level: int) -> Field:
    names = (*(each.code for each in CRITERIA if each.level == level), OTHER_CRITERION)
    return Field(
        key=f"codes_{level}",
        kind=Several(names=names, texts="criterion"),
        data=DataClass.VIEW,
        shown=is_("level", str(level)),
    )


STEPS = (
    Step(
        key="level",
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
)
