"""A coordination in a few steps: who, the view, the level, the child, what is agreed."""

from collections.abc import Mapping
from datetime import date, timedelta

from cards import blocks
from cards.coordinations import coordinated
from cards.shown import Json, Piece, Shown
from cards.words import Say
from dialogs import agreeing, levels
from dialogs.engine import begins
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, Suggestion, is_
from dialogs.kinds import YES_NO, ComingDay, SeveralOffered
from dialogs.meetings import way_back
from dialogs.presses import Aim
from dialogs.sent import Answers, Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.cases import Case
from domain.coordination import FIRST_LEVELS, ChildView, LifeArea, Seen, View
from domain.data_classes import DataClass
from domain.informings import InformState
from domain.people import PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import meeting_of, owners_offered
from usecases.coordinate_case import Coordinated, begin_coordination, record_coordination
from usecases.inform_family import unanswered
from usecases.permit import actor_of
from usecases.read_case import latest_of, must_be_cleared

NEXT_MEETING, SECOND_MEETING, OTHER_DAY, CLOSE = "next", "second", "day", "close"
AFTER = {NEXT_MEETING: timedelta(days=14), SECOND_MEETING: timedelta(days=28)}
KEPT = (RecordKind.LEVEL, RecordKind.VIEW, RecordKind.CHILD_VIEW)
SIDES = ("risk", "protection")


class Narrow(Choice):
    """A choice that takes one line, for a card with many of them."""

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.choice_input(
            key, label, self.options(say), value=value, hint=say("seen.choose"), narrow=True
        )


def _side(side: str) -> Step:
    areas = tuple(
        Field(
            key=f"{side}_{area}",
            kind=Narrow(names=tuple(Seen), texts="seen"),
            data=DataClass.VIEW,
        )
        for area in LifeArea
    )
    own = Field(
        key=f"{side}_words",
        kind=Text(least=3, at_most=1000, lines=True),
        data=DataClass.VIEW,
        optional=True,
    )
    return Step(key=side, fields=(*areas, own))


def _agrees(key: str, *names: str, has_open: bool) -> Field:
    return Field(
        key=key,
        kind=Choice(names=names, texts="coordination.agree"),
        data=DataClass.ACTIONS,
        shown=is_("has_open", has_open),
    )


def _wants_new(answers: Answers) -> bool:
    return "new" in {answers.get("agree"), answers.get("agree_more")}


def _wants_none(answers: Answers) -> bool:
    return "none" in {answers.get("agree"), answers.get("agree_more")}


def _reminds_of_playbook(answers: Answers, turn: Turn) -> list[str]:
    """Say where to read what a level asks for, when the group agrees on what to do (LVL-5)."""
    return [turn.say("playbook.hint", level=answers.get("level"))]


STEPS = (
    Step(
        key="who",
        fields=(Field(key="people", kind=SeveralOffered(), data=DataClass.DECISIONS),),
    ),
    *map(_side, SIDES),
    *levels.STEPS,
    Step(
        key="child",
        fields=(
            Field(key="heard", kind=YES_NO, data=DataClass.TEXT),
            Field(
                key="child_words",
                kind=Text(least=3, at_most=1000, lines=True),
                data=DataClass.TEXT,
            ),
        ),
    ),
    Step(
        key="agree",
        notes=_reminds_of_playbook,
        fields=(
            _agrees("agree", "new", "none", has_open=False),
            _agrees("agree_more", "goes_on", "new", "none", has_open=True),
        ),
    ),
    agreeing.step(1, shown=_wants_new),
    agreeing.step(2, shown=is_("another_1", "yes")),
    agreeing.step(3, shown=is_("another_2", "yes")),
    Step(
        key="none",
        fields=(
            Field(
                key="why_none",
                kind=Text(least=10, at_most=500, lines=True),
                data=DataClass.ACTIONS,
            ),
        ),
        shown=_wants_none,
    ),
    Step(
        key="next",
        fields=(
            Field(
                key="next",
                kind=Choice(
                    names=(NEXT_MEETING, SECOND_MEETING, OTHER_DAY, CLOSE),
                    texts="coordination.next",
                ),
                data=DataClass.METADATA,
            ),
        ),
    ),
    Step(
        key="day",
        fields=(Field(key="follow_up", kind=ComingDay(), data=DataClass.METADATA),),
        shown=is_("next", OTHER_DAY),
    ),
    Step(key="review", review=True),
)


def _suggests(step: Step, answers: Answers, _: str) -> dict[str, Suggestion]:
    """Offer the follow-up that the level has by default (CASE-11)."""
    if step.key != "next" or not answers.get("level"):
        return {}
    early = int(str(answers["level"])) in FIRST_LEVELS
    return {"next": Suggestion(value=SECOND_MEETING if early else NEXT_MEETING)}


async def load(tx: Transaction, asking: Asking) -> Given:
    """Look up who can take part, and how things stood at the last coordination."""
    turn = asking.turn
    case, matter, actor = await permit.case(
        tx, turn.person, Action.COORDINATE, asking.about, result="asked", now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    people = await owners_offered(tx, matter)
    offered = agreeing.titles(people.values(), turn.say)
    open_actions = await tx.actions.count_open(case.id)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"people": offered, **{f"owner_{n}": offered for n in (1, 2, 3)}},
        known={
            **_known(await latest_of(tx, case, matter, actor, KEPT)),
            "people": await _present(tx, case, list(people), turn),
        },
        facts={"has_open": open_actions > 0, **await levels.facts(tx, case)},
    )


async def _present(tx: Transaction, case: Case, people: list[PersonId], turn: Turn) -> list[Json]:
    """Take who is at the meeting for granted, or else everybody who has a standing duty."""
    running = await meeting_of(tx, case, now=turn.at)
    meeting = await tx.meetings.find(running) if running is not None else None
    return [each for each in people if meeting is None or each in meeting.present]


def _known(found: Mapping[RecordKind, Record]) -> Answers:
    return {
        **levels.known(found.get(RecordKind.LEVEL)),
        **_known_view(found.get(RecordKind.VIEW)),
        **_known_child(found.get(RecordKind.CHILD_VIEW)),
    }


def _known_view(record: Record | None) -> Answers:
    content = {} if record is None else record.content
    answers: dict[str, Json] = {}
    for side in SIDES:
        given = content.get(f"{side}s")
        by_area = given if isinstance(given, dict) else {}
        answers |= {f"{side}_{area}": str(seen) for area, seen in by_area.items()}
        if words := content.get(f"{side}_words"):
            answers[f"{side}_words"] = str(words)
    return answers


def _known_child(record: Record | None) -> Answers:
    if record is None:
        return {}
    heard = "yes" if record.content.get("heard") else "no"
    return {"heard": heard, "child_words": str(record.content.get("words", ""))}


async def _finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    case = await record_coordination(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        said=_said(sent, turn),
        now=turn.at,
    )
    return coordinated(
        case,
        inform=await _to_inform(tx, case, turn),
        meeting=await way_back(tx, turn, await actor_of(tx, turn.person), case),
        say=turn.say,
    )


async def _to_inform(tx: Transaction, case: Case, turn: Turn) -> str:
    """Say whether it is to be decided, or weighed again, what the family is told (INF-5)."""
    if await unanswered(tx, case, turn.today):
        return "undecided"
    noted = await tx.informings.of_case(case.id)
    return "exempted" if any(each.state is InformState.EXEMPTED for each in noted) else ""


def _said(sent: Sent, turn: Turn) -> Coordinated:
    return Coordinated(
        participants=[PersonId(each) for each in sent.several("people")],
        view=View(
            risks=_seen(sent, "risk"),
            protections=_seen(sent, "protection"),
            risk_words=sent.text("risk_words"),
            protection_words=sent.text("protection_words"),
        ),
        level=int(sent.text("level")),
        codes=levels.codes(sent),
        reason=sent.text("reason"),
        child_view=ChildView(heard=sent.yes("heard"), words=sent.text("child_words")),
        actions=agreeing.agreed(sent, turn.say),
        no_action_because=sent.text("why_none"),
        follow_up_on=_follow_up(sent, turn.today),
    )


def _seen(sent: Sent, side: str) -> dict[LifeArea, Seen]:
    return {area: Seen(sent.text(f"{side}_{area}")) for area in LifeArea}


def _follow_up(sent: Sent, today: date) -> date | None:
    chosen = sent.text("next")
    return today + AFTER[chosen] if chosen in AFTER else sent.day("follow_up")


COORDINATION = Flow(
    name="coordination",
    about=CASE,
    load=load,
    steps=STEPS,
    finish=_finish,
    keeps_key=False,
    facts={"has_open": (True, False), **levels.FACTS},
    suggests=_suggests,
)
_begins = begins(COORDINATION)


async def coordinate(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Begin to coordinate a case, and ask for what comes of it."""
    await begin_coordination(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, aim.id)
    return await _begins(tx, turn, aim)
