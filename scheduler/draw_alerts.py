"""What those who are alerted get, drawn as the alert stands: letters, corrections, call lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cards import alert_calls
from cards import alert_letters as cards
from cards import alert_steering as steering
from cards.alert_letters import Letter, Occasion
from cards.shown import Shown
from cards.words import speak
from domain.alerts import Alert, AlertState, Level, Recipient
from domain.delivery import Delivery
from domain.escalation_notices import FIRST_ROUND, authority_of_round
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Language, Person, PersonId
from domain.roles import Role, standing
from storage.database import Transaction
from usecases.my_alerts import why_called_off
from usecases.permit import actor_of
from usecases.see_silent import silent_of

KINDS: Final = frozenset({NoticeKind.ALERT, *steering.TOLD})
TOGETHER: Final = timedelta(minutes=5)  # reminders of two alerts this near are one (BER-20)


async def draw_alerts(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw a batch; None for what its alert, or its reader, no longer needs.

    What is the same for two readers is one value. Who has not answered several alerts is
    reminded of them on one card.
    """
    notices = [each.notice for each in deliveries]
    desk = await _Desk.read(tx, notices)
    drawn: list[Shown | None] = []
    reminded: set[tuple[PersonId, bool]] = set()
    for notice in notices:
        letter = desk.letter(notice)
        if letter is None and notice.kind in steering.TOLD:
            drawn.append(await _for_steering(tx, desk, notice))
            continue
        if letter is None or not _needed(letter.alert, letter.own, notice):
            drawn.append(None)
            continue
        others = await _others(tx, desk, letter, now=now) if _reminds(letter, notice) else []
        told = letter.own.person, letter.alert.drill
        if not others:
            drawn.append(desk.drawn(letter, notice))
        elif told in reminded or await _has_been_told(tx, letter, others, now=now):
            drawn.append(None)
        else:
            reminded.add(told)
            say = speak(desk.language(letter))
            drawn.append(cards.several([letter, *others], say=say))
    return drawn


async def draw_letters(
    tx: Transaction, notices: Sequence[Notice], *, now: datetime
) -> list[Shown | None]:
    """Draw what Teams has already as it stands now; None for who has left.

    A reminder keeps what else waits for an answer: it may be the only one of that (BER-20).
    """
    desk = await _Desk.read(tx, notices)
    drawn: list[Shown | None] = []
    for notice in notices:
        letter = desk.letter(notice)
        if letter is None:
            drawn.append(None)
            continue
        others = await _others(tx, desk, letter, now=now) if _reminds(letter, notice) else []
        together = cards.several([letter, *others], say=speak(desk.language(letter)))
        drawn.append(together if others else desk.drawn(letter, notice))
    return drawn


async def draw_call_lists(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Say whom to telephone in one authority; None where nobody is to be telephoned any more."""
    people = await tx.people.of_ids(
        [each.notice.person for each in deliveries if each.notice.person]
    )
    drawn: list[Shown | None] = []
    for each in deliveries:
        reader = people.get(each.notice.person or PersonId(""))
        alert = await tx.alerts.find(each.notice.about)
        if reader is None or not reader.active or alert is None or not alert.is_open:
            drawn.append(None)
            continue
        authority = authority_of_round(each.notice.round)
        silent = await silent_of(tx, alert, authority=authority)
        say = speak(reader.language)
        by_mail = each.notice.medium is Medium.EMAIL
        sheet = alert_calls.to_call(alert, silent, authority=authority, by_mail=by_mail, say=say)
        drawn.append(sheet if silent else None)
    return drawn


async def _for_steering(tx: Transaction, desk: "_Desk", notice: Notice) -> Shown | None:
    """Draw what somebody of the steering group is told, who is not alerted (BER-46)."""
    alert = desk.alerts.get(notice.about)
    if alert is None or notice.person is None or not _needed(alert, None, notice):
        return None
    reader = await tx.people.get(notice.person)
    if not reader.active or Role.SGM not in standing(await actor_of(tx, reader)):
        return None
    because = desk.because[alert.id]
    return steering.told(alert, notice.kind, because=because, say=speak(reader.language))


def _needed(alert: Alert, own: Recipient | None, notice: Notice) -> bool:
    """Whether it still says something to its reader."""
    if notice.kind is NoticeKind.ALERT_FALSE:
        return alert.state is AlertState.FALSE_ALARM
    if notice.kind is NoticeKind.ALERT and notice.round > FIRST_ROUND:
        return alert.is_open and (own is None or own.reply is None)
    return alert.is_open


def _reminds(letter: Letter, notice: Notice) -> bool:
    return letter.occasion is Occasion.REMINDER and notice.medium is Medium.TEAMS


async def _others(
    tx: Transaction, desk: "_Desk", letter: Letter, *, now: datetime
) -> list[Letter]:
    """Find what else waits for an answer of theirs; drills and what is real apart (BER-20)."""
    me = letter.own.person
    found: list[Letter] = []
    for alert in await tx.alerts.open_to(me, drill=letter.alert.drill):
        own = await tx.recipients.find(alert.id, me)
        waits = own is not None and own.reply is None and alert.leaves_at <= now
        if own is None or not waits or alert.level is Level.ORIENTATION:
            continue
        if alert.id != letter.alert.id:
            found.append(Letter(alert=alert, own=own, by=desk.name(alert.activated_by)))
    return found


async def _has_been_told(
    tx: Transaction, letter: Letter, others: Sequence[Letter], *, now: datetime
) -> bool:
    """Whether a reminder of the others, just now, was one of this alert too."""
    return await tx.alert_letters.recently_reminded(
        letter.own.person,
        of=[each.alert.id for each in others],
        since=max(now - TOGETHER, letter.alert.leaves_at),
    )


@dataclass(kw_only=True)
class _Desk:
    """What is read once for a batch, and what has been drawn of it already."""

    alerts: Mapping[UUID, Alert]
    recipients: Mapping[UUID, Mapping[PersonId, Recipient]]
    because: Mapping[UUID, str] = field(repr=False)
    people: Mapping[PersonId, Person] = field(repr=False)
    same: dict[object, Shown] = field(default_factory=dict, repr=False)

    @classmethod
    async def read(cls, tx: Transaction, notices: Sequence[Notice]) -> "_Desk":
        found = [await tx.alerts.find(each) for each in {each.about for each in notices}]
        alerts = {each.id: each for each in found if each is not None}
        recipients = {
            each: {row.person: row for row in await tx.recipients.of(each)} for each in alerts
        }
        named = {each.activated_by for each in alerts.values()}
        for notice in notices:
            own = recipients.get(notice.about, {}).get(notice.person or PersonId(""))
            named |= set() if own is None else {own.person, own.stands_for or own.person}
        return cls(
            alerts=alerts,
            recipients=recipients,
            because={each: await why_called_off(tx, alerts[each]) for each in alerts},
            people=await tx.people.of_ids(sorted(named)),
        )

    def letter(self, notice: Notice) -> Letter | None:
        """Put together what they are to read; None for who has left, or was never alerted."""
        alert = self.alerts.get(notice.about)
        own = self.recipients.get(notice.about, {}).get(notice.person or PersonId(""))
        if alert is None or own is None:
            return None
        reader = self.people.get(own.person)
        if reader is None or not reader.active:
            return None
        return Letter(
            alert=alert,
            own=own,
            by=self.name(alert.activated_by),
            instead_of=self.name(own.stands_for) if own.stands_for else "",
            because=self.because[alert.id],
            occasion=_occasion(notice),
            by_mail=notice.medium is Medium.EMAIL,
        )

    def drawn(self, letter: Letter, notice: Notice) -> Shown:
        """Draw it, or give what was drawn for somebody to whom it says the same."""
        own, language = letter.own, self.language(letter)
        draw = cards.called_off if notice.kind is NoticeKind.ALERT_FALSE else cards.letter
        key = (
            *(letter.alert.id, language, draw, letter.occasion, letter.by_mail),
            *(own.authority, own.why, own.stands_for, own.reply, own.replied_at, own.via),
        )
        if key not in self.same:
            self.same[key] = draw(letter, say=speak(language))
        return self.same[key]

    def language(self, letter: Letter) -> Language | None:
        return self.people[letter.own.person].language

    def name(self, person: PersonId) -> str:
        return self.people[person].name if person in self.people else ""


def _occasion(notice: Notice) -> Occasion:
    if notice.kind is NoticeKind.ALERT_CORRECTED:
        return Occasion.CORRECTION
    reminds = notice.kind is NoticeKind.ALERT and notice.round > FIRST_ROUND
    return Occasion.REMINDER if reminds else Occasion.FIRST
