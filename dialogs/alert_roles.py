"""Handing over who coordinates an alert or keeps its log: `overdrag R2026-0001` (BER-44, 45)."""

from cards import alert_roles as cards
from cards.alert_words import drilled
from cards.shown import Shown
from dialogs.engine import begins
from dialogs.fields import Choice
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alert_roles import AlertRole
from domain.data_classes import DataClass
from domain.people import PersonId
from storage.database import Transaction
from usecases.hand_over_role import decline_role, handable, offer_role, take_role, takers
from usecases.read_alert import may_read
from usecases.see_alert import AlertSeen

FACT = DataClass.METADATA
ROLES = frozenset(each.value for each in AlertRole)


async def _load(tx: Transaction, asking: Asking) -> Given:
    """Offer the roles that are this person's to hand over, and who can take them."""
    turn = asking.turn
    alert = await may_read(tx, turn.person, asking.about)
    roles = await handable(tx, turn.person, alert)
    people = {
        str(who): f"{each.name} ({turn.say(f'authority.{each.authority}')})"
        for role in roles
        for who, each in (await takers(tx, alert, role)).items()
    }
    return Given(
        title=drilled(alert.reference, drill=alert.drill, say=turn.say),
        version=alert.version,
        offers={"to": people},
        known={"role": roles[0].value} if len(roles) == 1 else {},
    )


async def _offer(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    offer = await offer_role(
        tx,
        id=sent.about,
        role=AlertRole(sent.text("role")),
        to=PersonId(sent.text("to")),
        by=turn.person,
        now=turn.at,
    )
    alert = await may_read(tx, turn.person, sent.about)
    name = (await tx.people.get(offer.to)).name
    return cards.done(alert, offer.role, "offered", facts={"name": name}, say=turn.say)


async def _take(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    role = await _meant(tx, turn, aim)
    alert = await take_role(tx, id=aim.id, role=role, by=turn.person, now=turn.at)
    return cards.done(alert, role, "taken", facts={}, say=turn.say)


async def _decline(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    role = await _meant(tx, turn, aim)
    alert = await decline_role(tx, id=aim.id, role=role, by=turn.person, now=turn.at)
    return cards.done(alert, role, "refused", facts={}, say=turn.say)


async def _meant(tx: Transaction, turn: Turn, aim: Aim) -> AlertRole:
    """Say which role: the button's; typed, the one that this person is asked to take."""
    if aim.inputs.get("role"):
        return AlertRole(aim.inputs["role"])
    offers = await tx.alert_offers.of(aim.id)
    asked = [role for role, each in offers.items() if each.to == turn.person.id]
    return asked[0] if asked else AlertRole.COORDINATOR


def hands_over(seen: AlertSeen) -> bool:
    """Whether a role of it is this person's to hand over; the use case asks again."""
    held = {seen.alert.coordinator, seen.alert.log_keeper}
    return seen.is_open and (seen.acts or seen.by.id in held)


HAND_OVER = Flow(
    name="alert_hand_over",
    about=ALERT,
    load=_load,
    steps=(
        Step(
            key="who",
            fields=(
                Field(
                    key="role",
                    kind=Choice(names=tuple(AlertRole), texts="alertrole.role"),
                    data=FACT,
                ),
                Field(key="to", kind=Offered(), data=FACT),
            ),
        ),
    ),
    finish=_offer,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "alertrole.offer": Verb(
            take=begins(HAND_OVER), about=ALERT, words=("overdrag", "hand over")
        ),
        "alertrole.take": Verb(
            take=_take, about=ALERT, carries={"role": ROLES}, words=("overtag", "take over")
        ),
        "alertrole.decline": Verb(
            take=_decline,
            about=ALERT,
            carries={"role": ROLES},
            words=("overtag ikke", "do not take over"),
        ),
    },
    flows=(HAND_OVER,),
)
