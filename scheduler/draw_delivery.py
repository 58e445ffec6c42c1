"""What a trial's letter, and the news of who was not reached, say when they are sent."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cards import alert_calls, reaching, trials
from cards.shown import Shown
from cards.words import speak
from domain.alerts import Alert
from domain.delivery import NOT_REACHED, Delivery, DeliveryState
from domain.notices import Medium, NoticeKind
from domain.office_actions import OfficeAction, may
from domain.people import Language, Person, PersonId
from domain.roles import Actor
from domain.trials import Trial
from storage.database import Transaction
from usecases.read_roster import read_roster
from usecases.report_reachability import read_reaching, report_to

Missing = tuple[Person, DeliveryState]
NOBODY = PersonId("")


async def draw_trials(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw the letters of a batch: one and the same for everybody who reads one language.

    None for who has left, and of a trial that was cancelled while they were claimed.
    """
    languages = await tx.people.languages(_people(deliveries))
    found = [await tx.trials.find(about) for about in _abouts(deliveries)]
    begun = {each.id: each for each in found if each is not None and each.cancelled_at is None}
    letters: dict[tuple[UUID, Language | None, Medium], Shown] = {}
    drawn: list[Shown | None] = []
    for delivery in deliveries:
        trial, person = begun.get(delivery.notice.about), delivery.notice.person
        if trial is None or person is None or person not in languages:
            drawn.append(None)
            continue
        medium = delivery.notice.medium
        same = trial.id, languages[person], medium
        if same not in letters:
            by_mail = medium is Medium.EMAIL
            letters[same] = trials.letter(trial, by_mail=by_mail, say=speak(languages[person]))
        drawn.append(letters[same])
    return drawn


async def draw_unreached(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Name those who still are not reached to who leads them; None when all are by now."""
    roster = await read_roster(tx)
    readers = await receivers(tx, deliveries)
    missing = {each: await _missing(tx, each) for each in _abouts(deliveries)}
    drawn: list[Shown | None] = []
    for delivery, reader in zip(deliveries, readers, strict=True):
        found = missing[delivery.notice.about]
        if found is None or reader is None:
            drawn.append(None)
            continue
        sent, unreached = found
        all_of_them = may(Actor(person=reader), OfficeAction.SEE_CALL_LIST)
        told = [each for each in unreached if all_of_them or roster.leads(reader.id, each[0].id)]
        say = speak(reader.language)
        if not told:
            drawn.append(None)
        elif isinstance(sent, Alert):
            drawn.append(alert_calls.unreached(sent, told, say=say))
        else:
            drawn.append(reaching.unreached(sent, told, say=say))
    return drawn


async def draw_reachability(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw the week's report for each reader as things stand; None for who may not see it now."""
    found = await read_reaching(tx, now=now)
    drawn: list[Shown | None] = []
    for reader in await receivers(tx, deliveries):
        report = None if reader is None else report_to(reader, found)
        if reader is None or report is None:
            drawn.append(None)
            continue
        drawn.append(reaching.reachability(report, at=now, say=speak(reader.language)))
    return drawn


async def _missing(tx: Transaction, about: UUID) -> tuple[Trial | Alert, list[Missing]] | None:
    """Find what was sent, and whom it has not reached by now; None for an alert that is over."""
    sent: Trial | Alert | None = await tx.trials.find(about) or await tx.alerts.find(about)
    if sent is None or (isinstance(sent, Alert) and not sent.is_open):
        return None
    kind, since = (
        (NoticeKind.ALERT, sent.leaves_at)
        if isinstance(sent, Alert)
        else (NoticeKind.TRIAL, sent.begun_at)
    )
    standings = await tx.standings.each(about, kind=kind, now=since)
    reached = {each.person for each in standings if each.state not in NOT_REACHED}
    left = {each.person: each.state for each in standings if each.person not in reached}
    people = await tx.people.of_ids(sorted(left))
    return sent, [(people[each], left[each]) for each in left]


async def receivers(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Person | None]:
    """Look up whom each is for, in one look; None for who has left."""
    people = await tx.people.of_ids(_people(deliveries))
    return [
        person if person is not None and person.active else None
        for person in (people.get(each.notice.person or NOBODY) for each in deliveries)
    ]


def _people(deliveries: Sequence[Delivery]) -> list[PersonId]:
    return sorted({each.notice.person for each in deliveries if each.notice.person is not None})


def _abouts(deliveries: Sequence[Delivery]) -> list[UUID]:
    return list({each.notice.about: None for each in deliveries})
