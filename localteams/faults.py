"""Trouble on demand: by rule (this operation, these people, so many times) or by seed."""

import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from localteams.state import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong. `accepted` means that the request is carried out all the same."""

    status: int = 0
    code: str | None = None
    subcode: str | None = None
    retry_after: int | None = None
    accepted: bool = False
    timeout: bool = False
    accept_then_drop: bool = False


@dataclass(slots=True, kw_only=True)
class Rule:
    fault: Fault
    op: str | None = None
    conversation: str | None = None
    person: str | None = None
    times: int | None = None
    ends: float | None = None

    def strikes(self, op: str, conversation: str, people: Collection[str], *, now: float) -> bool:
        return (
            self.times != 0
            and (self.ends is None or now < self.ends)
            and self.op in {None, op}
            and self.conversation in {None, conversation}
            and (self.person is None or self.person in people)
        )


@dataclass(slots=True, kw_only=True)
class Storm:
    """A share of all requests fails; the same seed fails the same ones in the same order."""

    seed: int
    rate: float
    among: Sequence[int]
    retry_after: int = 1
    asked: int = 0

    def next(self) -> Fault | None:
        self.asked += 1
        digest = hashlib.sha256(f"{self.seed}:{self.asked}".encode()).digest()
        if int.from_bytes(digest[:8], "big") / 2**64 >= self.rate:
            return None
        status = self.among[int.from_bytes(digest[8:12], "big") % len(self.among)]
        throttled = status == HTTPStatus.TOO_MANY_REQUESTS
        return Fault(status=status, retry_after=self.retry_after if throttled else None)


class Faults:
    """The trouble that is planned, and the trouble that was had (`struck`)."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rules: list[Rule] = []
        self._storms: list[Storm] = []
        self.struck: list[tuple[str, Fault]] = []

    def add(
        self,
        *,
        op: str | None = None,
        conversation: str | None = None,
        person: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
        status: int = 0,
        code: str | None = None,
        subcode: str | None = None,
        retry_after: int | None = None,
        accepted: bool = False,
        timeout: bool = False,
        accept_then_drop: bool = False,
    ) -> None:
        """Plan trouble for what matches; everywhere and always unless told otherwise.

        `op` is send, typing, create, update, delete, members, team or conversations;
        `person` a directory id; `seconds` is how long it lasts.
        :raises ValueError: unless exactly one thing goes wrong.
        """
        if [bool(status), timeout, accept_then_drop].count(True) != 1:
            raise ValueError("a fault is one of: a status, a timeout, accept_then_drop")
        fault = Fault(
            status=status,
            code=code,
            subcode=subcode,
            retry_after=retry_after,
            accepted=accepted,
            timeout=timeout,
            accept_then_drop=accept_then_drop,
        )
        self._rules.append(
            Rule(
                fault=fault,
                op=op,
                conversation=conversation,
                person=person,
                times=times,
                ends=None if seconds is None else self._now() + seconds,
            )
        )

    def add_storm(
        self, *, seed: int, rate: float, among: Sequence[int], retry_after: int = 1
    ) -> None:
        """Let a share of all requests fail with one of these statuses."""
        if not among:
            raise ValueError("a storm needs statuses to choose among")
        self._storms.append(Storm(seed=seed, rate=rate, among=among, retry_after=retry_after))

    def add_json(self, given: Json) -> None:
        """Plan what `POST /local/faults` describes.

        :raises ValueError, TypeError: when the description is not one.
        """
        if "seed" in given:
            self.add_storm(**given)
        else:
            own = {name: given[name] for name in ("times", "seconds") if name in given}
            self.add(**given.get("match", {}), **given.get("do", {}), **own)

    def clear(self) -> None:
        self._rules.clear()
        self._storms.clear()

    def next(self, *, op: str, conversation: str, people: Collection[str]) -> Fault | None:
        """Say what goes wrong with this request, if anything."""
        fault = self._by_rule(op, conversation, people) or self._by_seed()
        if fault is not None:
            self.struck.append((op, fault))
        return fault

    def _by_rule(self, op: str, conversation: str, people: Collection[str]) -> Fault | None:
        now = self._now()
        for rule in self._rules:
            if rule.strikes(op, conversation, people, now=now):
                if rule.times is not None:
                    rule.times -= 1
                return rule.fault
        return None

    def _by_seed(self) -> Fault | None:
        return next((fault for storm in self._storms if (fault := storm.next())), None)
