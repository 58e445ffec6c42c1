"""One member of a concern group in the chat: the card, and what can be done about them."""

from uuid import UUID

from cards import group_members as cards
from cards import groups as group_cards
from cards.shown import Shown
from dialogs import engine, member_forms, member_recusals, member_ties
from dialogs.concern_report import CONCERN_REPORT
from dialogs.member_forms import MEMBER
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb
from dialogs.progress import Progress
from dialogs.things import GROUP
from dialogs.turns import Turn
from domain.access import Action
from domain.concern_groups import expires_at
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.people import Authority
from storage.database import Transaction
from usecases.recuse_from_member import step_aside_from_member
from usecases.see_group import look, look_at_member
from usecases.see_member import Found, read_member, recused_colleagues
from usecases.see_members import numbered_member
from usecases.share_member import stop_sharing

NUMBER = r" \d{1,2}"


async def page(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    """Show one member, or ask first whether this person is near to any of them (INH-2)."""
    found = await read_member(tx, id=id, by=turn.person, now=turn.at)
    if found is None:
        _, looked = await look_at_member(tx, id=id, by=turn.person, now=turn.at)
        return group_cards.confirmed(looked.group, "ask_first", say=turn.say)
    expires = expires_at(found.seen.member)
    return cards.opened(
        cards.MemberPage(
            reference=found.looked.group.reference,
            line=_line(found),
            born=found.seen.born,
            source=found.seen.source,
            noted_on=found.seen.noted_on,
            expires_on=local_date(expires) if expires else None,
            measures=found.seen.measures,
            assessed=found.seen.assessed,
            shared=[(name, local_date(until)) for name, until in found.shared],
            recused=found.recused,
            police=turn.person.authority is Authority.KP,
            ways=_ways(found),
        ),
        say=turn.say,
    )


def _line(found: Found) -> cards.Line:
    seen = found.seen
    return cards.Line(number=found.number, member=seen.member, name=seen.name, role=seen.role)


def _ways(found: Found) -> set[str]:
    """Name what this person is offered to do about the member."""
    running = not found.looked.matter.ended
    keeps = running and found.seen.kept
    ways = {
        "member.label": keeps,
        "member.measure": keeps,
        "member.assess": keeps,
        "member.make_case": True,
        "member.step_aside": True,
        "member.more": keeps or found.looked.may(Action.DECIDE_RECUSAL),
    }
    return {verb for verb, open_ in ways.items() if open_}


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Offer what is done less often; it reads nothing that was confided."""
    member, looked = await look_at_member(tx, id=aim.id, by=turn.person, now=turn.at)
    keeps = looked.sight.keeps(member) and not looked.matter.ended
    shared = any(grant.matter == member.id for grant in looked.matter.grants)
    decides = looked.may(Action.DECIDE_RECUSAL)
    ways = {
        "member.share": keeps,
        "member.stop_sharing": keeps and shared,
        "member.link": keeps,
        "member.recuse": looked.may(Action.RECUSE_OTHER),
        "member.lift": decides and bool(await recused_colleagues(tx, member.id)),
        "member.let_go": keeps,
    }
    offered = {verb for verb, open_ in ways.items() if open_}
    if not offered:
        raise RuleBroken("member.not_found", about=str(aim.id))
    number = [each.id for each in looked.members].index(member.id) + 1
    return cards.more(looked.group.reference, number, member, offered, say=turn.say)


async def _step_aside(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    group = await step_aside_from_member(tx, id=aim.id, by=turn.person, now=turn.at)
    looked = await look(tx, id=group, by=turn.person, now=turn.at)
    return group_cards.confirmed(looked.group, "stepped_aside", say=turn.say)


async def _stop_sharing(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await stop_sharing(tx, id=aim.id, by=turn.person, now=turn.at)
    return await page(tx, turn, aim.id)


async def _make_case(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Begin a concern about the member: it has a gate of its own, and leads to a case (GRP-6)."""
    found = await read_member(tx, id=aim.id, by=turn.person, now=turn.at)
    if found is None:
        return await page(tx, turn, aim.id)
    drafts = await tx.drafts.all_of(turn.person.id, now=turn.at)
    if any(draft.flow == CONCERN_REPORT.name for draft in drafts):
        raise RuleBroken("draft.already_open")
    seen = found.seen
    known = {"name": seen.name, "area": seen.member.area}
    born = {"born": seen.born.isoformat()} if seen.born else {}
    progress = Progress(answers={**known, **born})
    return await engine.begin(tx, CONCERN_REPORT, turn, progress)


def _numbered(take: Take) -> Take:
    """Let a member be named by the group and their number in the list one sees."""

    async def numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        member = await numbered_member(
            tx, id=aim.id, number=int(aim.rest), by=turn.person, now=turn.at
        )
        return await take(tx, turn, Aim(id=member.id, version=member.version))

    return numbered


_TAKES: dict[str, tuple[Take, tuple[str, ...]]] = {
    "label": (engine.begins(member_forms.LABEL), ("medlemsrolle", "member role")),
    "measure": (engine.begins(member_forms.MEASURE), ("indsats", "measure")),
    "assess": (engine.begins(member_forms.VIEW), ("vurder", "assess")),
    "make_case": (_make_case, ("opret sag", "make case")),
    "step_aside": (_step_aside, ("træd ud", "step aside")),
    "more": (_more, ("mere", "more")),
    "share": (engine.begins(member_ties.SHARE), ("del", "share")),
    "stop_sharing": (_stop_sharing, ("stop deling", "stop sharing")),
    "link": (engine.begins(member_ties.LINK), ("knyt", "link")),
    "recuse": (engine.begins(member_recusals.RECUSE), ("inhabilitet", "recusal")),
    "lift": (engine.begins(member_recusals.LIFT), ("ophæv inhabilitet", "lift recusal")),
    "let_go": (engine.begins(member_forms.LET_GO), ("fjern", "remove")),
}
OFFER = Offer(
    verbs={
        **{f"member.{name}": Verb(take=take, about=MEMBER) for name, (take, _) in _TAKES.items()},
        **{
            f"member.{name}_numbered": Verb(
                take=_numbered(take), about=GROUP, words=words, rest=NUMBER, typed_only=True
            )
            for name, (take, words) in _TAKES.items()
        },
    },
    flows=(*member_forms.FLOWS, *member_ties.FLOWS, *member_recusals.FLOWS),
)
