"""Matters: what decides who may do what with a concern, a case, a group, a meeting, an alert …"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import Alert
from domain.cases import RUNNING, Case, Kif
from domain.committee_meetings import (
    HEAD_LEADS,
    CommitteeMeeting,
    MeetingState,
    Presence,
    Reply,
)
from domain.concerns import SOMEBODYS_DUTY, Concern, Status
from domain.efforts import Effort, EffortKind, EffortState
from domain.grants import Grant
from domain.matters import Matter, MatterKind
from domain.people import AreaCode, CommitteeCode, CommitteeType, PersonId, Seat
from storage.alert_matters import matters_of_alerts
from storage.case_actions import READ_UNDER, at_home, read_under
from storage.case_rows import actions, cases
from storage.gates import Gates
from storage.grants import Grants
from storage.meeting_rows import meeting_attendance, meeting_replies
from storage.plan_rows import concern_groups, group_members
from storage.relations import Relations, same_person
from storage.rows import committees, concerns, memberships, people


class Matters:
    """Built anew whenever it is asked for: losing a role works at the next request (§15.13)."""

    def __init__(
        self, connection: AsyncConnection, relations: Relations, grants: Grants, gates: Gates
    ) -> None:
        self._connection = connection
        self._relations = relations
        self._grants = grants
        self._gates = gates

    async def of_case(self, case: Case, *, now: datetime) -> Matter:
        return (await self.of_cases([case], now=now))[case.id]

    async def of_cases(self, found: Sequence[Case], *, now: datetime) -> dict[UUID, Matter]:
        """Build the matters of many cases in a few looks."""
        ids = [case.id for case in found]
        about = await same_person(self._connection, ids)
        recused = await self._relations.recused_from(await self._written_down(about))
        gated = await self._gates.named(about)
        granted = await self._granted(ids, now)
        owners = await self._owners(ids)
        plus = await self._plus()
        return {
            case.id: Matter(
                kind=MatterKind.CASE,
                id=case.id,
                reference=case.reference,
                groups=frozenset(filter(None, (case.group, case.partner))),
                areas=frozenset(filter(None, (case.area,))),
                plus=bool({case.group, case.partner} & plus),
                kif=case.kif is not Kif.NONE,
                lead=case.lead,
                action_owners=owners.get(case.id, frozenset()),
                recused=recused[case.id],
                gated=gated[case.id],
                grants=granted.get(case.id, ()),
                ended=case.state not in RUNNING,
            )
            for case in found
        }

    async def of_concern(self, concern: Concern, *, now: datetime) -> Matter:
        return (await self.of_concerns([concern], now=now))[concern.id]

    async def of_concerns(self, found: Sequence[Concern], *, now: datetime) -> dict[UUID, Matter]:
        """Build the matters of many concerns in a few looks."""
        in_case = [each.case for each in found if each.case is not None]
        about = await self._written_down(await same_person(self._connection, in_case))
        whole = {each.id: about[each.case] if each.case else [each.id] for each in found}
        recused = await self._relations.recused_from(whole)
        gated = await self._gates.named(whole)
        granted = await self._granted([each.id for each in found], now)
        plus = await self._plus()
        return {
            each.id: Matter(
                kind=MatterKind.CONCERN,
                id=each.id,
                reference=each.reference,
                groups=frozenset(filter(None, (each.group,))),
                areas=frozenset(filter(None, (each.area,))),
                plus=each.group in plus,
                reporter=each.reporter,
                shielded="reporter.shielded" in each.reasons,
                recused=recused[each.id],
                gated=gated[each.id],
                grants=granted.get(each.id, ()),
                ended=each.status not in SOMEBODYS_DUTY | {Status.LINKED},
            )
            for each in found
        }

    async def of_group(self, id: UUID, *, now: datetime) -> Matter | None:
        """Build the matter of a concern group: every coordination group of its areas sees it.

        A grant may name the group, or one of its members alone (GRP-6).
        """
        found = await self._connection.execute(
            select(concern_groups).where(concern_groups.c.id == id)
        )
        row = found.one_or_none()
        if row is None:
            return None
        serving = await self._connection.execute(
            select(committees.c.code, committees.c.areas).where(
                committees.c.type == CommitteeType.COORDINATION
            )
        )
        groups = {each.code for each in serving if set(each.areas) & set(row.areas)}
        members = await self._connection.scalars(
            select(group_members.c.id).where(group_members.c.concern_group == id)
        )
        return Matter(
            kind=MatterKind.GROUP,
            id=id,
            reference=row.reference,
            groups=frozenset(map(CommitteeCode, {row.group, *groups})),
            areas=frozenset(map(AreaCode, row.areas)),
            plus=row.group in await self._plus(),
            recused=(await self._relations.recused_from({id: [id]}))[id],
            grants=tuple(
                grant
                for each in (await self._granted([id, *members], now)).values()
                for grant in each
            ),
            ended=row.state != "open",
        )

    async def of_meeting(self, meeting: CommitteeMeeting) -> Matter:
        return (await self.of_meetings([meeting]))[meeting.id]

    async def of_meetings(self, found: Sequence[CommitteeMeeting]) -> dict[UUID, Matter]:
        """Build the matters of committees' meetings in a few looks.

        The committee has it, and nobody else; who is named to lead it does while they facilitate.
        """
        codes = {each.committee for each in found}
        of_types = await self._connection.execute(
            select(committees.c.code, committees.c.type).where(committees.c.code.in_(codes))
        )
        kinds = {row.code: row.type for row in of_types}
        seats = await self._connection.execute(
            select(memberships.c.committee, memberships.c.person)
            .join(people, people.c.id == memberships.c.person)
            .where(
                memberships.c.committee.in_(codes),
                memberships.c.seat == Seat.FACILITATOR,
                people.c.active,
            )
        )
        facilitating = {(row.committee, row.person) for row in seats}
        standing_in = await self._standing_in([each.id for each in found])
        return {
            each.id: Matter(
                kind=MatterKind.MEETING,
                id=each.id,
                reference=each.reference,
                groups=frozenset({each.committee}),
                lead=each.led_by if (each.committee, each.led_by) in facilitating else None,
                stand_ins=standing_in.get(each.id, frozenset()),
                head_leads=kinds.get(each.committee) in HEAD_LEADS,
                ended=each.state is not MeetingState.PLANNED,
            )
            for each in found
        }

    async def _standing_in(self, ids: Collection[UUID]) -> dict[UUID, frozenset[PersonId]]:
        """Name who has said that they come in somebody's place, or is noted to have come."""
        coming = select(meeting_replies.c.meeting, meeting_replies.c.person).where(
            meeting_replies.c.meeting.in_(ids),
            meeting_replies.c.stands_for.is_not(None),
            meeting_replies.c.reply == Reply.COMING,
        )
        came = select(meeting_attendance.c.meeting, meeting_attendance.c.person).where(
            meeting_attendance.c.meeting.in_(ids),
            meeting_attendance.c.how == Presence.SUBSTITUTE,
        )
        found: dict[UUID, frozenset[PersonId]] = {}
        for row in await self._connection.execute(union(coming, came)):
            found[row.meeting] = found.get(row.meeting, frozenset()) | {PersonId(row.person)}
        return found

    async def of_effort(self, effort: Effort) -> Matter:
        """Build the matter of an effort: of its leader group, or of all that it reaches."""
        rows = await self._connection.execute(
            select(committees.c.code, committees.c.areas).where(
                committees.c.type == CommitteeType.LEADER
            )
        )
        reached = {row.code for row in rows if set(row.areas) & set(effort.areas)}
        city_wide = effort.kind is EffortKind.CITY_WIDE
        return Matter(
            kind=MatterKind.EFFORT,
            id=effort.id,
            reference=effort.reference,
            groups=frozenset({effort.committee, *(reached if city_wide else ())}),
            areas=frozenset(effort.areas),
            reporter=effort.applied_by,
            lead=effort.lead,
            action_owners=frozenset({effort.contact}),
            ended=effort.state in {EffortState.REFUSED, EffortState.WITHDRAWN},
        )

    async def of_alert(self, alert: Alert) -> Matter:
        return (await self.of_alerts([alert]))[alert.id]

    async def of_alerts(
        self, found: Sequence[Alert], *, person: PersonId | None = None
    ) -> dict[UUID, Matter]:
        return await matters_of_alerts(self._connection, found, person=person)

    async def case_of(self, concern: UUID) -> UUID | None:
        """Name the case a concern is part of; of a merged one, the case it was merged into."""
        found = await self._connection.execute(
            select(cases.c.id, cases.c.merged_into)
            .join(concerns, concerns.c.case == cases.c.id)
            .where(concerns.c.id == concern)
        )
        row = found.one_or_none()
        return None if row is None else row.merged_into or row.id

    async def about_same_person(self, case: UUID) -> list[UUID]:
        """List a case, those merged into it, and all their concerns."""
        return (await same_person(self._connection, [case]))[case]

    async def _written_down(self, about: Mapping[UUID, Sequence[UUID]]) -> dict[UUID, list[UUID]]:
        """Add where they are written down in a concern group: near there is near here."""
        if not about:
            return {}
        rows = await self._connection.execute(
            select(cases.c.id, group_members.c.id.label("member"))
            .join(group_members, group_members.c.subject == cases.c.subject)
            .where(cases.c.id.in_({each for ids in about.values() for each in ids}))
        )
        members: dict[UUID, list[UUID]] = {}
        for row in rows:
            members.setdefault(row.id, []).append(row.member)
        return {
            root: [*ids, *(member for each in ids for member in members.get(each, ()))]
            for root, ids in about.items()
        }

    async def _granted(
        self, ids: Collection[UUID], now: datetime
    ) -> dict[UUID, tuple[Grant, ...]]:
        granted: dict[UUID, tuple[Grant, ...]] = {}
        for grant in await self._grants.of_matters(ids, now=now):
            granted[grant.matter] = (*granted.get(grant.matter, ()), grant)
        return granted

    async def _owners(self, ids: Collection[UUID]) -> dict[UUID, frozenset[PersonId]]:
        rows = await self._connection.execute(
            at_home(select(READ_UNDER.label("case"), actions.c.owner)).where(
                actions.c.case.in_(read_under(ids)), actions.c.status == "open"
            )
        )
        owners: dict[UUID, frozenset[PersonId]] = {}
        for row in rows:
            owners[row.case] = owners.get(row.case, frozenset()) | {PersonId(row.owner)}
        return owners

    async def _plus(self) -> frozenset[str]:
        codes = await self._connection.scalars(
            select(committees.c.code).where(
                committees.c.type == CommitteeType.SSP_PLUS_COORDINATION
            )
        )
        return frozenset(codes)
