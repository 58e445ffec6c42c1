"""The short forms of SSP+: the assessment, the kind of case, and the probation service's part."""

from cards.shown import Shown
from cards.words import Say
from dialogs.engine import done
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.assessments import Verdict
from domain.cases import Case, Kif, PlusType
from domain.data_classes import DataClass
from domain.plus import Criterion, hint
from storage.database import Transaction
from usecases import permit
from usecases.assess_plus import Assessed, assess_plus, to_assess
from usecases.keep_plan import set_kif, set_type, to_plan
from usecases.read_case import must_be_cleared
from usecases.ssp_plus import must_be_in_ssp_plus

REASON = Text(least=10, at_most=2000, lines=True)
CRITERIA = Several(names=tuple(Criterion), texts="plus.criterion")


def _hint(case: Case, say: Say) -> str:
    """Say what the level suggests; the group decides (AGE-4)."""
    suggested = hint(case.level)
    if suggested.level is None:
        return say("assess.hint_none")
    key = "assess.hint_in" if suggested.in_target else "assess.hint_out"
    return say(key, level=suggested.level)


async def _load_assessment(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, assessment = await to_assess(
        tx, id=asking.about, by=turn.person, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    known = {"verdict": assessment.verdict.value} if assessment.verdict else {}
    return Given(
        title=case.reference,
        version=case.version,
        known=known,
        notes=(_hint(case, turn.say),),
    )


async def _assess(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = Assessed(
        verdict=Verdict(sent.text("verdict")),
        criteria=frozenset(map(Criterion, sent.several("criteria"))),
        reason=sent.text("reason"),
    )
    await assess_plus(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        said=said,
        now=turn.at,
    )
    return await done(tx, ASSESS, sent, turn)


ASSESS = Flow(
    name="assess",
    about=CASE,
    load=_load_assessment,
    steps=(
        Step(
            key="assess",
            fields=(
                Field(
                    key="verdict",
                    data=DataClass.VIEW,
                    kind=Choice(names=tuple(Verdict), texts="assess.verdict"),
                ),
                Field(
                    key="criteria",
                    data=DataClass.VIEW,
                    kind=CRITERIA,
                    shown=is_("verdict", Verdict.IN_TARGET),
                ),
                Field(key="reason", data=DataClass.VIEW, kind=REASON),
            ),
        ),
    ),
    finish=_assess,
    keeps_key=False,
)


async def _load_kif(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.SET_KIF, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    await must_be_in_ssp_plus(tx, case)
    return Given(title=case.reference, version=case.version, known={"kif": case.kif.value})


async def _set_kif(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await set_kif(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        kif=Kif(sent.text("kif")),
        now=turn.at,
    )
    return await done(tx, KIF, sent, turn)


KIF = Flow(
    name="kif",
    about=CASE,
    load=_load_kif,
    steps=(
        Step(
            key="kif",
            fields=(
                Field(
                    key="kif",
                    data=DataClass.METADATA,
                    kind=Choice(names=tuple(Kif), texts="kif.kif"),
                ),
            ),
        ),
    ),
    finish=_set_kif,
    keeps_key=False,
)


async def _load_type(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _ = await to_plan(tx, id=asking.about, by=turn.person, result=None, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    known = {"plus_type": case.plus_type.value} if case.plus_type else {}
    return Given(title=case.reference, version=case.version, known=known)


async def _set_type(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await set_type(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        plus_type=PlusType(sent.text("plus_type")),
        now=turn.at,
    )
    return await done(tx, PLUS_TYPE, sent, turn)


TYPES = Choice(names=tuple(PlusType), texts="plus_type.plus_type")
PLUS_TYPE = Flow(
    name="plus_type",
    about=CASE,
    load=_load_type,
    steps=(
        Step(
            key="plus_type",
            fields=(Field(key="plus_type", data=DataClass.METADATA, kind=TYPES),),
        ),
    ),
    finish=_set_type,
    keeps_key=False,
)
