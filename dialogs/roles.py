"""Who sits where and holds which office: looked up, given and taken by a data steward (APP-2)."""

from collections.abc import Mapping
from uuid import UUID

from cards import roles as cards
from cards.countersigns import Asked
from cards.shown import Shown
from cards.words import Say
from dialogs.engine import begins, done
from dialogs.fields import Choice
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.seats import seat_in, slots_for
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.appointments import Holding, Post, held_by
from domain.countersigns import Countersign
from domain.data_classes import DataClass
from domain.office_actions import OfficeAction, may
from domain.people import Committee, CommitteeCode, Office, Person, PersonId, Seat
from domain.roles import Actor
from storage.database import Transaction
from usecases.appoint import find_colleagues, give, leaders_for, look_at, take

FACT = DataClass.METADATA


async def _again(_: Transaction, turn: Turn, id: UUID) -> Button | None:
    return turn.say("button.role.show"), "role.show", {"colleague": str(id)}


COLLEAGUE = Thing(name="colleague", versioned=False, again=_again)


async def _find(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    people = await find_colleagues(tx, named=aim.rest, by=turn.person)
    if len(people) == 1:
        return await _shown(tx, turn, UUID(people[0].aad_id))
    return cards.found(people, say=turn.say)


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _shown(tx, turn, aim.id)


async def _shown(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    actor = await look_at(tx, aad_id=id, by=turn.person)
    return cards.colleague(actor, await _committees(tx), say=turn.say)


async def _committees(tx: Transaction) -> Mapping[CommitteeCode, Committee]:
    return {each.code: each for each in await tx.organisation.committees()}


async def _load_give(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    actor = await look_at(tx, aad_id=asking.about, by=turn.person)
    leaders = await leaders_for(tx, actor.person, by=turn.person)
    committees = await _committees(tx)
    chosen = committees.get(CommitteeCode(str(asking.answers.get("committee"))))
    return Given(
        notes=[actor.person.name],
        offers={
            "committee": {code: each.name for code, each in committees.items()},
            "slot": slots_for(actor.person, chosen, turn) if chosen else {},
            "leader": {each.id: _titled(each, turn.say) for each in leaders},
        },
    )


def _titled(person: Person, say: Say) -> str:
    return f"{person.name}, {person.function} ({say(f'authority.{person.authority}')})"


async def _post(tx: Transaction, sent: Sent) -> Post:
    holding = Holding(sent.text("what"))
    if holding is Holding.SEAT:
        committee = (await _committees(tx))[CommitteeCode(sent.text("committee"))]
        return seat_in(committee, sent.answers)
    office = Office(sent.text("office")) if holding is Holding.OFFICE else None
    return Post(holding=holding, office=office)


async def _give(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    post = await _post(tx, sent)
    asked = await give(
        tx,
        id=sent.id,
        aad_id=sent.about,
        post=post,
        leader=PersonId(sent.text("leader")),
        by=turn.person,
        now=turn.at,
    )
    named = cards.post_named(post, await _committees(tx), turn.say)
    told = turn.say("role.waits" if asked else "role.given", post=named)
    return await done(tx, GIVE, sent, turn, told=told)


async def _load_take(tx: Transaction, asking: Asking) -> Given:
    actor = await look_at(tx, aad_id=asking.about, by=asking.turn.person)
    return Given(
        notes=[actor.person.name],
        offers={"post": await _posts(tx, actor, asking.turn)},
    )


async def _posts(tx: Transaction, actor: Actor, turn: Turn) -> Mapping[str, str]:
    committees = await _committees(tx)
    return {
        post.written(): cards.post_named(post, committees, turn.say) for post in held_by(actor)
    }


async def _take(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    post = Post.read(sent.text("post"))
    await take(tx, aad_id=sent.about, post=post, by=turn.person, now=turn.at)
    named = cards.post_named(post, await _committees(tx), turn.say)
    return await done(tx, TAKE, sent, turn, post=named)


async def about_role(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Show who is to have what, on whose word, to the second person."""
    say = turn.say
    ids = (PersonId(asked.terms["person"]), PersonId(asked.terms["leader"]), asked.asked_by)
    people = await tx.people.of_ids(ids)
    whom, leader, steward = (_titled(people[each], say) for each in ids)
    post = cards.post_named(Post.read(asked.terms["post"]), await _committees(tx), say)
    return Asked(
        reference=people[ids[0]].name,
        lines=[
            (say("role.whom"), whom),
            (say("role_give.what.label"), post),
            (say("role_give.leader.label"), leader),
            (say("role.steward"), steward),
        ],
    )


def _sits_in_a_slot(answers: Answers) -> bool:
    return answers.get("what") == Holding.SEAT and answers.get("seat") != Seat.FACILITATOR


GIVEN = (Holding.SEAT, Holding.OFFICE, Holding.COVER)
GIVE = Flow(
    name="role_give",
    about=COLLEAGUE,
    load=_load_give,
    narrows=True,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="what", kind=Choice(names=GIVEN, texts="role.what"), data=FACT),
                Field(key="committee", kind=Offered(), data=FACT, shown=is_("what", "seat")),
                Field(
                    key="seat",
                    kind=Choice(names=tuple(Seat), texts="role.seat"),
                    data=FACT,
                    shown=is_("what", "seat"),
                ),
                Field(
                    key="office",
                    kind=Choice(names=tuple(Office), texts="role.office"),
                    data=FACT,
                    shown=is_("what", "office"),
                ),
            ),
        ),
        Step(
            key="slot",
            fields=(Field(key="slot", kind=Offered(), data=FACT),),
            shown=_sits_in_a_slot,
        ),
        Step(key="leader", fields=(Field(key="leader", kind=Offered(), data=FACT),)),
        Step(key="review", review=True),
    ),
    finish=_give,
    keeps_key=False,
)
TAKE = Flow(
    name="role_take",
    about=COLLEAGUE,
    load=_load_take,
    steps=(
        Step(key="what", fields=(Field(key="post", kind=Offered(), data=FACT),)),
        Step(key="review", review=True),
    ),
    finish=_take,
    keeps_key=False,
)


def _stewards(actor: Actor) -> bool:
    return may(actor, OfficeAction.GRANT_ROLE)


OFFER = Offer(
    verbs={
        "role.find": Verb(take=_find, words=("rolle", "role"), rest=r" .{2,80}", typed_only=True),
        "role.show": Verb(take=_show, about=COLLEAGUE),
        "role.give": Verb(take=begins(GIVE), about=COLLEAGUE),
        "role.take": Verb(take=begins(TAKE), about=COLLEAGUE),
    },
    flows=(GIVE, TAKE),
    helps={"help.roles": _stewards},
)
