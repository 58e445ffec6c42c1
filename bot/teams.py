"""Activities in, answers out: one turn is one transaction; nothing is sent while it is open."""

import json
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from botbuilder.core import TurnContext

from bot import logs
from bot.authenticate import Identity
from bot.clock import Clock
from bot.comings import Comings
from bot.courier import matters_on, write_message
from bot.framework import Adapter
from bot.intake import Activity
from bot.reading import (
    EXECUTE,
    Heard,
    Place,
    has_files,
    read_language,
    read_place,
    read_press,
    read_words,
)
from bot.signals import Signals
from bot.web import Answer
from cards import help as help_cards
from cards.shown import Shown
from cards.words import speak
from dialogs.conversation import explain, take_turn
from dialogs.turns import Press, Turn
from domain.delivery import NotDelivered
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from storage.database import Collided, Database, Transaction
from storage.shown_cards import ShownCard
from storage.turns import Seen
from storage.vault import Shredded

CARD = "application/vnd.microsoft.card.adaptive"
TEXT = "application/vnd.microsoft.activity.message"
SAID_AGAIN_AFTER = timedelta(seconds=10)  # a repeat this late may mean that we died unanswered

log = logging.getLogger(__name__)

DENIED = (  # how a refusal ends that goes on record
    *(".not_found", "office.secretariat_only"),
    *("alert.not_entitled", "alert.other_area", "alert.whole_city", "alert.not_yours"),
)


class TeamsDoor:
    """Takes the activities that `bot/web.py` lets in.

    :param wake: called when notices were queued, so that they leave at once.
    :param mail: whether e-mail is a second channel.
    :param links: whether links to meetings in Teams are made.
    """

    def __init__(
        self,
        *,
        database: Database,
        adapter: Adapter,
        clock: Clock,
        chat_link: str,
        wake: Callable[[], None],
        signals: Signals | None = None,
        mail: bool = False,
        links: bool = False,
        board_link: str = "",
    ) -> None:
        self._database = database
        self._adapter = adapter
        self._clock = clock
        self._chat_link = chat_link
        self._mail, self._links = mail, links
        self._board_link = board_link
        self._wake = wake
        self._signals = signals or Signals()
        self._comings = Comings()
        self._confirmed: list[tuple[str, str]] = []
        self._shown: list[tuple[ShownCard, frozenset[UUID]]] = []

    async def take(self, heard: Activity, identity: Identity) -> Answer:
        """Answer one activity."""

        async def on_turn(context: TurnContext) -> None:
            await self._on_turn(context, heard, identity)

        try:
            answer = await self._adapter.process(identity, heard, on_turn)
        except NotDelivered as problem:
            log.warning("answer not delivered: %s", problem)
            return Answer(status=HTTPStatus.SERVICE_UNAVAILABLE)  # said again when Teams repeats
        if answer is None:
            return Answer(status=HTTPStatus.OK)
        return Answer(status=answer.status, body=answer.body)

    async def confirm(self) -> None:
        """Note which typed turns Teams has the answer to, and what cards show, many at once."""
        confirmed, self._confirmed = self._confirmed, []
        shown, self._shown = self._shown, []
        if confirmed or shown:
            async with self._database.transaction() as tx:
                await tx.turns.mark_answered(*confirmed)
                await tx.shown_cards.note(shown, at=self._clock.now())

    def _note_shown(self, heard: Heard, id: str, written: bytes) -> None:
        """Remember which message shows something of which matter, to take it back one day."""
        matters = matters_on(written)
        if id and matters:
            place = read_place(heard)
            card = ShownCard(
                conversation=heard["conversation"]["id"],
                activity=id,
                service_url=place.address.service_url,
            )
            self._shown.append((card, matters))

    async def _on_turn(self, context: TurnContext, heard: Heard, identity: Identity) -> None:
        match heard["type"]:
            case "message":
                await self._answer_message(context, heard, identity)
            case "invoke" if heard.get("name") == EXECUTE:
                await self._answer_press(context, heard, identity)
            case "invoke":
                self._adapter.answer(context, status=HTTPStatus.NOT_IMPLEMENTED)
            case _:
                await self._note_coming(context, heard, identity)

    async def _answer_message(
        self, context: TurnContext, heard: Heard, identity: Identity
    ) -> None:
        """Answer what was typed. A repeat is answered again only if we may have died before."""
        written, seen = await self._turn(heard, identity, read_press(heard))
        here = heard["conversation"]["id"], heard.get("id", "")
        if seen is not None and (
            seen.answered
            or here in self._confirmed
            or self._clock.now() - seen.at < SAID_AGAIN_AFTER
        ):
            return
        if written:
            message = await self._adapter.say_written(context, written)
            self._confirmed.append(here)
            self._note_shown(heard, message, written)

    async def _answer_press(self, context: TurnContext, heard: Heard, identity: Identity) -> None:
        """Answer a press in place: the card becomes what it led to."""
        press = read_press(heard)
        if press is None:
            self._adapter.answer(context, status=HTTPStatus.BAD_REQUEST)
            return
        written, _ = await self._turn(heard, identity, press)
        self._adapter.answer(context, status=HTTPStatus.OK, body=written)
        self._note_shown(heard, heard.get("replyToId", ""), written)

    async def _turn(
        self, heard: Heard, identity: Identity, press: Press | None
    ) -> tuple[bytes, Seen | None]:
        """Take the turn. The person always gets an answer, and never a stack trace."""
        try:
            try:
                return await self._taken(heard, identity, press)
            except Collided:
                log.info("a turn is taken again: it waited for one that waited for it")
                return await self._taken(heard, identity, press)
        except Exception:
            code = secrets.token_hex(3).upper()
            log.exception("turn failed", extra={"code": code})
            self._signals.turn_broke()
            return _written(heard, help_cards.fault(code, say=speak(None))), None

    async def _taken(
        self, heard: Heard, identity: Identity, press: Press | None
    ) -> tuple[bytes, Seen | None]:
        """Do the turn in one transaction; or, where a rule refuses, nothing but say why."""
        place, here = read_place(heard), (heard["conversation"]["id"], heard.get("id", ""))
        turn: Turn | None = None
        try:
            async with self._database.transaction() as tx:
                seen = await tx.turns.begin(*here, now=self._clock.now())
                if seen is not None:
                    return seen.answer or b"", seen
                person = await tx.people.of_aad(identity.aad_id)
                if person is None or not person.active:
                    logs.security("access.denied", result="unknown", actor=identity.aad_id)
                    shown = self._to_a_stranger(place)
                else:
                    if place.in_private and not self._knows(person, place):
                        await self._comings.keep_address(
                            tx, person.id, place, now=self._clock.now()
                        )
                    turn = self._read(heard, person, press, in_private=place.in_private)
                    shown = await take_turn(tx, turn)
                written = _written(heard, shown)
                await tx.turns.remember(*here, written, answered=heard["type"] == "invoke")
        except RuleBroken as problem:
            return await self._explained(heard, turn, problem), None
        except Shredded:
            log.exception("a data key is gone")
            return await self._explained(heard, turn, RuleBroken("data.destroyed")), None
        if turn is not None and turn.in_private:
            self._comings.kept(turn.person.id, place.address, now=self._clock.now())
        if tx.outbox.added:
            self._wake()
        return written, None

    def _to_a_stranger(self, place: Place) -> Shown:
        """Whether somebody is in the register is nothing for others to read (AC-OUT-08)."""
        if place.in_private:
            return help_cards.not_known(say=speak(None))
        return help_cards.only_in_private(link=self._chat_link, say=speak(None))

    def not_reached(self, person: PersonId) -> None:
        """Hear that the person could not be written to where we last heard them."""
        self._comings.forget(person)

    def _knows(self, person: Person, place: Place) -> bool:
        return self._comings.knows(person.id, place.address, now=self._clock.now())

    def _read(
        self, heard: Heard, person: Person, press: Press | None, *, in_private: bool
    ) -> Turn:
        return Turn(
            person=person,
            at=self._clock.now(),
            in_private=in_private,
            language=read_language(heard, person),
            said="" if press else read_words(heard),
            pressed=press,
            brings_files=has_files(heard),
            mail=self._mail,
            links=self._links,
            chat_link=self._chat_link,
            board_link=self._board_link,
        )

    async def _explained(self, heard: Heard, turn: Turn | None, problem: RuleBroken) -> bytes:
        """Say why not, where the person now stands; nothing of the refused turn is left."""
        if turn is None:
            raise problem
        here = heard["conversation"]["id"], heard.get("id", "")
        async with self._database.transaction() as tx:
            seen = await tx.turns.begin(*here, now=turn.at)
            if seen is not None:
                return seen.answer or b""
            if problem.code.endswith(DENIED):
                await _note_denied(tx, turn, problem)
            written = _written(heard, await explain(tx, turn, problem))
            await tx.turns.remember(*here, written, answered=heard["type"] == "invoke")
        return written

    async def _note_coming(self, context: TurnContext, heard: Heard, identity: Identity) -> None:
        """Note that we were installed or removed, and introduce ourselves where that is due."""
        place: Place = read_place(heard)
        async with self._database.transaction() as tx:
            shown = await self._comings.note(
                tx, heard, place, identity.aad_id, now=self._clock.now()
            )
        if shown is not None:
            await self._adapter.say(context, write_message(shown))


async def _note_denied(tx: Transaction, turn: Turn, problem: RuleBroken) -> None:
    """Put on record that somebody reached for what is not theirs, or not there (AC-CARD-02)."""
    about = str(problem.facts.get("about", ""))
    logs.security("access.denied", result=problem.code, actor=turn.person.id, about=about)
    await tx.audit.record(
        at=turn.at,
        actor=turn.person.id,
        action="access.denied",
        about=about,
        result=problem.code,
        purpose="",
    )


def _written(heard: Heard, shown: Shown) -> bytes:
    return json.dumps(_answer(heard, shown), ensure_ascii=False, separators=(",", ":")).encode()


def _answer(heard: Heard, shown: Shown) -> dict[str, Any]:
    """Write the answer as the activity or the invoke wants it."""
    if heard["type"] != "invoke":
        return write_message(shown)
    if shown.card is None:
        return {"statusCode": HTTPStatus.OK, "type": TEXT, "value": shown.words}
    return {"statusCode": HTTPStatus.OK, "type": CARD, "value": shown.card}
