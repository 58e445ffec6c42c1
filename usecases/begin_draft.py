"""Begin a form: keep its draft, and promise to remind its owner of it."""

from datetime import timedelta

from domain.drafts import Draft, reminder
from domain.errors import RuleBroken
from storage.database import Transaction

HOUR = timedelta(hours=1)
MOST_IN_AN_HOUR = 5


async def begin_draft(tx: Transaction, draft: Draft, *, short: bool = False) -> Draft:
    """Store a new draft and its reminder; somebody who opens very many is asked to wait.

    A short form may be opened as often as there is work, and nobody is reminded of it.

    :raises RuleBroken: `draft.too_many` (AC-IN-05), or `draft.already_open`.
    """
    if short:
        return await tx.drafts.begin(draft, counts=False)
    if await tx.drafts.begun_since(draft.owner, since=draft.began_at - HOUR) >= MOST_IN_AN_HOUR:
        raise RuleBroken("draft.too_many")
    begun = await tx.drafts.begin(draft)
    await tx.outbox.add([reminder(begun)])
    return begun
