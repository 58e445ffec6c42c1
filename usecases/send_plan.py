"""Send a version of a plan to its parties and to lists, and note what is handed over (BER-48).

Who got which version when is kept: one row for each receiver.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from domain.alert_audience import members
from domain.alert_log import LogKind
from domain.alert_sharings import DistributionList, ShareKind, ShareWay, Sharing
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_lists import OUTSIDE_AT_MOST
from domain.plan_measures import person_free
from domain.plan_readers import named
from domain.plan_templates import PlanTier
from storage.database import Transaction
from usecases.hold_plan import hold_to_share, latest, of_version, record
from usecases.plan_lists import plan_list
from usecases.read_roster import read_roster
from usecases.read_shared_plan import PlanReader

A_MINUTE = timedelta(minutes=1)  # an hour on a wall has no seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOn:
    """What became of sending a plan on.

    :param people: who got it now; who had that version by the same tier before, gets no other.
    :param outside: organisations on the list: to them a person hands it over.
    """

    people: Sequence[PersonId]
    outside: tuple[str, ...] = field(repr=False)
    number: int


async def send_to_parties(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> SentOn:
    """Send the newest version in full to those who take part in the plan, and nobody else.

    :raises RuleBroken: those of `hold_to_share`, `shared_plan.no_version`
    """
    reader = await hold_to_share(tx, by, id)
    people = await _parties(tx, reader)
    new = await share_with(tx, reader, people, tier=PlanTier.FULL, now=now)
    await _sent(tx, reader, new, tier=PlanTier.FULL, to="", now=now)
    return SentOn(people=new, outside=(), number=latest(reader.plan))


async def send_to_list(
    tx: Transaction, *, id: UUID, to: UUID, by: Person, now: datetime
) -> SentOn:
    """Send the newest version to a list, as much of it as the list's tier lets them read.

    Its people get it here. To its organisations a person hands it over: see `hand_over`.

    :raises RuleBroken: those of `hold_to_share`, `shared_plan.no_version`, `list.gone`
    """
    reader = await hold_to_share(tx, by, id)
    chosen = await plan_list(tx, to)
    tier = tier_of_list(chosen)
    people = members(chosen.audience, await read_roster(tx))
    new = await share_with(tx, reader, people, tier=tier, now=now, by_list=chosen.id)
    if new:
        await _sent(tx, reader, new, tier=tier, to=chosen.name, now=now)
    return SentOn(people=new, outside=chosen.audience.externals, number=latest(reader.plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A version of a plan that a person has handed over to somebody outside SSP.

    :param id: made when the form was opened: sent twice, it is the same.
    :param at: when that was; no later than now.
    :param because: why they should have it: a concrete assessment each time (BER-12).
    :param words: the text as it was handed over.
    """

    id: UUID
    plan: UUID
    number: int
    to: str = field(repr=False)
    by_list: UUID | None
    way: ShareWay
    at: datetime
    because: str = field(repr=False)
    words: str = field(repr=False)


async def hand_over(tx: Transaction, handed: Handed, *, by: Person, now: datetime) -> Sharing:
    """Note that a plan was handed over to an organisation outside; the bot itself sends nothing.

    :raises RuleBroken: those of `hold_to_share`; `shared_plan.no_version`, `.moved_on` when a
        newer one was finished, `.no_receiver`, `.no_reason`, `.to_come`,
        `.before_version`, `measure.cpr`, `measure.too_long`
    """
    reader = await hold_to_share(tx, by, handed.plan)
    before = await tx.sharings.find(handed.id)
    if before is not None:
        return before
    version = reader.plan.versions[latest(reader.plan) - 1]
    if version.number != handed.number:
        raise RuleBroken("shared_plan.moved_on", number=version.number)
    tier = await tier_outside(tx, handed.by_list)
    to, because = _told(handed)
    if handed.at > now:
        raise RuleBroken("shared_plan.to_come")
    if handed.at < version.at - A_MINUTE:
        raise RuleBroken("shared_plan.before_version")
    row = Sharing(
        id=handed.id,
        kind=ShareKind.PLAN,
        alert=reader.plan.alert,
        plan=reader.plan.id,
        number=version.number,
        checksum=version.checksum,
        tier=tier,
        outside=to,
        list=handed.by_list,
        way=handed.way,
        words=handed.words,
        by=by.id,
        at=handed.at,
    )
    await tx.sharings.add([row])
    facts = {**of_version(reader.plan), "what": tier.value, "way": row.way.value}
    said = f"{to}: {because}"
    await record(
        tx, reader, LogKind.SHARED, "action_plan.hand_over_plan", facts=facts, words=said, now=now
    )
    return row


async def tier_outside(tx: Transaction, by_list: UUID | None) -> PlanTier:
    """Say how much somebody outside SSP gets: what is reduced, unless a list says otherwise.

    :raises RuleBroken: `list.gone`
    """
    return PlanTier.EXTERNAL if by_list is None else tier_of_list(await plan_list(tx, by_list))


def tier_of_list(chosen: DistributionList) -> PlanTier:
    """Say how much a list gets: never all of it, for that is the parties' (BER-55)."""
    return PlanTier.ORIENTATION if chosen.tier is PlanTier.ORIENTATION else PlanTier.EXTERNAL


def _told(handed: Handed) -> tuple[str, str]:
    to = person_free(handed.to, at_most=OUTSIDE_AT_MOST)
    because = person_free(handed.because)
    if not to:
        raise RuleBroken("shared_plan.no_receiver")
    if not because:
        raise RuleBroken("shared_plan.no_reason")
    return to, because


async def share_with(
    tx: Transaction,
    reader: PlanReader,
    people: Collection[PersonId],
    *,
    tier: PlanTier,
    now: datetime,
    by_list: UUID | None = None,
    tells: bool = True,
) -> list[PersonId]:
    """Keep one row for each who did not have this version before, and tell them of it."""
    plan, number = reader.plan, latest(reader.plan)
    had = {
        each.person
        for each in await tx.sharings.of_plan(plan.id)
        if (each.kind, each.number, each.tier) == (ShareKind.PLAN, number, tier)
    }
    rows = [
        Sharing(
            id=uuid4(),
            kind=ShareKind.PLAN,
            alert=plan.alert,
            plan=plan.id,
            number=number,
            checksum=plan.versions[-1].checksum,
            tier=tier,
            person=each,
            list=by_list,
            way=ShareWay.TEAMS,
            by=reader.by.id,
            at=now,
        )
        for each in people
        if each not in had
    ]
    await tx.sharings.add(rows)
    if tells:
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.PLAN_SHARED,
                    about=row.id,
                    due_at=now,
                    person=row.person,
                    tier=Tier.URGENT,
                )
                for row in rows
            ]
        )
    return [row.person for row in rows if row.person is not None]


async def _parties(tx: Transaction, reader: PlanReader) -> list[PersonId]:
    """List who takes part: who was alerted of an authority in the plan, and who is named in it."""
    plan, people = reader.plan, set(named(reader.plan, reader.alert))
    if reader.alert is not None:
        people |= {
            each.person
            for each in await tx.recipients.of(reader.alert.id)
            if Party(each.authority.value) in plan.parties
        }
    known = await tx.people.of_ids(people)
    active = [each for each in known.values() if each.active]
    return [each.id for each in sorted(active, key=lambda one: (one.name.casefold(), one.id))]


async def _sent(
    tx: Transaction,
    reader: PlanReader,
    people: Sequence[PersonId],
    *,
    tier: PlanTier,
    to: str,
    now: datetime,
) -> None:
    facts = {**of_version(reader.plan), "what": tier.value, "way": ShareWay.TEAMS.value}
    await record(
        tx,
        reader,
        LogKind.SHARED,
        "action_plan.share_plan",
        facts=facts,
        people=people,
        words=to,
        now=now,
    )
