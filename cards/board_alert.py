"""One alert on the board: figures with the same as tables, reports, the log, what can be had."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cards.alert_log_lines import line_of
from cards.alert_logs import exact, log_head
from cards.alert_words import all_places, drilled, one_line, standing_lines, toast_of
from cards.alerts import state
from cards.board import (
    View,
    age,
    authority_row,
    deadlines,
    delivery_rows,
    frame,
    quorum_of,
    situation_of,
)
from cards.delivery import moment
from cards.figures.curve import acknowledgement_curve
from cards.figures.gantt import measure_chart
from cards.figures.matrix import answer_matrix
from cards.figures.svg import Figure
from cards.figures.timeline import timeline
from cards.own_papers import alert_paper
from cards.plan_views import party_name
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alert_board import AuthorityStands
from domain.alert_figures import MarkKind, TimelineMark
from domain.alert_log import LogEntry, LogKind
from domain.alert_tiers import Sight, papers_of
from domain.alerts import Alert, Recipient, Reply, Situation
from domain.briefings import Briefed
from domain.delivery import Tally
from domain.parties import Party
from domain.people import Authority, PersonId
from domain.plan_progress import progress
from domain.situations import Missing, SituationReport

MOST_LINES = 40  # of the log; all of it is in the papers
AFTER_LAST = timedelta(minutes=10)  # how far a curve goes on when nobody answers any more
AT_LEAST = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One alert as somebody sees it; what they may not see is not in it.

    :param log: empty for whose it is not to read; `happened` is the same, of which only the kind
        and the authority are told.
    """

    alert: Alert
    sight: Sight
    recipients: Sequence[Recipient]
    stands: Sequence[AuthorityStands]
    answers: Sequence[tuple[PersonId, Reply, datetime]]
    delivery: Tally
    plan: ActionPlan | None
    reports: Mapping[Party, SituationReport]
    owing: Sequence[Missing]
    briefed: Sequence[Briefed]
    log: Sequence[LogEntry] = field(repr=False)
    happened: Sequence[LogEntry] = field(repr=False)
    names: Mapping[PersonId, str] = field(repr=False)


def alert_page(looked: Looked, *, now: datetime, say: Say) -> View:
    """Give what the page draws of one alert."""
    alert = looked.alert
    danger, no_names = standing_lines(say)
    quorum = quorum_of(looked.stands, level=alert.level, say=say)
    return {
        **frame(say=say),
        "id": alert.reference,
        "drill": alert.drill,
        "mark": drilled("", drill=alert.drill, say=say),
        "level": int(alert.level),
        "title": toast_of(alert, say=say),
        "age": age(alert.activated_at, now=now, say=say),
        "standing": [danger, no_names],
        "facts": _facts(looked, quorum, now=now, say=say),
        "authorities": {
            "title": say("board.authorities"),
            "rows": [authority_row(each, say=say) for each in looked.stands],
        },
        "figures": [drawn(each) for each in figures_of(looked, now=now, say=say)],
        "tables": [
            {
                "title": say("board.delivery"),
                "lead": say("board.delivery_lead"),
                "head": [say("board.state"), say("board.count")],
                "rows": delivery_rows(looked.delivery, looked.stands, every=True, say=say),
            },
            *([_reports(looked, say=say)] if looked.sight.reports else []),
            *([_log(looked, say=say)] if looked.log else []),
        ],
        "papers": {
            "title": say("board.papers"),
            "lead": say("board.papers_lead"),
            "rows": [
                {"id": f"{alert.id}.{each}", "words": alert_paper(each, say)}
                for each in papers_of(looked.sight, planned=looked.plan is not None)
            ],
        },
        "told": say(
            "board.told",
            reference=alert.reference,
            state=state(alert, now=now, say=say),
            quorum=quorum,
            plan=_plan(looked, now=now, say=say),
        ),
    }


def figures_of(looked: Looked, *, now: datetime, say: Say) -> list[Figure]:
    """Draw what there is to draw (BER-67)."""
    alert, stem = looked.alert, looked.alert.reference.lower()
    figures = [
        acknowledgement_curve(
            looked.recipients,
            answers=looked.answers,
            left_at=alert.leaves_at,
            until=_until(looked, now=now),
            drill=alert.drill,
            id=f"{stem}-curve",
            say=say,
        ),
        answer_matrix(looked.stands, drill=alert.drill, id=f"{stem}-matrix", say=say),
        timeline(marks(looked.happened, say=say), drill=alert.drill, id=f"{stem}-time", say=say),
    ]
    if looked.plan is not None:
        figures.insert(2, measure_chart(looked.plan, now=_whole(now), id=f"{stem}-plan", say=say))
    return figures


def _until(looked: Looked, *, now: datetime) -> datetime:
    """End the curve a while after the last answer, at a whole minute: it is drawn once in it."""
    alert = looked.alert
    last = max((at for _, _, at in looked.answers), default=alert.leaves_at)
    shown = max(last + AFTER_LAST, alert.leaves_at + AT_LEAST)
    return max(min(shown, _whole(now) + _MINUTE), last)


def _whole(now: datetime) -> datetime:
    """Draw by the minute: what has not changed stays the same, and need not be drawn again."""
    return now.replace(second=0, microsecond=0)


def marks(happened: Sequence[LogEntry], *, say: Say) -> list[TimelineMark]:
    """Mark each thing that happened, without words and names; of the answers, only the first."""
    replied = [each for each in happened if each.kind in _ANSWERS]
    return [
        TimelineMark(
            at=each.at, kind=_MARKS.get(each.kind, MarkKind.OTHER), words=_what(each, say)
        )
        for each in happened
        if each.kind not in _ANSWERS or each is replied[0]
    ]


_ANSWERS = frozenset({LogKind.REPLIED, LogKind.CONFIRMED})
_MARKS: Mapping[LogKind, MarkKind] = {
    **dict.fromkeys(
        (
            *(LogKind.ACTIVATED, LogKind.UNDONE, LogKind.UPDATED, LogKind.FALSE_ALARM),
            *(LogKind.LEVEL, LogKind.CLOSED, LogKind.REOPENED, LogKind.STOOD_DOWN),
            *(LogKind.EXPIRED, LogKind.EXTENDED, LogKind.NORMALISING, LogKind.SUSPENDED),
        ),
        MarkKind.ALERT,
    ),
    **dict.fromkeys(_ANSWERS, MarkKind.REPLY),
    **dict.fromkeys((LogKind.ESCALATED, LogKind.PAUSED, LogKind.RESUMED), MarkKind.ESCALATION),
    LogKind.MEETING: MarkKind.MEETING,
    **dict.fromkeys(
        (LogKind.PLAN, LogKind.MEASURE, LogKind.RUNNING, LogKind.SHARED), MarkKind.PLAN
    ),
    LogKind.REPORTED: MarkKind.REPORT,
}


def _kind(entry: LogEntry) -> MarkKind:
    return _MARKS.get(entry.kind, MarkKind.OTHER)


def _what(entry: LogEntry, say: Say) -> str:
    """Say what it was: its kind, whose, and which step of a ladder."""
    said = say(f"log_line.{entry.kind}")
    if entry.authority is not None:
        said = say("log_line.of", kind=said, authority=entry.authority)
    rung = entry.facts.get("rung")
    return f"{said}. {say(f'log_line.rung_{rung}')}" if rung else said


def drawn(figure: Figure) -> View:
    return {
        "title": figure.title,
        "desc": figure.desc,
        "svg": figure.svg,
        "head": figure.head,
        "rows": figure.rows,
    }


def _facts(looked: Looked, quorum: str, *, now: datetime, say: Say) -> list[tuple[str, str]]:
    alert, none = looked.alert, say("board.none_of")
    waiting = [each.due_at for each in looked.plan.measures if each.waits] if looked.plan else []
    owing = ", ".join(str(each.party) for each in looked.owing)
    return [
        (say("alerts.number"), alert.reference),
        (say("board.state"), state(alert, now=now, say=say)),
        (say("board.level"), say(f"alerts.level_{int(alert.level)}")),
        (say("alerts.areas"), all_places(alert.audience.areas, say=say)),
        (say("board.coordinator"), one_line(looked.names.get(alert.coordinator, ""))),
        (say("board.quorum"), quorum),
        (say("board.plan"), _plan(looked, now=now, say=say)),
        *deadlines(None, period_end=alert.period_end, say=say),
        *([(say("board.next_due"), moment(min(waiting), say))] if waiting else []),
        (say("board.situation"), situation_of(_latest(looked), say=say)),
        *([(say("board.owing"), owing or none)] if looked.sight.reports else []),
        (say("board.briefed"), _unbriefed(looked.briefed, say=say) or none),
    ]


def _unbriefed(leaders: Sequence[Briefed], *, say: Say) -> str:
    """Say of how many leaders of each authority the staff have not been told (BER-49)."""
    asked = Counter(each.authority for each in leaders)
    waiting = Counter(each.authority for each in leaders if each.at is None)
    return ", ".join(
        say("board.briefed_part", authority=each, waiting=waiting[each], leaders=asked[each])
        for each in Authority
        if waiting[each]
    )


def _latest(looked: Looked) -> Situation | SituationReport:
    latest = max(looked.reports.values(), key=lambda each: each.at, default=None)
    return latest or looked.alert.situation


def _plan(looked: Looked, *, now: datetime, say: Say) -> str:
    if looked.plan is None:
        return say("board.no_plan")
    stands = progress(looked.plan.measures, now=now)
    return say("plan_view.progress_of", done=stands.done, all=stands.all, overdue=stands.overdue)


def _reports(looked: Looked, *, say: Say) -> View:
    return {
        "title": say("board.reports"),
        "lead": "" if looked.reports else say("board.reports_none"),
        "head": [say(f"board.column.{each}") for each in ("party", "at", "stands", "needs")],
        "rows": [
            (
                party_name(party, say=say),
                moment(report.at, say),
                one_line(report.situation.stands),
                one_line(report.situation.needs),
            )
            for party, report in sorted(looked.reports.items())
        ],
    }


def _log(looked: Looked, *, say: Say) -> View:
    lines = [line_of(each, names=looked.names, say=say) for each in looked.log[-MOST_LINES:]]
    return {
        "title": say("board.log"),
        "lead": f"{say('board.log_lead')} {say('board.whole_log', count=len(looked.log))}",
        "head": log_head(say=say),
        "rows": [
            (str(each.number), exact(each.at), each.by, one_line(each.words))
            for each in reversed(lines)
        ],
    }
