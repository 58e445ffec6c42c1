"""What is seen of corrections: what one did, and to the data steward what stood there before."""

from collections.abc import Sequence

from cards import blocks
from cards.cases import here, short
from cards.delivery import Part, aside, headed, said, sheet, warned
from cards.plain import plain
from cards.shown import Shown
from cards.words import Say
from domain.cases import Case
from domain.correcting import IDENTITY_FACTS, AgeChange
from domain.dates import local_date
from domain.records import Record

KNOWN = frozenset({*IDENTITY_FACTS, "cpr"})


def corrected(case: Case, *, told: int, age: AgeChange | None, say: Say) -> Shown:
    """Confirm a correction, and say what follows if the person is on another track (AGE-9)."""
    parts: list[Part] = [said(say("correction.done_body")), said(_told(told, say))]
    if age is not None:
        change = {"before": say(f"band.{age.before}"), "after": say(f"band.{age.after}")}
        parts.append(warned(say("correction.age", **change)))
        parts.append(said(say(f"correction.then_{age.after}")))
    return sheet(
        say("correction.done_title", reference=case.reference),
        parts,
        say=say,
        actions=[(say("button.case.open"), "case.open", here(case))],
    )


def _told(count: int, say: Say) -> str:
    if not count:
        return say("correction.nobody")
    return say("correction.told", count=count)


def before(case: Case, records: Sequence[Record], *, say: Say) -> Shown:
    """Show the data steward the versions that were corrected."""
    parts: list[Part] = []
    for record in records:
        parts.append(headed(say("correction.of", date=say.day(local_date(record.at)))))
        for key, value in record.content.items():
            if value:
                label = say(f"fact.{key}") if key in KNOWN else say("fact.other")
                text = short(str(value))
                piece = blocks.answer(label, text)
                parts.append(Part(piece=piece, words=f"{label}: {plain(text)}"))
    return sheet(
        say("correction.before_title", reference=case.reference),
        [*(parts or [said(say("correction.none"))]), aside(say("correction.only_you"))],
        say=say,
        actions=[(say("button.help"), "help", {})],
    )
