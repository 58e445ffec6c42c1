"""A concern group for a story: across Valby and Vanløse, with somebody in each."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

from domain.concern_groups import ConcernGroup, Member, MemberRole
from domain.gates import Judged
from domain.people import AreaCode, Person
from domain.screenings import Screening
from tests.support.chat import Chat
from tests.support.town import BO, EVA, Town
from usecases.keep_group import begin_group
from usecases.keep_members import add_member

FIRST = "G2026-0001"
BEGUN: Mapping[str, str] = {
    "alias": "Gruppen ved stationen",
    "known": "no",
    "areas": "VAL,VAN",
    "behaviour": "De mødes om aftenen og råber efter dem, der går forbi.",
    "review_on": "2026-04-13",
}
SCREENED: Mapping[str, str] = {
    **BEGUN,
    "dynamics": "To fører an, og de andre følger med.",
    "online": "En lukket gruppe til billeder",
    "places": "Pladsen foran stationen",
    "existing_keep": "Gadeplan to aftener om ugen",
    "existing_change": "Åben hal: tidligere på aftenen",
    "existing_stop": "Plakater",
    "existing_add": "Natteravne: også om onsdagen",
    "new_individual": "Fritidspas",
    "new_part": "Værksted for de yngste",
    "new_whole": "Fælles fodbold",
    "participants": "Gadeplan, SOF\nNærpolitiet",
}
GATE: Mapping[str, str] = {
    "c1": "yes",
    "c2": "yes",
    "c3": "yes",
    "necessity": "Gruppen kan kun hjælpe, når den ved, hvem der er med.",
    "sensitive": "none",
}
STORM, VIBE = "Storm Klitfjord", "Vibe Tusindfryd"
SOURCE = "Gadeplansmedarbejderen har set det i marts."
IN_VALBY: Mapping[str, str] = {
    "name": STORM,
    "born": "2010-05-04",
    "area": "VAL",
    "role": "dominant",
    "source": SOURCE,
    "noted_on": "2026-02-20",
    **GATE,
}
IN_VANLOESE: Mapping[str, str] = {**IN_VALBY, "name": VIBE, "area": "VAN", "role": "follower"}


async def fills_in(who: Chat, answers: Mapping[str, str]) -> str:
    """Fill the open form in by cards, and send it."""
    await who.fills(answers)
    return await who.presses("form.send")


async def begins(who: Chat, answers: Mapping[str, str] = BEGUN) -> str:
    await who.types("ny gruppe")
    return await fills_in(who, answers)


async def adds(who: Chat, reference: str, answers: Mapping[str, str]) -> str:
    await who.types(f"tilføj medlem {reference}")
    return await fills_in(who, answers)


async def sees_members(who: Chat, reference: str) -> str:
    """See the members, having no near relation to any."""
    await who.types(f"medlemmer {reference}")
    return await who.types(f"nej {reference}")


async def a_group(
    town: Town, *areas: str, by: Person = BO, alias: str = "Gruppen ved stationen"
) -> ConcernGroup:
    """Begin a group at once, without a word in the chat."""
    async with town.remembers() as tx:
        return await begin_group(
            tx,
            id=uuid4(),
            by=by,
            screening=Screening(alias=alias, behaviour=BEGUN["behaviour"]),
            areas=[AreaCode(each) for each in areas or ("VAL",)],
            known_before=False,
            review_on=date.fromisoformat(BEGUN["review_on"]),
            now=town.hour.now,
        )


async def a_member(
    town: Town,
    group: ConcernGroup,
    *,
    by: Person = BO,
    name: str = STORM,
    area: str = "VAL",
    role: MemberRole = MemberRole.DOMINANT,
) -> Member:
    """Write somebody down in a group, by who facilitates in their area."""
    async with town.remembers() as tx:
        now = await tx.groups.find(group.id)
        assert now is not None
        member = await add_member(
            tx,
            id=uuid4(),
            group=group.id,
            seen=now.version,
            by=by,
            name=name,
            born=date(2010, 5, 4),
            area=AreaCode(area),
            role=role,
            source=SOURCE,
            noted_on=date(2026, 2, 20),
            judged=OPEN_GATE,
            now=town.hour.now,
        )
    assert member is not None
    return member


OPEN_GATE = Judged(
    part_of_ssp=True,
    reasonable=True,
    necessary=True,
    reason=GATE["necessity"],
    sensitive=frozenset(),
)


async def across(town: Town) -> None:
    """Begin a group across two areas, with somebody in each."""
    group = await a_group(town, "VAL", "VAN")
    await a_member(town, group)
    town.hour.now += timedelta(minutes=1)
    await a_member(town, group, by=EVA, name=VIBE, area="VAN", role=MemberRole.FOLLOWER)


async def reads_all(who: Chat, reference: str = FIRST) -> str:
    """Read everything of the group that somebody can come to."""
    await who.types(f"gruppe {reference}")
    await sees_members(who, reference)
    for number in (1, 2):
        await who.types(f"medlem {reference} {number}")
    return who.everything()


async def storm(town: Town) -> Member:
    """Give the member in Valby as they are now."""
    async with town.remembers() as tx:
        group = await tx.groups.by_reference(FIRST)
        assert group is not None
        [member] = [m for m in await tx.groups.members(group.id) if m.area == "VAL"]
    return member
