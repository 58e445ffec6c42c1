"""Put meetings in Outlook: look first where something may be there, then send what differs."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from domain.outlook_events import (
    ASKS_FOR_LINK_AT,
    TELL_AFTER,
    ActualEvent,
    ByHand,
    EventState,
    OutlookEvent,
    WantedEvent,
)
from domain.outlook_steps import Part, Step, differing
from graph.calendar import Calendar, actual_of, events_of
from graph.calls import (
    STOPPED,
    Answer,
    Call,
    Came,
    GraphRefused,
    GraphSilent,
    GraphTrouble,
    Sends,
)
from graph.tokens import NOT_ANSWERED, NOT_REACHED
from scheduler.outlook_words import called_off

REFUSED_FOR: Final = timedelta(minutes=15)  # until access is tried again (MTG-18)
FULL_FOR: Final = timedelta(hours=1)
THROTTLED_FOR: Final = timedelta(minutes=1)
# What Graph says when it is not this event that is wrong, but the mailbox, or what we may do.
OF_THE_MAILBOX: Final = (
    "ErrorInvalidUser",
    "MailboxNotEnabledForRESTAPI",
    "MailboxNotSupportedForRESTAPI",
    "Request_ResourceNotFound",
    "ResourceNotFound",
)
RESTS: Final[Mapping[str, timedelta]] = {
    STOPPED: timedelta(),  # this replica ends; another goes on
    NOT_REACHED: THROTTLED_FOR,
    NOT_ANSWERED: THROTTLED_FOR,
    "ErrorQuotaExceeded": FULL_FOR,
    "ErrorExceededMessageLimit": FULL_FOR,
    "ErrorMessageSubmissionBlocked": FULL_FOR,
    **dict.fromkeys(OF_THE_MAILBOX, REFUSED_FOR),
}
BY_STATUS: Final[Mapping[int, timedelta]] = {
    0: REFUSED_FOR,  # we were given no token
    HTTPStatus.UNAUTHORIZED: REFUSED_FOR,
    HTTPStatus.FORBIDDEN: REFUSED_FOR,
    HTTPStatus.INSUFFICIENT_STORAGE: FULL_FOR,
}
COME_AGAIN: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One meeting that was taken on.

    :param before: the row as it was, for what came to nothing.
    :param row: the row as it was claimed.
    """

    step: Step
    wanted: WantedEvent = field(repr=False)
    before: OutlookEvent
    row: OutlookEvent


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of a run.

    :param rows: to be settled.
    :param tells: of which meetings the Secretariat is to hear.
    :param rests: for how long the mailbox is to be left alone.
    """

    rows: list[OutlookEvent] = field(default_factory=list)
    tells: list[OutlookEvent] = field(default_factory=list)
    rests: timedelta | None = None

    def tell(self, row: OutlookEvent) -> None:
        self.rows.append(row)
        self.tells.append(row)


class Putting:
    """Does what was taken on, in two rounds: what is looked at first, and what is sent."""

    def __init__(self, calendar: Calendar, *, sends: Sends, now: datetime) -> None:
        self._calendar = calendar
        self._sends = sends
        self._now = now
        self._sending: list[tuple[Work, Step, Call]] = []
        self.done = Done()

    async def run(self, works: Sequence[Work]) -> Done:
        """Do it all; what was refused or came to nothing is among the rows to be settled."""
        looking = [each for each in works if each.step in {Step.FIND, Step.CHANGE, Step.LINK}]
        looked = await self._calendar.do([self._look(each) for each in looking])
        seen = dict(zip((each.row.meeting for each in looking), looked, strict=True))
        for work in works:  # in the order of their dates
            self._plan(work, seen.get(work.row.meeting))
        came = await self._calendar.do([call for _, _, call in self._sending])
        for (work, step, _), what in zip(self._sending, came, strict=True):
            self._sent(work, step, what)
        return self.done

    def _look(self, work: Work) -> Call:
        if work.step is Step.FIND:
            return self._calendar.find(work.before)
        return self._calendar.look(work.row)

    def _plan(self, work: Work, came: Came | None) -> None:
        match work.step:
            case Step.CREATE:
                call = self._calendar.create(
                    work.wanted, revision=work.row.revision, sends=self._sends
                )
                self._sending.append((work, Step.CREATE, call))
            case Step.CANCEL:
                call = self._calendar.cancel(work.row, said=called_off(), sends=self._sends)
                self._sending.append((work, Step.CANCEL, call))
            case _ if isinstance(came, Answer):
                self._seen(work, came)
            case _:
                self._failed(work, came)

    def _seen(self, work: Work, answer: Answer) -> None:
        if work.step is Step.FIND:
            self._found(work, events_of(answer.body))
            return
        actual = actual_of(answer.body)
        if actual is None or actual.off:
            self._is_gone(work)
        elif work.step is Step.LINK:
            self._linked(work, actual)
        else:
            self._differs(work, actual)

    def _found(self, work: Work, events: Sequence[ActualEvent]) -> None:
        """Adopt what a lost answer was about; or make it next, if it never came (MTG-13)."""
        named = str(work.wanted.transaction(work.row.revision))
        actual = next((each for each in events if each.transaction == named), None)
        if actual is not None:
            self.done.rows.append(
                replace(work.before, claims=work.row.claims, hour_put_at=self._now).found(actual)
            )
        elif work.wanted.off:
            self.done.rows.append(work.row.gone())
        else:
            self.done.rows.append(work.row.untried())

    def _differs(self, work: Work, actual: ActualEvent) -> None:
        ours = {each.key for each in work.before.guests}
        parts = differing(work.wanted, actual, ours=ours)
        row = work.row.found(actual)
        if not parts:
            self.done.rows.append(row.put(work.wanted, now=self._now))
            return
        call = self._calendar.change(work.wanted, actual, parts, ours=ours, sends=self._sends)
        self._sending.append((replace(work, row=row), Step.CHANGE, call))
        if Part.HOUR in parts and work.before.fingerprint == "":
            log.info("event of meeting %s is put back", row.meeting)

    def _linked(self, work: Work, actual: ActualEvent) -> None:
        """Take the link, or look again later; at last somebody is asked (MTG-15)."""
        row = work.row.found(actual)
        if row.join_link:
            self.done.rows.append(row)
            return
        if self._sends is Sends.AT_ONCE:  # somebody waits, and asks again in a moment
            self.done.rows.append(row)
            return
        row = row.unlinked(now=self._now)
        if row.has_no_link:
            log.warning("event of meeting %s has no link", row.meeting)
            self.done.tell(row)
        else:
            self.done.rows.append(row)
        if row.looks == ASKS_FOR_LINK_AT:
            call = self._calendar.ask_for_link(row)
            self._sending.append((replace(work, row=row), Step.LINK, call))

    def _is_gone(self, work: Work) -> None:
        """Make it anew: somebody has deleted it by hand."""
        log.warning("event of meeting %s was deleted by hand", work.row.meeting)
        noted = replace(work.row, by_hand=ByHand.DELETED, by_hand_at=self._now)
        self.done.rows.append(noted.anew())

    def _sent(self, work: Work, step: Step, came: Came) -> None:
        if step is Step.CANCEL and (isinstance(came, Answer) or _is_missing(came)):
            self.done.rows.append(work.row.gone())
        elif step is not Step.LINK and isinstance(came, Answer):
            self._is_put(work, actual_of(came.body))
        elif step is not Step.LINK and not isinstance(came, Answer):
            self._failed(work, came)

    def _is_put(self, work: Work, actual: ActualEvent | None) -> None:
        """Note it. An answer that cannot be read leaves it to be found again."""
        if actual is None:
            self.done.rows.append(work.row.refused("unreadable", now=self._now))
            return
        row = work.row.found(actual).put(work.wanted, now=self._now)
        if not actual.is_at(work.wanted.begins_at, work.wanted.ends_at):
            row = replace(row, fingerprint="")  # Exchange gave us what an earlier try had made
        self.done.rows.append(row)

    def _failed(self, work: Work, came: Came | None) -> None:
        """Put off what failed; where it is the mailbox that fails, everything in it rests."""
        if not isinstance(came, GraphTrouble):
            return
        if _is_missing(came) and work.row.state is EventState.THERE:
            self._is_gone(work)
            return
        begun = work.row if isinstance(came, GraphSilent) else _undone(work)
        pause = rest_for(came)
        if pause is not None:
            self.done.rests = max(self.done.rests or pause, pause)
            self.done.rows.append(begun)
            return
        row = begun.refused(came.code, now=self._now)
        log.warning("event of meeting %s was not put: %s", row.meeting, came.code)
        if row.tries == TELL_AFTER:
            self.done.tell(row)
        else:
            self.done.rows.append(row)


def _undone(work: Work) -> OutlookEvent:
    """Give the row as it was before: nothing was done."""
    return replace(work.before, claims=work.row.claims)


def _is_missing(came: Came) -> bool:
    return (
        isinstance(came, GraphRefused)
        and came.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
        and not {*OF_THE_MAILBOX} & {*came.codes}
    )


def rest_for(came: GraphTrouble) -> timedelta | None:
    """Say for how long the mailbox is left alone; None where it is this event that is wrong."""
    if isinstance(came, GraphSilent):
        return None
    if came.status in COME_AGAIN:
        return came.retry_after or THROTTLED_FOR
    by_code = next((RESTS[each] for each in came.codes if each in RESTS), None)
    return BY_STATUS.get(came.status) if by_code is None else by_code
