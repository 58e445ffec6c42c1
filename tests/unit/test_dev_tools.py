"""`dev.py test` cannot say that all is well when it is not."""

from pathlib import Path

import pytest

from devtools.benching import Figure
from devtools.testing import Result, counted, verdict

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="good"/>
<testcase classname="a" name="bad"><failure/></testcase>
<testcase classname="a" name="broken"><error/></testcase>
<testcase classname="a" name="left"><skipped/></testcase>
</testsuite></testsuites>"""


def ran(*, passed: int = 3, failed: int = 0, skipped: tuple[str, ...] = ()) -> Result:
    return Result(
        stage="unit", passed=passed, failed=failed, skipped=skipped, seconds=1.0, output=""
    )


class TestVerdict:
    def test_is_good_when_everything_ran_and_passed(self) -> None:
        lines, good = verdict([ran(), ran()], skip=(), left_out=())

        assert good
        assert lines[-1] == "6 passed, 0 failed"

    @pytest.mark.parametrize(
        "results",
        [
            pytest.param([], id="nothing ran"),
            pytest.param([ran(passed=0)], id="no test in it"),
            pytest.param([ran(), ran(failed=1)], id="one failed"),
            pytest.param([ran(skipped=("a::left",))], id="one skipped"),
        ],
    )
    def test_is_bad_when_something_did_not_pass(self, results: list[Result]) -> None:
        _, good = verdict(results, skip=(), left_out=())

        assert not good

    def test_names_what_was_skipped(self) -> None:
        lines, _ = verdict([ran(skipped=("a::left",))], skip=(), left_out=())

        assert "skipped, and nobody asked for that: a::left" in lines

    def test_is_good_when_what_was_skipped_was_asked_for(self) -> None:
        lines, good = verdict(
            [ran(skipped=("a::left",))], skip=("a::left", "browser"), left_out=("browser",)
        )

        assert good
        assert "left out, as asked: browser" in lines
        assert lines[-1] == "3 passed, 0 failed, 1 skipped"

    def test_is_bad_when_something_unknown_is_to_be_skipped(self) -> None:
        _, good = verdict([ran()], skip=("broswer",), left_out=())

        assert not good


class TestCounted:
    def test_tells_passed_failed_and_skipped_apart(self, tmp_path: Path) -> None:
        report = tmp_path / "report.xml"
        report.write_text(REPORT)

        assert counted(report) == (1, 2, ("a::left",))

    def test_counts_nothing_where_pytest_did_not_get_so_far(self, tmp_path: Path) -> None:
        assert counted(tmp_path / "report.xml") == (0, 0, ())


class TestFigure:
    def test_says_its_goal_and_what_it_stands_beside(self) -> None:
        figure = Figure(
            name="turns", value=412.0, unit="1/s", goal=">= 300", ok=True, beside={"stock": 15.0}
        )

        line = figure.line()

        assert line.startswith("ok")
        assert "412 1/s" in line
        assert "goal >= 300" in line
        assert "(stock 15)" in line

    def test_says_that_its_goal_was_missed(self) -> None:
        line = Figure(name="turns", value=12.0, unit="1/s", goal=">= 300", ok=False).line()

        assert line.startswith("MISSED")
