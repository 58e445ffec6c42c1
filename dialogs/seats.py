"""Giving and taking a seat from the committee's side: the slot first, then who (REP-2, APP-1)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from cards import committees as cards
from cards import roles as role_cards
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.committees import COMMITTEE
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Verb
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.appointments import Holding, Post
from domain.data_classes import DataClass
from domain.people import Committee, Person, PersonId, Seat
from domain.representation import facilitating_slot, slot_codes, suits
from storage.database import Transaction
from usecases.appoint import appointing, find_colleagues, give, seats_to_keep, take

FACT = DataClass.METADATA
MOST_OFFERED = 12


def slots_for(person: Person, committee: Committee, turn: Turn) -> Mapping[str, str]:
    """Offer the slots of a committee that somebody's authority or office is for."""
    return {
        code: cards.slot_title(code, turn.say)
        for code in sorted(slot_codes(committee.type))
        if suits(code, person)
    }


def seat_in(committee: Committee, answers: Answers) -> Post:
    """Read which seat is meant; a facilitator's is the same whatever slot was chosen."""
    seat = Seat(str(answers["seat"]))
    leads = seat is Seat.FACILITATOR
    slot = facilitating_slot(committee.type) if leads else str(answers.get("slot") or "")
    return Post(holding=Holding.SEAT, committee=committee.code, seat=seat, slot=slot)


async def _load_give(tx: Transaction, asking: Asking) -> Given:
    """Offer what follows from the answers: who is meant, their slots, and who appoints them."""
    turn, said = asking.turn, asking.answers
    committee = await seats_to_keep(tx, committee=asking.about, by=turn.person)
    named = str(said.get("name") or "")
    found = await find_colleagues(tx, named=named, by=turn.person) if named else []
    people = {each.id: each for each in found[:MOST_OFFERED]}
    offers: dict[str, Mapping[str, str]] = {"person": _titles(people.values(), turn)}
    chosen = people.get(PersonId(str(said.get("person"))))
    if chosen is not None:
        offers["slot"] = slots_for(chosen, committee, turn)
        if said.get("seat") is not None:
            post = seat_in(committee, said)
            leaders = await appointing(tx, chosen, post, by=turn.person)
            offers["leader"] = _titles(leaders, turn)
    return Given(title=str(committee.code), offers=offers)


def _titles(people: Iterable[Person], turn: Turn) -> Mapping[str, str]:
    return {each.id: cards.titled(each, turn.say) for each in people}


async def _give(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    committee = await seats_to_keep(tx, committee=sent.about, by=turn.person)
    person = await tx.people.get(PersonId(sent.text("person")))
    post = seat_in(committee, sent.answers)
    asked = await give(
        tx,
        id=sent.id,
        aad_id=UUID(person.aad_id),
        post=post,
        leader=PersonId(sent.text("leader")),
        by=turn.person,
        now=turn.at,
    )
    named = role_cards.post_named(post, {committee.code: committee}, turn.say)
    told = turn.say(
        "role.waits" if asked else "seat_give.given", post=named, name=unmarked(person.name)
    )
    return await done(tx, GIVE, sent, turn, told=told)


async def _load_take(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    committee = await seats_to_keep(tx, committee=asking.about, by=turn.person)
    return Given(
        title=str(committee.code),
        offers={
            "held": {
                f"{person.id}/{seat.seat}": turn.say(
                    "seat_take.held_title",
                    person=cards.titled(person, turn.say),
                    seat=turn.say(f"role.seat.{seat.seat}"),
                    slot=seat.slot,
                )
                for seat, person in await tx.organisation.members(committee.code)
            }
        },
    )


async def _take(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    committee = await seats_to_keep(tx, committee=sent.about, by=turn.person)
    whose, _, seat = sent.text("held").rpartition("/")
    person = await tx.people.get(PersonId(whose))
    post = Post(holding=Holding.SEAT, committee=committee.code, seat=Seat(seat))
    await take(tx, aad_id=UUID(person.aad_id), post=post, by=turn.person, now=turn.at)
    return await done(
        tx, TAKE, sent, turn, name=unmarked(person.name), committee=unmarked(committee.name)
    )


GIVE = Flow(
    name="seat_give",
    about=COMMITTEE,
    load=_load_give,
    narrows=True,
    steps=(
        Step(
            key="who",
            fields=(Field(key="name", kind=Text(least=2, at_most=80), data=FACT),),
        ),
        Step(key="person", fields=(Field(key="person", kind=Offered(), data=FACT),)),
        Step(
            key="seat",
            fields=(
                Field(key="slot", kind=Offered(), data=FACT),
                Field(key="seat", kind=Choice(names=tuple(Seat), texts="role.seat"), data=FACT),
            ),
        ),
        Step(key="leader", fields=(Field(key="leader", kind=Offered(), data=FACT),)),
        Step(key="review", review=True),
    ),
    finish=_give,
    keeps_key=False,
)
TAKE = Flow(
    name="seat_take",
    about=COMMITTEE,
    load=_load_take,
    steps=(
        Step(key="held", fields=(Field(key="held", kind=Offered(), data=FACT),)),
        Step(key="review", review=True),
    ),
    finish=_take,
    keeps_key=False,
)
OFFER = Offer(
    verbs={
        "seat.give": Verb(take=begins(GIVE), about=COMMITTEE),
        "seat.take": Verb(take=begins(TAKE), about=COMMITTEE),
    },
    flows=(GIVE, TAKE),
)
