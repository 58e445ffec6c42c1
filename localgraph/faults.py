"""Trouble on demand: what goes wrong with which calls, and how many times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from localgraph.wire import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong: a status with a code, or an answer that never comes."""

    status: int = 0
    code: str = ""
    retry_after: int | None = None
    done_first: bool = False
    """The call is carried out all the same."""
    cut: bool = False
    """The connection breaks instead of an answer."""

    def refusal(self) -> Refused:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return Refused(self.status, self.code or CODES.get(self.status, ""), headers=headers)


CODES: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "InvalidAuthenticationToken",
    HTTPStatus.FORBIDDEN: "ErrorAccessDenied",
    HTTPStatus.NOT_FOUND: "ErrorItemNotFound",
    HTTPStatus.CONFLICT: "ErrorIrresolvableConflict",
    HTTPStatus.GONE: "syncStateNotFound",
    HTTPStatus.TOO_MANY_REQUESTS: "ApplicationThrottled",
    HTTPStatus.INTERNAL_SERVER_ERROR: "ErrorInternalServerError",
    HTTPStatus.BAD_GATEWAY: "UnknownError",
    HTTPStatus.SERVICE_UNAVAILABLE: "serviceNotAvailable",
    HTTPStatus.GATEWAY_TIMEOUT: "UnknownError",
    HTTPStatus.INSUFFICIENT_STORAGE: "ErrorQuotaExceeded",
}


@dataclass(slots=True, kw_only=True)
class Rule:
    fault: Fault
    op: str | None = None
    mailbox: str | None = None
    in_batch: bool | None = None
    after: int = 0
    every: int = 1
    times: int | None = None
    ends: datetime | None = None
    seen: int = 0

    def strikes(self, op: str, mailbox: str | None, *, in_batch: bool, now: datetime) -> bool:
        """Say whether this call is hit; `after` calls are let through first, then each nth."""
        if (
            self.times == 0
            or (self.ends is not None and now >= self.ends)
            or self.op not in {None, op}
            or (self.mailbox is not None and self.mailbox != (mailbox or "").lower())
            or self.in_batch not in {None, in_batch}
        ):
            return False
        self.seen += 1
        return self.seen > self.after and (self.seen - self.after - 1) % self.every == 0


class Faults:
    """The trouble that is planned, and the trouble that was had (`struck`)."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rules: list[Rule] = []
        self.struck: list[tuple[str, Fault]] = []

    def add(
        self,
        *,
        op: str | None = None,
        mailbox: str | None = None,
        in_batch: bool | None = None,
        after: int = 0,
        every: int = 1,
        times: int | None = None,
        lasting: timedelta | None = None,
        status: int = 0,
        code: str = "",
        retry_after: int | None = None,
        done_first: bool = False,
        cut: bool = False,
    ) -> None:
        """Plan trouble for what matches; everywhere and always unless told otherwise.

        `op` is a name in `operations.OPERATIONS`.
        :raises ValueError: unless exactly one thing goes wrong.
        """
        if bool(status) == cut:
            raise ValueError("a fault is one of: a status, a cut connection")
        fault = Fault(
            status=status, code=code, retry_after=retry_after, done_first=done_first, cut=cut
        )
        ends = None if lasting is None else self._now() + lasting
        rule = Rule(
            fault=fault,
            op=op,
            mailbox=None if mailbox is None else mailbox.lower(),
            in_batch=in_batch,
            after=after,
            every=every,
            times=times,
            ends=ends,
        )
        self._rules.append(rule)

    def storm(self, *, op: str | None = None, times: int, retry_after: int = 5) -> None:
        """Let the next calls be told to come again later."""
        self.add(op=op, times=times, status=429, retry_after=retry_after)

    def lose_answer(self, *, op: str, times: int = 1) -> None:
        """Do what is asked, and let the connection break before the answer."""
        self.add(op=op, times=times, cut=True, done_first=True)

    def mailbox_full(self, *, op: str | None = None, times: int | None = None) -> None:
        self.add(op=op, times=times, status=507)

    def clear(self) -> None:
        self._rules.clear()

    def next(self, *, op: str, mailbox: str | None, in_batch: bool) -> Fault | None:
        """Say what goes wrong with this call, if anything."""
        now = self._now()
        for rule in self._rules:
            if rule.strikes(op, mailbox, in_batch=in_batch, now=now):
                if rule.times is not None:
                    rule.times -= 1
                self.struck.append((op, rule.fault))
                return rule.fault
        return None
