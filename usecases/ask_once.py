"""Ask for a document that is made once a day: asked for again, it is the same."""

from dataclasses import replace
from uuid import uuid5

from domain.exports import Export
from storage.database import Transaction


async def ask_once(tx: Transaction, export: Export) -> Export:
    """Give the document as it is, or ask for it; one that was refused is asked for anew."""
    there = await tx.exports.find(export.id)
    while there is not None and there.why_not:
        anew = uuid5(export.id, "again")
        export = replace(export, id=anew, reason=anew)
        there = await tx.exports.find(anew)
    if there is None:
        await tx.exports.ask(export)
    return there or export
