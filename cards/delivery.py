"""What letters and their lists share: a sheet of pieces, people to telephone, a mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cards import blocks
from cards.plain import plain, unmarked
from cards.shown import Json, Piece, Shown
from cards.words import Say
from domain.dates import COPENHAGEN, local_date
from domain.people import Authority, Person

MOST_NAMED = 30  # people on a card: more would be too large for some ways of sending
WHO = "person"  # the input that says whom a button is about

Button = tuple[str, str, Mapping[str, Json]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a card, and the same in words."""

    piece: Piece = field(repr=False)
    words: str = field(repr=False)


def sheet(
    title: str,
    parts: Sequence[Part],
    *,
    say: Say,
    actions: Sequence[Button],
    asking: str = "",
) -> Shown:
    """Put a card together from its parts, and the words from the same.

    :param asking: the verb of the button that sends along what was chosen on the card.
    """
    return Shown(
        words="\n".join([title, *(part.words for part in parts if part.words)]),
        summary=title,
        card=blocks.card(
            blocks.heading(title),
            *(part.piece for part in parts),
            say=say,
            summary=title,
            actions=[
                blocks.button(words, verb, data, inputs=verb == asking)
                for words, verb, data in actions
            ],
        ),
    )


def said(text: str) -> Part:
    return Part(piece=blocks.paragraph(text), words=text)


def aside(text: str) -> Part:
    return Part(piece=blocks.small(text), words=text)


def headed(text: str) -> Part:
    return Part(piece=blocks.label(text), words=text)


def named(text: str) -> Part:
    """Show what somebody called something, so that the eye finds it first."""
    return Part(piece=blocks.name(text), words=plain(text))


def for_police(reader: Authority, say: Say) -> list[Part]:
    """Say to the police wherever they read of a case what it may not be used for (S115-10)."""
    return [said(say("reading.police"))] if reader is Authority.KP else []


def warned(text: str) -> Part:
    return Part(piece=blocks.warning(text), words=text)


def counted(pairs: Sequence[tuple[str, str]]) -> Part:
    return Part(
        piece=blocks.facts(pairs), words="\n".join(f"{name}: {value}" for name, value in pairs)
    )


def lined(pairs: Sequence[tuple[str, str]]) -> list[Part]:
    """Put each name and value on a line of its own, where a name may be long."""
    return [
        Part(piece=blocks.answer(name, value), words=f"{name}: {value}") for name, value in pairs
    ]


def listed(people: Sequence[tuple[Person, str]], *, say: Say) -> list[Part]:
    """Name people with their telephone and what is wrong; say how many there was no room for."""
    lines = [
        say(
            "delivery.person.line",
            name=unmarked(person.name),
            authority=say(f"authority.{person.authority}"),
            phone=phone(person, say),
            why=why,
        )
        for person, why in people[:MOST_NAMED]
    ]
    left = len(people) - MOST_NAMED
    more = [say("delivery.person.and_more", count=left)] if left > 0 else []
    return [said(line) for line in (*lines, *more)]


def phone(person: Person, say: Say) -> str:
    return unmarked(person.phone) or say("delivery.person.no_phone")


def which(people: Sequence[Person], *, say: Say) -> list[Part]:
    """Ask whom a telephone call was with; nothing when there is nobody to choose."""
    if not people:
        return []
    choices = {str(each.id): plain(each.name) for each in people[:MOST_NAMED]}
    asked = blocks.choice_input(
        WHO,
        say("delivery.person.which"),
        choices,
        value="",
        hint=say("delivery.person.choose"),
    )
    return [Part(piece=asked, words="")]


def moment(at: datetime, say: Say) -> str:
    """Write a day and the time of day in Copenhagen."""
    return say(
        "delivery.moment",
        date=say.day(local_date(at)),
        time=f"{at.astimezone(COPENHAGEN):%H.%M}",
    )


def repeated(shown: Shown, say: Say) -> Shown:
    """Mark a letter that may have arrived before: in its notification, its words and its card.

    The card keeps its heading first, for that is what a screen reader begins with.
    """
    mark = say("delivery.repeated")
    card = None if shown.card is None else dict(shown.card)
    if card is not None:
        body = card["body"]
        pieces: list[Json] = list(body) if isinstance(body, list) else []
        card["body"] = [*pieces[:1], blocks.small(mark), *pieces[1:]]
        card["fallbackText"] = f"{card['fallbackText']} {mark}"
    return replace(
        shown, words=f"{mark}\n{shown.words}", summary=f"{shown.summary} {mark}", card=card
    )
