"""Pass open alerts straight on to the substitute of somebody who is away from now on (BER-28)."""

from datetime import datetime
from itertools import chain

from domain.people import PersonId
from storage.database import Transaction
from usecases.climb_ladder import climb_ladders, write_down


async def pass_alerts_on(tx: Transaction, person: PersonId, *, mail: bool, now: datetime) -> None:
    """Look again at each ladder on which this person is asked, when their absence is noted.

    :param mail: whether there is e-mail as a second channel.
    """
    open_to = [await tx.alerts.open_to(person, drill=drill) for drill in (False, True)]
    for each in sorted(chain(*open_to), key=lambda each: each.id):  # all hold them in this order
        asked = await tx.recipients.find(each.id, person)
        if (
            asked is None
            or (ladder := await tx.escalations.hold(each.id, asked.authority)) is None
        ):
            continue
        alert = await tx.alerts.find(each.id) or each  # as it stands under the lock
        await write_down(tx, await climb_ladders(tx, alert, [ladder], mail=mail, now=now))
