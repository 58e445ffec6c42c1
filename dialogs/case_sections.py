"""The card of a case, section by section: each shows what this person may read, or nothing."""

from collections.abc import Awaitable, Callable, Sequence

from cards import case_views
from cards import cases as cards
from cards.delivery import Part
from dialogs import legal_sections
from dialogs.plus_sections import ssp_plus
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.people import Authority
from domain.records import RecordKind
from storage.database import Transaction
from usecases.read_case import OpenedCase

Section = Callable[[Transaction, Turn, OpenedCase], Awaitable[Sequence[Part]]]


def names(opened: OpenedCase) -> cards.Names:
    return {who: person.name for who, person in opened.people.items()}


def _face(turn: Turn, opened: OpenedCase) -> cards.Face:
    identity = opened.latest(RecordKind.IDENTITY)
    return cards.Face(
        case=opened.case,
        group=opened.group,
        partner=opened.partner,
        lead=opened.name_of(opened.case.lead),
        police=turn.person.authority is Authority.KP,
        protected=identity is not None and identity.content.get("protected") == "yes",
        asked=[each.kind for each in opened.asked],
    )


async def _banners(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    return cards.banners(_face(turn, opened), say=turn.say)


async def _state(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    return cards.state(_face(turn, opened), say=turn.say)


async def _person(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    identity = opened.latest(RecordKind.IDENTITY)
    if identity is None:
        return []
    return cards.person(identity.content, cpr=opened.cpr, today=turn.today, say=turn.say)


async def _due(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    lines = cards.due_lines(opened.case, opened.actions, today=turn.today, say=turn.say)
    return cards.due(lines, say=turn.say)


async def _actions(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    if DataClass.ACTIONS not in opened.classes:
        return []
    return cards.actions(opened.actions, names=names(opened), today=turn.today, say=turn.say)


async def _level(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    latest = opened.latest(RecordKind.LEVEL)
    return [] if latest is None else case_views.level(latest, names=names(opened), say=turn.say)


async def _view(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    latest = opened.latest(RecordKind.VIEW)
    return [] if latest is None else case_views.view(latest, say=turn.say)


async def _child(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    latest = opened.latest(RecordKind.CHILD_VIEW)
    return [] if latest is None else case_views.child_view(latest, say=turn.say)


async def _concerns(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    return cards.concerns(opened.concerns, say=turn.say)


# What matters first comes first; a slice adds its section where it belongs.
SECTIONS: tuple[Section, ...] = (
    _banners,
    _person,
    _due,
    _state,
    _actions,
    ssp_plus,
    _level,
    _view,
    _child,
    legal_sections.informing,
    legal_sections.notification,
    legal_sections.withheld,
    _concerns,
)
