"""The log of an alert in the chat: `log: …` writes a line, `logbog R2026-0001` shows it."""

from collections.abc import Sequence

from cards import alert_log_pages as cards
from cards.alert_log_lines import line_of
from cards.alert_words import drilled
from cards.shown import Shown
from dialogs import engine
from dialogs.engine import begins
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.progress import Progress
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_tiers import sees_log
from domain.alerts import Alert
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_measures import AT_MOST
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.keep_alert_log import (
    amend_log,
    may_see_log,
    permit_writing,
    read_log,
    taking_part,
    writable,
    write_in_log,
)
from usecases.see_alert import AlertSeen

FACT = DataClass.METADATA
WORDS = Text(at_most=AT_MOST, lines=True)
PAGES = frozenset(map(str, range(1, 200)))
MOST_CHOSEN = 40  # lines that are offered for correction, the latest


async def _typed(tx: Transaction, turn: Turn, _: Aim) -> Shown:
    """Ask whether what was typed after `log:` is to be written, and in whose log."""
    alerts = await taking_part(tx, turn.person) or await writable(tx, turn.person)
    if not alerts:
        return cards.not_in_one(say=turn.say)
    return await _confirming(tx, turn, turn.said.split(":", 1)[1], alerts, listens=True)


async def _confirming(
    tx: Transaction, turn: Turn, words: str, alerts: Sequence[Alert], *, listens: bool
) -> Shown:
    """Put the words into a form of one card: sending it is the confirmation.

    :raises RuleBroken: what the field says of them; then they are kept nowhere
    """
    said = WORDS.read(words, today=turn.today, say=turn.say)
    for each in await tx.drafts.all_of(turn.person.id, now=turn.at):
        if each.flow == LINE.name:
            await tx.drafts.close(each, keep_key=False)
    of = {"alert": str(alerts[0].id)} if len(alerts) == 1 else {}
    return await engine.begin(
        tx, LINE, turn, Progress(answers={**of, "words": said}), listens=listens
    )


async def offer_log(tx: Transaction, turn: Turn, *, has_draft: bool) -> Shown | None:
    """Answer words that nobody understood, where they may belong in a log; None elsewhere."""
    alerts = await taking_part(tx, turn.person)
    if not alerts:
        return None
    if not has_draft:
        await _confirming(tx, turn, turn.said, alerts, listens=False)
    return cards.offered(alerts, has_draft=has_draft, say=turn.say)


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await read_log(tx, id=aim.id, by=turn.person)
    lines = [line_of(each, names=seen.names, say=turn.say) for each in seen.entries]
    return cards.page(
        seen.alert,
        lines,
        number=int(aim.inputs.get("page") or aim.rest or 1),
        writes=seen.alert.is_open,
        say=turn.say,
    )


def reads(seen: AlertSeen) -> bool:
    """Whether the log is this person's to read; the use case asks again."""
    return sees_log(seen.alert, actor=seen.actor, own=seen.own)


def writes(seen: AlertSeen) -> bool:
    return seen.is_open and seen.by.s115_covered


async def _load_line(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    alerts = await writable(tx, turn.person)
    if not alerts:
        raise RuleBroken("log.not_yours")
    titles = {
        str(each.id): drilled(f"{each.reference} · {each.title}", drill=each.drill, say=turn.say)
        for each in alerts
    }
    return Given(offers={"alert": titles})


async def _write_line(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    alerts = {str(each.id): each for each in await writable(tx, turn.person)}
    alert = alerts.get(sent.text("alert"))
    if alert is None:
        raise RuleBroken("alert.over")
    return await _written(tx, alert, sent, turn)


async def _load_note(tx: Transaction, asking: Asking) -> Given:
    alert = await permit_writing(tx, asking.turn.person, asking.about)
    title = drilled(alert.reference, drill=alert.drill, say=asking.turn.say)
    return Given(title=title, version=alert.version)


async def _write_note(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    alert = await permit_writing(tx, turn.person, sent.about)
    return await _written(tx, alert, sent, turn)


async def _written(tx: Transaction, alert: Alert, sent: Sent, turn: Turn) -> Shown:
    line = await write_in_log(
        tx, id=alert.id, words=sent.text("words"), by=turn.person, now=turn.at
    )
    return cards.written(alert, number=line.number, say=turn.say)


async def _load_amend(tx: Transaction, asking: Asking) -> Given:
    """Offer the latest lines: one's own, or all to who reads the log."""
    turn = asking.turn
    alert = await permit_writing(tx, turn.person, asking.about)
    sees = await may_see_log(tx, turn.person, alert)
    entries = [
        each for each in await tx.alert_log.of(alert.id) if sees or each.by == turn.person.id
    ]
    if not entries:
        raise RuleBroken("log.no_line")
    names = dict.fromkeys((each.by for each in entries if each.by), "")
    people = await tx.people.of_ids([*names])
    known = {PersonId(who): each.name for who, each in people.items()}
    latest = [*reversed(entries)][:MOST_CHOSEN]
    lines = [line_of(each, names=known, say=turn.say) for each in latest]
    return Given(
        title=drilled(alert.reference, drill=alert.drill, say=turn.say),
        version=alert.version,
        offers={"line": {str(each.number): cards.short(each, say=turn.say) for each in lines}},
    )


async def _amend(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    alert = await permit_writing(tx, turn.person, sent.about)
    line = await amend_log(
        tx,
        id=alert.id,
        number=sent.number("line") or 0,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return cards.written(alert, number=line.number, say=turn.say)


def _leads(actor: Actor) -> bool:
    return bool(standing(actor) & {Role.SEK, Role.HEAD, Role.LGM, Role.PLM, Role.SGM})


_WORDS = Field(key="words", kind=WORDS, data=FACT)
LINE = Flow(
    name="alert_log_line",
    load=_load_line,
    steps=(
        Step(
            key="what",
            fields=(Field(key="alert", kind=Offered(), data=FACT), _WORDS),
        ),
    ),
    finish=_write_line,
    keeps_key=False,
)
NOTE = Flow(
    name="alert_note",
    about=ALERT,
    load=_load_note,
    steps=(Step(key="what", fields=(_WORDS,)),),
    finish=_write_note,
    keeps_key=False,
)
AMEND = Flow(
    name="alert_amend",
    about=ALERT,
    load=_load_amend,
    steps=(Step(key="what", fields=(Field(key="line", kind=Offered(), data=FACT), _WORDS)),),
    finish=_amend,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "alertlog.write": Verb(take=_typed, words=("log:",), rest=r".+", typed_only=True),
        "alertlog.show": Verb(
            take=_show, about=ALERT, words=("logbog", "log"), rest=r"(?: [1-9][0-9]?)?"
        ),
        "alertlog.page": Verb(take=_show, about=ALERT, carries={"page": PAGES}),
        "alertlog.note": Verb(
            take=begins(NOTE), about=ALERT, words=("skriv i logbog", "write in log")
        ),
        "alertlog.amend": Verb(
            take=begins(AMEND), about=ALERT, words=("ret logbog", "correct log")
        ),
    },
    flows=(LINE, NOTE, AMEND),
    helps={"help.alertlog": _leads},
)
