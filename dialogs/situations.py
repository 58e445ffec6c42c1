"""Situation reports in the chat: `situationsmelding`, in four questions and what is needed."""

from collections.abc import Sequence

from cards import situation_reports as cards
from cards.alert_words import drilled
from cards.delivery import Part
from cards.plan_views import party_name
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_tiers import sees_reports
from domain.alerts import Situation
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.parties import Party
from domain.plan_measures import AT_MOST
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.keep_alert_log import taking_part
from usecases.report_situation import SituationSeen, report_situation, see_situation
from usecases.see_alert import AlertSeen

FACT = DataClass.METADATA
WORDS = Text(at_most=AT_MOST, lines=True)


async def _choose(tx: Transaction, turn: Turn) -> Shown:
    """Open the form about the one alert somebody takes part in; ask which if there are several."""
    alerts = await taking_part(tx, turn.person)
    if len(alerts) == 1:
        [only] = alerts
        return await begins(REPORT)(tx, turn, Aim(id=only.id, version=only.version))
    return cards.choose(alerts, say=turn.say)


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_situation(tx, id=aim.id, by=turn.person, now=turn.at)
    reports = bool(seen.own) and seen.alert.is_open
    return cards.picture(_picture(seen), reports=reports, say=turn.say)


async def on_the_alert(tx: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Tell on the alert's page how it stands with each party now; not to externals."""
    if not sees(seen):
        return ()
    found = await see_situation(tx, id=seen.alert.id, by=turn.person, now=turn.at)
    return cards.on_the_alert(_picture(found), say=turn.say)


def sees(seen: AlertSeen) -> bool:
    """Whether somebody reads the reports: whoever reads the alert, but for externals."""
    return sees_reports(seen.by)


def reports(seen: AlertSeen) -> bool:
    """Whether somebody is likely to say how it stands; the use case asks again."""
    takes_part = seen.own is not None or seen.in_secretariat
    return seen.is_open and seen.has_left and takes_part and sees(seen)


def _picture(seen: SituationSeen) -> cards.Picture:
    return cards.Picture(
        alert=seen.alert,
        parties=seen.parties,
        latest=seen.latest,
        lacking=seen.lacking,
        next_at=seen.next_at,
        names=seen.names,
    )


async def _load(tx: Transaction, asking: Asking) -> Given:
    """Begin with what the party said last, or with what the alert says."""
    turn = asking.turn
    seen = await see_situation(tx, id=asking.about, by=turn.person, now=turn.at)
    alert = seen.alert
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if not seen.own:
        raise RuleBroken("situation.not_yours")
    last = seen.latest.get(seen.own[0])
    said = last.situation if last else alert.situation
    known = {
        "happened": said.happened,
        "where": said.where,
        "stands": said.stands,
        "done": said.done,
        "needs": said.needs,
    }
    return Given(
        title=drilled(alert.reference, drill=alert.drill, say=turn.say),
        version=alert.version,
        offers={"party": {each: party_name(each, say=turn.say) for each in seen.own}},
        known={"party": seen.own[0], **{key: words for key, words in known.items() if words}},
    )


async def _report(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await report_situation(
        tx,
        id=sent.id,
        alert=sent.about,
        party=Party(sent.text("party")),
        situation=Situation(
            happened=sent.text("happened"),
            where=sent.text("where"),
            stands=sent.text("stands"),
            done=sent.text("done"),
            needs=sent.text("needs"),
        ),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, REPORT, sent, turn)


def _takes_part(actor: Actor) -> bool:
    return bool(standing(actor) & {Role.SEK, Role.HEAD, Role.LGM, Role.PLM, Role.KGM})


REPORT = Flow(
    name="sitrep",
    about=ALERT,
    load=_load,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="party", kind=Offered(), data=FACT),
                *(
                    Field(key=key, kind=WORDS, data=FACT)
                    for key in ("happened", "where", "stands", "done")
                ),
                Field(key="needs", kind=WORDS, data=FACT, optional=True),
            ),
        ),
    ),
    finish=_report,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "sitrep.choose": Verb(
            take=alone(_choose),
            words=("situationsmelding", "sitrep", "situation report"),
            typed_only=True,
        ),
        "sitrep.begin": Verb(
            take=begins(REPORT), about=ALERT, words=("situationsmelding", "sitrep")
        ),
        "sitrep.show": Verb(
            take=_show, about=ALERT, words=("situationsbillede", "situation picture", "situation")
        ),
    },
    flows=(REPORT,),
    helps={"help.sitrep": _takes_part},
)
