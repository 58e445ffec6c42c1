"""The forms of an item: proposed by a fixed template, mended, let in at the last moment."""

from cards.shown import Json, Shown
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.item_pages import item_page
from dialogs.sent import Answers, Sent
from dialogs.things_agenda import ITEM
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action
from domain.annexes import read_annexes, written
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.meeting_items import read_recommendations
from domain.papers import ItemKind, ProposalPart
from domain.people import CommitteeType
from storage.database import Transaction
from usecases import permit
from usecases.agendas import admit_sudden
from usecases.assemble_agenda import see_agenda, send_back
from usecases.find_item import kept_item, own_item, read_item, takes_items
from usecases.propose_item import Wording, change, comment, propose

_AT_MOST = {
    ProposalPart.RECOMMENDATION: 1000,
    ProposalPart.PROBLEM: 1500,
    ProposalPart.SOLUTION: 1500,
    ProposalPart.ECONOMY: 600,
    ProposalPart.PROCESS: 800,
    ProposalPart.MANAGERS: 800,
}
_NEEDS = (ItemKind.DECISION.value, ItemKind.DISCUSSION.value)


def _text(key: str, *, least: int = 2, at_most: int, optional: bool = False) -> Field:
    kind = Text(least=least, at_most=at_most, lines=at_most > ONE_LINE)
    return Field(key=key, kind=kind, data=DataClass.METADATA, optional=optional, texts="item")


ONE_LINE = 200


def _takes_a_position(answers: Answers) -> bool:
    """Whether the template is asked for: the steering group decides or discusses (SGF-6)."""
    return answers.get("steering") is True and answers.get("kind") in _NEEDS


def _with_annexes(answers: Answers) -> None:
    read_annexes(str(answers.get("annexes") or ""))


def _with_recommendation(answers: Answers) -> None:
    read_recommendations(str(answers.get(ProposalPart.RECOMMENDATION) or ""))


KIND = Field(
    key="kind",
    kind=Choice(names=tuple(ItemKind), texts="item_kind"),
    data=DataClass.METADATA,
    texts="item",
)
WHAT = Step(
    key="what",
    texts="item",
    fields=(
        KIND,
        _text("title", least=3, at_most=120),
        _text("words", at_most=1200, optional=True),
        _text("annexes", at_most=2000, optional=True),
    ),
    check=_with_annexes,
)
PROPOSAL = Step(
    key="proposal",
    texts="item",
    shown=_takes_a_position,
    fields=tuple(_text(part.value, at_most=most) for part, most in _AT_MOST.items()),
    check=_with_recommendation,
)
REVIEW = Step(key="review", review=True, texts="item")
STEPS = (WHAT, PROPOSAL, REVIEW)


def wording(sent: Sent) -> Wording:
    return Wording(
        kind=ItemKind(sent.text("kind")),
        title=sent.text("title"),
        words=sent.text("words"),
        proposal={part: sent.text(part.value) for part in ProposalPart},
        annexes=sent.text("annexes"),
    )


async def _load_propose(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    meeting, _, _ = await permit.meeting(
        tx, turn.person, Action.PROPOSE_ITEM, asking.about, now=turn.at
    )
    if not await takes_items(tx, meeting, now=turn.at):
        raise RuleBroken("item.too_late")
    committee = await tx.organisation.committee(meeting.committee)
    steering = committee.type is CommitteeType.STEERING
    return Given(
        title=f"{committee.name} · {meeting.reference}",
        version=meeting.version,
        notes=[turn.say("item.no_names"), *([turn.say("item.template")] if steering else [])],
        facts={"steering": steering},
    )


async def _propose(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    item = await propose(
        tx, id=sent.id, meeting=sent.about, wording=wording(sent), by=turn.person, now=turn.at
    )
    return await item_page(tx, turn, item.id, top="item.proposed")


PROPOSE = Flow(
    name="item",
    about=COMMITTEE_MEETING,
    load=_load_propose,
    steps=STEPS,
    finish=_propose,
    keeps_key=False,
    facts={"steering": (True, False)},
)


async def _load_change(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    item, meeting, _ = await own_item(tx, id=asking.about, by=turn.person, now=turn.at)
    item.must_be_live()
    if not await takes_items(tx, meeting, now=turn.at):
        raise RuleBroken("item.too_late")
    committee = await tx.organisation.committee(item.committee)
    known: dict[str, Json] = {
        "kind": item.kind.value,
        "title": item.title,
        "words": item.words,
        "annexes": written(item.annexes),
        **{part.value: item.proposal.get(part, "") for part in ProposalPart},
    }
    return Given(
        title=f"{committee.name} · {meeting.reference}",
        version=item.version,
        known={key: value for key, value in known.items() if value},
        facts={"steering": committee.type is CommitteeType.STEERING},
    )


async def _change(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    item = await change(
        tx, id=sent.about, seen=sent.seen, wording=wording(sent), by=turn.person, now=turn.at
    )
    return await item_page(tx, turn, item.id, top="item.changed")


CHANGE = Flow(
    name="item_change",
    about=ITEM,
    load=_load_change,
    steps=STEPS,
    finish=_change,
    keeps_key=False,
    facts={"steering": (True, False)},
)


async def _load_sudden(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    seen = await see_agenda(tx, id=asking.about, by=turn.person, now=turn.at)
    await permit.meeting(tx, turn.person, Action.ADMIT_SUDDEN, asking.about, now=turn.at)
    if not seen.admits:
        raise RuleBroken("item.not_sudden")
    return Given(
        title=f"{seen.committee.name} · {seen.meeting.reference}",
        version=seen.meeting.version,
        notes=[turn.say("item.no_names"), turn.say("item_sudden.all_hear")],
    )


async def _admit(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await admit_sudden(
        tx,
        id=sent.id,
        meeting=sent.about,
        wording=wording(sent),
        because=sent.text("because"),
        by=turn.person,
        now=turn.at,
    )
    return await item_page(tx, turn, sent.id, top="item.admitted")


SUDDEN = Flow(
    name="item_sudden",
    about=COMMITTEE_MEETING,
    load=_load_sudden,
    steps=(
        WHAT,
        Step(
            key="because",
            fields=(
                Field(
                    key="because",
                    kind=Text(least=3, at_most=500, lines=True),
                    data=DataClass.METADATA,
                ),
            ),
        ),
        REVIEW,
    ),
    finish=_admit,
    keeps_key=False,
)


async def _load_return(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    item, meeting, _ = await kept_item(tx, id=asking.about, by=turn.person, now=turn.at)
    return Given(title=meeting.reference, version=item.version)


async def _return(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    item = await send_back(
        tx,
        id=sent.about,
        seen=sent.seen,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await item_page(tx, turn, item.id, top="item.sent_back")


def _words() -> tuple[Step, ...]:
    kind = Text(least=3, at_most=1000, lines=True)
    return (Step(key="words", fields=(Field(key="words", kind=kind, data=DataClass.METADATA),)),)


RETURN = Flow(
    name="item_return",
    about=ITEM,
    load=_load_return,
    steps=_words(),
    finish=_return,
    keeps_key=False,
)


async def _load_comment(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    item, meeting, _ = await read_item(tx, id=asking.about, by=turn.person, now=turn.at)
    await permit.meeting(tx, turn.person, Action.PROPOSE_ITEM, meeting.id, now=turn.at)
    return Given(title=meeting.reference, version=item.version)


async def _comment(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    item = await comment(
        tx,
        id=sent.about,
        seen=sent.seen,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await item_page(tx, turn, item.id, top="item.commented")


COMMENT = Flow(
    name="item_comment",
    about=ITEM,
    load=_load_comment,
    steps=_words(),
    finish=_comment,
    keeps_key=False,
)
FLOWS = (PROPOSE, CHANGE, SUDDEN, RETURN, COMMENT)
