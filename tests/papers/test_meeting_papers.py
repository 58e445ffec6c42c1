"""Agendas and minutes as files: accessible, in Danish, and alike but for what came of it."""

from collections.abc import Callable
from dataclasses import replace
from difflib import ndiff
from io import BytesIO
from itertools import filterfalse

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.papers.meeting import (
    agenda_docx,
    agenda_pdf,
    minutes_docx,
    minutes_pdf,
)
from cards.words import Say
from domain.papers import Annex, ItemKind, MeetingPaper, PaperItem, Participant, ProposalPart
from domain.people import Authority
from tests.support.catalogue import BOTH, DANISH
from tests.support.papers import MADE_AT, a_meeting, kinds_in_pdf, lines_of

HEADINGS = [
    ("Heading 1", "Dagsorden: Ledergruppe 3"),
    ("Heading 2", "Deltagere"),
    ("Heading 2", "Punkter"),
    ("Heading 3", "1. Aftenåbent i fritidscentrene"),
    ("Heading 4", "Indstilling"),
    ("Heading 4", "Problemstilling"),
    ("Heading 4", "Chefgruppens involvering"),
    ("Heading 4", "Bilag"),
    ("Heading 3", "2. Nyt fra politiet"),
]
TITLES = ["Dagsorden: Ledergruppe 3", "Beslutningsreferat: Ledergruppe 3"]
ATTENDANCE = [
    "Fremmøde",
    "Deltog",
    "Afbud",
    "Deltog som suppleant for Carl Ulvesti",
    "Udeblev",
    "Indkaldt som suppleant for Erik Langvad, men mødte ikke",
]
OUTCOMES = [
    "Beslutning",
    "Indstillingen blev tiltrådt.",
    "Opgave | Ansvarlig | Frist",
    "Skrive til centrene | Bo Havrelygte | torsdag 1. april 2027",
    "Orientering",
    "Taget til efterretning.",
]
STRANGE = ["🙂", "سلام", "中文", "e\u0301\u0302\u0303", "\x9f", "\u200b"]
REPEATED = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
MARKUP = '#panic("x") *fed* $x$ @ref <lbl> [a] `b` // c & <b>d</b> \\e {f} "g" %0A'


def is_of_participants(line: str) -> bool:
    return line.count(" | ") >= 2 and "Opgave" not in line and "2027" not in line


def an_agenda(paper: MeetingPaper, say: Say = DANISH) -> bytes:
    return agenda_docx(paper, final=True, made_at=MADE_AT, say=say)


def the_minutes(paper: MeetingPaper, say: Say = DANISH) -> bytes:
    return minutes_docx(paper, approved=True, made_at=MADE_AT, say=say)


class TestTheWordDocument:
    def test_has_real_headings_each_under_the_one_above(self) -> None:
        """MTG-27."""
        document = docx.Document(BytesIO(an_agenda(a_meeting())))
        headings = [
            (part.style.name, part.text)
            for part in document.paragraphs
            if part.style is not None and str(part.style.name).startswith("Heading")
        ]

        assert headings == HEADINGS

    @BOTH
    def test_is_in_the_language_of_its_words(self, say: Say) -> None:
        """MTG-27."""
        tongue = {"da": "da-DK", "en": "en-GB"}[say.language]
        document = docx.Document(BytesIO(an_agenda(a_meeting(), say)))
        spoken = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}

        assert spoken == {tongue}
        assert document.core_properties.language == tongue
        assert document.core_properties.title == say(
            "paper.title", kind=say("paper.agenda_final"), committee="Ledergruppe 3"
        )

    def test_repeats_the_headings_of_a_table_that_goes_over_the_page(self) -> None:
        document = docx.Document(BytesIO(the_minutes(a_meeting())))
        tables = document.element.body.tbl_lst
        repeated = [
            [row for row in table.tr_lst if row.find(REPEATED) is not None] for table in tables
        ]

        assert repeated == [[table.tr_lst[0]] for table in tables]
        assert len(tables) == 2

    def test_links_to_what_lies_on_the_web_and_to_nothing_else(self) -> None:
        document = docx.Document(BytesIO(an_agenda(a_meeting())))
        targets = [each.target_ref for each in document.part.rels.values() if each.is_external]

        assert targets == ["https://ssp.example/tal?a=1&b=2"]
        assert "Et kort file:kort.pdf" in list(lines_of(an_agenda(a_meeting())))

    def test_is_the_same_file_each_time(self) -> None:
        assert an_agenda(a_meeting()) == an_agenda(a_meeting())


class TestThePdf:
    def test_is_tagged_and_in_danish_and_says_so(self) -> None:
        """MTG-27: PDF/UA-1, which typst refuses to write where it cannot keep to it."""
        written = minutes_pdf(a_meeting(), approved=True, made_at=MADE_AT, say=DANISH)

        assert written.startswith(b"%PDF-1.7")
        for told in (
            b"<pdfuaid:part>1</pdfuaid:part>",
            b"/Marked true",
            b"/Lang(da-DK)",
            b"/DisplayDocTitle true",
            b"Beslutningsreferat: Ledergruppe 3",
        ):
            assert told in written

    def test_calls_headings_and_tables_by_their_kind(self) -> None:
        """MTG-27."""
        kinds = kinds_in_pdf(agenda_pdf(a_meeting(), final=False, made_at=MADE_AT, say=DANISH))

        assert [kinds.count(f"H{level}") for level in (1, 2, 3, 4)] == [1, 2, 2, 4]
        assert kinds.count("TH") == 3
        assert {"Table", "THead", "TBody", "L", "Link"} <= set(kinds)

    @pytest.mark.parametrize(
        "typed", ["🙂", "سلام", "中文", "e\u0301\u0302\u0303", "\x9f", "\u200b"]
    )
    def test_is_written_whatever_letters_were_typed(self, typed: str) -> None:
        item = PaperItem(kind=ItemKind.DISCUSSION, title=typed, text=f"a{typed}b")
        paper = a_meeting(items=(item,))

        assert agenda_pdf(paper, final=True, made_at=MADE_AT, say=DANISH)

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
    def test_is_written_whatever_was_typed(self, title: str, name: str, words: str) -> None:
        """No markup that somebody types is read as markup, and none stops the file."""
        item = PaperItem(
            kind=ItemKind.DECISION,
            title=title,
            text=words,
            proposal={ProposalPart.SOLUTION: words, ProposalPart.RECOMMENDATION: words},
            annexes=(Annex(title=name, url=f"https://{words}"),),
            decision=words,
        )
        someone = Participant(name=name, function=title, authority=Authority.BUF)
        paper = a_meeting(items=(item,), participants=(someone,), place=words)

        assert minutes_pdf(paper, approved=False, made_at=MADE_AT, say=DANISH)
        assert the_minutes(paper)


class TestWhatSomebodyWrote:
    def test_is_text_and_no_markup(self) -> None:
        item = PaperItem(kind=ItemKind.DECISION, title="Titel", text=MARKUP)
        paper = a_meeting(items=(item,))

        assert MARKUP in list(lines_of(an_agenda(paper)))
        assert agenda_pdf(paper, final=True, made_at=MADE_AT, say=DANISH)


class TestAgendaAndMinutes:
    def test_differ_only_in_what_was_decided_and_who_came(self) -> None:
        """MTG-27."""
        agenda = list(lines_of(an_agenda(a_meeting())))
        minutes = list(lines_of(the_minutes(a_meeting())))
        asked, came = (list(filter(is_of_participants, lines)) for lines in (agenda, minutes))
        before, after = (
            list(filterfalse(is_of_participants, lines)) for lines in (agenda, minutes)
        )
        changed = list(ndiff(before, after))

        assert [line.rpartition(" | ")[0] for line in came] == asked
        assert [line.rpartition(" | ")[2] for line in came] == ATTENDANCE
        assert [line[2:] for line in changed if line[0] == "-"] == TITLES[:1]
        assert [line[2:] for line in changed if line[0] == "+"] == TITLES[1:] + OUTCOMES

    def test_of_no_items_and_nobody_say_so(self) -> None:
        lines = list(lines_of(an_agenda(a_meeting(items=(), participants=()))))

        assert "Der er ingen punkter på dagsordenen." in lines
        assert "Der er endnu ingen deltagere." in lines

    def test_number_what_is_recommended(self) -> None:
        told = "Det indstilles,\n1. at to centre holder åbent\n2. at det evalueres"

        assert told in list(lines_of(an_agenda(a_meeting())))

    @pytest.mark.parametrize("write", [agenda_docx, agenda_pdf], ids=["docx", "pdf"])
    def test_are_written_whatever_was_typed(self, write: Callable[..., bytes]) -> None:
        """What no XML can hold is left out: one letter of anybody's stops no document."""
        strange = replace(a_meeting(), place="Stue \ufffe\uffff\ufdd0\U0001ffff 4")

        assert write(strange, final=True, made_at=MADE_AT, say=DANISH)
