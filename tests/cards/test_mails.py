"""Every letter as e-mail: it gives nothing away, reads well, and asks for no press (BER-16)."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from cards.mails import Mail
from cards.plain import plain
from domain.mailing import ALERTING, WHOLE
from domain.notices import NoticeKind
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME

ONLY_IN_TEAMS = re.compile(r"\b[Tt]ryk\b|\b[Pp]ress\b|\*(?!fed)[a-zæøå]+")  # "fed" is somebody's
WHEN_AND_WHERE = {"Mødelokale 2", "Rådhuset", "13.05", "14.05", NASTY_NAME}  # people meet
SEEN_ELSEWHERE = {  # tests/unit/test_mails.py
    NoticeKind.ALERT_CALL_LIST,
    NoticeKind.UNREACHED_TOLD,
    NoticeKind.AGENDA_SENT,
    NoticeKind.TRIAL,
}
Galleries = Sequence[Gallery]


def _mails(galleries: Galleries) -> Iterator[tuple[Gallery, NoticeKind, Mail]]:
    for gallery in galleries:
        for kind, mails in gallery.mails.items():
            for mail in mails:
                yield gallery, kind, mail


def test_an_email_says_nothing_of_what_was_confided(galleries: Galleries) -> None:
    """AC-OUT-05, MTG-20: but for what an alert tells those it is for, which is about nobody."""
    told = {
        f"{kind}: {secret}"
        for gallery, kind, mail in _mails(galleries)
        for secret in {plain(each) for each in gallery.confided if len(each) > 3} - WHEN_AND_WHERE
        if kind not in ALERTING and secret in f"{mail.summary}\n{mail.words}\n{mail.html}"
    }

    assert not told


def test_an_email_that_is_not_whole_names_nobody(galleries: Galleries) -> None:
    """AC-OUT-05: of what may not leave Teams it says what the notification says."""
    longer = {
        kind
        for gallery, kind, mail in _mails(galleries)
        if kind not in WHOLE
        and mail.words.split("\n\n")[1:]
        != [gallery.say("mail.open"), gallery.say("mail.automatic") + "\n"]
    }

    assert not longer


def test_an_email_asks_for_nothing_that_only_teams_can_do(galleries: Galleries) -> None:
    """BER-16: nothing can be pressed in it, and no word typed."""
    asked = {
        f"{kind}: {found[0]}"
        for _, kind, mail in _mails(galleries)
        if (found := ONLY_IN_TEAMS.search(mail.words))
    }

    assert not asked


def test_what_goes_whole_is_seen_here(galleries: Galleries) -> None:
    assert {kind for _, kind, _ in _mails(galleries)} >= WHOLE - SEEN_ELSEWHERE


def test_an_email_is_a_page_that_a_screen_reader_finds_its_way_in(galleries: Galleries) -> None:
    """One heading, a language, a title, and everything of the text in paragraphs."""
    for _, kind, mail in _mails(galleries):
        page = _Page()
        page.feed(mail.html)
        assert page.language == mail.language.value, kind
        assert page.headings == 1, kind
        assert page.said.count(mail.summary[:40]) == 2, kind
        assert all(each.strip() in page.said for each in mail.words.split("\n\n")), kind
        assert not page.open, kind


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.headings = 0
        self.said = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.language = self.language or (dict(attrs).get("lang") or "")
        self.headings += tag == "h1"
        if tag not in {"meta", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data
