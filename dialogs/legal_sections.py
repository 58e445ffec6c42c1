"""What the card of a case says of legal decisions: who is told, an underretning, withholding."""

from collections.abc import Sequence
from datetime import date

from cards import informing as cards
from cards.delivery import Part, headed, lined, said
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.informings import owed_to
from domain.records import RecordKind
from storage.database import Transaction
from usecases.inform_family import is_adult
from usecases.note_notification import Notified
from usecases.read_case import OpenedCase


async def informing(tx: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    """Say how it stands with telling each of them (INF-4)."""
    if DataClass.DECISIONS not in opened.classes:
        return []
    owed = owed_to(adult=await is_adult(tx, opened.case, today=turn.today))
    noted = [
        each for each in await tx.informings.of_case(opened.case.id) if each.addressee in owed
    ]
    lines = [said(cards.line(each, today=turn.today, say=turn.say)) for each in noted]
    return [headed(turn.say("inform.heading")), *lines] if lines else []


async def notification(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    """Say whether an underretning was made (BL-4)."""
    latest = opened.latest(RecordKind.NOTIFICATION)
    if latest is None:
        return []
    say, on = turn.say, str(latest.content.get("on") or "")
    state = say(f"notification.state.{Notified(str(latest.content['notified']))}")
    when = f" ({date.fromisoformat(on):%d.%m.%Y})" if on else ""
    why = str(latest.content.get("why") or "")
    answered = [(say("notification.notified.label"), f"{state}{when}")]
    if why:
        answered.append((say("notification.why.label"), why))
    return [headed(say("notification.heading")), *lined(answered)]


async def withheld(_: Transaction, turn: Turn, opened: OpenedCase) -> Sequence[Part]:
    """Say that something is withheld, and nothing of what (S115-12)."""
    return [said(turn.say("withheld.line"))] if opened.withheld else []
