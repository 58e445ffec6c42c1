"""Who may press what on a concern group, and on somebody in it."""

from cards.group_members import WHICH
from domain.concern_groups import ConcernGroup, Member
from tests.support.acts import Staged, act
from tests.support.groups import a_group, a_member
from tests.support.town import CARL, Town

KEEPS = ("facilitator",)
SEES = ("facilitator", "member", "secretariat")
READS = (*SEES, "local committee", "leader")


async def _staged(town: Town) -> tuple[ConcernGroup, Member]:
    """Begin a group in Valby with one member, which Carl has to stand back from."""
    begun = await a_group(town)
    member = await a_member(town, begun)
    async with town.remembers() as tx:
        await tx.relations.recuse(begun.id, CARL.id, "near", town.hour.now)
        group = await tx.groups.find(begun.id)
    assert group is not None
    return group, member


async def on_the_group(town: Town) -> Staged:
    group, _ = await _staged(town)
    return Staged(
        carried={"group": str(group.id), "version": group.version}, number=group.reference
    )


async def choosing(town: Town) -> Staged:
    """The same, with the member chosen on the card."""
    group, member = await _staged(town)
    return Staged(
        carried={"group": str(group.id), "version": group.version, WHICH: str(member.id)},
        number=group.reference,
    )


async def on_the_member(town: Town) -> Staged:
    group, member = await _staged(town)
    return Staged(
        carried={"member": str(member.id), "version": member.version}, number=group.reference
    )


_ON_A_MEMBER = {
    "label": KEEPS,
    "measure": KEEPS,
    "assess": KEEPS,
    "make_case": SEES,
    "step_aside": SEES,
    "more": ("facilitator", "secretariat"),
    "share": KEEPS,
    "stop_sharing": KEEPS,
    "link": KEEPS,
    "recuse": ("facilitator", "secretariat"),
    "lift": ("secretariat",),
    "let_go": KEEPS,
}
ACTS = {
    "group.open": act(on_the_group, *READS),
    "group.members": act(on_the_group, *SEES),
    "group.clear": act(on_the_group, *SEES),
    "group.near": act(choosing, *SEES, rest=" 1"),
    "group.member": act(choosing, *SEES, rest=" 1"),
    "group.screen": act(on_the_group, *KEEPS),
    "group.add_member": act(on_the_group, *KEEPS),
    "group.end": act(on_the_group, *KEEPS),
    **{f"member.{name}": act(on_the_member, *who) for name, who in _ON_A_MEMBER.items()},
    **{
        f"member.{name}_numbered": act(on_the_group, *who, rest=" 1")
        for name, who in _ON_A_MEMBER.items()
    },
}
