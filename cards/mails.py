"""E-mail to who cannot be reached in Teams: the notification, or the letter where it may go whole.

Nobody can press anything in it, and it is read outside Teams, so it says how to answer without,
and never what was confided (AC-OUT-05).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from cards.plain import plain
from cards.shown import Shown
from cards.words import Say
from domain.mailing import ASKING, WHOLE
from domain.notices import NoticeKind
from domain.people import Language

LONGEST_SUBJECT: Final = 150  # characters
_MARKS: Final = re.compile(r"\\([\\`\*_\[\]#|~<>.)\+-])|\*")

PATTERNS = (_MARKS,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(Shown):
    """A letter as e-mail carries it; `summary` is its subject, `words` its text.

    :param html: the same as a page that a screen reader finds its way in.
    """

    language: Language
    html: str = field(repr=False)


def mailed(shown: Shown, kind: NoticeKind, *, say: Say) -> Mail:
    """Write what would be shown in Teams as an e-mail."""
    subject = " ".join(_unmarked(shown.summary).split())
    told = _lines(shown, subject) if kind in WHOLE else []
    return _written(subject, [*told, *_ends(kind, say)], say=say, calendar=shown.calendar)


def organizer(say: Say) -> str:
    """Name whom an invitation by e-mail comes from."""
    return say("mail.organizer")


def _lines(shown: Shown, subject: str) -> list[str]:
    """Give the letter line by line, without what the subject says already."""
    lines = [_unmarked(line).strip() for line in shown.words.splitlines()]
    return [line for line in lines if line and line not in subject]


def _ends(kind: NoticeKind, say: Say) -> list[str]:
    """Say how to go on without Teams: some letters say so themselves."""
    if kind in ASKING:
        return [say("mail.answer"), say("mail.automatic")]
    if kind in WHOLE:
        return [say("mail.automatic")]
    return [say("mail.open"), say("mail.automatic")]


def _written(subject: str, paragraphs: Sequence[str], *, say: Say, calendar: bytes | None) -> Mail:
    *told, last = (plain(each) for each in paragraphs)
    page = [
        "<!DOCTYPE html>",
        f'<html lang="{say.language.value}">',
        f'<head><meta charset="utf-8"><title>{escape(subject)}</title></head>',
        '<body style="font-family: Segoe UI, Arial, sans-serif; font-size: 16px">',
        f'<h1 style="font-size: 20px">{escape(subject)}</h1>',
        *(f"<p>{escape(each)}</p>" for each in told),
        f"<hr><p>{escape(last)}</p>",
        "</body>",
        "</html>",
    ]
    return Mail(
        words="\n\n".join([subject, *told, last]) + "\n",
        summary=subject[:LONGEST_SUBJECT],
        language=say.language,
        html="\n".join(page),
        calendar=calendar,
    )


def _unmarked(text: str) -> str:
    """Take out what Teams would read as emphasis, and the signs that keep it from doing so."""
    return _MARKS.sub(lambda found: found[1] or "", plain(text))
