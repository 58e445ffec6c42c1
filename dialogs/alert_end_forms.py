"""The forms by which an alert's end is decided: later, slowly, now, not yet, filed (BER-57…60)."""

from uuid import UUID

from cards import alert_ends as cards
from cards.plan_views import party_name
from cards.shown import Shown
from cards.words import Say
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay, Number, SeveralOffered
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_ending import MOST_DAYS, Leftover, Outstanding
from domain.alert_log import DecisionKind
from domain.alert_periods import LAST_HOUR
from domain.alerts import Alert
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.data_classes import DataClass
from domain.periods import moment
from domain.plan_measures import AT_MOST, may_edit
from storage.database import Transaction
from usecases.end_alert import Ending, end_alert, normalise, see_outstanding
from usecases.extend_period import Extension, answer_extension, extend_period, hold_for_steering
from usecases.file_alert import LONGEST_NUMBER, file_alert
from usecases.hand_on_measures import hand_on_measures
from usecases.permit_alert import hold_alert
from usecases.reopen_alert import reopen_alert

FACT = DataClass.METADATA
WORDS = Text(least=3, at_most=AT_MOST, lines=True)
BECAUSE = Field(key="because", kind=WORDS, data=FACT)


async def _load(tx: Transaction, asking: Asking) -> Given:
    """Let nobody begin a form who may not act on the alert."""
    return _given(await hold_alert(tx, asking.turn.person, asking.about), asking.turn.say)


async def _load_asked(tx: Transaction, asking: Asking) -> Given:
    """Let nobody say no but who sits in the steering group."""
    alert = await hold_for_steering(tx, asking.turn.person, asking.about)
    return _given(alert, asking.turn.say)


async def _load_left(tx: Transaction, asking: Asking) -> Given:
    """Offer what is left of this person's own, and the lists to tick."""
    alert = await hold_alert(tx, asking.turn.person, asking.about)
    turn = asking.turn
    _, left = await see_outstanding(tx, id=alert.id, by=turn.person, now=turn.at)
    secretariat = bool(turn.person.offices & OF_THE_SECRETARIAT)
    mine = {
        str(each.id): f"{each.title} ({party_name(each.party, say=turn.say)})"
        for each in left.measures
        if may_edit(each.party, authority=turn.person.authority, secretariat=secretariat)
    }
    offers = {"measures": mine, "normal": _numbered(left.normal)}
    return _given(
        alert,
        turn.say,
        offers={**offers, "close_down": _numbered(left.close_down)},
        notes=_left(left, turn.say),
    )


def _given(
    alert: Alert,
    say: Say,
    *,
    offers: dict[str, dict[str, str]] | None = None,
    notes: list[str] | None = None,
) -> Given:
    return Given(
        title=cards.form_title(alert, say=say),
        version=alert.version,
        offers=offers or {},
        notes=notes or [],
    )


def _numbered(lines: tuple[str, ...]) -> dict[str, str]:
    return {str(number): line for number, line in enumerate(lines, start=1)}


def _left(left: Outstanding, say: Say) -> list[str]:
    """Say on the form what is still left, so that nobody closes without having seen it."""
    counted = {
        "measures": len(left.measures),
        "reports": len(left.reports),
        "not_briefed": len(left.not_briefed),
    }
    return [say(f"alertend.left_{what}", count=count) for what, count in counted.items() if count]


async def _extend(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    day = sent.day("until") or turn.today
    decided = await extend_period(
        tx,
        alert=sent.about,
        wanted=Extension(id=sent.id, until=moment(day, LAST_HOUR), because=sent.text("because")),
        by=turn.person,
        seen=sent.seen,
        now=turn.at,
    )
    asked = decided.kind is DecisionKind.EXTENSION_ASKED
    until = turn.say.day(day)
    return await _done(tx, sent.about, "asked" if asked else "extended", turn, until=until)


async def _refuse(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await answer_extension(
        tx,
        alert=sent.about,
        id=sent.id,
        agrees=False,
        because=sent.text("because"),
        by=turn.person,
        now=turn.at,
    )
    return await _done(tx, sent.about, "refused", turn)


async def _normalise(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await normalise(
        tx,
        id=sent.about,
        by=turn.person,
        days=sent.number("days") or 0,
        because=sent.text("because"),
        seen=sent.seen,
        now=turn.at,
    )
    return await _done(tx, sent.about, "normalising", turn)


async def _hand_on(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    count = await hand_on_measures(
        tx,
        id=sent.about,
        by=turn.person,
        measures=[UUID(each) for each in sent.several("measures")],
        to=Leftover(sent.text("to")),
        words=sent.text("because"),
        now=turn.at,
    )
    return await _done(tx, sent.about, "handed_on", turn, count=count)


async def _close(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    ending = Ending(
        because=sent.text("because"),
        normal=tuple(map(int, sent.several("normal"))),
        close_down=tuple(map(int, sent.several("close_down"))),
    )
    await end_alert(tx, id=sent.about, by=turn.person, ending=ending, seen=sent.seen, now=turn.at)
    return await _done(tx, sent.about, "closed", turn)


async def _reopen(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await reopen_alert(
        tx,
        id=sent.about,
        by=turn.person,
        because=sent.text("because"),
        seen=sent.seen,
        now=turn.at,
    )
    return await _done(tx, sent.about, "reopened", turn)


async def _file(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await file_alert(tx, id=sent.about, by=turn.person, journal=sent.text("journal"), now=turn.at)
    return await _done(tx, sent.about, "filed", turn)


async def _done(tx: Transaction, id: UUID, what: str, turn: Turn, **facts: object) -> Shown:
    alert, _ = await see_outstanding(tx, id=id, by=turn.person, now=turn.at)
    return cards.done(alert, what, say=turn.say, **facts)


_LATER = Field(key="until", kind=ComingDay(), data=FACT)
_DAYS = Field(key="days", kind=Number(least=1, most=MOST_DAYS), data=FACT)
_MEASURES = Field(key="measures", kind=SeveralOffered(), data=FACT)
_TO = Field(key="to", kind=Choice(names=tuple(Leftover), texts="alertend.to"), data=FACT)
_NORMAL = Field(key="normal", kind=SeveralOffered(), data=FACT, optional=True)
_CLOSE_DOWN = Field(key="close_down", kind=SeveralOffered(), data=FACT, optional=True)
_JOURNAL = Field(key="journal", kind=Text(least=2, at_most=LONGEST_NUMBER), data=FACT)

EXTEND = Flow(
    name="alert_extend",
    about=ALERT,
    load=_load,
    steps=(Step(key="decide", fields=(_LATER, BECAUSE)),),
    finish=_extend,
    keeps_key=False,
)
REFUSE = Flow(
    name="alert_refuse",
    about=ALERT,
    load=_load_asked,
    steps=(Step(key="decide", fields=(BECAUSE,)),),
    finish=_refuse,
    keeps_key=False,
)
NORMALISE = Flow(
    name="alert_normalise",
    about=ALERT,
    load=_load,
    steps=(Step(key="decide", fields=(_DAYS, BECAUSE)),),
    finish=_normalise,
    keeps_key=False,
)
HAND_ON = Flow(
    name="alert_hand_on",
    about=ALERT,
    load=_load_left,
    steps=(Step(key="decide", fields=(_MEASURES, _TO, BECAUSE)),),
    finish=_hand_on,
    keeps_key=False,
)
CLOSE = Flow(
    name="alert_close",
    about=ALERT,
    load=_load_left,
    steps=(Step(key="decide", fields=(_NORMAL, _CLOSE_DOWN, BECAUSE)),),
    finish=_close,
    keeps_key=False,
)
REOPEN = Flow(
    name="alert_reopen",
    about=ALERT,
    load=_load,
    steps=(Step(key="decide", fields=(BECAUSE,)),),
    finish=_reopen,
    keeps_key=False,
)
FILE = Flow(
    name="alert_file",
    about=ALERT,
    load=_load,
    steps=(Step(key="decide", fields=(_JOURNAL,)),),
    finish=_file,
    keeps_key=False,
)
FORMS = (EXTEND, REFUSE, NORMALISE, HAND_ON, CLOSE, REOPEN, FILE)
