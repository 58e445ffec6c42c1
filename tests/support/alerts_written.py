"""An alert with everything in it, as the tests of what is written about alerts read it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_figures import Compared, Incidents, MarkKind, Target, TimelineMark
from domain.alert_papers import AlertFile, LogLine
from domain.alerts import (
    Alert,
    AlertState,
    Audience,
    Level,
    Recipient,
    Reply,
    Situation,
    Via,
    Why,
)
from domain.notices import Tier
from domain.people import AreaCode, Authority, PersonId
from domain.plan_measures import complete, drop, take_up
from domain.plan_moves import with_measure
from tests.support import action_plans
from tests.support.examples import DORTE

LEFT_AT = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)  # a Monday, noon in Copenhagen
NOW = LEFT_AT + timedelta(hours=5)
YNB, VAL, BRO = AreaCode("YNB"), AreaCode("VAL"), AreaCode("BRO")
NAMES = {
    DORTE.id: "Dorte Rønnebæk",
    **{
        PersonId(f"leader-{each}".lower()): f"Leder {each} <{each.lower()}>"
        for each in ("BUF", "SOF", "KP", "KFF", "BIF", "KFO", "SEK")
    },
}


def an_alert(*, drill: bool = False, title: str = "Uro ved stationen") -> Alert:
    return Alert(
        id=UUID("80000000-0000-4000-8000-000000000001"),
        year=2026,
        number=7,
        level=Level.COORDINATION,
        drill=drill,
        template="H1",
        title=title,
        situation=Situation(
            happened="To grupper mødtes ved stationen, og en rude blev slået ind",
            where="Nørrebro Station",
            stands="Politiet er til stede, og der er ro",
            done="Gadeplan er på vej",
        ),
        audience=Audience(areas=frozenset({YNB}), authorities=frozenset(Authority)),
        state=AlertState.PLANNING,
        activated_by=DORTE.id,
        activated_at=LEFT_AT - timedelta(seconds=10),
        leaves_at=LEFT_AT,
        coordinator=DORTE.id,
        log_keeper=DORTE.id,
    )


def a_recipient(
    number: int, authority: Authority, *, reply: Reply | None = None, after: int = 0
) -> Recipient:
    """Ask somebody, who answers after so many minutes if they answer."""
    return Recipient(
        alert=an_alert().id,
        person=PersonId(f"p{number}"),
        authority=authority,
        areas=frozenset({YNB}),
        tier=Tier.ALERT_LEADERS,
        why=Why.AUDIENCE,
        added_at=LEFT_AT,
        reply=reply,
        replied_at=LEFT_AT + timedelta(minutes=after) if reply else None,
        via=Via.TEAMS if reply else None,
    )


def recipients() -> tuple[Recipient, ...]:
    return (
        a_recipient(1, Authority.SOF, reply=Reply.JOINING, after=2),
        a_recipient(2, Authority.SOF, reply=Reply.RECEIVED, after=9),
        a_recipient(3, Authority.BUF, reply=Reply.UNABLE, after=4),
        a_recipient(4, Authority.BUF, reply=Reply.JOINING, after=11),
        a_recipient(5, Authority.BUF),
        a_recipient(6, Authority.KP, reply=Reply.JOINING, after=1),
        a_recipient(7, Authority.KFF, reply=Reply.SUBSTITUTE, after=3),
        a_recipient(8, Authority.BIF),
    )


def a_plan(*, drill: bool = False) -> ActionPlan:
    """Make a plan in which one measure is done, one under way, one dropped, and some wait."""
    plan = action_plans.plan(drill=drill)
    taken = take_up(action_plans.the(plan, "M1"))
    done = complete(
        action_plans.the(plan, "M19"), by=DORTE.id, now=LEFT_AT + timedelta(minutes=20)
    )
    dropped = drop(
        action_plans.the(plan, "M10"), reason="Er sat i gang andetsteds", by=DORTE.id, now=NOW
    )
    for each in (taken, done, dropped):
        plan = with_measure(plan, each)
    return plan


def log_lines() -> tuple[LogLine, ...]:
    return (
        LogLine(number=1, at=LEFT_AT, by="Dorte Rønnebæk", words="Beredskabet er aktiveret."),
        LogLine(
            number=2,
            at=LEFT_AT + timedelta(minutes=5),
            by="SSP-botten",
            words="BUF: gentaget, 3 spurgt, 0 s for sent.",
        ),
        LogLine(
            number=3,
            at=LEFT_AT + timedelta(minutes=7),
            by="Bo <b>Havrelygte</b>",
            words='=HYPERLINK("x")\n& "sagt" <script>alert(1)</script>',
        ),
        LogLine(
            number=4,
            at=LEFT_AT + timedelta(days=1),
            by="Dorte Rønnebæk",
            words="Der var tre grupper, ikke to.",
            corrects=3,
        ),
    )


def a_file(*, drill: bool = False) -> AlertFile:
    return AlertFile(
        alert=an_alert(drill=drill),
        recipients=recipients(),
        plan=a_plan(drill=drill),
        log=log_lines(),
        names=NAMES,
    )


def marks() -> tuple[TimelineMark, ...]:
    kinds: Sequence[MarkKind] = tuple(MarkKind)
    return tuple(
        TimelineMark(
            at=LEFT_AT + timedelta(hours=2 * number), kind=kind, words=f"Nr. {number} <& {kind}>"
        )
        for number, kind in enumerate(kinds)
    )


INCIDENTS: Incidents = {
    (YNB, date(2026, 9, 1)): 3,
    (YNB, date(2026, 11, 1)): 1,
    (VAL, date(2026, 11, 1)): 7,
    (None, date(2027, 1, 1)): 1,
    (BRO, date(2026, 11, 1)): 0,
}
COMPARED = (
    Compared(
        target=Target.FIRST_REPLY,
        goal=timedelta(minutes=2),
        drill=timedelta(seconds=45),
        live=timedelta(minutes=3),
    ),
    Compared(
        target=Target.QUORUM,
        goal=timedelta(minutes=20),
        drill=timedelta(minutes=12),
        live=timedelta(minutes=26),
    ),
    Compared(target=Target.MEETING, goal=timedelta(minutes=60), drill=timedelta(minutes=75)),
    Compared(target=Target.PLAN),
)


def answers(people: Sequence[Recipient]) -> list[tuple[PersonId, Reply, datetime]]:
    """List what they answered, as it is kept."""
    return [
        (each.person, each.reply, each.replied_at)
        for each in people
        if each.reply is not None and each.replied_at is not None
    ]


def without_answers() -> tuple[Recipient, ...]:
    return tuple(replace(each, reply=None, replied_at=None, via=None) for each in recipients())
