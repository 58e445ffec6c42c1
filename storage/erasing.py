"""Erase a person: their keys first, then every row that leads to them (AC-CRYPT-04, AC-DATA-03).

What is erased and what is kept is a table, and every table of the database is in it: one that
nobody has thought of fails the build.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import Column, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.countersigns import CountersignKind
from domain.retention import Remains
from storage.action_plan_rows import TABLES as ACTION_PLAN_TABLES
from storage.agenda_rows import TABLES as AGENDA_TABLES
from storage.audit_rows import audit_chain, audit_checkpoints, audit_keys
from storage.case_rows import (
    actions,
    agenda_items,
    case_meetings,
    cases,
    countersigns,
    grants,
    informings,
    journal_tasks,
    merges,
    note_events,
    records,
    subject_cprs,
    subject_marks,
    subjects,
)
from storage.delivery_rows import (
    addresses,
    call_list,
    channel_addresses,
    job_runs,
    outbox,
    pace,
    trials,
)
from storage.keys import Keys
from storage.legal_rows import exports, gated
from storage.life_rows import recalls, releases, shown_cards
from storage.meeting_rows import TABLES as MEETING_TABLES
from storage.microsoft_rows import TABLES as MICROSOFT_TABLES
from storage.plan_rows import (
    absences,
    access_marks,
    access_requests,
    assessments,
    concern_groups,
    facts,
    group_members,
    handovers,
    outcomes,
    playbooks,
    pseudonyms,
)
from storage.readiness_rows import TABLES as READINESS_TABLES
from storage.rows import (
    additions,
    audit,
    committees,
    concern_parts,
    concerns,
    counters,
    cpr_marks,
    data_keys,
    draft_starts,
    drafts,
    index_keys,
    institutions,
    masters,
    memberships,
    people,
    relations,
    turns,
)


class Of(Enum):
    """The ids by which rows are found to be about a person."""

    SUBJECTS = auto()
    CASES = auto()
    CONCERNS = auto()
    MATTERS = auto()  # cases, concerns and memberships of concern groups
    REQUESTS = auto()  # for access
    ANY = auto()  # all of these, and actions, tasks, countersigns and exports
    KEYS = auto()  # the names of data keys


# In this order, so that no row is left that points to one that is gone.
ERASED: tuple[tuple[Column[Any], Of], ...] = (
    (access_marks.c.request, Of.REQUESTS),
    (access_requests.c.case, Of.CASES),
    (actions.c.case, Of.CASES),
    (agenda_items.c.about, Of.MATTERS),
    (assessments.c.case, Of.CASES),
    (call_list.c.about, Of.ANY),
    (drafts.c.about, Of.ANY),
    (exports.c.about, Of.ANY),
    (gated.c.matter, Of.MATTERS),
    (grants.c.matter, Of.MATTERS),
    (handovers.c.case, Of.CASES),
    (informings.c.case, Of.CASES),
    (merges.c.from_case, Of.CASES),
    (merges.c.into_case, Of.CASES),
    (outbox.c.about, Of.ANY),
    (outcomes.c.case, Of.CASES),
    (pseudonyms.c.case, Of.CASES),
    (records.c.key, Of.KEYS),
    (records.c.matter, Of.CASES),
    (relations.c.matter, Of.MATTERS),
    (releases.c.case, Of.CASES),
    (shown_cards.c.matter, Of.ANY),
    (additions.c.concern, Of.CONCERNS),
    (concern_parts.c.concern, Of.CONCERNS),
    (cpr_marks.c.concern, Of.CONCERNS),
    (concerns.c.id, Of.CONCERNS),
    (group_members.c.subject, Of.SUBJECTS),
    (subject_marks.c.subject, Of.SUBJECTS),
    (subject_cprs.c.subject, Of.SUBJECTS),
    (cases.c.id, Of.CASES),
)
KEPT: Mapping[str, str] = {
    absences.name: "of professionals",
    addresses.name: "of professionals",
    audit.name: "ids and purposes, kept for their own time (AC-AUD-06)",
    audit_chain.name: "ids and purposes, kept for their own time (AC-AUD-06)",
    audit_checkpoints.name: "nobody's",
    audit_keys.name: "nobody's",
    case_meetings.name: "who met and when",
    channel_addresses.name: "of committees",
    committees.name: "of the organisation",
    concern_groups.name: "a group goes on without a member",
    counters.name: "numbers only",
    countersigns.name: "ids and codes; who agreed to the deletion (erased but for that)",
    data_keys.name: "the keys are destroyed by name",
    draft_starts.name: "when forms were begun, for a day",
    facts.name: "lead to nobody once the pseudonym is gone (invariant 12)",
    index_keys.name: "nobody's",
    institutions.name: "of the organisation",
    job_runs.name: "nobody's",
    journal_tasks.name: "ids and file numbers: that it was filed (NOT-5)",
    masters.name: "nobody's",
    memberships.name: "of professionals",
    note_events.name: "ids and codes, never deleted (NOT-4)",
    pace.name: "nobody's",
    people.name: "of professionals",
    playbooks.name: "nobody's",
    recalls.name: "which cards are being taken back; gone when they are",
    subjects.name: "an id, and when it was erased",
    trials.name: "of professionals",
    **{each.name: "of committees and professionals" for each in (*MEETING_TABLES, *AGENDA_TABLES)},
    **{
        each.name: "of events and professionals; no young person is in it (BER-51)"
        for each in (*READINESS_TABLES, *ACTION_PLAN_TABLES)
    },
    **{each.name: "of committees and professionals" for each in MICROSOFT_TABLES},
    turns.name: "emptied for everybody: what was answered lately may show anything",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went: how many cards in Teams are to be taken back, and the files that are to go."""

    concerns: int
    cards: int
    files: Sequence[str]


class Eraser:
    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def erase(self, remains: Remains, *, now: datetime) -> Erased:
        """Destroy the keys of a person and remove every row about them; twice is no harm.

        Cards that Teams has are left to be taken back: nothing is sent in a transaction.
        """
        ids = await self._ids(remains)
        cards = await recall(self._connection, ids[Of.ANY], now=now)
        laid = await self._connection.scalars(
            select(exports.c.file).where(
                exports.c.about.in_(ids[Of.ANY]), exports.c.file.is_not(None)
            )
        )
        files = [each for each in laid if each is not None]
        forms = await self._connection.scalars(
            select(drafts.c.id).where(drafts.c.about.in_(ids[Of.ANY]))
        )
        for key in (*ids[Of.KEYS], *map(str, forms)):
            await self._keys.destroy(str(key))
        for column, of in ERASED:
            await self._connection.execute(delete(column.table).where(column.in_(ids[of])))
        await self._connection.execute(
            delete(countersigns).where(
                countersigns.c.about.in_(ids[Of.CASES]),
                countersigns.c.kind != CountersignKind.RELEASE,
            )
        )
        await self._connection.execute(
            update(subjects).where(subjects.c.id.in_(ids[Of.SUBJECTS])).values(erased_at=now)
        )
        await self._empty_turns()
        return Erased(concerns=len(ids[Of.CONCERNS]), cards=cards, files=files)

    async def _ids(self, remains: Remains) -> dict[Of, Collection[Any]]:
        """Name everything by which a row can be about this person."""
        in_cases = [*remains.cases]
        in_concerns = await self._some(concerns.c.id, concerns.c.case, in_cases)
        memberships_ = await self._some(
            group_members.c.id, group_members.c.subject, remains.subjects
        )
        matters = [*in_cases, *in_concerns, *memberships_]
        requests = await self._some(access_requests.c.id, access_requests.c.case, in_cases)
        others = [
            *await self._some(actions.c.id, actions.c.case, in_cases),
            *await self._some(journal_tasks.c.id, journal_tasks.c.matter, matters),
            *await self._some(countersigns.c.id, countersigns.c.about, in_cases),
            *await self._some(exports.c.id, exports.c.about, [*in_cases, *requests]),
            *await self._some(grants.c.id, grants.c.matter, matters),
            *await self._some(handovers.c.id, handovers.c.case, in_cases),
            *await self._some(assessments.c.id, assessments.c.case, in_cases),
            *await self._some(informings.c.id, informings.c.case, in_cases),
        ]
        return {
            Of.SUBJECTS: remains.subjects,
            Of.CASES: in_cases,
            Of.CONCERNS: in_concerns,
            Of.MATTERS: matters,
            Of.REQUESTS: requests,
            Of.ANY: [*matters, *requests, *others],
            Of.KEYS: [
                *map(str, remains.subjects),
                *map(str, in_concerns),
                *map(str, memberships_),
            ],
        }

    async def _some(
        self, wanted: Column[UUID], by: Column[Any], ids: Collection[UUID]
    ) -> list[UUID]:
        return [*await self._connection.scalars(select(wanted).where(by.in_(ids)))]

    async def _empty_turns(self) -> None:
        """Forget what was answered lately: a repeated turn gets no answer then."""
        await self._connection.execute(update(turns).values(answer=None))
        await self._keys.destroy_all_turns()


async def recall(connection: AsyncConnection, about: Collection[UUID], *, now: datetime) -> int:
    """Note every message in Teams that shows something of this, to be taken back."""
    shown = await connection.execute(
        select(shown_cards.c.conversation, shown_cards.c.activity, shown_cards.c.service_url)
        .distinct()
        .where(shown_cards.c.matter.in_(about))
    )
    told = await connection.execute(
        select(addresses.c.conversation_id, outbox.c.activity_id, addresses.c.service_url)
        .distinct()
        .join(addresses, addresses.c.person == outbox.c.person)
        .where(outbox.c.about.in_(about), outbox.c.activity_id.is_not(None))
    )
    pinged = await connection.execute(
        select(
            channel_addresses.c.conversation_id,
            outbox.c.activity_id,
            channel_addresses.c.service_url,
        )
        .distinct()
        .join(channel_addresses, channel_addresses.c.committee == outbox.c.channel)
        .where(outbox.c.about.in_(about), outbox.c.activity_id.is_not(None))
    )
    found = {(row[0], row[1], row[2]) for rows in (shown, told, pinged) for row in rows}
    if found:
        await connection.execute(
            insert(recalls),
            [
                {
                    "conversation": conversation,
                    "activity": activity,
                    "service_url": service_url,
                    "next_at": now,
                    "attempts": 0,
                }
                for conversation, activity, service_url in sorted(found)
            ],
        )
    return len(found)
