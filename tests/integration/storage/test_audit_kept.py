"""What stays verifiable: what was before the chain, after a trim, after a change of keys."""

import pytest
from sqlalchemy import delete, insert, update

from domain.trail import read
from storage.audit_rows import audit_chain, audit_checkpoints
from storage.database import Database
from storage.rotation import rotate
from storage.rows import audit
from storage.trimming import trim
from storage.vault import Vault
from storage.verifying import verify
from tests.integration.storage.chains import DAY, EARLIER, LINKS, anchor, breaks, earlier, removed
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import MONDAY_NOON, SECRETS, vault
from tests.integration.storage.raw import back_up
from tests.support.tampering import chain_of, did, tampering


class TestWhatWasBefore:
    async def test_is_bound_into_the_chain(self, database: Database) -> None:
        await earlier(database, "one", "two")
        await did(database, "three", at=MONDAY_NOON)
        assert (await verify(database, anchors=[])).holds

        async with tampering(database) as connection:
            await connection.execute(
                update(audit).where(audit.c.action == "two").values(actor="nobody")
            )

        assert breaks(await verify(database, anchors=[])) == ["before:0"]

    async def test_cannot_grow(self, database: Database) -> None:
        await did(database, "one", at=MONDAY_NOON)
        await earlier(database, "slipped in")

        assert breaks(await verify(database, anchors=[])) == ["before:0"]


class TestATrim:
    """AC-AUD-06."""

    async def test_leaves_a_chain_that_holds(self, chain: Database) -> None:
        held = await anchor(chain)
        await earlier(chain, "long ago")
        await did(chain, "new", at=MONDAY_NOON + 2 * DAY)

        trimmed = await trim(chain, before=MONDAY_NOON + DAY, now=MONDAY_NOON + 3 * DAY)

        assert trimmed is not None
        assert (trimmed.links, trimmed.through) == (LINKS, LINKS)
        kept = await chain_of(chain)
        assert [read(each.event).event.action for each in kept] == ["new", "audit.trim"]
        verdict = await verify(chain, anchors=[held])
        assert verdict.holds
        assert (await back_up(chain))["data.audit"] == []

    async def test_can_be_done_again_and_again(self, chain: Database) -> None:
        for days in (1, 2, 3):
            await did(chain, f"day {days}", at=MONDAY_NOON + days * DAY)
        for days in (1, 2, 3):
            await trim(chain, before=MONDAY_NOON + days * DAY, now=MONDAY_NOON + 4 * DAY)

            assert (await verify(chain, anchors=[])).holds

    async def test_puts_back_what_protects_the_rest(self, chain: Database) -> None:
        await did(chain, "new", at=MONDAY_NOON + 2 * DAY)
        await trim(chain, before=MONDAY_NOON + DAY, now=MONDAY_NOON + 3 * DAY)

        for attempt in (delete(audit_chain), insert(audit).values(**EARLIER)):
            with pytest.raises(Exception, match="append only"):
                async with chain.transaction() as tx:
                    await tx.connection.execute(attempt)

    async def test_of_nothing_changes_nothing(self, chain: Database) -> None:
        assert await trim(chain, before=MONDAY_NOON, now=MONDAY_NOON) is None
        assert len(await chain_of(chain)) == LINKS

    async def test_never_takes_the_last_link(self, chain: Database) -> None:
        await trim(chain, before=MONDAY_NOON + DAY, now=MONDAY_NOON + DAY)

        assert [each.seq for each in await chain_of(chain)] == [LINKS, LINKS + 1]
        assert (await verify(chain, anchors=[])).holds

    async def test_that_somebody_else_did_shows(self, chain: Database) -> None:
        links = await chain_of(chain)
        await removed(1, 2, 3)(chain)
        async with chain.transaction() as tx:
            await tx.connection.execute(
                insert(audit_checkpoints).values(
                    through=3,
                    mac=links[2].mac,
                    at=MONDAY_NOON,
                    key_version=1,
                    signature=bytes(32),
                )
            )

        assert breaks(await verify(chain, anchors=[])) == ["checkpoint:3"]


class TestAChangeOfKeys:
    async def test_leaves_what_was_closed_before_verifiable(
        self, chain: Database, opens: Opens
    ) -> None:
        """AC-CRYPT-03: also when the old master is gone from the settings."""
        held = await anchor(chain)
        both = await opens(
            Vault(
                masters={version: SECRETS[version] for version in (1, 2)},
                indexes={8: SECRETS[8]},
            )
        )
        report = await rotate(both)
        assert report.complete

        new = await opens(vault(masters=(2,)))
        await did(new, "with the new key", at=MONDAY_NOON)

        assert [each.key_version for each in await chain_of(new)] == [*[1] * LINKS, 2]
        assert (await verify(new, anchors=[held])).holds

    async def test_before_anything_was_audited_is_no_trouble(self, opens: Opens) -> None:
        await opens(vault())
        both = await opens(vault(masters=(1, 2)))
        await rotate(both)
        await did(both, "one", at=MONDAY_NOON)

        assert (await verify(both, anchors=[])).holds
