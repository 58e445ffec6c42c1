"""The group's judgement on a case's card: the level, the view of a life, the child's own view."""

from cards.cases import Names, short
from cards.delivery import Part, headed, lined, warned
from cards.plain import unmarked
from cards.words import Say
from domain.coordination import LifeArea, Seen
from domain.dates import local_date
from domain.records import Record


def level(record: Record, *, names: Names, say: Say) -> list[Part]:
    """Draw the level as it was set last, with what it rests on."""
    content = record.content
    codes = content.get("codes")
    named = [criterion(str(code), say) for code in codes] if isinstance(codes, list) else []
    unconfirmed = content.get("unconfirmed")
    lines = [
        (say("level.because"), "; ".join(named)),
        (say("level.grounds"), short(str(content.get("reason", "")))),
    ]
    return [
        headed(say("level.heading", level=content.get("to"), **_by(record, names, say))),
        *lined(lines),
        *([warned(say("level.unconfirmed"))] if unconfirmed else []),
    ]


def criterion(code: str, say: Say) -> str:
    return say("level.other") if code == "other" else say(f"criterion.{code}")


def _by(record: Record, names: Names, say: Say) -> dict[str, str]:
    name = names.get(record.by, "") if record.by else ""
    return {
        "by": unmarked(name) or say("case.nobody"),
        "date": f"{local_date(record.at):%d.%m.%Y}",
    }


def view(record: Record, *, say: Say) -> list[Part]:
    """Draw the view of risks and protections: areas by answer, and never a sum (LVL-6)."""
    parts = [headed(say("view.heading"))]
    for side in ("risks", "protections"):
        answers = record.content.get(side)
        given = answers if isinstance(answers, dict) else {}
        by_answer = [
            (
                say(f"view.{side}_{seen}"),
                ", ".join(
                    say(f"life_area.{each}") for each in LifeArea if given.get(each) == seen
                ),
            )
            for seen in (Seen.YES, Seen.UNKNOWN)
        ]
        words = str(record.content.get(f"{side[:-1]}_words") or "")
        parts += lined([(label, listed) for label, listed in by_answer if listed])
        parts += lined([(say(f"view.{side}_words"), short(words))] if words else [])
    return parts


def child_view(record: Record, *, say: Say) -> list[Part]:
    """Draw what the young person says, or why nobody has heard them yet (BL-4)."""
    heard = "heard" if record.content.get("heard") else "not_heard"
    words = short(str(record.content.get("words", "")))
    return [headed(say("child_view.heading")), *lined([(say(f"child_view.{heard}"), words)])]
