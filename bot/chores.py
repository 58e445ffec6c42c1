"""Everything that is done once an hour, a night, a day or a week, and when."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.settings import Settings
from domain.periods import Daily, Hourly, Monthly, Weekday, Weekly, WorkingWeekly
from domain.retention import Retention
from scheduler.chores import Chore
from scheduler.erase_alerts import erase_alerts
from scheduler.erase_released import erase_all_released, list_deletions
from scheduler.follow_ages import follow_ages
from scheduler.forget_expired import forget_expired
from scheduler.greet_in_the_morning import greet_in_the_morning
from scheduler.keep_trail import anchor_trail, check_trail
from scheduler.lay import clear_documents
from scheduler.lay_action_cards import lay_action_cards
from scheduler.print_call_list import print_call_list
from scheduler.remind_legal import remind_legal
from scheduler.remind_of_endings import remind_of_endings
from scheduler.remind_tasks import remind_tasks
from scheduler.tell_of_the_week import tell_of_the_week
from scheduler.tend_cases import tend_cases
from scheduler.tend_efforts import tend_efforts
from scheduler.tend_groups import tend_groups
from storage.database import Database
from usecases.grow_plans import grow_plans
from usecases.hold_drills import remind_of_drills
from usecases.report_reachability import report_reachability
from usecases.tell_gaps import tell_gaps


def chores_of(settings: Settings, database: Database) -> Sequence[Chore]:
    """Name every chore; which of them there are depends on the settings."""
    anchors = anchor_file(settings)
    retention = retention_of(settings)
    exported = Path(settings.export_folder) if settings.export_folder else None
    chores = [
        Chore(
            name="forget-expired",
            when=Daily(at=time(3, 17)),
            matters_for=timedelta(days=1),
            run=lambda _, now: forget_expired(database, retention, now=now),
        ),
        Chore(
            name="erase-released",
            when=Daily(at=time(3, 41)),
            matters_for=timedelta(days=1),
            run=lambda _, now: erase_all_released(database, folder=exported, now=now),
        ),
        Chore(
            name="erase-alerts",
            when=Daily(at=time(3, 47)),
            matters_for=timedelta(days=1),
            run=lambda _, now: erase_alerts(
                database, months=settings.readiness_kept_months, now=now
            ),
        ),
        Chore(
            name="list-deletions",
            when=Daily(at=time(6, 23)),
            matters_for=timedelta(days=1),
            run=lambda _, now: list_deletions(database, retention, now=now),
        ),
        Chore(
            name="anchor-audit",
            when=Hourly(minute=7),
            matters_for=timedelta(hours=1),
            run=lambda _, now: anchor_trail(database, anchors, now=now),
        ),
        Chore(
            name="check-audit",
            when=Daily(at=time(4, 41)),
            matters_for=timedelta(days=1),
            run=lambda _, now: _check_trail(database, anchors, now),
        ),
        Chore(
            name="follow-ages",
            when=Daily(at=time(0, 5)),
            matters_for=timedelta(days=1),
            run=lambda _, now: follow_ages(
                database, heads_up_at_months=settings.plus_heads_up_months, now=now
            ),
        ),
        Chore(
            name="tend-cases",
            when=Daily(at=time(5, 21)),
            matters_for=timedelta(days=1),
            run=lambda _, now: tend_cases(database, now=now),
        ),
        Chore(
            name="tend-groups",
            when=Daily(at=time(5, 25)),
            matters_for=timedelta(days=1),
            run=lambda _, now: tend_groups(database, now=now),
        ),
        Chore(
            name="tend-efforts",
            when=Daily(at=time(7, 45)),
            matters_for=timedelta(days=1),
            run=lambda _, now: tend_efforts(database, now=now),
        ),
        Chore(
            name="greet-in-the-morning",
            when=Daily(at=time(7, 30)),
            matters_for=timedelta(hours=3),
            run=lambda _, now: greet_in_the_morning(database, now=now),
        ),
        Chore(
            name="tell-of-the-week",
            when=WorkingWeekly(at=time(7, 20)),
            matters_for=timedelta(hours=36),
            run=lambda _, now: tell_of_the_week(database, now=now),
        ),
        Chore(
            name="tell-gaps",
            when=Monthly(at=time(8)),
            matters_for=timedelta(days=7),
            run=lambda month, now: _tell_gaps(database, month.key, now),
        ),
        Chore(
            name="grow-plans",
            when=Daily(at=time(5, 35)),
            matters_for=timedelta(days=1),
            run=lambda _, now: _grow_plans(database, now),
        ),
        Chore(
            name="remind-of-drills",
            when=Monthly(at=time(8, 15)),
            matters_for=timedelta(days=7),
            run=lambda month, now: _remind_of_drills(database, month.key, now),
        ),
        Chore(
            name="remind-tasks",
            when=Daily(at=time(8, 5)),
            matters_for=timedelta(days=1),
            run=lambda _, now: remind_tasks(database, now=now),
        ),
        Chore(
            name="remind-of-endings",
            when=Daily(at=time(8, 10)),
            matters_for=timedelta(days=1),
            run=lambda _, now: remind_of_endings(database, now=now),
        ),
        Chore(
            name="remind-legal",
            when=Daily(at=time(7, 15)),
            matters_for=timedelta(days=1),
            run=lambda _, now: remind_legal(database, now=now),
        ),
        Chore(
            name="report-reachability",
            when=Weekly(day=Weekday.MONDAY, at=time(7)),
            matters_for=timedelta(days=2),
            run=lambda week, now: _report_reachability(database, week.key, now),
        ),
    ]
    return [*chores, *_with_folders(settings, database)]


def _with_folders(settings: Settings, database: Database) -> Iterator[Chore]:
    """Name what is done only where there is a folder for it."""
    if settings.call_list_folder:
        called = Path(settings.call_list_folder)
        yield Chore(
            name="print-call-list",
            when=Daily(at=time(6)),
            matters_for=timedelta(days=1),
            run=lambda _, now: print_call_list(database, called, now),
        )
        yield Chore(
            name="lay-action-cards",
            when=Daily(at=time(6, 2)),
            matters_for=timedelta(days=1),
            run=lambda _, now: lay_action_cards(database, called, now),
        )
    if settings.export_folder:
        exported = Path(settings.export_folder)
        yield Chore(
            name="clear-documents",
            when=Daily(at=time(3, 53)),
            matters_for=timedelta(days=1),
            run=lambda _, now: clear_documents(database, exported, now=now),
        )


def retention_of(settings: Settings) -> Retention:
    """Say how long what is kept, as it was set (domain.md §16)."""
    return Retention(
        withdrawn=timedelta(days=settings.withdrawn_kept_days),
        rejected=timedelta(days=settings.rejected_kept_days),
        closed=Retention.closed_for(settings.closed_kept_months),
        facts_months=settings.facts_kept_months,
    )


def anchor_file(settings: Settings) -> Path | None:
    """Name the file of the audit chain's anchors, where there is one."""
    return Path(settings.audit_anchor_file) if settings.audit_anchor_file else None


async def _check_trail(database: Database, anchors: Path | None, now: datetime) -> None:
    await check_trail(database, anchors, now=now)


async def _report_reachability(database: Database, week: str, now: datetime) -> None:
    async with database.transaction() as tx:
        await report_reachability(tx, week=week, now=now)


async def _tell_gaps(database: Database, month: str, now: datetime) -> None:
    async with database.transaction() as tx:
        await tell_gaps(tx, month=month, now=now)


async def _grow_plans(database: Database, now: datetime) -> None:
    async with database.transaction() as tx:
        await grow_plans(tx, now=now)


async def _remind_of_drills(database: Database, month: str, now: datetime) -> None:
    async with database.transaction() as tx:
        await remind_of_drills(tx, month=month, now=now)
