"""The catalogue of measures in the chat: the Secretariat reads, changes and adds (BER-39)."""

from collections.abc import Mapping
from functools import partial

from cards import measure_kinds as cards
from cards.delivery import said, warned
from cards.plan_views import party_name
from cards.shown import Json, Shown
from cards.templates import WHICH
from dialogs.engine import begins
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.sent import Sent
from dialogs.template_fields import BECAUSE, META, Written
from dialogs.template_forms import TITLE, problems_of
from dialogs.templates import keeps_readiness, named_editions
from dialogs.things_measure_kinds import MEASURE_KIND, kind_by_id
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction
from domain.parties import Party
from domain.plan_templates import Data, MeasureKind
from domain.plan_times import read_when
from domain.template_fields import TemplateFlawed
from storage.database import Transaction
from usecases.keep_measure_kinds import (
    add_kind,
    change_kind,
    see_kind,
    see_kind_editions,
    use_kind,
)
from usecases.keep_templates import see_templates
from usecases.permit_office import permit_office

EACH = "each"  # chosen instead of a party


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return cards.listed(await see_templates(tx, by=turn.person), say=turn.say)


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    catalogue = await see_templates(tx, by=turn.person)
    chosen = aim.inputs.get(WHICH, "")
    if chosen not in catalogue.measures:
        raise RuleBroken("measure_kind.none_chosen")
    return await _page(tx, turn, chosen)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await kind_by_id(tx, turn, aim.id)
    return await _page(tx, turn, seen.kind.code)


async def _page(tx: Transaction, turn: Turn, code: str, *, top: str = "") -> Shown:
    """Show a measure, under what has just been done if anything."""
    seen = await see_kind(tx, code, by=turn.person)
    parts = [said(turn.say(top, label=f"{cards.VERSION}.{seen.kind.revision}"))] if top else []
    parts += [warned(turn.say("measure_kind_page.left_out"))] if seen.left_out else []
    return cards.opened(seen.kind, seen.used_in, top=parts, say=turn.say)


async def _editions(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    kind = (await kind_by_id(tx, turn, aim.id)).kind
    kept = await see_kind_editions(tx, kind.code, by=turn.person)
    return cards.editions(kind, await named_editions(tx, kept), say=turn.say)


async def _use(tx: Transaction, turn: Turn, aim: Aim, *, in_use: bool) -> Shown:
    seen = await kind_by_id(tx, turn, aim.id)
    try:
        kind = await use_kind(
            tx, seen.kind.code, seen=aim.version, in_use=in_use, by=turn.person, now=turn.at
        )
    except TemplateFlawed as flawed:
        raise _told(flawed, turn) from None
    top = "measure_kind_page.now_in_use" if in_use else "measure_kind_page.now_unused"
    return await _page(tx, turn, kind.code, top=top)


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    await permit_office(tx, asking.turn.person, OfficeAction.KEEP_READINESS)
    return Given(offers=_offers(asking.turn), notes=[asking.turn.say("measure_kind_page.never")])


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    seen = await kind_by_id(tx, turn, asking.about)
    where = cards.used(seen.kind, seen.used_in, say=turn.say)
    return Given(
        title=f"{seen.kind.code} {seen.kind.title}",
        version=seen.kind.revision,
        offers=_offers(turn),
        known=_known(seen.kind),
        notes=[
            turn.say("measure_kind_page.used_note", templates=where),
            turn.say("measure_kind_page.running"),
        ],
    )


def _offers(turn: Turn) -> Mapping[str, Mapping[str, str]]:
    parties = {each.value: party_name(each, say=turn.say) for each in Party}
    return {"party": {**parties, EACH: turn.say("measure_kind_page.each")}}


def _known(kind: MeasureKind) -> dict[str, Json]:
    told: dict[str, Json] = {
        "title": kind.title,
        "party": EACH if kind.party is None else kind.party.value,
        "assists": kind.assists,
        "deadline": str(kind.deadline),
        "daily": "yes" if kind.daily else "no",
    }
    return {name: value for name, value in told.items() if value}


def _laid(sent: Sent) -> dict[str, Data | None]:
    """Write the answers as the fields of a measure."""
    each = sent.text("party") == EACH
    return {
        "title": sent.text("title"),
        "party": None if each else sent.text("party"),
        "for_each": "ja" if each else "nej",
        "assists": sent.text("assists"),
        "deadline": sent.text("deadline"),
        "daily": "ja" if sent.yes("daily") else "nej",
    }


async def _change(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    seen = await kind_by_id(tx, turn, sent.about)
    try:
        kind = await change_kind(
            tx,
            seen.kind.code,
            seen=sent.seen,
            laid=_laid(sent),
            because=sent.text("because"),
            by=turn.person,
            now=turn.at,
        )
    except TemplateFlawed as flawed:
        raise _told(flawed, turn) from None
    return await _page(tx, turn, kind.code, top="measure_kind_page.saved")


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    try:
        kind = await add_kind(
            tx, laid=_laid(sent), because=sent.text("because"), by=turn.person, now=turn.at
        )
    except TemplateFlawed as flawed:
        raise _told(flawed, turn) from None
    return await _page(tx, turn, kind.code, top="measure_kind_page.added")


def _told(flawed: TemplateFlawed, turn: Turn) -> RuleBroken:
    return RuleBroken("measure_kind.flawed", problems=problems_of(flawed, turn))


_STEPS = (
    Step(
        key="kind",
        fields=(
            *(
                Field(key=key, kind=kind, data=META, optional=optional, texts="measure_kind")
                for key, kind, optional in (
                    ("title", TITLE.kind, False),
                    ("party", Offered(), False),
                    ("assists", Text(least=2, at_most=200), True),
                    ("deadline", Written(at_most=60, reads=read_when), False),
                    ("daily", YES_NO, False),
                )
            ),
            BECAUSE[0],
        ),
        texts="measure_kind",
    ),
    Step(key="review", review=True, texts="measure_kind"),
)
CHANGE = Flow(
    name="measure_kind_change",
    about=MEASURE_KIND,
    load=_load,
    steps=_STEPS,
    finish=_change,
    keeps_key=False,
)
ADD = Flow(name="measure_kind_add", load=_load_new, steps=_STEPS, finish=_add, keeps_key=False)

OFFER = Offer(
    verbs={
        "measure_kind.list": Verb(
            take=alone(_list), words=("tiltagskatalog", "measure catalogue")
        ),
        "measure_kind.pick": Verb(take=_pick, asks=frozenset({WHICH})),
        "measure_kind.add": Verb(
            take=begins(ADD), words=("nyt tiltag i kataloget", "new catalogue measure")
        ),
        "measure_kind.open": Verb(take=_open, about=MEASURE_KIND, words=("tiltag", "measure")),
        "measure_kind.change": Verb(
            take=begins(CHANGE), about=MEASURE_KIND, words=("ret tiltag", "change measure")
        ),
        "measure_kind.editions": Verb(
            take=_editions, about=MEASURE_KIND, words=("tiltag udgaver", "measure editions")
        ),
        "measure_kind.unuse": Verb(
            take=partial(_use, in_use=False),
            about=MEASURE_KIND,
            words=("tiltag ud", "measure out"),
        ),
        "measure_kind.use": Verb(
            take=partial(_use, in_use=True),
            about=MEASURE_KIND,
            words=("tiltag i brug", "measure in use"),
        ),
    },
    flows=(CHANGE, ADD),
    helps={"help.measure_kinds": keeps_readiness},
)
