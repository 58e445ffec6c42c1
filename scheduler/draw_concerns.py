"""What a notice of a concern says at the hour it is sent."""

from collections.abc import Sequence

from cards import concerns as cards
from cards import forms, reports
from cards.shown import Shown
from cards.words import Say, speak
from domain.access import Action, can
from domain.concerns import Concern, still_needed
from domain.delivery import Delivery
from domain.notices import PAUSABLE, Notice, NoticeKind
from storage.database import Transaction
from usecases.pass_duty_on import pass_duty_on
from usecases.permit import actor_of


async def draw_concerns(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself: no two people may be told the same of a concern."""
    return [await draw_concern(tx, each.notice) for each in deliveries]


async def draw_concern(tx: Transaction, notice: Notice) -> Shown | None:
    """Draw a notice as things stand now; None when it is no longer needed.

    A duty whose owner has left, or lost the right to have it, goes to the next in turn.
    """
    if notice.person is not None and not (await tx.people.get(notice.person)).active:
        await pass_duty_on(tx, notice, now=notice.due_at)
        return None
    if notice.kind is NoticeKind.DRAFT_REMINDER:
        return await _draft(tx, notice)
    concern = await tx.concerns.find(notice.about)
    if concern is None or not still_needed(notice, concern):
        return None
    say = await _say(tx, notice)
    match notice.kind:
        case NoticeKind.CONCERN_PING:
            return await _ping(tx, notice, concern, say)
        case NoticeKind.CONCERN_STATUS:
            may_know = await _may(tx, notice, Action.FOLLOW, concern)
            return reports.reporter_told(concern, say=say) if may_know else None
        case _:
            return await _task(tx, notice, concern, say)


async def _ping(tx: Transaction, notice: Notice, concern: Concern, say: Say) -> Shown | None:
    """Tell the channel, unless somebody who must not know of the concern reads it (INH-3)."""
    members = await tx.organisation.members(notice.channel) if notice.channel else []
    if {person.id for _, person in members} & await tx.relations.recused(concern.id):
        return None
    return cards.ping(concern, say=say)


async def _task(tx: Transaction, notice: Notice, concern: Concern, say: Say) -> Shown | None:
    """Draw the task of somebody who may still open the concern; of nobody else."""
    if not await _may(tx, notice, Action.OPEN, concern):
        await pass_duty_on(tx, notice, now=notice.due_at)
        return None
    return None if await _paused(tx, notice) else cards.task(concern, notice.kind, say=say)


async def _paused(tx: Transaction, notice: Notice) -> bool:
    """Whether this is a reminder to somebody who wants none for now (teams.md §7.19)."""
    if notice.person is None or notice.kind not in PAUSABLE:
        return False
    return await tx.people.has_paused(notice.person)


async def _may(tx: Transaction, notice: Notice, action: Action, concern: Concern) -> bool:
    """Ask whether whom the notice is for may do this as things stand now."""
    if notice.person is None:
        return False
    actor = await actor_of(tx, await tx.people.get(notice.person))
    return can(actor, action, await tx.matters.of_concern(concern, now=notice.due_at))


async def _say(tx: Transaction, notice: Notice) -> Say:
    if notice.person is None:
        return speak(None)
    return speak((await tx.people.get(notice.person)).language)


async def _draft(tx: Transaction, notice: Notice) -> Shown | None:
    """Remind somebody of a draft, without a word of what is in it."""
    if notice.person is None or await _paused(tx, notice):
        return None
    draft = await tx.drafts.of(notice.person, now=notice.due_at)
    if draft is None or draft.id != notice.about:
        return None
    say = await _say(tx, notice)
    return forms.message(
        say("draft_reminder.title"),
        say("draft_reminder.body", date=f"{draft.expires_at:%d.%m.%Y}"),
        say=say,
        actions=[(say("button.form.resume"), "form.resume", {})],
    )
