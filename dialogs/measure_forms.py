"""The short forms about a measure: add one, change it while others do, give it up."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from cards.alert_words import one_line
from cards.delivery import moment
from cards.plain import unmarked
from cards.shown import Json, Shown
from dialogs.action_plan_forms import FACT, must_edit, named, people_offered
from dialogs.clock import Clock, on
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import AnyDay, ComingDay, Offered
from dialogs.plan_pages import measure_page
from dialogs.presses import Aim
from dialogs.sent import Answers, Sent
from dialogs.things_plan import MEASURE, PLAN
from dialogs.turns import Turn
from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.measure_edits import Clash, MeasureEdit, Terms, terms_of
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import AT_MOST, Measure
from storage.database import Transaction
from usecases.carry_out_measure import drop_measure
from usecases.change_measure import (
    NewMeasure,
    add_measure,
    addable,
    change_measure,
    must_be_with,
)
from usecases.permit_action_plan import PlanAccess, hold_measure, hold_plan, not_yours

WORDS = Text(least=1, at_most=AT_MOST, lines=True)
SHORT = Text(least=1, at_most=120)
TEXTS = "measure_terms"
NOBODY = PersonId("")
WAS = "was"  # what the measure said when the form was opened; no question of its own


def _choice(kind: str, party: Party) -> str:
    return f"{kind}:{party}"


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    access = must_edit(await hold_plan(tx, turn.person, asking.about))
    return Given(
        title=named(access, turn),
        version=access.plan.version,
        offers={
            "what": {
                _choice(kind.code, party): f"{kind.code} {kind.title} ({party})"
                for kind, party in await addable(tx, access)
            },
            "owner": await people_offered(tx, access.plan, *access.parties),
        },
    )


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    kind, _, party = sent.text("what").partition(":")
    owner = PersonId(sent.text("owner")) if sent.text("owner") else None
    access = await hold_plan(tx, turn.person, sent.about)
    await must_be_with(tx, access.plan, Party(party), owner)
    new = NewMeasure(
        id=sent.id,
        kind=kind,
        party=Party(party),
        due_at=_due(sent, turn),
        owner=owner,
        target_group=sent.text("target_group"),
        place=sent.text("place"),
        note=sent.text("note"),
    )
    measure = await add_measure(tx, new, plan=sent.about, by=turn.person, now=turn.at)
    return await measure_page(tx, turn, measure.id, top=turn.say("measure.top.added"))


def _due(sent: Sent, turn: Turn) -> datetime:
    return on(sent.day("due_on") or turn.today, sent.text("due_at"))


async def as_it_was(tx: Transaction, turn: Turn, aim: Aim) -> Answers:
    """Keep what a measure says when its form is opened, so that nobody's change is lost.

    :raises RuleBroken: `measure.not_found`, `measure.ended`
    """
    _, measure = await _to_edit(tx, turn, aim.id)
    return {WAS: _written(terms_of(measure))}


async def _to_edit(tx: Transaction, turn: Turn, id: UUID) -> tuple[PlanAccess, Measure]:
    access, measure = await hold_measure(tx, turn.person, id)
    if not access.edits(measure.party):
        raise not_yours(id)
    if not measure.waits:
        raise RuleBroken("measure.ended")
    return access, measure


def _written(terms: Terms) -> Json:
    said = {each.name: getattr(terms, each.name) for each in fields(Terms)}
    return {**said, "due_at": terms.due_at.isoformat()}


def _was(sent: Sent) -> Terms:
    """Give what the measure said when the form was opened."""
    kept = sent.answers[WAS]
    said = dict(kept) if isinstance(kept, dict) else {}
    due_at = datetime.fromisoformat(str(said.pop("due_at")))
    people = {key: said.pop(key) for key in ("owner", "substitute")}
    owner, substitute = (PersonId(str(each)) if each else None for each in people.values())
    words = {key: str(value) for key, value in said.items()}
    return Terms(owner=owner, substitute=substitute, due_at=due_at, **words)


async def _load_change(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    access, measure = await _to_edit(tx, turn, asking.about)
    people = await people_offered(tx, access.plan, measure.party)
    known: dict[str, Json] = {**_clock(measure.due_at)}
    known |= {key: getattr(measure, key) for key in ("target_group", "place", "note")}
    known |= {
        key: who
        for key, who in (("owner", measure.owner), ("substitute", measure.substitute))
        if who in people
    }
    return Given(
        title=named(access, turn),
        version=measure.version,
        notes=[one_line(measure.title)],
        offers={"owner": people, "substitute": people},
        known={key: each for key, each in known.items() if each},
        facts={"wordless": "yes" if measure.wordless else "no"},
    )


def _clock(at: datetime) -> dict[str, str]:
    wall = at.astimezone(COPENHAGEN)
    return {"due_on": local_date(at).isoformat(), "due_at": f"{wall:%H:%M}"}


async def _change(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    was = _was(sent)
    same = _clock(was.due_at) == {key: sent.text(key) for key in ("due_on", "due_at")}
    to = Terms(
        owner=PersonId(sent.text("owner")),
        substitute=PersonId(sent.text("substitute")) if sent.text("substitute") else None,
        due_at=was.due_at if same else _due(sent, turn),
        target_group=sent.text("target_group"),
        place=sent.text("place"),
        note=sent.text("note"),
    )
    edit = MeasureEdit(measure=sent.about, seen=sent.seen, was=was, to=to)
    changed = await change_measure(tx, edit, by=turn.person, now=turn.at)
    if isinstance(changed, Clash):
        raise RuleBroken("measure.moved_on", theirs=await _theirs(tx, changed, turn))
    return await measure_page(tx, turn, sent.about, top=turn.say("measure.top.changed"))


async def _theirs(tx: Transaction, clash: Clash, turn: Turn) -> str:
    """Say what the others changed, each with its name and what it says now (BER-37)."""
    was, now = clash.edit.was, terms_of(clash.current)
    people = await tx.people.of_ids([each for each in (now.owner, now.substitute) if each])
    names = {who: person.name for who, person in people.items()}
    told = {
        "owner": ("measure_change.owner.label", names.get(now.owner or NOBODY, "")),
        "substitute": (
            "measure_change.substitute.label",
            names.get(now.substitute or NOBODY, ""),
        ),
        "due_at": ("plan_view.column_due", moment(now.due_at, turn.say)),
        "target_group": ("plan_view.column_target_group", now.target_group),
        "place": ("plan_view.column_place", now.place),
        "note": ("plan_view.column_words", now.note),
    }
    say = turn.say
    return "; ".join(
        f"{say(label)}: {unmarked(one_line(value)) or say('measure.blank')}"
        for name, (label, value) in told.items()
        if getattr(was, name) != getattr(now, name)
    )


async def _load_drop(tx: Transaction, asking: Asking) -> Given:
    access, measure = await _to_edit(tx, asking.turn, asking.about)
    return Given(
        title=named(access, asking.turn),
        version=measure.version,
        notes=[one_line(measure.title)],
    )


async def _drop(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await drop_measure(tx, id=sent.about, reason=sent.text("reason"), by=turn.person, now=turn.at)
    return await measure_page(tx, turn, sent.about, top=turn.say("measure.top.dropped"))


_HOUR = Field(key="due_at", kind=Clock(), data=FACT, texts=TEXTS)
_WORDS = {"target_group": SHORT, "place": SHORT, "note": WORDS}
NEW = Flow(
    name="measure_new",
    about=PLAN,
    load=_load_new,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="what", kind=Offered(), data=FACT),
                Field(key="due_on", kind=ComingDay(), data=FACT, texts=TEXTS),
                _HOUR,
                Field(key="owner", kind=Offered(), data=FACT, optional=True),
                *(
                    Field(key=key, kind=kind, data=FACT, optional=True, texts=TEXTS)
                    for key, kind in _WORDS.items()
                ),
            ),
        ),
    ),
    finish=_add,
    keeps_key=False,
)
CHANGE = Flow(
    name="measure_change",
    about=MEASURE,
    load=_load_change,
    facts={"wordless": ("yes", "no")},
    steps=(
        Step(
            key="terms",
            fields=(
                Field(key="owner", kind=Offered(), data=FACT),
                Field(key="substitute", kind=Offered(), data=FACT, optional=True),
                Field(key="due_on", kind=AnyDay(), data=FACT, texts=TEXTS),
                _HOUR,
                *(
                    Field(
                        key=key,
                        kind=kind,
                        data=FACT,
                        optional=True,
                        texts=TEXTS,
                        shown=is_("wordless", "no"),
                    )
                    for key, kind in _WORDS.items()
                ),
            ),
        ),
    ),
    finish=_change,
    keeps_key=False,
)
DROP = Flow(
    name="measure_drop",
    about=MEASURE,
    load=_load_drop,
    steps=(
        Step(
            key="reason",
            fields=(
                Field(key="reason", kind=Text(least=3, at_most=AT_MOST, lines=True), data=FACT),
            ),
        ),
    ),
    finish=_drop,
    keeps_key=False,
)
