"""Every kind of document that is made, and those that are handed out to who asked."""

from collections.abc import Mapping
from typing import Final

from domain.exports import ExportKind
from scheduler.lay import Kind
from scheduler.lay_access import answers
from scheduler.lay_alert_papers import ALERT_PAPERS
from scheduler.lay_calendars import CALENDARS
from scheduler.lay_documents import documents
from scheduler.lay_meeting_papers import MEETING_PAPERS
from scheduler.lay_plan_papers import PLAN_PAPERS
from scheduler.lay_register import REGISTERS
from scheduler.lay_year_papers import YEAR_PAPERS

HANDED_OUT: Final[Mapping[ExportKind, Kind]] = {
    **MEETING_PAPERS,
    **CALENDARS,
    **ALERT_PAPERS,
    **PLAN_PAPERS,
}


def kinds_of(mailbox: str) -> Mapping[ExportKind, Kind]:
    """Give all of them.

    :param mailbox: the secure function mailbox that documents of matters name.
    """
    return {
        **documents(mailbox),
        **answers(mailbox),
        **HANDED_OUT,
        **REGISTERS,
        **YEAR_PAPERS,
    }
