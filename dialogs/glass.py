"""Breaking the glass, its review, and showing a CPR number for a minute (ROLE-02, §14.3)."""

from uuid import UUID

from cards import glass as cards
from cards.delivery import moment
from cards.presses import about
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Number
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Take, Thing, Verb, alone
from dialogs.sent import Sent
from dialogs.things import CASE, CONCERN, GROUP
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.glass import LONGEST_MINUTES, REASON_AT_LEAST, WHY_AT_LEAST
from domain.matters import MatterKind
from domain.roles import OFFICES, Actor, Role
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import any_matter
from usecases.break_glass import break_glass, look_at_glass, review_glass, to_review
from usecases.reveal_cpr import Revealed, as_revealed, reveal

OFFICERS = frozenset({OFFICES[role] for role in (Role.HEAD, Role.DPO, Role.STEW)})
KINDS = {
    CASE.name: MatterKind.CASE,
    CONCERN.name: MatterKind.CONCERN,
    GROUP.name: MatterKind.GROUP,
}
JUSTIFIED, NOT_JUSTIFIED = "justified", "not_justified"


async def _given(tx: Transaction, asking: Asking, action: Action, thing: Thing) -> Given:
    """Look up the number and the version of what is asked about, for somebody who may do this."""
    matter, _ = await permit.matter(
        tx,
        asking.turn.person,
        action,
        KINDS[thing.name],
        asking.about,
        result="asked",
        now=asking.turn.at,
    )
    found = await any_matter(tx, asking.about, now=asking.turn.at)
    return Given(title=matter.reference, version=found.version if found else 0)


def _breaks(thing: Thing) -> Flow:
    """Make the form that breaks the glass of such a thing."""

    async def load(tx: Transaction, asking: Asking) -> Given:
        return await _given(tx, asking, Action.BREAK_GLASS, thing)

    async def finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
        grant = await break_glass(
            tx,
            id=sent.id,
            kind=KINDS[thing.name],
            about=sent.about,
            minutes=sent.number("minutes") or 0,
            reason=sent.text("reason"),
            by=turn.person,
            now=turn.at,
        )
        return await done(tx, flow, sent, turn, until=moment(grant.expires_at, turn.say))

    flow = Flow(
        name=f"glass_{thing.name}",
        about=thing,
        load=load,
        steps=(
            Step(
                key="why",
                texts="glass",
                fields=(
                    Field(
                        key="minutes",
                        kind=Number(least=1, most=LONGEST_MINUTES),
                        data=DataClass.LOG,
                        texts="glass",
                    ),
                    Field(
                        key="reason",
                        kind=Text(least=REASON_AT_LEAST, at_most=1000, lines=True),
                        data=DataClass.LOG,
                        texts="glass",
                    ),
                ),
            ),
        ),
        finish=finish,
        keeps_key=False,
    )
    return flow


async def _glass_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    del tx, id
    return turn.say("button.glass.list"), "glass.list", {}


GLASS = Thing(name="glass", versioned=False, again=_glass_again)


async def _load_review(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    broken = await look_at_glass(tx, id=asking.about, by=turn.person, now=turn.at)
    notes = cards.why(broken.grant, broken.breaker, broken.reason, say=turn.say)
    return Given(title=broken.matter.reference, notes=notes)


async def _review(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await review_glass(
        tx,
        id=sent.about,
        justified=sent.text("verdict") == JUSTIFIED,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, REVIEW, sent, turn)


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return cards.to_review(await to_review(tx, turn.person, now=turn.at), say=turn.say)


REVIEW = Flow(
    name="glass_review",
    about=GLASS,
    load=_load_review,
    steps=(
        Step(
            key="verdict",
            fields=(
                Field(
                    key="verdict",
                    kind=Choice(names=(JUSTIFIED, NOT_JUSTIFIED), texts="glass_review.verdict"),
                    data=DataClass.LOG,
                ),
                Field(
                    key="words",
                    kind=Text(least=3, at_most=1000, lines=True),
                    data=DataClass.LOG,
                ),
            ),
        ),
    ),
    finish=_review,
    keeps_key=False,
)


def _reveals(thing: Thing) -> Flow:
    """Make the form that shows the number of such a thing."""

    async def load(tx: Transaction, asking: Asking) -> Given:
        return await _given(tx, asking, Action.REVEAL_CPR, thing)

    async def finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
        shown = await reveal(
            tx,
            id=sent.id,
            kind=KINDS[thing.name],
            about=sent.about,
            reason=sent.text("why"),
            by=turn.person,
            now=turn.at,
        )
        return _number(shown, thing, turn)

    return Flow(
        name=f"cpr_{thing.name}",
        about=thing,
        load=load,
        steps=(
            Step(
                key="why",
                texts="cpr_shown",
                fields=(
                    Field(
                        key="why",
                        kind=Text(least=WHY_AT_LEAST, at_most=500),
                        data=DataClass.LOG,
                        texts="cpr_shown",
                    ),
                ),
            ),
        ),
        finish=finish,
        keeps_key=False,
    )


def _number(shown: Revealed, thing: Thing, turn: Turn) -> Shown:
    return cards.number(
        shown.matter.reference,
        about(thing.name, shown.matter.id, shown.version),
        cpr=shown.number,
        until=shown.until,
        verbs=(f"cpr.stand_{thing.name}", f"cpr.hide_{thing.name}"),
        say=turn.say,
    )


def _stands(thing: Thing, *, hide: bool) -> Take:
    """Make a take that draws the number as it may be shown now, or hides it first."""

    async def take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
        shown = await as_revealed(
            tx,
            kind=KINDS[thing.name],
            about=aim.id,
            by=turn.person,
            hide=hide,
            now=turn.at,
        )
        return _number(shown, thing, turn)

    return take


def _numbered(thing: Thing, flow: Flow, *, typed_only: bool) -> dict[str, Verb]:
    return {
        f"cpr.reveal_{thing.name}": Verb(
            take=begins(flow), about=thing, words=("vis cpr", "show cpr"), typed_only=typed_only
        ),
        f"cpr.stand_{thing.name}": Verb(take=_stands(thing, hide=False), about=thing),
        f"cpr.hide_{thing.name}": Verb(
            take=_stands(thing, hide=True), about=thing, words=("skjul", "hide")
        ),
    }


def _officers(actor: Actor) -> bool:
    return bool(OFFICERS & actor.person.offices)


BREAKING = {thing: _breaks(thing) for thing in (CASE, CONCERN, GROUP)}
REVEALING = {thing: _reveals(thing) for thing in (CASE, CONCERN)}
OFFER = Offer(
    verbs={
        **{
            f"glass.break_{thing.name}": Verb(
                take=begins(flow),
                about=thing,
                words=("bryd glas", "break glass"),
                typed_only=True,
            )
            for thing, flow in BREAKING.items()
        },
        "glass.list": Verb(take=alone(_list), words=("glasbrud", "broken glass")),
        "glass.review": Verb(take=begins(REVIEW), about=GLASS),
        **_numbered(CASE, REVEALING[CASE], typed_only=False),
        **_numbered(CONCERN, REVEALING[CONCERN], typed_only=True),
    },
    flows=(*BREAKING.values(), REVIEW, *REVEALING.values()),
    helps={"help.glass": _officers},
)
