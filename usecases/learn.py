"""Keep what was learned of an alert: each a task with an owner, a date and an end (BER-61)."""

from datetime import date, datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.evaluations import Learning, LearningState
from domain.notices import Notice, NoticeKind
from domain.people import Office, Person, PersonId
from domain.plan_measures import person_free
from storage.database import Transaction
from usecases.evaluate_alert import hold_evaluation
from usecases.permit_alert import hold_alert, record
from usecases.read_readiness import readiness_catalogue


async def owners(tx: Transaction, id: UUID) -> dict[PersonId, Person]:
    """List who can be given something that was learned of an alert, by name.

    Those who were alerted first of each authority, who led it, and the Secretariat.
    """
    alert = await tx.alerts.find(id)
    if alert is None:
        return {}
    leaders = {each.person for each in await tx.recipients.of(id) if each.tier == 0}
    office = {each.id for each in await tx.people.of_office(Office.SEK)}
    found = await tx.people.of_ids(leaders | office | {alert.coordinator, alert.log_keeper})
    active = [each for each in found.values() if each.active]
    return {each.id: each for each in sorted(active, key=lambda each: (each.name, each.id))}


async def add_learning(
    tx: Transaction,
    *,
    id: UUID,
    alert: UUID,
    words: str,
    owner: PersonId,
    due_on: date,
    template: str | None,
    by: Person,
    now: datetime,
) -> Learning:
    """Write down what was learned, and give it to somebody; sent twice, it is there once.

    :param template: which template is to be changed, where it is about one.
    :raises RuleBroken: `alert.not_found`, `.not_yours`; `evaluation.none`; `learning.no_words`,
        `.no_owner`; `alert.no_template`; `measure.cpr`, `measure.too_long`
    """
    found, _ = await hold_evaluation(tx, by, alert)
    said = person_free(words)
    if not said:
        raise RuleBroken("learning.no_words")
    if owner not in await owners(tx, alert):
        raise RuleBroken("learning.no_owner")
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    if template is not None and template not in catalogue.templates:
        raise RuleBroken("alert.no_template")
    learning = Learning(
        id=id,
        alert=alert,
        words=said,
        owner=owner,
        due_on=due_on,
        template=template,
        given_by=by.id,
        given_at=now,
    )
    if not await tx.learnings.add(learning):
        return await tx.learnings.find(id) or learning
    if owner != by.id:
        await tx.outbox.add(
            [Notice(kind=NoticeKind.LEARNING_GIVEN, about=id, due_at=now, person=owner)]
        )
    await tx.alert_log.add(
        LogEntry(
            alert=alert,
            kind=LogKind.LEARNED,
            at=now,
            by=by.id,
            words=said,
            people=(owner,),
            facts={"template": template} if template else {},
        )
    )
    await record(tx, found, "alert.add_learning", by=by, now=now)
    return learning


async def end_learning(
    tx: Transaction, *, id: UUID, by: Person, to: LearningState, now: datetime
) -> tuple[Learning, Alert]:
    """Say that it is done, or given up: by its owner, or who may act on the alert.

    A change of its template that was made since is linked to it.

    :raises RuleBroken: `learning.not_found`, `learning.ended`, `learning.moved_on`
    """
    learning = await tx.learnings.find(id)
    if learning is None:
        raise RuleBroken("learning.not_found", about=str(id))
    alert = await tx.alerts.find(learning.alert)
    if learning.owner != by.id or alert is None:
        try:
            alert = await hold_alert(tx, by, learning.alert)
        except RuleBroken:
            raise RuleBroken("learning.not_found", about=str(id)) from None
    revision = await _changed_by(tx, learning) if to is LearningState.DONE else None
    saved = await tx.learnings.save(learning.ended(to, revision=revision, now=now))
    await tx.standings.cancel(id, kind=NoticeKind.LEARNING_DUE, now=now)
    await record(tx, alert, "alert.end_learning", by=by, now=now)
    return saved, alert


async def my_learnings(tx: Transaction, *, by: Person) -> list[tuple[Learning, Alert]]:
    """List what somebody is to do of what was learned, what is due first first."""
    mine = await tx.learnings.open_of(by.id)
    found = {each.alert: await tx.alerts.find(each.alert) for each in mine}
    return [(each, alert) for each in mine if (alert := found[each.alert]) is not None]


async def _changed_by(tx: Transaction, learning: Learning) -> int | None:
    """Find the latest change of its template that says it came of this alert, or came since."""
    if learning.template is None:
        return None
    made = await tx.template_overrides.of(learning.template)
    ours = [
        each.revision
        for each in made
        if each.alert == learning.alert or (each.alert is None and each.at >= learning.given_at)
    ]
    return max(ours, default=None)
