"""Annexes: links to where a document lies, and nothing that opens it."""

import pytest

from domain.annexes import MOST, read_annexes, written
from domain.errors import RuleBroken
from domain.papers import Annex


class TestAnAnnex:
    def test_is_a_title_and_a_link_on_each_line(self) -> None:
        read = read_annexes(
            "Notat om folder: https://intranet.example/a?web=1\n\nhttps://b.example/x"
        )

        assert read == (
            Annex(title="Notat om folder", url="https://intranet.example/a?web=1"),
            Annex(title="b.example", url="https://b.example/x"),
        )
        assert read_annexes(written(read)) == read

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("Et notat", "annex.no_link"),
            ("Notat http://intranet.example/a", "annex.not_https"),
            ("Notat file://server/a", "annex.not_https"),
            ("Notat javascript://intranet.example/%0Aalert(1)", "annex.not_https"),
            ("Notat https:///a", "annex.not_https"),
            ("Notat https://[::1/a", "annex.no_link"),
            ("Notat https://bo:hemmelig@intranet.example/a", "annex.with_secret"),
            ("Notat https://intranet.example/a?access_token=abc", "annex.with_secret"),
            ("Notat https://intranet.example/a?x=1&sig=abc", "annex.with_secret"),
            ("Notat https://intranet.example/a?password=", "annex.with_secret"),
            ("Notat https://intranet.example/a#id_token=abc", "annex.with_secret"),
            (f"Notat https://intranet.example/{'a' * 600}", "annex.too_long"),
            ("Notat https://intranet.example/750311-5000", "field.cpr"),
            ("750311-5000 https://intranet.example/a", "field.cpr"),
        ],
    )
    def test_opens_for_nobody_by_itself(self, line: str, code: str) -> None:
        with pytest.raises(RuleBroken) as refused:
            read_annexes(line)

        assert refused.value.code == code

    def test_is_one_of_ten_at_most(self) -> None:
        lines = "\n".join(f"https://intranet.example/{n}" for n in range(MOST))

        assert len(read_annexes(lines)) == MOST
        with pytest.raises(RuleBroken):
            read_annexes(f"{lines}\nhttps://intranet.example/more")
