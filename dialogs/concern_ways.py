"""What can be done with a concern somebody has opened, as data: the buttons under it."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.access import Action, can
from domain.concerns import SOMEBODYS_DUTY, WAITING, WITHDRAWAL_ASKED, Concern
from domain.matters import Matter
from domain.roles import Actor

MOST_WAYS = 6  # a card has room for no more (teams.md §7.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One thing that can be done: its verb, its row of access, and when there is a use for it."""

    verb: str
    action: Action
    when: Callable[[Concern], bool]


def _waits(concern: Concern) -> bool:
    return concern.status in WAITING


def _is_a_duty(concern: Concern) -> bool:
    return concern.status in SOMEBODYS_DUTY


def _in_a_group(concern: Concern) -> bool:
    return _is_a_duty(concern) and concern.group is not None


def _asked_back(concern: Concern) -> bool:
    return WITHDRAWAL_ASKED in concern.reasons


WAYS = (
    Way(verb="concern.give_back", action=Action.DECIDE_WITHDRAWAL, when=_asked_back),
    Way(verb="concern.keep", action=Action.DECIDE_WITHDRAWAL, when=_asked_back),
    Way(verb="concern.take_up", action=Action.TAKE_UP, when=_waits),
    Way(verb="concern.to_case", action=Action.OPEN_CASE, when=_in_a_group),
    Way(verb="concern.reroute", action=Action.REROUTE, when=_waits),
    Way(verb="concern.reject", action=Action.REJECT, when=_is_a_duty),
    Way(verb="concern.send_on", action=Action.REDIRECT, when=_is_a_duty),
    Way(verb="concern.recuse", action=Action.RECUSE_OTHER, when=_is_a_duty),
)
ALWAYS = "concern.step_aside"


def ways_on(actor: Actor, concern: Concern, matter: Matter) -> list[str]:
    """Name the verbs this person may use on it now; stepping aside is always among them."""
    open_ = [way.verb for way in WAYS if way.when(concern) and can(actor, way.action, matter)]
    return [*open_[: MOST_WAYS - 1], ALWAYS]
