"""A matter: what access is decided about – a concern, a case, a group, a meeting, an alert …"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.grants import Grant
from domain.people import AreaCode, CommitteeCode, PersonId


class MatterKind(StrEnum):
    CONCERN = "concern"
    CASE = "case"
    GROUP = "group"  # a concern group (bekymringsgruppe), never a committee
    MEETING = "committee_meeting"  # of a committee; nothing about a young person is in it
    EFFORT = "effort"  # paid by the pool; nothing about a young person is in it either
    ALERT = "alert"  # of readiness, with its plan, its log and its reports; nor is there here


CONFIDED = frozenset({MatterKind.CONCERN, MatterKind.CASE, MatterKind.GROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything that decides who may do what with it, as it was at one moment.

    `groups` are the coordination groups that have it; with none it is in the Secretariat's
    triage. Of a meeting it is the committee that meets, `lead` the facilitator who is named to
    lead it, and `stand_ins` who comes, or came, in somebody's place. Of an effort
    it is the leader groups it reaches, `reporter` is who applied, and `action_owners` its contact
    in one of them. Of an alert `areas` is empty for the whole city, and `told` is who it is for:
    who was alerted, who leads it, and who has something to do in its plan.
    `recused` of a case counts in who is recused from a concern in it. `grants` are
    those that were valid at that moment.
    """

    kind: MatterKind
    id: UUID
    reference: str
    groups: frozenset[CommitteeCode] = frozenset()
    areas: frozenset[AreaCode] = frozenset()
    plus: bool = False  # a case of SSP+
    kif: bool = False  # the probation service has, or will have, the young person (PLUS-4)
    reporter: PersonId | None = None  # of a concern
    shielded: bool = False  # the reporter asked not to be known (concern.md §4.6)
    lead: PersonId | None = None
    action_owners: frozenset[PersonId] = frozenset()
    stand_ins: frozenset[PersonId] = frozenset()
    told: frozenset[PersonId] = frozenset()
    recused: frozenset[PersonId] = frozenset()
    gated: frozenset[PersonId] = frozenset()  # named by a gate for what is sensitive (S115-8)
    grants: tuple[Grant, ...] = ()
    head_leads: bool = False  # the head of the Secretariat leads it (SG, CG: 003 §5.2.3, §5.3.2)
    ended: bool = False
