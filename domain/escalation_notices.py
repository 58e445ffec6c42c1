"""What somebody hears because a ladder was climbed; a pure function (BER-25)."""

from datetime import datetime
from typing import Final

from domain.alerts import Alert
from domain.escalation import Ask, Decision, Rung
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import Authority

FIRST_ROUND: Final = 1
_AUTHORITIES: Final = tuple(Authority)
_TEAMS: Final = (Medium.TEAMS,)
_BOTH: Final = (Medium.TEAMS, Medium.EMAIL)


def notices(
    decision: Decision, ask: Ask, *, alert: Alert, mail: bool, now: datetime
) -> list[Notice]:
    """Tell those who are asked now; nothing leaves before the alert does (BER-06).

    Who was silent hears it again in a round of its own, by the second channel too. Who is new
    hears it for the first time. The Secretariat hears whom to telephone.

    :param mail: whether there is a second channel.
    """
    due_at = max(now, alert.leaves_at)
    kind, number = NoticeKind.ALERT, FIRST_ROUND
    media: tuple[Medium, ...] = _TEAMS
    if ask.rung is Rung.CALL_LIST:
        kind, number = NoticeKind.ALERT_CALL_LIST, call_list_round(decision.climbed.authority)
    elif ask.rung is Rung.REPEAT:
        number, media = FIRST_ROUND + decision.climbed.taken, _BOTH if mail else _TEAMS
    return [
        Notice(
            kind=kind,
            about=alert.id,
            due_at=due_at,
            person=person,
            tier=Tier.ALERT_LEADERS,
            round=number,
            medium=medium,
        )
        for person in ask.people
        for medium in media
    ]


def call_list_round(authority: Authority) -> int:
    """Give the round by which the call list of an authority is told: each authority its own."""
    return FIRST_ROUND + _AUTHORITIES.index(authority)


def authority_of_round(number: int) -> Authority:
    """Say whose call list a notice is about."""
    return _AUTHORITIES[number - FIRST_ROUND]
