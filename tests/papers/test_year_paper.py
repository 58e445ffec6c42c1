"""The year's plan as a document, and as a wheel that is also said in words."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from cards.papers.year import year_plan_docx, year_plan_pdf
from cards.papers.year_wheel import in_words, year_wheel
from demo.committees import COMMITTEES
from domain.papers import YearPaper
from tests.support.catalogue import DANISH
from tests.support.papers import MADE_AT, a_year, kinds_in_pdf

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def wheel() -> ET.Element:
    drawn: ET.Element = parse_xml(year_wheel(a_year(), say=DANISH))
    return drawn


class TestTheWheel:
    def test_has_a_dot_for_each_meeting_that_says_which_it_is(self, wheel: ET.Element) -> None:
        told = [dot.findtext(f"{SVG}title") for dot in wheel.findall(f"{SVG}circle")]
        dots = [each for each in told if each]

        assert len(dots) == len(set(dots)) == len(a_year().meetings) == 31 * 12
        assert "Styregruppen, mandag 11. januar 2027, kl. 09.00–10.30" in dots

    def test_is_said_in_words_too(self, wheel: ET.Element) -> None:
        told = wheel.findtext(f"{SVG}desc") or ""

        assert wheel.get("role") == "img"
        assert wheel.get("aria-labelledby") == "wheel-title wheel-desc"
        assert told == in_words(a_year(), say=DANISH)
        assert told.startswith("372 møder i 2027. Styregruppen: 12. Chefgruppen: 12.")

    def test_is_drawn_in_the_colour_of_the_text_around_it(self, wheel: ET.Element) -> None:
        colours = {each.get(name) for each in wheel.iter() for name in ("fill", "stroke")}

        assert colours == {None, "none", "currentColor"}

    def test_keeps_every_dot_apart_and_inside_its_rings(self, wheel: ET.Element) -> None:
        places = Counter(
            (dot.get("cx"), dot.get("cy"))
            for dot in wheel.findall(f"{SVG}circle")
            if dot.find(f"{SVG}title") is not None
        )

        assert set(places.values()) == {1}

    def test_shows_what_somebody_called_a_committee_as_text(self) -> None:
        paper = a_year()
        named = [replace(paper.committees[0], name="<script>&")]
        drawn = year_wheel(replace(paper, committees=(*named, *paper.committees[1:])), say=DANISH)

        assert "<script" not in drawn
        assert "&lt;script&gt;&amp;, mandag" in drawn

    def test_of_a_year_without_meetings_is_a_wheel_all_the_same(self) -> None:
        drawn = year_wheel(YearPaper(year=2028, committees=(), meetings=()), say=DANISH)

        assert "<desc" in drawn
        assert "<circle" in drawn


class TestThePlan:
    def test_as_a_pdf_is_tagged_and_says_what_the_wheel_shows(self) -> None:
        """MTG-27."""
        written = year_plan_pdf(a_year(), made_at=MADE_AT, say=DANISH)
        kinds = Counter(kinds_in_pdf(written))
        [said] = re.findall(rb"/Alt<(FEFF[0-9A-F]+)>", written)

        assert bytes.fromhex(said.decode()).decode("utf-16") == in_words(a_year(), say=DANISH)
        assert (kinds["H1"], kinds["H2"], kinds["H3"], kinds["Figure"]) == (1, 3, 11, 1)
        assert kinds["Table"] == 1 + 11

    def test_as_a_word_document_names_every_meeting_once(self) -> None:
        """MTG-27."""
        document = docx.Document(BytesIO(year_plan_docx(a_year(), made_at=MADE_AT, say=DANISH)))
        [months, *by_date] = document.tables
        [picture] = document.element.iter(qn("wp:docPr"))
        days = [cell.text for row in months.rows[1:] for cell in row.cells[1:]]

        assert sum(len(table.rows) - 1 for table in by_date) == len(a_year().meetings)
        assert sum(len(re.findall(r"\d+\.", each)) for each in days) == len(a_year().meetings)
        assert [row.cells[0].text for row in months.rows[1:]] == [each.name for each in COMMITTEES]
        assert picture.get("descr") == in_words(a_year(), say=DANISH)
