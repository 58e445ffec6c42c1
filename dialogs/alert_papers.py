"""The way to the board, and what can be had of an alert: `tavle`, `hent R2026-0001 log`."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from cards import alert_papers as cards
from cards.own_papers import asked_for
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.activation import entitled
from domain.errors import RuleBroken
from domain.exports import ExportKind
from domain.roles import Actor
from storage.database import Transaction
from usecases.export_alert import ask_for_alert_paper, papers_for
from usecases.read_alert import may_read

_K = ExportKind
TYPED: Mapping[str, ExportKind] = {
    **dict.fromkeys(("handleplan", "plan"), _K.ALERT_PLAN),
    **dict.fromkeys(("actionkort", "action cards"), _K.ALERT_CARDS),
    **dict.fromkeys(("ringeliste", "call list"), _K.ALERT_CALL_LIST),
    **dict.fromkeys(("figurer", "figures"), _K.ALERT_FIGURES),
    **dict.fromkeys(("log", "logbog", "log pdf"), _K.ALERT_LOG_PDF),
    "log html": _K.ALERT_LOG_HTML,
    **dict.fromkeys(("log tekst", "log text"), _K.ALERT_LOG_TEXT),
    "log csv": _K.ALERT_LOG_CSV,
    **dict.fromkeys(("modtagere", "recipients"), _K.ALERT_RECIPIENTS),
    **dict.fromkeys(("tiltag", "measures"), _K.ALERT_MEASURES),
    "json": _K.ALERT_JSON,
    "cap": _K.ALERT_CAP,
}


async def _board(_: Transaction, turn: Turn) -> Shown:
    return cards.board(turn.board_link, say=turn.say)


async def _on_the_board(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert = await may_read(tx, turn.person, aim.id)
    context = quote(json.dumps({"subEntityId": alert.reference}, separators=(",", ":")))
    link = f"{turn.board_link}?context={context}" if turn.board_link else ""
    return cards.board(link, alert=alert, say=turn.say)


async def _papers(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert, kinds = await papers_for(tx, alert=aim.id, by=turn.person, now=turn.at)
    return cards.offered(alert, kinds, say=turn.say)


async def _ask(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    chosen = aim.inputs.get(cards.CHOSEN, "")
    if chosen not in {each.value for each in TYPED.values()}:
        raise RuleBroken("press.not_ours")
    return await _made(tx, turn, aim, ExportKind(chosen))


async def _typed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Ask for what was typed; for what there is not, show what there is."""
    kind = TYPED.get(aim.rest.casefold())
    return await (_papers(tx, turn, aim) if kind is None else _made(tx, turn, aim, kind))


async def _made(tx: Transaction, turn: Turn, aim: Aim, kind: ExportKind) -> Shown:
    export = await ask_for_alert_paper(tx, alert=aim.id, kind=kind, by=turn.person, now=turn.at)
    alert = await may_read(tx, turn.person, aim.id)
    return asked_for(export, drill=alert.drill, say=turn.say)


def _looks(actor: Actor) -> bool:
    return entitled(actor).at_all


OFFER = Offer(
    verbs={
        "board.show": Verb(take=alone(_board), words=("tavle", "board")),
        "board.of": Verb(take=_on_the_board, about=ALERT, words=("tavle", "board")),
        "alertpaper.of": Verb(take=_papers, about=ALERT, words=("eksport", "export")),
        "alertpaper.ask": Verb(take=_ask, about=ALERT, asks=frozenset({cards.CHOSEN})),
        "alertpaper.typed": Verb(
            take=_typed,
            about=ALERT,
            words=("hent", "get"),
            rest=r" [a-z ]{3,20}",
            typed_only=True,
        ),
    },
    helps={"help.board": _looks},
)
