"""What is seen of a concern on its way to a case; nothing of a case that is out of reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards import blocks
from cards.concerns import about
from cards.delivery import Button, Part, aside, said, sheet
from cards.forms import message
from cards.plain import plain
from cards.presses import about as carried
from cards.shown import Shown
from cards.words import Say
from domain.cases import RUNNING, Case
from domain.concerns import Concern

CASE = "case"  # the input that says which case a concern joins
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A case the concern may join, and how alike its person is."""

    case: Case
    how: str  # number, name or birthday: what they have in common


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What was found when SSP looked for the person."""

    concern: Concern
    matches: Sequence[Match]
    elsewhere: str = field(repr=False)  # runs, was, maybe, or nothing
    may_open: bool


def matching(found: Matching, *, say: Say) -> Shown:
    """Say whether the person is known, and offer what can be done."""
    concern, here = found.concern, about(found.concern)
    shown = found.matches[:MOST_OFFERED]
    parts: list[Part] = [said(say(f"matching.{_headline(found)}"))]
    if found.elsewhere:
        parts.append(said(say(f"matching.elsewhere_{found.elsewhere}")))
    if shown:
        options = {str(each.case.id): _option(each, say) for each in shown}
        choice = blocks.choice_input(
            CASE, say("matching.which"), options, value=next(iter(options))
        )
        lines = "\n".join(f"{n}. {title}" for n, title in enumerate(options.values(), start=1))
        parts.append(Part(piece=choice, words=f"{say('matching.which')}\n{lines}"))
        parts.append(aside(say("matching.typing", reference=concern.reference)))
    actions: list[Button] = []
    if shown:
        actions.append((say("button.concern.join"), "concern.join", here))
        actions += [_look(each.case, say) for each in shown[:2]]
    if found.elsewhere == "runs":
        actions.append((say("button.concern.pass_to_known"), "concern.pass_to_known", here))
    if found.may_open:
        actions.append((say("button.concern.open_case"), "concern.open_case", here))
        typing = "matching.typing_new" if shown else "matching.typing_first"
        parts.append(aside(say(typing, reference=concern.reference)))
    actions.append((say("button.concern.open_again"), "concern.open", here))
    return sheet(
        say("matching.title", reference=concern.reference),
        parts,
        say=say,
        actions=actions,
        asking="concern.join",
    )


def _headline(found: Matching) -> str:
    if any(each.how == "number" for each in found.matches):
        return "same"
    return "alike" if found.matches else "nobody"


def _option(match: Match, say: Say) -> str:
    state = "open" if match.case.state in RUNNING else "closed"
    return say(
        "matching.option",
        reference=match.case.reference,
        state=say(f"matching.{state}"),
        how=say(f"matching.by_{match.how}"),
    )


def _look(case: Case, say: Say) -> Button:
    title = say("button.matching.open", reference=case.reference)
    return title, "case.open", carried("case", case.id, case.version)


def joined(case: Case, key: str, *, say: Say) -> Shown:
    """Confirm that a concern has become part of a case, and lead to it."""
    return message(
        say(f"joined.{key}_title", reference=case.reference),
        say(f"joined.{key}_body"),
        say=say,
        actions=[_look(case, say)],
    )


def answer(concern: Concern, text: str, *, say: Say) -> Shown:
    """Show a reporter what they were answered, as plain text whatever it contains."""
    parts = [
        Part(piece=blocks.quote(text), words=plain(text)),
        aside(say("answered.more", reference=concern.reference)),
    ]
    return sheet(
        say("answered.title", reference=concern.reference),
        parts,
        say=say,
        actions=[
            (say("button.concern.add"), "concern.add", about(concern)),
            (say("button.concern.mine"), "concern.mine", {}),
        ],
    )


def match_notice(case: Case, *, say: Say) -> Shown:
    """Tell a facilitator that another group's concern may be about the person of their case."""
    title = say("case_match.title", reference=case.reference)
    return message(title, say("case_match.body"), say=say, actions=[_look(case, say)])


def corrected_notice(case: Case, *, may_open: bool, say: Say) -> Shown:
    """Tell somebody who had read what was wrong, whether or not they may still open the case."""
    lead = _look(case, say) if may_open else (say("button.help"), "help", {})
    return message(
        say("corrected.title", reference=case.reference),
        say("corrected.body_open") if may_open else say("corrected.body_gone"),
        say=say,
        actions=[lead],
    )


def unmerged(one: Case, other: Case, *, say: Say) -> Shown:
    """Say that two cases are two again, and lead to either."""
    return message(
        say("merge.undone_title"),
        say("merge.undone_body", one=one.reference, other=other.reference),
        say=say,
        actions=[_look(one, say), _look(other, say)],
    )
