"""What can be done with a case, as data: the buttons on its card and the menu behind it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from cards import cases as cards
from cards.delivery import Button
from cards.words import Say
from domain.access import Action, can
from domain.case_transitions import Move, may_move
from domain.cases import RUNNING, Case
from domain.matters import Matter
from domain.roles import Actor

MOST_MAIN = 5  # and the menu: a card has room for six (teams.md §7.8)
PER_PAGE = 5
PAGES = tuple(map(str, range(1, 6)))


def always(_: Case) -> bool:
    return True


def running(case: Case) -> bool:
    return case.state in RUNNING


def ended(case: Case) -> bool:
    return not running(case)


def unmerged(case: Case) -> bool:
    return case.merged_into is None


def movable(move: Move) -> Callable[[Case], bool]:
    return lambda case: may_move(case, move)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be done: its verb, its row of access, and when there is a use for it."""

    verb: str
    action: Action
    when: Callable[[Case], bool] = running
    main: bool = False  # on the card itself; the rest is behind "more"
    waits: bool = False  # only while something in the case waits for it


ENTRIES: tuple[Entry, ...] = (
    Entry(
        verb="plus.accept",
        action=Action.ANSWER_HANDOVER,
        when=movable(Move.ACCEPT_HANDOVER),
        main=True,
    ),
    Entry(
        verb="plus.decline",
        action=Action.ANSWER_HANDOVER,
        when=movable(Move.RETURN_HANDOVER),
        main=True,
    ),
    Entry(verb="plus.assess", action=Action.ASSESS_PLUS, main=True, waits=True),
    Entry(verb="case.coordinate", action=Action.COORDINATE, main=True),
    Entry(verb="action.add", action=Action.ADD_ACTION, main=True),
    Entry(verb="action.list", action=Action.OPEN, main=True),
    Entry(verb="case.lead", action=Action.APPOINT_LEAD, main=True),
    Entry(verb="case.reopen", action=Action.REOPEN, when=ended, main=True),
    Entry(verb="case.close", action=Action.CLOSE, main=True),
    Entry(verb="case.set_level", action=Action.SET_LEVEL),
    Entry(verb="cpr.reveal_case", action=Action.REVEAL_CPR, when=always),
    Entry(
        verb="plus.propose",
        action=Action.PROPOSE_HANDOVER,
        when=movable(Move.PROPOSE_HANDOVER),
        waits=True,
    ),
    Entry(
        verb="plus.withdraw",
        action=Action.PROPOSE_HANDOVER,
        when=movable(Move.RETURN_HANDOVER),
    ),
    Entry(verb="plus.escalate", action=Action.ASSESS_PLUS, waits=True),
    Entry(verb="plus.plan", action=Action.OPEN, when=always, waits=True),
    Entry(verb="plus.set_type", action=Action.PLAN, waits=True),
    Entry(verb="plus.set_kif", action=Action.SET_KIF, waits=True),
    Entry(verb="plus.outcome", action=Action.RECORD_OUTCOME, when=always, waits=True),
    Entry(verb="access.register", action=Action.ACCESS_REQUEST, when=always),
    Entry(verb="case.hold", action=Action.HOLD, when=lambda case: not case.held),
    Entry(verb="case.lift_hold", action=Action.HOLD, when=lambda case: case.held),
    Entry(verb="inform.list", action=Action.INFORM),
    Entry(verb="grant.list", action=Action.END_GRANT),
    Entry(verb="grant.add_ad_hoc", action=Action.ADD_AD_HOC),
    Entry(verb="grant.escalate", action=Action.ESCALATE),
    Entry(verb="case.notify", action=Action.COORDINATE),
    Entry(verb="record.withhold", action=Action.WITHHOLD),
    Entry(verb="case.step_aside", action=Action.STEP_ASIDE, when=always),
    Entry(verb="case.recuse", action=Action.RECUSE_OTHER),
    Entry(verb="recusal.of", action=Action.DECIDE_RECUSAL, when=always),
    Entry(verb="case.correct", action=Action.CORRECT, when=always),
    Entry(verb="case.object", action=Action.RECORD_REQUEST, when=always),
    Entry(verb="case.corrected", action=Action.SEE_CORRECTED, when=always),
    Entry(verb="case.merge", action=Action.MERGE, when=unmerged),
    Entry(verb="case.unmerge", action=Action.UNDO_MERGE, when=lambda case: not unmerged(case)),
    Entry(verb="case.export", action=Action.EXPORT, when=always),
    Entry(verb="case.history", action=Action.OPEN, when=always),
)


def offered(
    actor: Actor, case: Case, matter: Matter, *, waiting: Collection[str] = ()
) -> list[Entry]:
    """List what this person may do with it now; `waiting` are the verbs something waits for."""
    return [
        each
        for each in ENTRIES
        if each.when(case)
        and (each.verb in waiting or not each.waits)
        and can(actor, each.action, matter)
    ]


def on_the_card(
    entries: Sequence[Entry], case: Case, say: Say, *, besides: Sequence[Button] = ()
) -> list[Button]:
    """Make the buttons of the card: what matters most, and the way to the rest.

    :param besides: stand before the way to the rest, and take room from what matters most.
    """
    main, rest = _split(entries, MOST_MAIN - len(besides))
    more = [(say("button.case.more"), "case.more", {**cards.here(case), "page": "1"})]
    return [*(_button(each, case, say) for each in main), *besides, *(more if rest else [])]


def on_page(entries: Sequence[Entry], page: int, case: Case, say: Say) -> list[Button]:
    """Make the buttons of one page of the menu; the last leads to the next page or back."""
    _, rest = _split(entries, MOST_MAIN - 1)
    shown = rest[(page - 1) * PER_PAGE : page * PER_PAGE]
    is_last = page * PER_PAGE >= len(rest)
    on = {**cards.here(case), "page": str(page + 1)}
    way = (
        (say("button.case.back"), "case.open", cards.here(case))
        if is_last
        else (say("button.case.more"), "case.more", on)
    )
    return [*(_button(each, case, say) for each in shown), way]


def _split(entries: Sequence[Entry], room: int) -> tuple[list[Entry], list[Entry]]:
    main = [each for each in entries if each.main][:room]
    return main, [each for each in entries if each not in main]


def _button(entry: Entry, case: Case, say: Say) -> Button:
    return say(f"button.{entry.verb}"), entry.verb, cards.here(case)
