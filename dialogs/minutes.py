"""Minutes in the chat: written during the meeting, commented on, approved, corrected."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from cards import minutes as cards
from cards.shown import Shown
from dialogs import minutes_forms
from dialogs.agendas import asks_for
from dialogs.engine import begins
from dialogs.minutes_pages import item_page, minutes_page, seen_minutes
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb
from dialogs.tasks import VERBS as TASKS
from dialogs.things_agenda import MINUTED, MINUTES
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.exports import ExportKind
from domain.minutes import Minutes
from domain.people import Person
from domain.roles import Actor
from storage.database import Transaction
from usecases import approve_minutes
from usecases.write_minutes import begin_minutes


class Step(Protocol):
    """What can be done with minutes as somebody saw them."""

    def __call__(
        self, tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
    ) -> Awaitable[Minutes]: ...


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await minutes_page(tx, turn, aim.id)


async def _begin(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Begin the minutes, and show the first item; begun already, they go on."""
    minutes = await begin_minutes(tx, id=aim.id, by=turn.person, now=turn.at)
    waiting = [each for each in minutes.items if not each.decision]
    if not waiting:
        return await minutes_page(tx, turn, aim.id)
    return await item_page(tx, turn, waiting[0].id)


async def _item(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await item_page(tx, turn, aim.id)


async def _choose(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Open the item that was chosen; it must be in these minutes."""
    return await _at(tx, turn, aim.id, lambda each, _: str(each) == aim.inputs.get(cards.CHOSEN))


async def _numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Open an item by its number: `referat punkt M2027-0042 3`."""
    return await _at(tx, turn, aim.id, lambda _, number: str(number) == aim.rest)


async def _at(tx: Transaction, turn: Turn, id: UUID, is_it: Callable[[UUID, int], bool]) -> Shown:
    minutes = (await seen_minutes(tx, turn, id)).minutes
    for item, number in minutes.place.items():
        if is_it(item, number):
            return await item_page(tx, turn, item)
    raise RuleBroken("item.no_such_number")


def _does(step: Step, top: str) -> Take:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        await step(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
        return await minutes_page(tx, turn, aim.id, top=top)

    return take


def _sits(actor: Actor) -> bool:
    return bool(actor.memberships or actor.person.offices)


_M = COMMITTEE_MEETING
OFFER = Offer(
    verbs={
        "minutes.show": Verb(take=_show, about=_M, words=("referat", "minutes")),
        "minutes.begin": Verb(take=_begin, about=_M, words=("skriv referat", "write minutes")),
        "minutes.pdf": Verb(
            take=asks_for(ExportKind.MINUTES_PDF), about=_M, words=("referat pdf", "minutes pdf")
        ),
        "minutes.docx": Verb(
            take=asks_for(ExportKind.MINUTES_DOCX),
            about=_M,
            words=("referat docx", "minutes docx"),
        ),
        "minutes.receivers": Verb(
            take=begins(minutes_forms.RECEIVERS),
            about=_M,
            words=("referat til", "minutes to"),
            typed_only=True,
        ),
        "minutes.numbered": Verb(
            take=_numbered,
            about=MINUTES,
            words=("referat punkt", "minutes item"),
            rest=r" \d{1,2}",
            typed_only=True,
        ),
        "minutes.choose": Verb(take=_choose, about=MINUTES, asks=frozenset({cards.CHOSEN})),
        "minutes.item": Verb(take=_item, about=MINUTED),
        "minutes.decide": Verb(take=begins(minutes_forms.DECIDE), about=MINUTED),
        "minutes.attendance": Verb(
            take=begins(minutes_forms.ATTENDANCE),
            about=MINUTES,
            words=("fremmøde", "attendance"),
        ),
        "minutes.send": Verb(
            take=_does(approve_minutes.send_minutes, "minutes.sent_out"),
            about=MINUTES,
            words=("udsend referat", "send minutes"),
        ),
        "minutes.comment": Verb(
            take=begins(minutes_forms.COMMENT), about=MINUTES, words=("kommentar", "comment")
        ),
        "minutes.close": Verb(
            take=_does(approve_minutes.close_comments, "minutes.closed_now"),
            about=MINUTES,
            words=("luk kommentarer", "close comments"),
        ),
        "minutes.take_back": Verb(
            take=_does(approve_minutes.take_back, "minutes.taken_back"),
            about=MINUTES,
            words=("hent referat tilbage", "take back minutes"),
        ),
        "minutes.agree": Verb(
            take=_does(approve_minutes.agree, "minutes.agreed"),
            about=MINUTES,
            words=("enig", "agree"),
        ),
        "minutes.approve": Verb(
            take=_does(approve_minutes.approve, "minutes.approved_now"),
            about=MINUTES,
            words=("godkend referat", "approve minutes"),
        ),
        "minutes.correct": Verb(
            take=begins(minutes_forms.CORRECT),
            about=MINUTES,
            words=("ret referat", "correct minutes"),
        ),
        **TASKS,
    },
    flows=minutes_forms.FLOWS,
    helps={"help.minutes": _sits},
)
