"""The documents of matters, laid in a folder; they are never e-mailed (NOT-3)."""

from collections.abc import Mapping
from datetime import datetime

from cards import matter_document as drawn
from cards.document import Document, as_html
from cards.words import Say, speak
from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.make_document import Content, read_content


def documents(mailbox: str) -> Mapping[ExportKind, Kind]:
    """Give how documents of matters are made.

    :param mailbox: the secure function mailbox that the page names.
    """

    async def read(tx: Transaction, export: Export, now: datetime) -> Make | None:
        content = await read_content(tx, export, now=now)
        if content is None:
            return None
        say = speak(content.by.language)
        page = _document(content, mailbox=mailbox, now=now, say=say)
        name = called(content.matter.reference, export, "html")
        return lambda: [File(name, as_html(page, say=say).encode())]

    kind = Kind(read=read, tells=NoticeKind.EXPORT_READY)
    return {ExportKind.FILING: kind, ExportKind.CASE: kind}


def _document(content: Content, *, mailbox: str, now: datetime, say: Say) -> Document:
    names = {id_: person.name for id_, person in content.people.items()}
    sections = [
        drawn.notes(content.notes, names=names, say=say),
        *(drawn.parts(content.parts, content.additions, say=say) if content.parts else []),
        *drawn.records(content.records, names=names, reader=content.by.authority, say=say),
    ]
    if content.actions:
        sections.append(drawn.actions(content.actions, names=names, say=say))
    return Document(
        title=say(f"document.title_{content.export.kind}"),
        reference=content.matter.reference,
        reason=content.reason,
        made_by=content.by.name,
        made_at=now,
        mailbox=mailbox or say("document.no_mailbox"),
        sections=sections,
    )
