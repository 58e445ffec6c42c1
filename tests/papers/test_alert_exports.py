"""An alert as files: tables that open as they should, JSON, and a log that says what was said."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from cards.alert_exports import (
    as_json,
    file_name,
    harmless,
    log_csv,
    measures_csv,
    recipients_csv,
)
from cards.alert_logs import exact, log_html, log_text
from domain.alert_papers import AlertFile, LogLine
from tests.support.alerts_written import LEFT_AT, NAMES, NOW, a_file, an_alert
from tests.support.catalogue import BOTH, DANISH, ENGLISH

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "-2+3", "=cmd|' /C calc'!A1"]


def rows(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))


def tables(file: AlertFile) -> dict[str, bytes]:
    return {
        "recipients": recipients_csv(file, say=DANISH),
        "measures": measures_csv(file, now=NOW, say=DANISH),
        "log": log_csv(file, say=DANISH),
    }


def said(*words: str) -> AlertFile:
    lines = (LogLine(number=1, at=NOW, by=each, words=each) for each in words)
    return replace(a_file(), log=tuple(lines))


@pytest.mark.parametrize("name", ["recipients", "measures", "log"])
class TestEachTable:
    def test_is_what_a_danish_spreadsheet_opens(self, name: str) -> None:
        """BER-70: UTF-8 with its mark, semicolons, lines that end as Windows ends them."""
        written = tables(a_file())[name]

        assert written.startswith(b"\xef\xbb\xbf")
        assert written.endswith(b"\r\n")
        assert {len(row) for row in rows(written)} == {len(rows(written)[0])}

    def test_says_in_each_row_that_it_is_a_drill(self, name: str) -> None:
        """BER-62, BER-63: no row of a drill can be taken for another."""
        drill, live = tables(a_file(drill=True))[name], tables(a_file())[name]

        assert {row[0] for row in rows(drill)[1:]} == {"ØVELSE"}
        assert {row[0] for row in rows(live)[1:]} == {""}


@pytest.mark.parametrize("words", FORMULAS)
def test_what_is_written_like_a_formula_is_not_calculated(words: str) -> None:
    """BER-70."""
    cell = rows(log_csv(said(words), say=DANISH))[1][5]

    assert cell == f"'{words}"


def test_nor_is_what_stands_on_a_line_or_after_a_comma_of_its_own() -> None:
    """BER-70."""
    cell = rows(log_csv(said("Ja,=1+1\n=2;@SUM(A1)"), say=DANISH))[1][5]

    assert cell == "Ja,'=1+1\n'=2;'@SUM(A1)"


@given(st.text(alphabet="=+-@,;\t\r\n'a1", max_size=50))
def test_no_cell_begins_like_a_formula_wherever_a_spreadsheet_divides(words: str) -> None:
    """BER-70."""
    cells = re.split(r"[,;\t\r\n]", harmless(words))

    assert [each for each in cells if each.startswith(("=", "+", "-", "@"))] == []


def test_an_alert_without_a_plan_has_a_table_of_no_measures() -> None:
    assert len(rows(measures_csv(replace(a_file(), plan=None), now=NOW, say=DANISH))) == 1


def test_the_file_of_a_drill_is_named_so_and_no_word_of_its_title_is_in_it() -> None:
    """BER-62."""
    assert file_name(an_alert(drill=True), what="log", suffix="csv") == (
        "oevelse-R2026-0007-log.csv"
    )
    assert file_name(an_alert(), what="log", suffix="csv") == "R2026-0007-log.csv"


class TestJson:
    def test_has_everything_and_says_which_form_it_has(self) -> None:
        """BER-70."""
        told = json.loads(as_json(a_file(), made_at=NOW, say=DANISH))

        assert told["format"] == "ssp-readiness/1"
        assert (told["reference"], told["level"], told["drill"]) == ("R2026-0007", 2, False)
        assert len(told["recipients"]) == 8
        assert len(told["plan"]["measures"]) == 15
        assert [each["corrects"] for each in told["log"]] == [None, None, None, 3]

    def test_writes_moments_with_an_offset_in_numbers(self) -> None:
        told = json.loads(as_json(a_file(), made_at=NOW, say=DANISH))

        assert told["left_at"] == "2026-11-02T12:00:00+01:00"
        assert datetime.fromisoformat(told["left_at"]) == LEFT_AT

    def test_of_a_drill_says_so_in_its_title_too(self) -> None:
        """BER-62."""
        told = json.loads(as_json(a_file(drill=True), made_at=NOW, say=DANISH))

        assert (told["drill"], told["title"]) == (True, "ØVELSE – Uro ved stationen")

    def test_names_nobody_whose_name_is_not_known(self) -> None:
        told = json.loads(as_json(replace(a_file(), names={}), made_at=NOW, say=DANISH))

        assert {each["person"] for each in told["recipients"]} == {None}
        assert told["activated_by"] is None
        assert not any(name in json.dumps(told["recipients"]) for name in NAMES.values())


class TestTheLog:
    def test_tells_each_line_with_its_author_and_moment(self) -> None:
        """BER-44, BER-70."""
        lines = log_text(a_file(), made_at=NOW, say=DANISH).splitlines()

        assert lines[7] == (
            "1. 02-11-2026 12.00.00 (UTC+0100) Dorte Rønnebæk: Beredskabet er aktiveret."
        )

    def test_of_a_drill_says_so_in_each_line(self) -> None:
        """BER-62."""
        lines = log_text(a_file(drill=True), made_at=NOW, say=DANISH).splitlines()
        numbered = [each for each in lines if "(UTC" in each]

        assert lines[0].startswith("ØVELSE – ")
        assert len(numbered) == 4
        assert all(each.startswith("ØVELSE – ") for each in numbered)

    def test_cannot_be_made_to_show_a_line_that_nobody_wrote(self) -> None:
        forged = "Ja\n2. 02-11-2026 12.05.00 (UTC+0100) Dorte Rønnebæk: Afblæst."
        text = log_text(said(forged), made_at=NOW, say=DANISH)

        assert [each for each in text.splitlines() if each.startswith("2.")] == []

    def test_keeps_both_hours_apart_in_the_night_one_comes_twice(self) -> None:
        autumn = LEFT_AT.replace(month=10, day=25, hour=0, minute=30)

        assert exact(autumn) == "25-10-2026 02.30.00 (UTC+0200)"
        assert exact(autumn + timedelta(hours=1)) == "25-10-2026 02.30.00 (UTC+0100)"

    def test_is_a_page_in_which_words_are_only_words(self) -> None:
        """BER-70."""
        page = log_html(a_file(), made_at=NOW, say=DANISH)

        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "Rettelse til linje 3" in page

    def test_is_a_page_that_is_whole(self) -> None:
        page = log_html(a_file(drill=True), made_at=NOW, say=DANISH)
        read = parse_xml(
            page.removeprefix("<!doctype html>\n").replace('<meta charset="utf-8">', "")
        )

        assert read.get("lang") == "da"
        assert read.findtext("head/title") == "ØVELSE – Logbog R2026-0007: Uro ved stationen"
        assert read.findtext("body/table/caption") == "ØVELSE"
        assert len(read.findall("body/table/tbody/tr")) == 4

    @BOTH
    @given(words=st.text(max_size=80))
    def test_takes_any_words(self, say: object, words: str) -> None:
        tongue = ENGLISH if say is ENGLISH else DANISH
        page = log_html(said(words), made_at=NOW, say=tongue)

        parse_xml(page.removeprefix("<!doctype html>\n").replace('<meta charset="utf-8">', ""))
        assert log_text(said(words), made_at=NOW, say=tongue).endswith("\n")
