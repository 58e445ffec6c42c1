"""Open the form that activates readiness with some of it chosen beforehand; the rest is asked."""

from collections.abc import Mapping

from cards.shown import Json, Shown
from dialogs.alert_start import START
from dialogs.engine import at, begin, resume
from dialogs.progress import Progress
from dialogs.turns import Turn
from storage.database import Transaction


async def begin_alert(tx: Transaction, turn: Turn, chosen: Mapping[str, Json]) -> Shown:
    """Open it; one that was begun before goes on as it was left."""
    for draft in await tx.drafts.all_of(turn.person.id, now=turn.at):
        if draft.flow == START.name:
            return await resume(tx, await at(tx, START, draft, turn))
    return await begin(tx, START, turn, Progress(answers=dict(chosen)))
