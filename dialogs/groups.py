"""Concern groups in the chat: `grupper`, `gruppe G2026-0003`, and the way to their members."""

from uuid import UUID

from cards import group_members as member_cards
from cards import groups as cards
from cards.group_members import WHICH, Line
from cards.shown import Shown
from dialogs import group_forms
from dialogs.engine import begins
from dialogs.group_members import page
from dialogs.member_forms import ADD
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.things import GROUP
from dialogs.turns import Turn
from domain.access import Action
from domain.errors import RuleBroken
from domain.group_sight import Part
from domain.office_actions import OfficeAction, may
from domain.people import Authority
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases import permit
from usecases.recuse_from_member import step_aside_from_member
from usecases.see_group import Looked, list_groups, look, look_at_members, open_group
from usecases.see_members import Listed, clear_members, list_members, numbered_member

NUMBER = r" \d{1,2}"


async def _list(tx: Transaction, turn: Turn) -> Shown:
    found = await list_groups(tx, by=turn.person, now=turn.at)
    actor = await permit.actor_of(tx, turn.person)
    return cards.listed(found, may_begin=may(actor, OfficeAction.BEGIN_GROUP), say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    opened = await open_group(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.opened(
        cards.GroupPage(
            group=opened.looked.group,
            screening=opened.screening,
            screened_on=opened.screened_on,
            coordinates=opened.coordinates,
            police=turn.person.authority is Authority.KP,
            ways=_ways(opened.looked),
        ),
        say=turn.say,
    )


def _ways(looked: Looked) -> set[str]:
    """Name what this person is offered to do with the group."""
    sees_members = Part.MEMBERS in looked.sight.parts
    ways = {
        "group.members": sees_members,
        "group.screen": looked.may(Action.SCREEN),
        "group.add_member": looked.may(Action.ADD_MEMBER),
        "group.end": looked.may(Action.END_GROUP),
    }
    running = not looked.matter.ended
    return {verb for verb, open_ in ways.items() if open_ and (running or verb == "group.members")}


async def _members(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return _drawn(await list_members(tx, id=aim.id, by=turn.person, now=turn.at), turn)


async def _clear(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    listed = await clear_members(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return _drawn(listed, turn)


def _drawn(listed: Listed, turn: Turn) -> Shown:
    """Draw the names alone that must be asked about, or the list."""
    group = listed.looked.group
    numbers = {each.id: n for n, each in enumerate(listed.looked.members, start=1)}
    if listed.asked:
        lines = [
            Line(number=numbers[member.id], member=member, name=name)
            for member, name in listed.asked
        ]
        return member_cards.relation_question(group, lines, say=turn.say)
    lines = [
        Line(number=numbers[each.member.id], member=each.member, name=each.name, role=each.role)
        for each in listed.seen
    ]
    may_add = listed.looked.may(Action.ADD_MEMBER) and not listed.looked.matter.ended
    return member_cards.listed(group, lines, may_add=may_add, say=turn.say)


async def _near(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Take the answer that they are near to the one they chose; the others are asked again."""
    chosen = await _chosen(tx, turn, aim)
    group = await step_aside_from_member(tx, id=chosen, by=turn.person, now=turn.at)
    looked = await look(tx, id=group, by=turn.person, now=turn.at)
    return cards.confirmed(looked.group, "stepped_aside", say=turn.say)


async def _member(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await page(tx, turn, await _chosen(tx, turn, aim))


async def _chosen(tx: Transaction, turn: Turn, aim: Aim) -> UUID:
    """Read which member was chosen on the card, or whose number was typed (AC-CARD-07).

    :raises RuleBroken: `group.choose_member`, also for one they do not see.
    """
    if aim.rest:
        number = int(aim.rest)
        found = await numbered_member(tx, id=aim.id, number=number, by=turn.person, now=turn.at)
        return found.id
    looked = await look_at_members(tx, id=aim.id, by=turn.person, now=turn.at)
    for member in looked.members:
        if str(member.id) == aim.inputs.get(WHICH):
            return member.id
    raise RuleBroken("group.choose_member")


def _works_with_groups(actor: Actor) -> bool:
    seats = {Role.FAC, Role.PFAC, Role.KGM, Role.PKM, Role.SEK, Role.LUM, Role.LGM, Role.PLM}
    return bool(standing(actor) & seats)


OFFER = Offer(
    verbs={
        "group.list": Verb(take=alone(_list), words=("grupper", "groups")),
        "group.begin": Verb(take=begins(group_forms.BEGIN), words=("ny gruppe", "new group")),
        "group.open": Verb(take=_open, about=GROUP, words=("gruppe", "group", "åbn", "open")),
        "group.members": Verb(take=_members, about=GROUP, words=("medlemmer", "members")),
        "group.clear": Verb(take=_clear, about=GROUP, words=("nej", "no")),
        "group.near": Verb(
            take=_near,
            about=GROUP,
            asks=frozenset({WHICH}),
            words=("ja", "yes", "inhabil", "recuse"),
            rest=NUMBER,
        ),
        "group.member": Verb(
            take=_member,
            about=GROUP,
            asks=frozenset({WHICH}),
            words=("medlem", "member"),
            rest=NUMBER,
        ),
        "group.screen": Verb(
            take=begins(group_forms.SCREENING), about=GROUP, words=("screening", "screen")
        ),
        "group.add_member": Verb(
            take=begins(ADD), about=GROUP, words=("tilføj medlem", "add member")
        ),
        "group.end": Verb(
            take=begins(group_forms.END), about=GROUP, words=("afslut gruppe", "end group")
        ),
    },
    flows=(*group_forms.FLOWS,),
    helps={"help.groups": _works_with_groups},
)
