"""The database: open it with the right keys, and take one transaction at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import exists, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.trail import ChainKey
from storage.absences import Absences
from storage.access_requests import AccessRequests
from storage.addresses import Addresses
from storage.alert_erasing import AlertEraser
from storage.assessments import Assessments
from storage.audit import Audit
from storage.audit_rows import audit_chain
from storage.call_list import CallList
from storage.case_actions import CaseActions
from storage.case_meetings import CaseMeetings
from storage.case_rows import records
from storage.cases import Cases
from storage.chain_keys import ChainKeys
from storage.concern_groups import ConcernGroups
from storage.concerns import Concerns
from storage.conflicts import insert
from storage.counters import Counters
from storage.countersigns import Countersigns
from storage.drafts import Drafts
from storage.engine import engine_for
from storage.erasing import Eraser
from storage.exports import Exports
from storage.facts import Facts
from storage.gates import Gates
from storage.grants import Grants
from storage.handovers import Handovers
from storage.informings import Informings
from storage.job_runs import JobRuns
from storage.journal import Journal
from storage.keys import Keys
from storage.matters import Matters
from storage.meeting_stores import MeetingStores
from storage.merges import Merges
from storage.microsoft_stores import MicrosoftStores
from storage.organisation import OrganisationStore
from storage.outbox import Outbox
from storage.outcomes import Outcomes
from storage.pacing import Pacing
from storage.people import People
from storage.playbooks import Playbooks
from storage.readiness_stores import ReadinessStores
from storage.records import Records
from storage.relations import Relations
from storage.retention import RetentionStore
from storage.room import Room
from storage.rows import REVISION, concerns, data_keys, drafts, index_keys, masters, turns
from storage.shown_cards import ShownCards
from storage.standing import Standings
from storage.subjects import Subjects
from storage.trials import Trials
from storage.turns import Turns
from storage.vault import KeyRefused, Vault


class NotReady(Exception):
    """The database cannot be used now; the code says what an operator should look at."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Collided(Exception):
    """Two transactions waited for each other; this one was undone, and may be made again."""


COLLISIONS = frozenset({"40P01", "40001"})  # PostgreSQL: deadlock, could not be serialized


class Transaction(MeetingStores, ReadinessStores, MicrosoftStores):
    """Everything that is remembered or forgotten together."""

    def __init__(
        self, connection: AsyncConnection, vault: Vault, chain_keys: dict[int, ChainKey]
    ) -> None:
        self.connection = connection
        self.keys = Keys(connection, vault)
        self.people = People(connection)
        self.organisation = OrganisationStore(connection)
        self.drafts = Drafts(connection, self.keys)
        self.counters = Counters(connection)
        MeetingStores.__init__(self, connection, self.counters)
        ReadinessStores.__init__(self, connection, self.counters)
        MicrosoftStores.__init__(self, connection)
        self.concerns = Concerns(connection, self.keys, self.counters)
        self.relations = Relations(connection, self.keys)
        self.records = Records(connection, self.keys)
        self.subjects = Subjects(connection, self.keys, self.records)
        self.merges = Merges(connection)
        self.cases = Cases(connection, self.counters)
        self.actions = CaseActions(connection, self.keys)
        self.countersigns = Countersigns(connection)
        self.meetings = CaseMeetings(connection)
        self.playbooks = Playbooks(connection)
        self.grants = Grants(connection)
        self.gates = Gates(connection)
        self.matters = Matters(connection, self.relations, self.grants, self.gates)
        self.journal = Journal(connection)
        self.informings = Informings(connection)
        self.exports = Exports(connection)
        self.groups = ConcernGroups(connection, self.counters)
        self.assessments = Assessments(connection)
        self.handovers = Handovers(connection)
        self.outcomes = Outcomes(connection, self.keys)
        self.facts = Facts(connection)
        self.absences = Absences(connection)
        self.access_requests = AccessRequests(connection, self.counters)
        self.retention = RetentionStore(connection)
        self.shown_cards = ShownCards(connection)
        self.eraser = Eraser(connection, self.keys)
        self.alert_eraser = AlertEraser(connection)
        self.outbox = Outbox(connection)
        self.standings = Standings(connection)
        self.pace = Pacing(connection)
        self.job_runs = JobRuns(connection)
        self.addresses = Addresses(connection)
        self.call_list = CallList(connection)
        self.trials = Trials(connection)
        self.turns = Turns(connection, self.keys)
        self.chain_keys = ChainKeys(connection, vault, chain_keys)
        self.audit = Audit(connection, self.chain_keys)


class Database:
    """One database and the vault that opens what is sealed in it."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.vault = vault
        self._engine = engine_for(url)
        self._room = Room(self._engine)
        self._chain_keys: dict[int, ChainKey] = {}

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Commit when the block ends well, roll back when it does not, or cannot be audited.

        This is the only place in the house that commits.

        :raises Collided: when it and another each held what the other wanted.
        """
        try:
            async with self._engine.begin() as connection:
                tx = Transaction(connection, self.vault, self._chain_keys)
                yield tx
                await tx.audit.flush()
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in COLLISIONS:
                raise Collided from error
            raise
        tx.keys.committed()

    async def open(self) -> None:
        """Make sure that our keys are the ones used here; on the first start, introduce them.

        :raises NotReady: when the database cannot be reached, or is not migrated.
        :raises KeyRefused: when a key is wrong or missing, or the key store is gone while
            there is sealed data (AC-CRYPT-06).
        """
        try:
            async with self.transaction() as tx:
                await _migrated(tx.connection)
                if not await _introduced(tx.connection):
                    await _introduce(tx.connection, self.vault)
                await _recognise(tx.connection, self.vault)
        except SQLAlchemyError as error:
            raise NotReady("database") from error

    async def check(self) -> None:
        """Look whether the database answers, has room, is migrated and still knows our keys.

        :raises NotReady: `database`, `disk_full`, `migrations`, `keys`, or `audit_chain` when
            its end is not what we wrote (AC-BAK-03).
        """
        if self._room.is_lacking():
            raise NotReady("disk_full")
        try:
            async with self.transaction() as tx:
                await _migrated(tx.connection)
                await _recognise(tx.connection, self.vault)
                if not await tx.audit.stands():
                    raise NotReady("audit_chain")
        except KeyRefused as error:
            raise NotReady("keys") from error
        except (SQLAlchemyError, OSError) as error:
            raise NotReady("database") from error

    async def dispose(self) -> None:
        await self._engine.dispose()


async def _migrated(connection: AsyncConnection) -> None:
    version = await connection.scalar(text("SELECT version_num FROM data.alembic_version"))
    if version != REVISION:
        raise NotReady("migrations")


async def _introduced(connection: AsyncConnection) -> bool:
    return bool(await connection.scalar(select(exists().select_from(masters))))


async def _introduce(connection: AsyncConnection, vault: Vault) -> None:
    """Note the newest keys as the ones in use, where nothing has been sealed yet."""
    for table in (data_keys, drafts, concerns, records, turns, audit_chain):
        if await connection.scalar(select(exists().select_from(table))):
            raise KeyRefused("there is sealed data, but the key store does not know its keys")
    for statement in (
        insert(masters).values(
            version=vault.newest_master, proof=vault.master_proof(vault.newest_master)
        ),
        insert(index_keys).values(
            version=vault.newest_index, proof=vault.index_proof(vault.newest_index)
        ),
    ):
        await connection.execute(statement.on_conflict_do_nothing())


async def _recognise(connection: AsyncConnection, vault: Vault) -> None:
    known_masters = (await connection.execute(select(masters))).all()
    known_indexes = (await connection.execute(select(index_keys))).all()
    if not known_masters or not known_indexes:
        raise KeyRefused("the key store is empty")
    for row in known_masters:
        if not vault.proves_master(row.version, row.proof):
            raise KeyRefused(f"master key version {row.version} is wrong or missing")
    for row in known_indexes:
        if not vault.proves_index(row.version, row.proof):
            raise KeyRefused(f"index key version {row.version} is wrong or missing")
