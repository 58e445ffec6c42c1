"""The documents for who asked what is kept about them; nothing lies there for long."""

from collections.abc import Mapping
from datetime import datetime

from cards.access_document import Page, as_document
from cards.document import as_html
from cards.words import speak
from domain.access_requests import AccessState
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.answer_access import look


def answers(mailbox: str) -> Mapping[ExportKind, Kind]:
    """Give how answers to requests for access are made.

    :param mailbox: the secure function mailbox that the page names.
    """

    async def read(tx: Transaction, export: Export, now: datetime) -> Make | None:
        by = await tx.people.get(export.by)
        try:
            looked = await look(tx, id=export.about, by=by, now=now)
        except RuleBroken:
            return None
        say = speak(by.language)
        draft = looked.request.state is not AccessState.RELEASED
        page = Page(
            request=looked.request,
            everything=looked.everything,
            marks=looked.marks,
            draft=draft,
            made_by=by.name,
            made_at=now,
            mailbox=mailbox or say("document.no_mailbox"),
        )
        reference = looked.request.reference
        name = called(f"{reference}-draft" if draft else reference, export, "html")
        return lambda: [File(name, as_html(as_document(page, say=say), say=say).encode())]

    return {ExportKind.ACCESS: Kind(read=read, tells=NoticeKind.EXPORT_READY)}
