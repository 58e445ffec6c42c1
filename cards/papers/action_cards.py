"""Action cards on A4: what each party does, with boxes to tick (BER-68, BER-69)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from cards.alert_words import drilled, one_line, standing_lines
from cards.delivery import moment
from cards.papers.blocks import Block, Grid, Heading, Paper, Words
from cards.papers.pdf import as_pdf
from cards.papers.readiness import TICK, footed
from cards.plan_views import party_name, version_of
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import Measure, by_due
from domain.plan_templates import ActionCard


def action_card_pdf(
    card: ActionCard,
    *,
    party: Party,
    plan: ActionPlan | None = None,
    reference: str = "",
    names: Mapping[PersonId, str],
    made_at: datetime,
    drill: bool = False,
    say: Say,
) -> bytes:
    paper = action_card_paper(
        card,
        party=party,
        plan=plan,
        reference=reference,
        names=names,
        made_at=made_at,
        drill=drill,
        say=say,
    )
    return as_pdf(paper, made_at=made_at)


def action_card_paper(
    card: ActionCard,
    *,
    party: Party,
    plan: ActionPlan | None = None,
    reference: str = "",
    names: Mapping[PersonId, str],
    made_at: datetime,
    drill: bool = False,
    say: Say,
) -> Paper:
    """Write what one party does, step by step, and its measures that wait, with boxes to tick.

    :param plan: none for the card that is printed every day (BER-69).
    """
    is_drill = drill or (plan is not None and plan.drill)
    title = drilled(
        say("readiness_paper.card", party=party_name(party, say=say)), drill=is_drill, say=say
    )
    about = ", ".join(
        filter(None, (one_line(card.title), reference, version_of(plan, say=say) if plan else ""))
    )
    steps = tuple((TICK, str(number), step) for number, step in enumerate(card.steps, start=1))
    step_head = (say("readiness_paper.done"), say("alert_log.number"), say("readiness_paper.step"))
    return footed(
        title,
        drilled(about, drill=is_drill, say=say),
        [
            Heading(level=1, text=title),
            Words(text="\n".join(standing_lines(say))),
            *([Words(text=one_line(plan.title))] if plan else []),
            Heading(level=2, text=one_line(card.title)),
            Grid(head=step_head, rows=steps, widths=(1, 1, 12)),
            *(_own_measures(plan, party, names=names, say=say) if plan else ()),
        ],
        made_at=made_at,
        say=say,
    )


def action_cards_pdf(
    cards: Mapping[Party, ActionCard],
    *,
    plan: ActionPlan,
    reference: str,
    names: Mapping[PersonId, str],
    made_at: datetime,
    say: Say,
) -> bytes:
    """Put the cards of all parties of a plan into one file, each on pages of its own."""
    papers = [
        action_card_paper(
            cards[party],
            party=party,
            plan=plan,
            reference=reference,
            names=names,
            made_at=made_at,
            say=say,
        )
        for party in plan.parties
    ]
    blocks = [block for each in papers for block in _on_a_new_page(each, first=each is papers[0])]
    title = drilled(say("readiness_paper.cards", reference=reference), drill=plan.drill, say=say)
    return as_pdf(footed(title, title, blocks, made_at=made_at, say=say), made_at=made_at)


def _on_a_new_page(paper: Paper, *, first: bool) -> Iterator[Block]:
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield replace(block, new_page=not first)
        else:
            yield block


def _own_measures(
    plan: ActionPlan, party: Party, *, names: Mapping[PersonId, str], say: Say
) -> Iterator[Block]:
    yield Heading(level=2, text=say("readiness_paper.own_measures"))
    waiting = [each for each in by_due(plan.measures) if each.party is party and each.waits]
    if not waiting:
        yield Words(text=say("readiness_paper.none_waiting"))
        return
    yield Grid(
        head=(
            say("readiness_paper.done"),
            say("plan_view.column_due"),
            say("plan_view.column_title"),
            say("plan_view.column_owner"),
        ),
        rows=tuple(
            (TICK, moment(each.due_at, say), _told(each), _owner(each, names)) for each in waiting
        ),
        widths=(1, 4, 6, 4),
    )


def _told(measure: Measure) -> str:
    said = (measure.title, measure.target_group, measure.place, measure.note)
    return "\n".join(filter(None, map(one_line, said)))


def _owner(measure: Measure, names: Mapping[PersonId, str]) -> str:
    people = (measure.owner, measure.substitute)
    return "\n".join(one_line(names[each]) for each in people if each and each in names)
