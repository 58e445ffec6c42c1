"""A committee's agenda in the chat: read it, propose to it, put it together, send it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from cards import agendas as cards
from cards.delivery import moment
from cards.own_papers import asked_for
from cards.shown import Shown
from dialogs import item_forms
from dialogs.engine import begins
from dialogs.item_pages import item_page
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb, alone
from dialogs.things_agenda import AGENDA, ITEM
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action
from domain.agendas import AgendaKind
from domain.committee_meetings import CommitteeMeeting
from domain.errors import RuleBroken
from domain.exports import ExportKind
from domain.roles import Actor
from storage.database import Transaction
from usecases import propose_item
from usecases.agendas import issue
from usecases.assemble_agenda import AgendaSeen, accept, move_on, see_agenda, shift
from usecases.find_item import meetings_to_come, takes_items
from usecases.meeting_papers import ask_for_paper

MOST_MEETINGS = 8


async def agenda_page(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    """Show a meeting's agenda as it is now.

    :raises RuleBroken: `committee_meeting.not_found`
    """
    seen = await see_agenda(tx, id=id, by=turn.person, now=turn.at)
    say = turn.say
    due = "" if seen.due is None else cards.due(seen.due[0], moment(seen.due[1], say), say)
    return cards.page(
        cards.Page(
            meeting=seen.meeting,
            committee=seen.committee.name,
            items=seen.items,
            status=cards.status(seen.sent, due, say),
            unqualified=seen.not_qualified,
            ways=_ways(seen, turn),
        ),
        say=say,
    )


def _ways(seen: AgendaSeen, turn: Turn) -> list[str]:
    ways = []
    if seen.proposes:
        ways.append("item.propose")
    if seen.admits:
        ways.append("agenda.sudden")
    if seen.keeps and seen.due is not None and seen.items:
        ways.append(f"agenda.{seen.due[0]}")
    if seen.sent is not None:
        ways += ["agenda.pdf", "agenda.docx"]
    if seen.meeting.day <= turn.today:
        ways.append("minutes.show")
    return ways


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await agenda_page(tx, turn, aim.id)


async def coming(tx: Transaction, turn: Turn) -> Shown:
    """List the next meetings whose agenda somebody reads."""
    return await _meetings(tx, turn, Action.READ_MEETING, verb="agenda.show", key="mine")


async def _to_propose_to(tx: Transaction, turn: Turn) -> Shown:
    return await _meetings(tx, turn, Action.PROPOSE_ITEM, verb="item.propose", key="propose")


async def _meetings(tx: Transaction, turn: Turn, action: Action, *, verb: str, key: str) -> Shown:
    found = await meetings_to_come(tx, turn.person, action, now=turn.at)
    if action is Action.PROPOSE_ITEM:
        found = [each for each in found if await takes_items(tx, each, now=turn.at)]
    names = {each.code: each.name for each in await tx.organisation.committees()}
    listed = [(each, names[each.committee]) for each in _next_of_each(found)]
    return cards.meetings(listed, verb=verb, key=key, say=turn.say)


def _next_of_each(meetings: list[CommitteeMeeting]) -> list[CommitteeMeeting]:
    """Keep the next meeting of each committee, or the next few of the only one."""
    if len({each.committee for each in meetings}) == 1:
        return meetings[: MOST_MEETINGS // 2]
    first: dict[str, CommitteeMeeting] = {}
    for each in meetings:
        first.setdefault(each.committee, each)
    return list(first.values())[:MOST_MEETINGS]


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await item_page(tx, turn, aim.id)


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await item_page(tx, turn, aim.id, rest=True)


async def _choose(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Open the item that was chosen on the agenda's card; it must be on that agenda."""
    seen = await see_agenda(tx, id=aim.id, by=turn.person, now=turn.at)
    chosen = aim.inputs.get(cards.CHOSEN, "")
    for each in seen.items:
        if str(each.id) == chosen:
            return await item_page(tx, turn, each.id)
    raise RuleBroken("item.not_found", about=chosen)


async def _numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Open an item by its place on the agenda: `vis punkt M2027-0042 3`."""
    seen = await see_agenda(tx, id=aim.id, by=turn.person, now=turn.at)
    if not aim.rest.isdecimal() or not 1 <= int(aim.rest) <= len(seen.items):
        raise RuleBroken("item.no_such_number")
    return await item_page(tx, turn, seen.items[int(aim.rest) - 1].id)


async def _accept(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await accept(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await item_page(tx, turn, aim.id, top="item.accepted")


async def _move(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await move_on(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await item_page(tx, turn, aim.id, top="item.moved")


async def _withdraw(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await propose_item.withdraw(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await item_page(tx, turn, aim.id, top="item.taken_back")


async def _to_managers(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await propose_item.to_managers(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await item_page(tx, turn, aim.id, top="item.with_managers")


def _shifts(places: int) -> Take:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        item = await shift(
            tx, id=aim.id, seen=aim.version, places=places, by=turn.person, now=turn.at
        )
        return await item_page(tx, turn, item.id, top="item.shifted")

    return take


def _issues(kind: AgendaKind) -> Take:
    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        await issue(tx, id=aim.id, seen=aim.version, kind=kind, by=turn.person, now=turn.at)
        return await agenda_page(tx, turn, aim.id)

    return take


def asks_for(kind: ExportKind) -> Callable[[Transaction, Turn, Aim], Awaitable[Shown]]:
    """Make a take that asks for a document of the meeting."""

    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        export = await ask_for_paper(tx, meeting=aim.id, kind=kind, by=turn.person, now=turn.at)
        return asked_for(export, say=turn.say)

    return take


def _sits(actor: Actor) -> bool:
    return bool(actor.memberships or actor.person.offices)


_M = COMMITTEE_MEETING
OFFER = Offer(
    verbs={
        "agenda.mine": Verb(take=alone(coming), words=("dagsordener", "agendas")),
        "agenda.show": Verb(take=_show, about=_M, words=("dagsorden", "agenda")),
        "agenda.provisional": Verb(
            take=_issues(AgendaKind.PROVISIONAL),
            about=AGENDA,
            words=("udsend foreløbig", "send provisional"),
        ),
        "agenda.final": Verb(
            take=_issues(AgendaKind.FINAL), about=AGENDA, words=("udsend endelig", "send final")
        ),
        "agenda.sudden": Verb(
            take=begins(item_forms.SUDDEN), about=_M, words=("hastepunkt", "sudden item")
        ),
        "agenda.pdf": Verb(
            take=asks_for(ExportKind.AGENDA_PDF), about=_M, words=("dagsorden pdf", "agenda pdf")
        ),
        "agenda.docx": Verb(
            take=asks_for(ExportKind.AGENDA_DOCX),
            about=_M,
            words=("dagsorden docx", "agenda docx"),
        ),
        "item.begin": Verb(take=alone(_to_propose_to), words=("punkt", "item"), typed_only=True),
        "item.propose": Verb(take=begins(item_forms.PROPOSE), about=_M, words=("punkt", "item")),
        "item.choose": Verb(take=_choose, about=_M, asks=frozenset({cards.CHOSEN})),
        "item.numbered": Verb(
            take=_numbered,
            about=_M,
            words=("vis punkt", "show item"),
            rest=r" \d{1,2}",
            typed_only=True,
        ),
        "item.open": Verb(take=_open, about=ITEM),
        "item.more": Verb(take=_more, about=ITEM),
        "item.change": Verb(take=begins(item_forms.CHANGE), about=ITEM),
        "item.comment": Verb(take=begins(item_forms.COMMENT), about=ITEM),
        "item.withdraw": Verb(take=_withdraw, about=ITEM),
        "item.accept": Verb(take=_accept, about=ITEM),
        "item.return": Verb(take=begins(item_forms.RETURN), about=ITEM),
        "item.move": Verb(take=_move, about=ITEM),
        "item.up": Verb(take=_shifts(-1), about=ITEM),
        "item.down": Verb(take=_shifts(1), about=ITEM),
        "item.to_managers": Verb(take=_to_managers, about=ITEM),
    },
    flows=item_forms.FLOWS,
    helps={"help.agenda": _sits},
)
