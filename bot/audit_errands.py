"""An operator's errands about the audit chain: check it, accept what was found, trim it."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.chores import anchor_file
from bot.clock import Clock
from bot.errands import opened
from bot.settings import Settings
from domain.ages import add_months
from domain.dates import COPENHAGEN, local_date
from domain.trail_check import Break, Harm, Verdict
from scheduler.keep_trail import anchor_trail, check_trail
from storage.anchor_file import lines_of
from storage.trimming import trim
from storage.verifying import accept, verify

MOST_SAID: Final = 20
SAID: Final[Mapping[Harm, str]] = {
    Harm.EDITED: "event {seq} has been edited: it is not what was written",
    Harm.COLUMN: "event {seq} has a copied column that does not say what the event says",
    Harm.MISSING: "events {seq} to {last} are missing: removed from between others",
    Harm.REORDERED: "event {seq} has been reordered: it is another's place",
    Harm.COPIED: "event {seq} is a copy of an earlier one",
    Harm.FORGED: "event {seq} is forged: it was added without the key",
    Harm.TRUNCATED: "events {seq} to {last} are truncated: an anchor has seen the chain longer",
    Harm.WIPED: "the chain is wiped: events {seq} to {last} are gone, and none is left",
    Harm.REBUILT: "event {seq} has been rebuilt with the key: it was another before",
    Harm.ANCHOR: "line {seq} of the anchors is forged or torn: no key of ours has signed it",
    Harm.CHECKPOINT: "the checkpoint after event {seq} is forged: no key of ours has signed it",
    Harm.BEFORE: "what was audited before the chain began has been changed",
}


class AuditRefused(Exception):
    """The chain does not hold, or the errand cannot be done; says so in plain words."""


def in_words(found: Break) -> str:
    """Say one break in plain words."""
    return SAID[found.harm].format(seq=found.seq, last=found.last)


async def verify_audit(settings: Settings, asked: Namespace) -> None:
    """Check the chain, against the file of anchors that is set or the one that is named.

    :raises AuditRefused: saying where it broke, and how (AC-AUD-02).
    """
    async with opened(settings) as database:
        verdict = await check_trail(
            database, asked.file or anchor_file(settings), now=Clock().now()
        )
    _say(verdict)
    if not verdict.holds:
        lines = [in_words(each) for each in verdict.breaks[:MOST_SAID]]
        more = len(verdict.breaks) - len(lines)
        raise AuditRefused("\n".join([*lines, *([f"and {more} more"] if more else [])]))


async def accept_audit(settings: Settings, _: Namespace) -> None:
    """Accept what is wrong with the chain now, after a restore or an inquiry.

    A signed line says so among the anchors, for good; later checks count it as known. A chain
    that is gone begins anew.

    :raises AuditRefused: when there is no file of anchors to say it in.
    """
    file = anchor_file(settings)
    if file is None:
        raise AuditRefused("AUDIT_ANCHOR_FILE must be set: what is accepted is written there")
    now = Clock().now()
    async with opened(settings) as database:
        verdict = await verify(database, anchors=lines_of(file))
        async with database.transaction() as tx:
            await accept(tx, verdict, now=now)
        await anchor_trail(database, file, now=now, accepted=frozenset(map(str, verdict.breaks)))
        _say(await check_trail(database, file, now=now))


async def trim_audit(settings: Settings, _: Namespace) -> None:
    """Let go of what is older than it is to be kept, if the chain holds.

    DATABASE_URL must name the owner of the tables.

    :raises AuditRefused: when it does not hold.
    """
    now = Clock().now()
    file = anchor_file(settings)
    async with opened(settings) as database:
        verdict = await check_trail(database, file, now=now)
        if not verdict.holds:
            raise AuditRefused("The chain does not hold: see verify-audit. Nothing is trimmed.")
        before = datetime.combine(
            add_months(local_date(now), -settings.audit_kept_months),
            datetime.min.time(),
            tzinfo=COPENHAGEN,
        )
        trimmed = await trim(database, before=before, now=now)
        await anchor_trail(database, file, now=now)
    _tell(
        f"nothing is older than {before:%Y-%m-%d}"
        if trimmed is None
        else f"{trimmed.links} events are trimmed, through event {trimmed.through}"
    )


def _say(verdict: Verdict) -> None:
    _tell(
        f"{verdict.links} events, the last is number {verdict.head.seq};"
        + (
            " there are no anchors, so a missing end cannot be noticed"
            if verdict.anchored is None
            else f" the anchors know of number {verdict.anchored}"
        )
    )
    for each in verdict.known:
        _tell(f"known and accepted: {in_words(each)}")
    if verdict.holds:
        _tell("the chain holds")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
