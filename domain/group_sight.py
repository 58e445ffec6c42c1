"""Which part of a concern group opens for whom: the general one, and whose (GRP-6, D13)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.concern_groups import Member
from domain.data_classes import DataClass
from domain.matters import Matter
from domain.people import AreaCode, PersonId
from domain.roles import Actor, Role, roles


class Part(StrEnum):
    """The parts of a group."""

    GENERAL = "general"  # without a word about one person: for leaders and local members too
    WORKING = "working"  # who took part in the screening: for those who coordinate
    MEMBERS = "members"  # of whom not everybody sees everybody


EVERY_AREA = None
_WORKING = frozenset({Role.FAC, Role.KGM, Role.PFAC, Role.PKM, Role.SEK})
_GENERAL = _WORKING | {Role.LUM, Role.LGM, Role.PLM, Role.ADH}
_PLUS = frozenset({Role.PFAC, Role.PKM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody sees of one group right now.

    `areas` are those whose members they see without asking, and `kept` those whose members
    they write about; `EVERY_AREA` is all of them. `named` is what a grant names: members, or
    the whole group.
    """

    parts: frozenset[Part]
    areas: frozenset[AreaCode] | None = frozenset()
    kept: frozenset[AreaCode] | None = frozenset()
    named: frozenset[UUID] = frozenset()

    def sees(self, member: Member) -> bool:
        of_theirs = self.areas is EVERY_AREA or member.area in self.areas
        is_named = not self.named.isdisjoint({member.id, member.concern_group})
        return Part.MEMBERS in self.parts and (of_theirs or is_named)

    def keeps(self, member: Member) -> bool:
        """Tell whether they write about a member too; a grant lets read and nothing else."""
        return self.kept is EVERY_AREA or member.area in self.kept


def sight(actor: Actor, matter: Matter) -> Sight:
    """Say what of a group opens for somebody (domain.md §14.2, row D13).

    Who coordinates sees the members of the areas they coordinate, and a facilitator writes
    about those. The Secretariat's case officers, and those who coordinate SSP+ where it is
    SSP+'s group, see them all. Leaders and local members see the general part.
    """
    held = roles(actor, matter)
    named = frozenset(
        grant.matter
        for grant in matter.grants
        if Role.ADH in held
        and grant.person == actor.person.id
        and DataClass.SCREENING in grant.classes
    )
    parts = {
        Part.GENERAL: held & _GENERAL,
        Part.WORKING: held & _WORKING,
        Part.MEMBERS: held & _WORKING or named,
    }
    led = _areas(actor, matter, held & {Role.FAC})
    coordinated = _areas(actor, matter, held & {Role.FAC, Role.KGM})
    every = Role.SEK in held or (matter.plus and held & _PLUS)
    return Sight(
        parts=frozenset(part for part, opens in parts.items() if opens),
        areas=EVERY_AREA if every else coordinated,
        kept=EVERY_AREA if matter.plus and Role.PFAC in held else led,
        named=named,
    )


def _areas(actor: Actor, matter: Matter, held: Collection[Role]) -> frozenset[AreaCode]:
    """Name the group's areas that their seats of these roles are for."""
    codes = {code for role in held for code in actor.seats(role)}
    return matter.areas & {area for code in codes for area in actor.committees[code].areas}


def members_seen(
    who: PersonId,
    seeing: Sight,
    members: Collection[Member],
    *,
    barred: Mapping[UUID, Collection[PersonId]],
) -> list[Member]:
    """Pick the members somebody sees.

    Whoever is recused from one finds no trace of them, while the general part says nothing
    about anybody and stays open to them (INH-3).

    :param barred: who is recused from each member, or from a case about them.
    """
    return [
        member
        for member in members
        if seeing.sees(member) and who not in barred.get(member.id, ())
    ]
