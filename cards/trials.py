"""What is seen of a trial: its preview, its letter, its answer, and how it stands."""

from datetime import datetime
from uuid import UUID

from cards.delivery import (
    Button,
    Part,
    aside,
    counted,
    headed,
    lined,
    listed,
    moment,
    said,
    sheet,
    warned,
    which,
)
from cards.forms import message
from cards.plain import unmarked
from cards.shown import Json, Shown
from cards.words import Say
from domain.delivery import DeliveryState
from domain.trials import Audience, Followed, Preview, Trial


def about(trial: UUID) -> dict[str, Json]:
    """Say what a button carries: which trial it is about."""
    return {"trial": str(trial)}


def choose_audience(*, say: Say) -> Shown:
    return message(
        say("trial.choose_title"),
        say("trial.choose_body"),
        say("trial.choose_typing"),
        say=say,
        actions=[
            (say(f"button.trial.{each}"), "trial.preview", {"audience": each.value})
            for each in Audience
        ],
    )


def preview(preview: Preview, *, id: UUID, say: Say) -> Shown:
    """Show whom it would reach, before anything is sent (BER-05).

    :param id: what the trial will be called, so that two presses begin one.
    """
    again = preview.under_way is not None
    verb = "trial.begin_another" if again else "trial.begin"
    begin: Button = (
        say(f"button.{verb}"),
        verb,
        {**about(id), "audience": preview.audience.value},
    )
    if_again = "_again" if again else ""
    return sheet(
        say("trial.preview_title"),
        [
            said(
                say(
                    "trial.preview_body",
                    audience=say(f"trial.audience.{preview.audience}"),
                    total=preview.total,
                )
            ),
            *_under_way(preview, say),
            *_nobody_in(preview, say),
            counted(
                [
                    (say(f"trial.tier.{tier}"), str(preview.tiers[tier]))
                    for tier in sorted(preview.tiers)
                ]
            ),
            headed(say("trial.preview_reach")),
            *lined(
                [
                    (
                        say(f"authority.{authority}"),
                        say("trial.preview_of", reachable=reachable, total=total),
                    )
                    for authority, (reachable, total) in preview.authorities.items()
                ]
            ),
            *_unreachable(preview, say),
            aside(say(f"trial.typing.{preview.audience}{if_again}")),
        ],
        say=say,
        actions=[begin, (say("button.trial.open"), "trial.open", {})],
    )


def _under_way(preview: Preview, say: Say) -> list[Part]:
    if preview.under_way is None:
        return []
    when = moment(preview.under_way.begun_at, say)
    return [warned(say("trial.preview_under_way", when=when))]


def _nobody_in(preview: Preview, say: Say) -> list[Part]:
    """Say in red which authority nobody can be reached in."""
    return [
        warned(say("trial.preview_nobody", authority=say(f"authority.{authority}")))
        for authority, (reachable, _) in preview.authorities.items()
        if not reachable
    ]


def _unreachable(preview: Preview, say: Say) -> list[Part]:
    if not preview.unreachable:
        return [said(say("trial.preview_all"))]
    people = [(person, say(f"lack.{lack}")) for person, lack in preview.unreachable]
    return [headed(say("trial.preview_unreachable")), *listed(people, say=say)]


def letter(trial: Trial, *, by_mail: bool = False, say: Say) -> Shown:
    """Ask somebody to confirm: what, who, why, and what to do (BER-83); one tap does it.

    :param by_mail: where nothing can be pressed.
    """
    title = say("trial.letter_title")
    return message(
        title,
        say(
            "trial.letter_body",
            audience=say(f"trial.audience.{trial.audience}"),
            when=moment(trial.begun_at, say),
        ),
        say("trial.letter_why"),
        say("trial.letter_do_by_mail" if by_mail else "trial.letter_do"),
        say=say,
        actions=[(say("button.notice.acknowledge"), "notice.acknowledge", about(trial.id))],
    )


def thanks(at: datetime, *, say: Say) -> Shown:
    """Say that the answer was noted, and when it was first given."""
    return message(
        say("trial.answered_title"),
        say("trial.answered_body", when=moment(at, say)),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def standing(followed: Followed, *, say: Say, problem: str = "") -> Shown:
    """Show the Secretariat how a trial stands right now (BER-13); on top what to mend."""
    trial, unanswered = followed.trial, followed.unanswered
    title = say("trial.standing_title_sent" if followed.is_sent else "trial.standing_title")
    actions: list[Button] = [(say("button.trial.stand"), "trial.stand", about(trial.id))]
    if unanswered:
        actions.append((say("button.trial.confirm"), "trial.confirm", about(trial.id)))
    if not followed.is_sent:
        actions.append((say("button.trial.cancel"), "trial.cancel", about(trial.id)))
    return sheet(
        title,
        [
            *([warned(problem)] if problem else []),
            said(
                say(
                    "trial.standing_body",
                    by=unmarked(followed.begun_by.name),
                    when=moment(trial.begun_at, say),
                    audience=say(f"trial.audience.{trial.audience}"),
                    now=moment(followed.at, say),
                )
            ),
            counted(_tally(followed, say)),
            headed(say("trial.standing_answered")),
            *lined(
                [
                    (
                        say(f"authority.{authority}"),
                        say("trial.standing_of", answered=answered, total=total),
                    )
                    for authority, (answered, total) in followed.answered.items()
                ]
            ),
            *_missing(followed, say),
            *which([person for person, _ in unanswered], say=say),
            aside(say("trial.standing_typing")),
        ],
        say=say,
        actions=actions,
        asking="trial.confirm",
    )


def _tally(followed: Followed, say: Say) -> list[tuple[str, str]]:
    """Count every state that somebody is in; they add up to the total."""
    tally = followed.tally
    return [
        (say("trial.standing_total"), str(len(followed.standings))),
        *(
            (say(f"delivery.state.{state}"), str(tally[state]))
            for state in DeliveryState
            if tally.get(state)
        ),
    ]


def _missing(followed: Followed, say: Say) -> list[Part]:
    if not followed.not_reached:
        return [said(say("trial.standing_everybody"))] if followed.is_sent else []
    told = [(person, say(f"delivery.state.{state}")) for person, state in followed.not_reached]
    return [headed(say("trial.standing_missing")), *listed(told, say=say)]
