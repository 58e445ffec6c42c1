"""Who gets which: the whole house, put together from its settings."""

import logging
from collections.abc import AsyncIterator, Awaitable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.alert_jobs import alert_jobs
from bot.authenticate import trusted_keys, trusted_services
from bot.chores import anchor_file, chores_of
from bot.clock import Clock
from bot.connector import Connector, open_session
from bot.courier import TeamsCourier
from bot.credentials import fetch_for, proof_ends
from bot.framework import Adapter
from bot.metrics import serve_metrics
from bot.microsoft import invites_by, microsoft_chores, microsoft_jobs, open_microsoft
from bot.senders import Senders
from bot.settings import Settings
from bot.signals import Signals
from bot.teams import TeamsDoor
from bot.tracing import open_tracer
from bot.views import viewer
from bot.web import make_app
from domain.delivery import Delivery, DeliveryState
from domain.notices import Medium
from graph.tokens import Tokens
from scheduler.audit import AUDIT_EVERY, Auditor
from scheduler.checks import checks
from scheduler.chores import LOOK_EVERY, Chores
from scheduler.courier import Courier
from scheduler.draw_notices import draw
from scheduler.hand_out import giver
from scheduler.keep_trail import anchor_trail
from scheduler.lay import lay
from scheduler.lay_kinds import kinds_of
from scheduler.link_meetings import MakeLink
from scheduler.meet_deadlines import MEET_EVERY, meet_deadlines
from scheduler.plan_years import LOOK_EVERY as PLAN_EVERY
from scheduler.plan_years import YearPlanning
from scheduler.recall_cards import RECALL_EVERY, recall_cards
from scheduler.redraw_plans import redraw_plan
from scheduler.timetable import Job, Timetable
from storage.database import Database, NotReady, Transaction
from storage.vault import Vault
from usecases.keep_plan_calendar import begin_calendar
from usecases.reach_otherwise import reach_otherwise
from usecases.read_readiness import readiness_rules
from usecases.widen_alerts import widen_alerts

log = logging.getLogger(__name__)

CONFIRM_EVERY = timedelta(seconds=2)
LOOK_AT_QUEUE_EVERY = timedelta(seconds=10)
LAY_EVERY = timedelta(seconds=30)
REFUSED_FOR = timedelta(seconds=5)  # Entra said no: not every message asks it again


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The parts that somebody outside needs: the door's app, and what tests look at."""

    app: web.Application
    database: Database
    clock: Clock
    timetable: Timetable
    senders: Senders

    async def idle(self) -> None:
        """Wait until no job is running, and everything that was sent is answered."""
        while self.timetable.busy or self.senders.busy:
            await self.timetable.idle()
            await self.senders.idle()


def open_database(settings: Settings) -> Database:
    vault = Vault(masters=settings.master_keys, indexes=settings.index_keys)
    return Database(settings.database_url, vault)


@asynccontextmanager
async def open_house(
    settings: Settings,
    *,
    clock: Clock | None = None,
    replica: int = 0,
    mail: Courier[str] | None = None,
    make_link: MakeLink | None = None,
) -> AsyncIterator[House]:
    """Open everything, and close it in the opposite order.

    :param replica: which of several this one is; the first is number 1, an only one is 0.
    :param mail: carries e-mail to who cannot be reached in Teams; None leaves it to Microsoft.
    :param make_link: makes links to meetings in Teams (BER-41); None leaves it to Microsoft 365,
        and where that is not connected they are pasted.
    :raises ValueError: when the rules of readiness cannot be read.
    :raises KeyRefused: when the keys do not fit the database.
    :raises NotReady: when the database cannot be reached or is not migrated.
    """
    clock = clock or Clock()
    readiness_rules()  # rather no bot than one that finds out in an emergency
    async with AsyncExitStack() as stack:
        database = open_database(settings)
        stack.push_async_callback(database.dispose)
        await database.open()
        async with database.transaction() as tx:
            await begin_calendar(tx, now=clock.now())
        stack.push_async_callback(_anchor_at_the_end, settings, database, clock)
        session = await stack.enter_async_context(open_session())
        tracer = await stack.enter_async_context(
            open_tracer(settings.otlp_endpoint, replica=replica)
        )
        signals = Signals()
        if settings.metrics_port:
            await stack.enter_async_context(
                serve_metrics(
                    signals,
                    host=settings.metrics_host,
                    port=settings.metrics_port + max(replica - 1, 0),
                )
            )
        microsoft = open_microsoft(
            settings,
            session=session,
            database=database,
            now=clock.now,
            real=clock.real,
            watch=signals.asked_graph,
        )
        mail = mail or microsoft.mail
        make_link = make_link or microsoft.make_link
        tokens = Tokens(fetch_for(settings, session), now=clock.real, rest=REFUSED_FOR)
        connector = Connector(session=session, tokens=tokens, trusts=trusted_services(settings))

        async def not_reached(tx: Transaction, delivery: Delivery, state: DeliveryState) -> None:
            """Forget where we heard them, and find another way."""
            if delivery.notice.person is not None:
                door.not_reached(delivery.notice.person)
            await reach_otherwise(
                tx, delivery, state=state, mail=mail is not None, now=clock.now()
            )

        senders = Senders(
            database=database,
            courier=TeamsCourier(connector),
            spent=connector.take_spent,
            mail=mail,
            draw=lambda tx, deliveries: draw(
                tx, deliveries, checks=looked_at, invites_by=invites_by(settings), now=clock.now()
            ),
            not_reached=not_reached,
            signals=signals,
            tracer=tracer,
            wake=lambda: senders.wake(timetable),
            rate=settings.pace,
            clock=clock,
        )
        door = TeamsDoor(
            database=database,
            adapter=Adapter(connector),
            clock=clock,
            chat_link=f"https://teams.microsoft.com/l/chat/0/0?users=28:{settings.app_id}",
            wake=lambda: senders.wake(timetable),
            signals=signals,
            mail=mail is not None,
            links=make_link is not None,
            board_link=f"https://teams.microsoft.com/l/entity/{settings.app_id}/readiness",
        )
        daily = microsoft_chores(microsoft, settings=settings, database=database)
        chores = Chores([*chores_of(settings, database), *daily], database=database, now=clock.now)
        looked_at = checks(
            chores,
            real=clock.real,
            widen=widen_alerts if mail is not None else None,
            proof_ends=proof_ends(settings),
        )
        auditor = Auditor(
            database=database, checks=looked_at, now=clock.now, signal=signals.audited
        )
        planning = YearPlanning(
            database=database,
            redraw=lambda plan: redraw_plan(database, TeamsCourier(connector).update, plan),
            wake=lambda: senders.wake(timetable),
            now=clock.now,
            seconds=settings.planner_seconds,
        )
        timetable = Timetable(
            [
                *senders.jobs(every=settings.deliver_every),
                Job(name="do-chores", when=LOOK_EVERY, run=chores.run),
                Job(
                    name="lay-documents",
                    when=LAY_EVERY,
                    run=lambda: _lay_documents(database, settings, clock),
                ),
                Job(
                    name="meet-deadlines",
                    when=MEET_EVERY,
                    run=lambda: _at_once(
                        meet_deadlines(database, now=clock.now()), senders, timetable
                    ),
                ),
                *alert_jobs(
                    database,
                    mail=mail is not None,
                    make_link=make_link,
                    update=TeamsCourier(connector).update,
                    wake=lambda: senders.wake(timetable),
                    now=clock.now,
                ),
                *microsoft_jobs(
                    microsoft,
                    connector=connector,
                    settings=settings,
                    database=database,
                    wake=lambda: senders.wake(timetable),
                    now=clock.now,
                ),
                Job(name="plan-years", when=PLAN_EVERY, run=planning.run),
                Job(name="audit", when=AUDIT_EVERY, run=auditor.run),
                Job(
                    name="recall-cards",
                    when=RECALL_EVERY,
                    run=lambda: recall_cards(database, connector.take_back, now=clock.now),
                ),
                Job(name="confirm-turns", when=CONFIRM_EVERY, run=door.confirm),
                Job(
                    name="look-at-queue",
                    when=LOOK_AT_QUEUE_EVERY,
                    run=lambda: _look_at_queue(database, signals, clock),
                ),
            ]
        )
        stack.push_async_callback(door.confirm)
        clock.when_moved(timetable.wake_all)
        app = make_app(
            settings=settings,
            keys=trusted_keys(settings, clock=clock.real),
            take_turn=door.take,
            ready=partial(_ready, database, auditor),
            clock=clock,
            signals=signals,
            tracer=tracer,
            see=viewer(database, now=clock.now),
            give=giver(database, now=clock.now),
        )
        timetable.start()
        stack.push_async_callback(timetable.stop)
        stack.push_async_callback(planning.close)
        stack.push_async_callback(senders.close)
        stack.callback(microsoft.stop)
        yield House(app=app, database=database, clock=clock, timetable=timetable, senders=senders)


async def _anchor_at_the_end(settings: Settings, database: Database, clock: Clock) -> None:
    """Anchor what was audited since the last hour; a stop is not held up by it (AC-AUD-02)."""
    try:
        await anchor_trail(database, anchor_file(settings), now=clock.now())
    except Exception:
        log.exception("audit not anchored at the end")


async def _lay_documents(database: Database, settings: Settings, clock: Clock) -> None:
    folder = Path(settings.export_folder) if settings.export_folder else None
    kinds = kinds_of(settings.secure_mailbox)
    await lay(database, kinds, folder=folder, now=clock.now())


async def _at_once(work: Awaitable[object], senders: Senders, timetable: Timetable) -> None:
    """Do what is due; what somebody must hear of it leaves at once (BER-76)."""
    if await work:
        senders.wake(timetable)


async def _look_at_queue(database: Database, signals: Signals, clock: Clock) -> None:
    """Show how much waits, how late the oldest is, and how fast we may send."""
    now = clock.now()
    async with database.transaction() as tx:
        depth = await tx.standings.depth(now=now)
        _, oldest = await tx.standings.overdue(before=now)
        pace = await tx.pace.now(Medium.TEAMS)
    signals.queued(
        {(state, tier): count for state, tier, count in depth},
        oldest_overdue=timedelta() if oldest is None else now - oldest,
        pace=0.0 if pace is None else pace.rate,
    )


async def _ready(database: Database, auditor: Auditor) -> Collection[str]:
    try:
        await database.check()
    except NotReady as problem:
        log.warning("not ready", extra={"why": problem.code})
        return [problem.code]
    return auditor.why()
