"""Readiness on A4: the foot of each page, boxes to tick, and pages that break well (BER-68)."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from cards.papers.action_cards import action_card_paper, action_card_pdf
from cards.papers.blocks import Block, Facts, Grid, Heading, Paper, Picture, Words
from cards.papers.pdf import as_pdf
from cards.papers.readiness import (
    TICK,
    call_list_paper,
    call_list_pdf,
    figures_paper,
    figures_pdf,
    log_paper,
    log_pdf,
    plan_paper,
    plan_pdf,
)
from domain.call_sheet import Entry, Section
from domain.parties import Party
from domain.people import AreaCode, Authority
from domain.plan_templates import CardRole, PlanTier
from tests.support.action_plans import CATALOGUE
from tests.support.alerts_written import NAMES, NOW, a_file, a_plan
from tests.support.catalogue import DANISH
from tests.support.papers import kinds_in_pdf
from tests.support.readiness_golden import figures, view
from tests.support.town import DORTE, EVA

LEADER, SECRETARIAT = (
    CATALOGUE.cards[each] for each in (CardRole.SSP_LEADER, CardRole.SECRETARIAT)
)
SECTIONS = (
    Section(authority=None, area=None, entries=(Entry(person=DORTE),)),
    Section(authority=Authority.BUF, area=None, entries=(Entry(person=EVA),)),
    Section(
        authority=Authority.BUF,
        area=AreaCode("YNB"),
        entries=(Entry(person=EVA, stands_in=True),),
    ),
    Section(authority=Authority.KP, area=None, entries=(Entry(person=EVA),)),
)


def papers(*, drill: bool = False) -> dict[str, Paper]:
    return {
        **{
            f"plan-{tier}": plan_paper(view(tier, drill=drill), made_at=NOW, say=DANISH)
            for tier in PlanTier
        },
        "card": action_card_paper(
            LEADER,
            party=Party.SOF,
            plan=a_plan(drill=drill),
            reference="R2026-0007",
            names=NAMES,
            made_at=NOW,
            say=DANISH,
        ),
        "card-of-the-day": action_card_paper(
            SECRETARIAT, party=Party.SEK, names={}, made_at=NOW, drill=drill, say=DANISH
        ),
        "call-list": call_list_paper(SECTIONS, made_at=NOW, drill=drill, say=DANISH),
        "log": log_paper(a_file(drill=drill), made_at=NOW, say=DANISH),
        "figures": figures_paper(
            list(figures(drill=drill).values()),
            reference="R2026-0007",
            drill=drill,
            made_at=NOW,
            say=DANISH,
        ),
    }


def grids(paper: Paper) -> list[Grid]:
    return [each for each in paper.blocks if isinstance(each, Grid)]


def headings(blocks: Sequence[Block]) -> list[Heading]:
    return [each for each in blocks if isinstance(each, Heading)]


def pages_of(file: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", file))


@pytest.mark.parametrize("name", papers())
class TestEachPaper:
    def test_says_at_the_foot_of_each_page_what_it_is_and_when_it_was_printed(
        self, name: str
    ) -> None:
        """BER-68: page x of y, version, printed at."""
        paper = papers()[name]

        assert paper.subject.endswith(" · udskrevet mandag 2. november 2026 kl. 17.00")
        assert paper.page == "Side"

    def test_of_a_drill_says_so_first_on_its_first_page_and_at_the_foot_of_each(
        self, name: str
    ) -> None:
        """BER-62: the PDF."""
        drill, live = papers(drill=True)[name], papers()[name]

        assert drill.title.startswith("ØVELSE – ")
        assert headings(drill.blocks)[0].text.startswith("ØVELSE – ")
        assert drill.subject.startswith("ØVELSE – ")
        assert "ØVELSE" not in f"{live.title} {live.subject}"

    def test_has_rows_as_wide_as_its_headings(self, name: str) -> None:
        for grid in grids(papers()[name]):
            assert {len(grid.head)} == {len(grid.widths), *map(len, grid.rows)}

    def test_is_a_pdf_that_everybody_can_read(self, name: str) -> None:
        """BER-68: PDF/UA-1, which typst refuses to write where it cannot keep to it."""
        written = as_pdf(papers()[name], made_at=NOW)

        assert written.startswith(b"%PDF")
        assert "H1" in kinds_in_pdf(written)
        assert b"pdfuaid:part" in written


class TestThePlan:
    def test_lies_on_its_side_where_it_is_full(self) -> None:
        """BER-68."""
        assert [each.landscape for name, each in papers().items() if "plan" in name] == [
            *(True, False, False)
        ]

    def test_says_which_version_it_is(self) -> None:
        """BER-68."""
        assert papers()["plan-full"].subject.startswith("R2026-0007, udkast, til parterne, fuld")

    def test_has_no_column_in_which_nothing_stands(self) -> None:
        [grid] = grids(papers()["plan-full"])

        assert "Målgruppe" not in grid.head
        assert [column for column in zip(*grid.rows, strict=True) if not any(column)] == []

    def test_may_have_no_measures(self) -> None:
        empty = replace(view(PlanTier.FULL), rows=())

        assert grids(plan_paper(empty, made_at=NOW, say=DANISH)) == []
        assert plan_pdf(empty, made_at=NOW, say=DANISH).startswith(b"%PDF")


class TestAnActionCard:
    def test_has_a_box_to_tick_at_every_step_and_measure(self) -> None:
        """BER-68: an action card per authority."""
        steps, measures = grids(papers()["card"])

        assert {row[0] for row in (*steps.rows, *measures.rows)} == {TICK}
        assert [row[2] for row in steps.rows] == list(LEADER.steps)

    def test_has_the_measures_of_its_authority_that_wait_and_no_others(self) -> None:
        _, measures = grids(papers()["card"])

        assert [row[2].split("\n")[0] for row in measures.rows] == [
            "Opsøgende arbejde på gaden",
            "Orientering af eget bagland og lokale medarbejdere",
            "Screening af ungegrupper er udført",
        ]
        assert {row[3] for row in measures.rows} == {"Leder SOF <sof>"}

    def test_is_made_for_the_day_everything_is_down_without_any_plan(self) -> None:
        """BER-69."""
        [steps] = grids(papers()["card-of-the-day"])

        assert len(steps.rows) == len(SECRETARIAT.steps)
        assert papers()["card-of-the-day"].title == "Actionkort: SSP Sekretariatet"

    def test_says_when_nothing_waits(self) -> None:
        paper = action_card_paper(
            LEADER, party=Party.KFO, plan=a_plan(), names=NAMES, made_at=NOW, say=DANISH
        )

        assert Words(text="I har ingen tiltag, der venter.") in paper.blocks

    @pytest.mark.parametrize("party", Party)
    def test_fits_on_one_page(self, party: Party) -> None:
        written = action_card_pdf(
            LEADER,
            party=party,
            plan=a_plan(),
            reference="R2026-0007",
            names=NAMES,
            made_at=NOW,
            say=DANISH,
        )

        assert pages_of(written) == 1


class TestTheCallList:
    def test_begins_each_authority_on_a_page_of_its_own(self) -> None:
        """BER-68: sensible page breaks."""
        breaks = [(each.text, each.new_page) for each in headings(papers()["call-list"].blocks)]

        assert breaks == [
            ("Ringeliste for SSP København", False),
            ("SSP Sekretariatet", False),
            ("Hele byen", False),
            ("Børne- og Ungdomsforvaltningen", True),
            ("Hele byen", False),
            ("Ydre Nørrebro", False),
            ("Københavns Politi", True),
            ("Hele byen", False),
        ]
        assert pages_of(call_list_pdf(SECTIONS, made_at=NOW, say=DANISH)) == 3

    def test_has_a_box_to_tick_at_every_name(self) -> None:
        """BER-68, BER-69."""
        rows = [row for grid in grids(papers()["call-list"]) for row in grid.rows]

        assert [row[:2] for row in rows] == [
            (TICK, DORTE.name),
            (TICK, EVA.name),
            (TICK, DANISH("printed.stands_in", name=EVA.name)),
            (TICK, EVA.name),
        ]

    def test_says_whom_to_ring_in_danger(self) -> None:
        """BER-07."""
        assert Words(text=DANISH("readiness.danger")) in papers()["call-list"].blocks


class TestTheLog:
    def test_has_every_line_as_it_was_written(self) -> None:
        """BER-68, BER-70."""
        [grid] = grids(papers()["log"])

        assert [row[0] for row in grid.rows] == ["1", "2", "3", "4"]
        assert grid.rows[2][3].startswith('=HYPERLINK("x")\n')
        assert grid.rows[3][3].startswith("Rettelse til linje 3: ")

    def test_goes_over_many_pages_when_it_is_long(self) -> None:
        [line, *_] = a_file().log
        long = replace(a_file(), log=tuple(replace(line, number=each) for each in range(1, 121)))

        assert pages_of(log_pdf(long, made_at=NOW, say=DANISH)) >= 3

    def test_may_be_empty(self) -> None:
        empty = replace(a_file(), log=())

        assert grids(log_paper(empty, made_at=NOW, say=DANISH)) == []
        assert log_pdf(empty, made_at=NOW, say=DANISH).startswith(b"%PDF")


class TestTheFigures:
    def test_stand_on_pages_of_their_own_each_with_its_table(self) -> None:
        """BER-67: in print too, with text alternatives."""
        paper = papers()["figures"]
        pictures = [each for each in paper.blocks if isinstance(each, Picture)]

        assert [each.alt for each in pictures] == [each.desc for each in figures().values()]
        assert [each.rows for each in grids(paper)] == [each.rows for each in figures().values()]

    def test_may_be_without_anything(self) -> None:
        bare = replace(figures()["timeline"], rows=())

        assert figures_pdf(
            [bare], reference="R2026-0007", drill=False, made_at=NOW, say=DANISH
        ).startswith(b"%PDF")


def test_the_facts_of_a_log_say_of_what_it_is() -> None:
    [facts] = [each for each in papers()["log"].blocks if isinstance(each, Facts)]

    assert ("Antal linjer", "4") in facts.rows
