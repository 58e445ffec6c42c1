"""What became of a young person in SSP+: asked after 12 months, and 24 from the start (PLUS-7)."""

from cards.shown import Shown
from dialogs.engine import done
from dialogs.fields import Choice, Day
from dialogs.flow import Asking, Field, Flow, Given, Step, When, is_
from dialogs.sent import Answers, Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.outcomes import Answer, FollowUp, Started, Status
from storage.database import Transaction
from usecases.read_case import must_be_cleared
from usecases.record_outcome import note_start, note_two_years_on, outcome_of

ASKED = "asked"


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, outcome = await outcome_of(tx, case=asking.about, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    is_long = outcome.long_on is not None and outcome.long_on <= turn.today
    known = {
        "started": outcome.started_12m,
        "started_type": outcome.started_type,
        "started_on": outcome.started_on and outcome.started_on.isoformat(),
        "status": outcome.status_24m,
        "reconvicted": outcome.reconvicted_24m,
    }
    return Given(
        title=case.reference,
        version=case.version,
        known={key: str(value) for key, value in known.items() if value is not None},
        facts={ASKED: (FollowUp.LONG if is_long else FollowUp.SHORT).value},
    )


async def _record(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    if sent.text("status"):
        await note_two_years_on(
            tx,
            case=sent.about,
            seen=sent.seen,
            by=turn.person,
            status=Status(sent.text("status")),
            reconvicted=Answer(sent.text("reconvicted")),
            now=turn.at,
        )
    else:
        kind = sent.text("started_type")
        await note_start(
            tx,
            case=sent.about,
            seen=sent.seen,
            by=turn.person,
            answer=Answer(sent.text("started")),
            kind=Started(kind) if kind else None,
            on=sent.day("started_on"),
            now=turn.at,
        )
    return await done(tx, OUTCOME, sent, turn)


_SHORT = is_(ASKED, FollowUp.SHORT.value)
_LONG = is_(ASKED, FollowUp.LONG.value)


def _began(answers: Answers) -> bool:
    return _SHORT(answers) and answers.get("started") == Answer.YES


def _choice(key: str, names: tuple[str, ...], data: DataClass, shown: When) -> Field:
    return Field(key=key, data=data, kind=Choice(names=names, texts=f"outcome.{key}"), shown=shown)


OUTCOME = Flow(
    name="outcome",
    about=CASE,
    load=_load,
    facts={ASKED: tuple(each.value for each in FollowUp)},
    steps=(
        Step(
            key="outcome",
            fields=(
                _choice("started", tuple(Answer), DataClass.ACTIONS, _SHORT),
                _choice("started_type", tuple(Started), DataClass.ACTIONS, _began),
                Field(key="started_on", data=DataClass.ACTIONS, kind=Day(), shown=_began),
                _choice("status", tuple(Status), DataClass.ACTIONS, _LONG),
                _choice("reconvicted", tuple(Answer), DataClass.OFFENCE, _LONG),
            ),
        ),
    ),
    finish=_record,
    keeps_key=False,
)
