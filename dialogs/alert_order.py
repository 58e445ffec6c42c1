"""What the answers of the form mean: an order to activate readiness."""

from dataclasses import replace

from cards.alert_words import LONGEST_TITLE, shortened
from cards.words import Say
from dialogs.alert_fields import situation_in
from dialogs.sent import Answers, Sent
from domain.alert_audience import default_audience
from domain.alert_sharings import DistributionList
from domain.alerts import Audience, Level
from domain.people import AreaCode, Authority, CommitteeCode, CommitteeType, PersonId
from domain.plan_templates import PlanKind, Template
from storage.database import Transaction
from usecases.activate_alert import Order
from usecases.prepare_alert import Prepared, people_listed

AS_TEMPLATE = "template"
LEVELS = (*(str(each.value) for each in Level), AS_TEMPLATE)  # typed by number too
WHOLE_CITY = "city"
KFO, CHOOSE = "kfo", "choose"
NEEDED = ("template", "level", "areas", "situation")


def is_answered(answers: Answers) -> bool:
    """Whether enough is answered to look whom it would reach."""
    return all(answers.get(key) for key in NEEDED)


async def order_in(tx: Transaction, sent: Sent, prepared: Prepared, say: Say) -> Order:
    """Read an order out of the answers.

    :raises RuleBroken: as `situation_in`
    """
    template = prepared.templates[sent.text("template")]
    said = sent.text("level")
    chosen = sent.text("rehearses")
    practises = chosen if chosen in template.rehearses else next(iter(template.rehearses), "")
    return Order(
        id=sent.id,
        level=_level(said, prepared.templates.get(practises, template)),
        drill=sent.yes("drill") or template.kind is PlanKind.DRILL,
        template=template.code,
        rehearses=practises,
        title=sent.text("title") or shortened(template.title, at_most=LONGEST_TITLE),
        situation=situation_in(sent.text("situation"), unknown=say("alerts.not_known")),
        audience=await _audience(tx, sent, prepared),
        anyway=bool(sent.text("anyway")),
        another=sent.text("alike") == "another",
    )


def _level(said: str, template: Template) -> Level:
    if said == AS_TEMPLATE:
        return template.level or Level.COORDINATION
    return Level(int(said))


async def _audience(tx: Transaction, sent: Sent, prepared: Prepared) -> Audience:
    """Give the default audience, or the one that was chosen; a list adds its people (BER-11)."""
    ticked = sent.several("areas")
    areas = frozenset() if WHOLE_CITY in ticked else frozenset(map(AreaCode, ticked))
    audience = default_audience(areas)
    if KFO in sent.several("also"):
        audience = replace(audience, authorities=audience.authorities | {Authority.KFO})
    if CHOOSE not in sent.several("also"):
        return audience
    chosen = _list(sent, prepared)
    named = frozenset(map(PersonId, sent.several("people")))
    return replace(
        audience,
        authorities=frozenset(map(Authority, sent.several("authorities"))),
        types=frozenset(map(CommitteeType, sent.several("types"))),
        committees=frozenset(map(CommitteeCode, sent.several("committees"))),
        people=named | await people_listed(tx, chosen),
        externals=externals_in(sent.text("externals")),
        externals_because=sent.text("because"),
    )


def _list(sent: Sent, prepared: Prepared) -> DistributionList | None:
    return next(
        (each for each in prepared.lists.values() if str(each.id) == sent.text("list")), None
    )


def externals_in(text: str) -> tuple[str, ...]:
    """Divide the names of organisations that somebody wrote, each once."""
    names = (each.strip() for each in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(each for each in names if each))
