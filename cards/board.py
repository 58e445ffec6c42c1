"""The board as the tab shows it: every open alert at a glance, in words and numbers (BER-66)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cards.alert_words import all_places, drilled, one_line, toast
from cards.delivery import moment
from cards.figures.spans import lasting
from cards.words import Say
from domain.alert_board import AuthorityStands, BoardLine, PlanStands
from domain.alerts import Level, Reply, Situation
from domain.delivery import DeliveryState, Tally
from domain.people import Person, PersonId
from domain.plan_measures import MeasureState
from domain.situations import SituationReport

View = dict[str, object]
Pairs = list[tuple[str, str]]
WAYS = ("board", "figures", "year")


def board_page(
    live: Sequence[BoardLine],
    drills: Sequence[BoardLine],
    *,
    situations: Mapping[UUID, Situation],
    reports: Mapping[UUID, SituationReport],
    people: Mapping[PersonId, Person],
    now: datetime,
    say: Say,
) -> View:
    """Give what the page draws; it writes no sentence of its own."""

    def stands(line: BoardLine) -> Situation | SituationReport:
        return reports.get(line.id) or situations[line.id]

    def group(lines: Sequence[BoardLine], *, title: str, none: str) -> View:
        drawn = [_line(each, stands(each), people, now=now, say=say) for each in lines]
        return {"title": title, "none": none, "lines": drawn}

    return {
        **frame(say=say),
        "title": say("board.title"),
        "lead": say("board.lead", live=len(live), drills=len(drills)),
        "groups": [
            group(live, title=say("board.alarms"), none=say("board.none")),
            group(
                drills,
                title=drilled(say("board.drills"), drill=True, say=say),
                none=say("board.drills_none"),
            ),
        ],
    }


def frame(*, say: Say) -> View:
    """Give the words of the page itself: where one can go, and how fresh it is."""
    return {
        "nav": {each: say(f"board.nav.{each}") for each in WAYS},
        "fresh": say("board.fresh", time="{time}"),
        "lost": say("board.lost", time="{time}"),
        "stale": say("board.stale", time="{time}"),
        "table": say("board.table"),
        "back": say("board.back"),
    }


def _line(
    line: BoardLine,
    situation: Situation | SituationReport,
    people: Mapping[PersonId, Person],
    *,
    now: datetime,
    say: Say,
) -> View:
    state = say(f"alerts.state.{line.state}")
    quorum, plan = quorum_of(line.authorities, level=line.level, say=say), plan_of(line.plan, say)
    return {
        "id": line.reference,
        "drill": line.drill,
        "level": int(line.level),
        "toast": toast(
            level=line.level, areas=line.areas, title=line.title, drill=line.drill, say=say
        ),
        "open": say("board.open", reference=line.reference),
        "age": age(line.activated_at, now=now, say=say),
        "facts": [
            (say("board.state"), state),
            (say("board.level"), say(f"alerts.level_{int(line.level)}")),
            (say("alerts.areas"), all_places(line.areas, say=say)),
            (say("board.coordinator"), _name(line.coordinator, people)),
            (say("board.quorum"), quorum),
            *_paused(line, now=now, say=say),
            (say("board.plan"), plan),
            *deadlines(line.plan, period_end=line.period_end, say=say),
            (say("board.situation"), situation_of(situation, say=say)),
        ],
        "authorities": {
            "title": say("board.authorities"),
            "rows": [authority_row(each, say=say) for each in line.authorities],
        },
        "delivery": {
            "title": say("board.delivery"),
            "rows": delivery_rows(line.delivery, line.authorities, every=False, say=say),
        },
        "lacks": bool(lacking(line.authorities)) or bool(line.plan and line.plan.overdue),
        "told": say("board.told", reference=line.reference, state=state, quorum=quorum, plan=plan),
    }


def age(activated_at: datetime, *, now: datetime, say: Say) -> str:
    return say("board.age", span=lasting(max(now - activated_at, timedelta(minutes=1)), say=say))


def _name(person: PersonId, people: Mapping[PersonId, Person]) -> str:
    return one_line(people[person].name) if person in people else ""


def _paused(line: BoardLine, *, now: datetime, say: Say) -> Pairs:
    if line.paused_until is None or line.paused_until <= now:
        return []
    return [(say("board.paused"), moment(line.paused_until, say))]


def lacking(stands: Sequence[AuthorityStands]) -> list[AuthorityStands]:
    return [each for each in stands if not each.is_met]


def quorum_of(stands: Sequence[AuthorityStands], *, level: Level, say: Say) -> str:
    """Say how many authorities have enough people joining, and which have not (BER-24)."""
    asked = [each for each in stands if each.required]
    if level is Level.ORIENTATION or not asked:
        return say("board.quorum_none")
    lacks = lacking(asked)
    if not lacks:
        return say("board.quorum_all")
    part = say("board.quorum_part", met=len(asked) - len(lacks), total=len(asked))
    names = ", ".join(each.authority for each in lacks)
    return f"{part}. {say('board.quorum_lacks', authorities=names)}"


def authority_row(stands: AuthorityStands, *, say: Say) -> View:
    """Say how it stands with one authority; whether it lacks somebody is said in words too."""
    words = say("figure.quorum_none", joining=stands.replies.get(Reply.JOINING, 0))
    if stands.required:
        words = say(
            "figure.quorum_met" if stands.is_met else "figure.quorum_missing",
            joining=stands.joining,
            needed=stands.required,
        )
    return {"name": str(stands.authority), "words": words, "lacks": not stands.is_met}


def plan_of(plan: PlanStands | None, say: Say) -> str:
    """Say how far its plan has come."""
    if plan is None:
        return say("board.no_plan")
    return say(
        "plan_view.progress_of",
        done=plan.measures.get(MeasureState.DONE, 0),
        all=sum(plan.measures.values()),
        overdue=plan.overdue,
    )


def deadlines(plan: PlanStands | None, *, period_end: datetime | None, say: Say) -> Pairs:
    """Name the next deadline, and when the period ends: the alert's counts before the plan's."""
    due = plan.next_due_at if plan else None
    end = period_end or (plan.period_end if plan else None)
    return [
        *([(say("board.next_due"), moment(due, say))] if due else []),
        *([(say("board.period"), moment(end, say))] if end else []),
    ]


def situation_of(found: Situation | SituationReport, *, say: Say) -> str:
    """Say how it stands by the latest report, or as it was when it was activated (BER-43)."""
    if isinstance(found, Situation):
        return one_line(found.stands)
    by = say("board.report_by", party=str(found.party), when=moment(found.at, say))
    return f"{one_line(found.situation.stands)} ({by})"


def delivery_rows(
    tally: Tally, stands: Iterable[AuthorityStands], *, every: bool, say: Say
) -> list[tuple[str, int]]:
    """Count who is in each state, and all of them; the rows add up to the last (BER-13).

    Who is away is among those who are asked, and was not written to.

    :param every: whether states that nobody is in have a row too.
    """
    written = sum(tally.values())
    away = max(sum(each.people for each in stands) - written, 0)
    rows = [
        (say(f"delivery.state.{each}"), tally.get(each, 0))
        for each in DeliveryState
        if every or tally.get(each, 0)
    ]
    not_written = [(say("board.not_written"), away)] if away else []
    return [*rows, *not_written, (say("board.all_states"), written + away)]
