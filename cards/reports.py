"""What the reporter of a concern sees of it: the receipt, the list, and where it stands."""

from collections.abc import Sequence

from cards.concerns import MOST_LISTED, about, and_more
from cards.forms import message
from cards.shown import Shown
from cards.words import Say
from domain.concerns import SOMEBODYS_DUTY, WAITING, WITHDRAWAL_KEPT, Concern, Status
from domain.dates import COPENHAGEN, local_date

ANSWERED = frozenset({Status.REJECTED, Status.REDIRECTED})  # with an answer to read


def received(concern: Concern, *, group: str | None, say: Say) -> Shown:
    """Thank the reporter. It says nothing of whether the person was known (CON-5)."""
    to = say("concern.received_group", group=group) if group else say("concern.received_triage")
    return message(
        say("concern.received_title", reference=concern.reference),
        to,
        say("concern.received_by", date=say.day(local_date(concern.take_up_by))),
        say("concern.received_not_a_notification"),
        say=say,
        actions=[
            (say("button.concern.mine"), "concern.mine", {}),
            (say("button.concern.add"), "concern.add", about(concern)),
            (say("button.concern.withdraw"), "concern.withdraw", about(concern)),
        ],
    )


def enquiry_received(enquiry: Concern, *, say: Say) -> Shown:
    return message(
        say("enquiry.received_title", reference=enquiry.reference),
        say("enquiry.received_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def added(concern: Concern, *, say: Say) -> Shown:
    return message(
        say("concern.added_title", reference=concern.reference),
        say("concern.added_body"),
        say=say,
        actions=[(say("button.concern.mine"), "concern.mine", {})],
    )


def withdrawn(concern: Concern, *, say: Say) -> Shown:
    return message(
        say("concern.withdrawn_title", reference=concern.reference),
        say("concern.withdrawn_body"),
        say=say,
        actions=[(say("button.concern.mine"), "concern.mine", {})],
    )


def mine(concerns: Sequence[Concern], *, say: Say) -> Shown:
    """List the reporter's own concerns and where each stands, nothing more (CON-10)."""
    if not concerns:
        return message(
            say("concern.mine_title"),
            say("concern.mine_none"),
            say=say,
            actions=[(say("button.concern.begin"), "concern.begin", {})],
        )
    lines = [f"**{c.reference}** · {status(c, say)}" for c in concerns[:MOST_LISTED]]
    newest = concerns[0]
    actions = [(say("button.concern.add_to", reference=newest.reference), "concern.add")]
    if newest.status in WAITING and newest.opened_at is None:
        title = say("button.concern.withdraw_it", reference=newest.reference)
        actions.append((title, "concern.withdraw"))
    elif newest.status in ANSWERED:
        actions.append((say("button.concern.answer"), "concern.answer"))
    elif newest.status in SOMEBODYS_DUTY | {Status.LINKED}:
        actions.append((say("button.concern.ask_back"), "concern.ask_back"))
    return message(
        say("concern.mine_title"),
        *lines,
        *and_more(concerns, say),
        say("concern.mine_typing"),
        say=say,
        actions=[(title, verb, about(newest)) for title, verb in actions],
    )


def status(concern: Concern, say: Say) -> str:
    """Where a concern stands, as its reporter may know it."""
    when = f"{concern.submitted_at.astimezone(COPENHAGEN):%d.%m.%Y}"
    if WITHDRAWAL_KEPT in concern.reasons and concern.status in SOMEBODYS_DUTY | {Status.LINKED}:
        return say("withdrawal.told_kept", date=when)
    moved = any(reason.startswith("reroute.") for reason in concern.reasons)
    shown = "redirected" if concern.status in WAITING and moved else concern.status.value
    shown = "sent_on" if concern.status is Status.REDIRECTED else shown
    return say(f"status.{shown}", date=when)


def reporter_told(concern: Concern, *, say: Say) -> Shown:
    """Tell where it stands; an answer is read by opening it, for it may name people."""
    read = (say("button.concern.answer"), "concern.answer", about(concern))
    return message(
        say("concern.status_title", reference=concern.reference),
        status(concern, say),
        say=say,
        actions=[
            *([read] if concern.status in ANSWERED else []),
            (say("button.concern.mine"), "concern.mine", {}),
        ],
    )
