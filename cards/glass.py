"""What is seen of a broken glass, and of a number that is shown for a minute."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cards.delivery import aside, lined, moment, said, sheet
from cards.forms import message
from cards.plain import plain
from cards.shown import Json, Shown
from cards.words import Say
from domain.dates import COPENHAGEN, local_date
from domain.grants import Grant
from domain.matters import Matter
from domain.people import Person

MOST_LISTED = 5


def here(id: UUID) -> dict[str, Json]:
    return {"glass": str(id)}


def told(grant: Grant, matter: Matter, name: str, *, say: Say) -> Shown:
    """Tell the second person, by the matter's number only."""
    return message(
        say(f"glass.{name}_title", reference=matter.reference),
        say(f"glass.{name}_body", date=_review_by(grant, say)),
        say=say,
        actions=[(say("button.glass.review"), "glass.review", here(grant.id))],
    )


def left_behind(reference: str, carried: Mapping[str, Json], *, say: Say) -> Shown:
    """Tell a facilitator that an action needs a new owner."""
    return message(
        say("left_behind.title", reference=reference),
        say("left_behind.body"),
        say=say,
        actions=[(say("button.case.open"), "case.open", carried)],
    )


def to_review(found: Sequence[tuple[Grant, Matter]], *, say: Say) -> Shown:
    """List what waits for a review."""
    if not found:
        return message(say("glass.none_title"), say("glass.none_body"), say=say, actions=[])
    shown = found[:MOST_LISTED]
    return sheet(
        say("glass.list_title"),
        [
            said(say("glass.line", reference=matter.reference, date=_review_by(grant, say)))
            for grant, matter in shown
        ],
        say=say,
        actions=[
            (
                say("button.glass.review_one", reference=matter.reference),
                "glass.review",
                here(grant.id),
            )
            for grant, matter in shown
        ],
    )


def why(grant: Grant, breaker: Person, reason: str, *, say: Say) -> list[str]:
    """Say who broke it, how long it was open, and why."""
    return [
        say("glass.who", name=plain(breaker.name), function=plain(breaker.function)),
        say(
            "glass.open",
            begins=moment(grant.begins_at, say),
            ends=moment(grant.ended_at or grant.expires_at, say),
        ),
        say("glass.why", reason=plain(reason)),
    ]


def number(
    reference: str,
    carried: Mapping[str, Json],
    *,
    cpr: str,
    until: datetime | None,
    verbs: tuple[str, str],
    say: Say,
) -> Shown:
    """Show a CPR number: whole until then, with a button that hides it; or masked.

    The card asks for itself as it stands when it is seen again, so that the number does not
    stay on it. It stands in no summary.
    """
    stands, hides = verbs
    title = say("cpr_shown.title", reference=reference)
    shown = written(cpr) if until else cpr
    parts = [*lined([(say("cpr_shown.number"), shown)]), aside(_for_how_long(until, say))]
    card = sheet(
        title,
        parts,
        say=say,
        actions=[(say(f"button.{hides}"), hides, carried)] if until else [],
    )
    return _with_refresh(card, stands, carried)


def written(cpr: str) -> str:
    """Write ten digits as they are read aloud: 150341-5000."""
    return f"{cpr[:6]}-{cpr[6:]}"


def _for_how_long(until: datetime | None, say: Say) -> str:
    if until is None:
        return say("cpr_shown.hidden")
    return say("cpr_shown.until", time=f"{until.astimezone(COPENHAGEN):%H.%M.%S}")


def _with_refresh(shown: Shown, verb: str, carried: Mapping[str, Json]) -> Shown:
    card = dict(shown.card or {})
    card["refresh"] = {
        "action": {
            "type": "Action.Execute",
            "title": "refresh",
            "verb": verb,
            "data": dict(carried),
        }
    }
    return Shown(words=shown.words, summary=shown.summary, card=card)


def _review_by(grant: Grant, say: Say) -> str:
    return say.day(local_date(grant.review_by)) if grant.review_by else ""
