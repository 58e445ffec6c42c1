"""What an operator is told by the errands about the audit chain, and what they do."""

import asyncio
from argparse import Namespace
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.audit_errands import SAID, AuditRefused, accept_audit, in_words, trim_audit, verify_audit
from bot.settings import Settings
from bot.wiring import open_database, open_house
from devtools.environment import ROOT, python
from domain.trail_check import Harm, broken
from scheduler.keep_trail import anchor_trail, broken_trail
from storage.anchor_file import lines_of
from storage.database import Database
from tests.integration.storage.examples import MONDAY_NOON
from tests.support.processes import environment
from tests.support.tampering import chain_of, did, rebuilt, removed_after
from tests.support.town import settings_for

NOTHING_ASKED = Namespace(file=None)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return replace(
        settings_for(database_url, teams_port=3979, bot_port=3978),
        audit_anchor_file=str(tmp_path / "anchors"),
    )


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """Hold a chain of four events, with an anchor at the last."""
    database = open_database(settings)
    await database.open()
    await did(database, "one", "two", "three", at=MONDAY_NOON)
    await anchor_trail(database, Path(settings.audit_anchor_file), now=MONDAY_NOON)
    yield database
    await database.dispose()


async def breaks_now(database: Database) -> int:
    """Tell what the auditor would make of the last check."""
    async with database.transaction() as tx:
        trouble = await broken_trail(tx, MONDAY_NOON)
    return 0 if trouble is None else trouble.count


class TestVerifyAudit:
    async def test_says_that_the_chain_holds(
        self, database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await did(database, "four", at=MONDAY_NOON)

        await verify_audit(settings, NOTHING_ASKED)

        assert capsys.readouterr().out == (
            "5 events, the last is number 5; the anchors know of number 4\nthe chain holds\n"
        )

    async def test_says_where_it_broke_and_how_and_the_auditor_knows(
        self, database: Database, settings: Settings
    ) -> None:
        """AC-AUD-02."""
        await removed_after(database, 2)

        with pytest.raises(AuditRefused) as refused:
            await verify_audit(settings, NOTHING_ASKED)

        assert str(refused.value) == (
            "events 3 to 4 are truncated: an anchor has seen the chain longer"
        )
        assert await breaks_now(database) == 1

    async def test_says_that_without_anchors_it_cannot_see_the_end(
        self, database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await removed_after(database, 2)

        await verify_audit(replace(settings, audit_anchor_file=""), NOTHING_ASKED)

        assert "a missing end cannot be noticed" in capsys.readouterr().out

    @pytest.mark.usefixtures("database")
    async def test_says_no_more_than_can_be_read(self, settings: Settings, tmp_path: Path) -> None:
        other = tmp_path / "other anchors"
        other.write_text("forged\n" * 25)

        with pytest.raises(AuditRefused) as refused:
            await verify_audit(settings, Namespace(file=other))

        *named, more = str(refused.value).splitlines()
        assert len(named) == 20
        assert more == "and 5 more"

    async def test_ends_with_one_as_a_process(
        self, database: Database, settings: Settings
    ) -> None:
        await rebuilt(database, at=MONDAY_NOON, links=4)
        asked = await asyncio.create_subprocess_exec(
            *(python(), "-m", "bot", "verify-audit"),
            cwd=ROOT,
            env={
                **environment(settings),
                "AUDIT_ANCHOR_FILE": settings.audit_anchor_file,
            },
            stdout=PIPE,
            stderr=PIPE,
        )
        _, said = await asked.communicate()

        assert (asked.returncode, said.decode()) == (
            1,
            "event 4 has been rebuilt with the key: it was another before\n",
        )

    @pytest.mark.parametrize("harm", Harm)
    def test_has_words_for_everything_that_can_be_done(self, harm: Harm) -> None:
        words = in_words(broken(harm, 3, last=7))

        assert harm is Harm.BEFORE or "3" in words
        assert "{" not in words
        assert len(set(SAID.values())) == len(Harm)


class TestAcceptAudit:
    async def test_makes_a_restored_chain_hold_and_goes_on_saying_it(
        self, database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """AC-BAK-01: what came after the backup is missing, and somebody has said so."""
        await removed_after(database, 2)
        with pytest.raises(AuditRefused):
            await verify_audit(settings, NOTHING_ASKED)

        await accept_audit(settings, NOTHING_ASKED)
        await did(database, "afterwards", at=MONDAY_NOON)
        await verify_audit(settings, NOTHING_ASKED)

        assert capsys.readouterr().out.endswith("the chain holds\n")
        assert await breaks_now(database) == 0

    async def test_lets_a_chain_that_is_gone_begin_anew(
        self, database: Database, settings: Settings
    ) -> None:
        await removed_after(database, 0)

        await accept_audit(settings, NOTHING_ASKED)
        await did(database, "afterwards", at=MONDAY_NOON)

        await verify_audit(settings, NOTHING_ASKED)
        await database.check()
        assert [each.seq for each in await chain_of(database)] == [1, 2, 3, 4, 5]

    async def test_needs_a_place_to_say_it(self, database: Database, settings: Settings) -> None:
        with pytest.raises(AuditRefused, match="AUDIT_ANCHOR_FILE"):
            await accept_audit(replace(settings, audit_anchor_file=""), NOTHING_ASKED)

        assert len(await chain_of(database)) == 4


class TestTrimAudit:
    """AC-AUD-06."""

    @pytest.mark.usefixtures("database")
    async def test_removes_what_is_older_than_it_is_kept(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await trim_audit(replace(settings, audit_kept_months=1), NOTHING_ASKED)

        assert capsys.readouterr().out.splitlines()[-1] == "4 events are trimmed, through event 4"
        await verify_audit(settings, NOTHING_ASKED)

    @pytest.mark.usefixtures("database")
    async def test_says_when_there_is_nothing(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await trim_audit(replace(settings, audit_kept_months=1200), NOTHING_ASKED)

        assert "nothing is older than" in capsys.readouterr().out

    async def test_removes_nothing_from_a_chain_that_does_not_hold(
        self, database: Database, settings: Settings
    ) -> None:
        await removed_after(database, 2)

        with pytest.raises(AuditRefused, match="Nothing is trimmed"):
            await trim_audit(replace(settings, audit_kept_months=1), NOTHING_ASKED)

        assert [each.seq for each in await chain_of(database)][:2] == [1, 2]


async def test_a_stop_leaves_an_anchor_and_a_start_goes_on_from_there(
    settings: Settings,
) -> None:
    """AC-AUD-02: what was audited in the last hour is anchored too."""
    for action in ("before the restart", "after it"):
        async with open_house(settings) as house:
            await did(house.database, action, at=MONDAY_NOON)

    assert ['"seq":2,' in line for line in lines_of(Path(settings.audit_anchor_file))] == [
        True,
        False,
    ]
    await verify_audit(settings, NOTHING_ASKED)
