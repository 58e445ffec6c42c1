"""The document for who asked what is kept about them, and its draft (ACC-3, AC-DATA-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from cards.delivery import moment
from cards.document import Document, Section
from cards.kept_words import answers
from cards.log_lines import happened, purpose_of
from cards.words import Say
from domain.access_requests import AccessRequest, Mark
from domain.dates import local_date
from domain.people import Authority
from domain.pieces import Everything, LookUp, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page is made of; a draft shows every piece by its code, and what is left out."""

    request: AccessRequest
    everything: Everything = field(repr=False)
    marks: Mapping[UUID, Mark]
    draft: bool
    made_by: str = field(repr=False)
    made_at: datetime
    mailbox: str


def as_document(page: Page, *, say: Say) -> Document:
    """Put the page together: what is kept, and who has looked, by authority and purpose."""
    kept = [each for each in page.everything.pieces if page.draft or each.id not in page.marks]
    return Document(
        title=say("access.draft_document" if page.draft else "access.document"),
        reference=page.request.reference,
        reason=say(f"access.by_{page.request.kind}", date=f"{page.request.received_on:%d.%m.%Y}"),
        made_by=page.made_by,
        made_at=page.made_at,
        mailbox=page.mailbox,
        sections=[
            *_joined([_section(each, page, say=say) for each in kept]),
            _left_out(page, say=say),
            _log(page.everything.look_ups, say=say),
        ],
    )


def _section(piece: Piece, page: Page, *, say: Say) -> Section:
    facts = [
        say(piece.heading),
        piece.about,
        f"{local_date(piece.at):%d.%m.%Y}" if piece.at else "",
        _authority(piece.authority, say),
        say("access.replaced") if piece.replaced else "",
    ]
    heading = ", ".join(filter(None, facts))
    if not page.draft:
        return heading, _content(piece, say=say)
    mark = page.marks.get(piece.id)
    left_out = [(say("access.left_out"), say(f"access.why_{mark.why}"))] if mark else []
    return f"{piece.code}: {heading}", [*left_out, *_content(piece, say=say)]


def _joined(sections: Sequence[Section]) -> list[Section]:
    """Put what follows each other under the same heading together."""
    return [
        (heading, [answer for _, answers in same for answer in answers])
        for heading, same in groupby(sections, key=itemgetter(0))
    ]


def _content(piece: Piece, *, say: Say) -> list[tuple[str, str]]:
    if piece.withheld_by is not None:
        return [(say("access.withheld"), _authority(piece.withheld_by, say))]
    return answers(piece.content, say)


def _left_out(page: Page, *, say: Say) -> Section:
    """Say how much is left out and why, as one must (forvaltningsloven); never what."""
    counts: dict[str, int] = {}
    for piece in page.everything.pieces:
        if (mark := page.marks.get(piece.id)) is not None:
            why = say(f"access.why_{mark.why}")
            counts[why] = counts.get(why, 0) + 1
    lines = [(why, say("access.pieces", count=count)) for why, count in counts.items()]
    return say("access.not_here"), lines or [(say("access.nothing_left_out"), " ")]


def _log(look_ups: Sequence[LookUp], *, say: Say) -> Section:
    return say("access.log"), [
        (
            moment(each.at, say),
            say(
                "log.line",
                what=happened(each.action, say),
                who=_authority(each.authority, say) or say("access.by_itself"),
                purpose=purpose_of(each.purpose, say),
            ),
        )
        for each in look_ups
    ]


def _authority(authority: Authority | None, say: Say) -> str:
    return "" if authority is None else say(f"authority.{authority}")
