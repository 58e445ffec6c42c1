"""Playbooks: what the Secretariat has written about each level (LVL-5)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.people import PersonId
from domain.playbooks import Playbook
from storage.conflicts import insert
from storage.plan_rows import playbooks


class Playbooks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, level: int) -> Playbook | None:
        """Find what has been written of a level; None while it is as we deliver it."""
        rows = await self._connection.execute(select(playbooks).where(playbooks.c.level == level))
        row = rows.one_or_none()
        return None if row is None else _playbook(row)

    async def save(self, playbook: Playbook) -> Playbook:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `playbook.moved_on`.
        """
        following = replace(playbook, version=playbook.version + 1)
        values = {column.name: getattr(following, column.name) for column in playbooks.c}
        if playbook.version == 0:
            saved = await self._connection.execute(
                insert(playbooks).values(values).on_conflict_do_nothing()
            )
        else:
            saved = await self._connection.execute(
                update(playbooks)
                .where(
                    playbooks.c.level == playbook.level, playbooks.c.version == playbook.version
                )
                .values(values)
            )
        if saved.rowcount != 1:
            raise RuleBroken("playbook.moved_on")
        return following


def _playbook(row: Row[Any]) -> Playbook:
    return Playbook(
        level=row.level,
        text=row.text,
        by=PersonId(row.by),
        at=row.at,
        version=row.version,
    )
