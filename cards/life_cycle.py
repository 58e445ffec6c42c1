"""What Secretariat and stewards see of what may be deleted; never whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cards.cases import here
from cards.countersigns import Asked
from cards.delivery import aside, headed, said, sheet
from cards.forms import message
from cards.shown import Shown
from cards.words import Say
from domain.cases import Case
from domain.dates import local_date
from domain.retention import Listing

MOST_LISTED = 12
MOST_BUTTONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the preview: a number, a day, and what it waits for."""

    case: Case
    listing: Listing
    waits: str
    may_ask: bool


def preview(lines: Sequence[Line], *, say: Say) -> Shown:
    """List what may soon be deleted, and offer what can be asked for now."""
    shown = lines[:MOST_LISTED]
    ready = [each for each in shown if each.may_ask][:MOST_BUTTONS]
    left = len(lines) - len(shown)
    return sheet(
        say("release.title"),
        [
            said(say("release.body" if lines else "release.none")),
            *(headed(_line(each, say)) for each in shown),
            *([aside(say("release.more", count=left))] if left else []),
        ],
        say=say,
        actions=[
            *(
                (
                    say("release.ask_for", reference=each.case.reference),
                    "release.ask",
                    here(each.case),
                )
                for each in ready
            ),
            (say("button.help"), "help", {}),
        ],
    )


def _line(line: Line, say: Say) -> str:
    return say(
        "release.line",
        reference=line.case.reference,
        waits=say(f"release.waits_{line.waits}", date=say.day(line.listing.ripe_on)),
    )


def asked(case: Case, *, say: Say) -> Shown:
    """Confirm that a colleague is asked."""
    return message(
        say("release.asked_title", reference=case.reference),
        say("release.asked_body"),
        say=say,
        actions=[(say("button.release.list"), "release.list", {})],
    )


def question(case: Case, listing: Listing, *, say: Say) -> Asked:
    """Tell the second person what they agree to, without a word of whom it is about."""
    return Asked(
        reference=case.reference,
        lines=[
            (say("release.level"), str(case.level or say("case.no_level"))),
            (say("release.last_event"), say.day(_day(listing))),
            (say("release.due"), say.day(listing.due_on)),
            (say("release.what"), say("release.what_goes")),
        ],
    )


def _day(listing: Listing) -> date:
    return local_date(listing.last_event_at)


def letter(*, say: Say) -> Shown:
    """Tell that something new is on the preview."""
    return message(
        say("release.letter_title"),
        say("release.letter_body"),
        say=say,
        actions=[(say("button.release.list"), "release.list", {})],
    )
