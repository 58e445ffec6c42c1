"""What a data steward sees of a colleague: what they hold, and what can be given and taken."""

from collections.abc import Mapping, Sequence

from cards.delivery import Button, Part, aside, counted, headed, said, sheet
from cards.plain import plain
from cards.shown import Json, Shown
from cards.words import Say
from domain.appointments import Holding, Post, held_by
from domain.people import Committee, CommitteeCode, Person
from domain.roles import Actor

MOST_FOUND = 5  # a card has room for six buttons (teams.md §7.8)


def about(person: Person) -> dict[str, Json]:
    return {"colleague": person.aad_id}


def post_named(post: Post, committees: Mapping[CommitteeCode, Committee], say: Say) -> str:
    """Name what can be held: `Medlem · Koordinationsgruppe Vest`."""
    if post.committee is not None and post.seat is not None:
        found = committees.get(post.committee)
        where = plain(found.name) if found else str(post.committee)
        return f"{say(f'role.seat.{post.seat}')} · {where}"
    if post.office is not None:
        return say(f"role.office.{post.office}")
    return say(f"role.what.{post.holding}")


def colleague(actor: Actor, committees: Mapping[CommitteeCode, Committee], *, say: Say) -> Shown:
    """Show somebody as the register knows them now."""
    person = actor.person
    held = [
        post_named(post, committees, say)
        for post in held_by(actor)
        if post.holding is not Holding.REGISTER
    ]
    parts: list[Part] = [
        headed(plain(person.name)),
        counted(
            [
                (say("role.function"), plain(person.function)),
                (say("role.authority"), say(f"authority.{person.authority}")),
            ]
        ),
        headed(say("role.holds")),
        *(said(each) for each in held or [say("role.nothing")]),
    ]
    if not person.active:
        parts.append(aside(say("role.inactive")))
    verbs = ["role.give", "role.take", "colleague.change"] if person.active else []
    actions: list[Button] = [(say(f"button.{verb}"), verb, about(person)) for verb in verbs]
    return sheet(say("role.whom"), parts, say=say, actions=actions)


def found(people: Sequence[Person], *, say: Say, verb: str = "role.show") -> Shown:
    """Offer the colleagues a name may mean, each by a button."""
    if not people:
        return sheet(
            say("role.found_none"), [said(say("role.found_none_body"))], say=say, actions=[]
        )
    shown = people[:MOST_FOUND]
    lines = [
        said(
            f"{number} · {plain(each.name)} · {plain(each.function)} · "
            f"{say(f'authority.{each.authority}')}"
        )
        for number, each in enumerate(shown, start=1)
    ]
    more = len(people) - len(shown)
    left = [aside(say("role.found_more", count=more))] if more else []
    return sheet(
        say("role.found"),
        [*lines, *left],
        say=say,
        actions=[
            (say("button.role.show_one", number=number), verb, about(each))
            for number, each in enumerate(shown, start=1)
        ],
    )
