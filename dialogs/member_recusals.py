"""The forms about who is near to a member of a concern group (INH-4, INH-5)."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from cards import groups as cards
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.member_forms import MEMBER
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.recuse_from_member import colleagues_to_bar, lift_recusal, recuse_colleague
from usecases.see_group import Looked, look, look_at_member
from usecases.see_member import recused_colleagues


async def _to_recuse(tx: Transaction, asking: Asking) -> Given:
    version, looked = await _looked(tx, asking, Action.RECUSE_OTHER)
    people = await colleagues_to_bar(tx, looked, by=asking.turn.person)
    return Given(title=looked.group.reference, version=version, offers={"who": _titles(people)})


async def _to_lift(tx: Transaction, asking: Asking) -> Given:
    version, looked = await _looked(tx, asking, Action.DECIDE_RECUSAL)
    people = await recused_colleagues(tx, asking.about)
    others = [each for each in people if each.id != asking.turn.person.id]
    return Given(title=looked.group.reference, version=version, offers={"who": _titles(others)})


async def _looked(tx: Transaction, asking: Asking, action: Action) -> tuple[int, Looked]:
    turn = asking.turn
    member, looked = await look_at_member(
        tx, id=asking.about, by=turn.person, action=action, now=turn.at
    )
    return member.version, looked


def _titles(people: list[Person]) -> Mapping[str, str]:
    return {str(each.id): f"{each.name}, {each.function}" for each in people}


async def _recuse(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    group = await recuse_colleague(
        tx,
        id=sent.about,
        by=turn.person,
        who=PersonId(sent.text("who")),
        reason=sent.text("reason"),
        now=turn.at,
    )
    return await _handled(tx, group, "recused", turn)


async def _lift(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    group = await lift_recusal(
        tx,
        id=sent.about,
        by=turn.person,
        who=PersonId(sent.text("who")),
        reason=sent.text("reason"),
        now=turn.at,
    )
    return await _handled(tx, group, "lifted", turn)


async def _handled(tx: Transaction, group: UUID, key: str, turn: Turn) -> Shown:
    looked = await look(tx, id=group, by=turn.person, now=turn.at)
    return cards.confirmed(looked.group, key, say=turn.say)


def _flow(
    name: str,
    load: Callable[[Transaction, Asking], Awaitable[Given]],
    finish: Callable[[Transaction, Sent, Turn], Awaitable[Shown]],
) -> Flow:
    return Flow(
        name=name,
        about=MEMBER,
        load=load,
        steps=(
            Step(
                key="who",
                fields=(
                    Field(key="who", data=DataClass.DECISIONS, kind=Offered()),
                    Field(
                        key="reason",
                        data=DataClass.DECISIONS,
                        kind=Text(least=3, at_most=500, lines=True),
                    ),
                ),
            ),
        ),
        finish=finish,
        keeps_key=False,
    )


RECUSE = _flow("member_recuse", _to_recuse, _recuse)
LIFT = _flow("member_lift", _to_lift, _lift)
FLOWS = (RECUSE, LIFT)
