"""What two people do together, as each of them sees it: the list, the question, the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards import blocks
from cards.delivery import Button, Part, aside, for_police, lined, said, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.countersigns import Countersign, CountersignKind, CountersignState
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.people import Authority

MOST_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody reads before they answer: which case, and what is wanted with it."""

    reference: str
    lines: Sequence[tuple[str, str]] = field(default=(), repr=False)


def where(asked: Countersign) -> dict[str, Json]:
    return about("countersign", asked.id, asked.version)


def listed(waiting: Sequence[Countersign], own: Sequence[Countersign], *, say: Say) -> Shown:
    """List what waits for this person, and what they wait for themselves; no content."""
    parts: list[Part] = [said(_line(each, say)) for each in waiting]
    if own:
        parts += [aside(say("countersign.own")), *(said(_line(each, say)) for each in own)]
    shown = [*waiting, *own][:MOST_LISTED]
    return sheet(
        say("countersign.title"),
        parts or [said(say("countersign.none"))],
        say=say,
        actions=[
            *(
                (say("countersign.open_numbered", number=number), "countersign.open", where(each))
                for number, each in enumerate(shown, start=1)
            ),
            *([] if shown else [(say("button.help"), "help", {})]),
        ],
    )


def _line(asked: Countersign, say: Say) -> str:
    return say(
        "countersign.line",
        what=say(f"countersign.kind_{asked.kind}"),
        date=say.day(local_date(asked.expires_at)),
    )


def question(
    asked: Countersign,
    told: Asked,
    *,
    asker: str,
    is_own: bool,
    reader: Authority,
    say: Say,
) -> Shown:
    """Show what is wanted, to whoever may agree; to who asked, with the way to take it back."""
    title = say(f"countersign.title_{asked.kind}", reference=told.reference)
    verbs = ["countersign.withdraw"] if is_own else ["countersign.give", "countersign.refuse"]
    still = asked.state is CountersignState.ASKED
    who = say("countersign.asked_by", name=unmarked(asker))
    return sheet(
        title,
        [
            *for_police(reader, say),
            Part(piece=blocks.paragraph(who), words=who),
            *lined(list(told.lines)),
            aside(
                say("countersign.until", date=say.day(local_date(asked.expires_at)))
                if still
                else say(f"countersign.state_{asked.state}")
            ),
        ],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, where(asked)) for verb in verbs if still),
            (say("button.countersign.list"), "countersign.list", {}),
        ],
    )


def answered(asked: Countersign, *, say: Say) -> Shown:
    """Confirm an answer just given."""
    return message(
        say(f"countersign.{asked.state}_title"),
        say(f"countersign.{asked.state}_body"),
        say=say,
        actions=[_way_on(asked, say)],
    )


def _way_on(asked: Countersign, say: Say) -> Button:
    """Lead to the case, or where it is about none, to what else waits."""
    if asked.kind is CountersignKind.GRANT_ROLE:
        return say("button.countersign.list"), "countersign.list", {}
    return say("button.case.open"), "case.open", about("case", asked.about, asked.seen)


def letter(asked: Countersign, kind: NoticeKind, *, reference: str, say: Say) -> Shown:
    """Tell somebody that they are asked, or what was answered, without a word of what it is."""
    if kind is NoticeKind.COUNTERSIGN_ASKED:
        title = say("countersign.letter_title", reference=reference)
        body = say(
            "countersign.letter_body",
            what=say(f"countersign.kind_{asked.kind}"),
            date=say.day(local_date(asked.expires_at)),
        )
        way: Button = (say("button.countersign.open"), "countersign.open", where(asked))
    else:
        title = say(f"countersign.told_{asked.state}_title", reference=reference)
        what = say(f"countersign.kind_{asked.kind}")
        body = say(f"countersign.told_{asked.state}_body", what=what)
        way = _way_on(asked, say)
    return message(title, body, say=say, actions=[way])
