"""Who was last seen in the groups: ids only, and since when somebody is no longer there."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.directory import GroupSight
from domain.directory_changes import Changes, GroupChange, GroupLink, GroupsRead
from storage.conflicts import insert
from storage.directory_rows import directory_accounts, directory_members, directory_reads


class DirectoryMirror:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def readings(self) -> list[GroupsRead]:
        """List from where the changes of which groups are read, for one transaction at a time."""
        rows = await self._connection.execute(
            select(directory_reads).order_by(directory_reads.c.part).with_for_update()
        )
        return [GroupsRead(part=row.part, groups=tuple(row.groups), link=row.link) for row in rows]

    async def follow(self, part: int, groups: Sequence[str], read: Changes, now: datetime) -> None:
        """Take over what was read of a handful of groups, and from where it goes on."""
        for change in read.groups:
            await self._follow(change, whole=read.whole, now=now)
        own = directory_reads
        said = {"groups": tuple(groups), "link": read.link, "read_at": now}
        await self._connection.execute(
            insert(own)
            .values(part=part, **said)
            .on_conflict_do_update(index_elements=[own.c.part], set_=said)
        )

    async def _follow(self, change: GroupChange, *, whole: bool, now: datetime) -> None:
        own = directory_members
        of_group = own.c.group_id == change.group
        if change.gone:
            return  # who was in it is kept, for the day it is there again
        gone = own.c.aad_id.not_in([*change.came]) if whole else own.c.aad_id.in_(change.left)
        await self._connection.execute(
            update(own).where(of_group, gone, own.c.left_at.is_(None)).values(left_at=now)
        )
        if not change.came:
            return
        new = insert(own)
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[own.c.group_id, own.c.aad_id],
                set_={"nested": new.excluded.nested, "left_at": None},
            ),
            [
                {"group_id": change.group, "aad_id": who, "nested": nested, "seen_at": now}
                for who, nested in change.came.items()
            ],
        )

    async def sights(self, links: Iterable[GroupLink]) -> list[GroupSight]:
        """Show the group of each committee as it was last seen."""
        rows = [*await self._connection.execute(select(directory_members))]
        return [
            GroupSight(
                committee=link.committee,
                group=link.group,
                members=frozenset(
                    row.aad_id
                    for row in rows
                    if row.group_id == link.group and row.left_at is None and not row.nested
                ),
                left=frozenset(
                    row.aad_id
                    for row in rows
                    if row.group_id == link.group and row.left_at is not None and not row.nested
                ),
                nested=any(
                    row.group_id == link.group and row.nested and row.left_at is None
                    for row in rows
                ),
                gone=link.gone_at is not None,
            )
            for link in links
        ]

    async def trim(self, groups: Collection[str], seated: Collection[tuple[str, str]]) -> None:
        """Forget groups that no committee has, and who left one without a seat behind it."""
        own = directory_members
        await self._connection.execute(delete(own).where(own.c.group_id.not_in(groups)))
        rows = await self._connection.execute(
            select(own.c.group_id, own.c.aad_id).where(own.c.left_at.is_not(None))
        )
        for group, who in rows:
            if (group, who) not in seated:
                await self._connection.execute(
                    delete(own).where(own.c.group_id == group, own.c.aad_id == who)
                )

    async def seen_accounts(self) -> frozenset[str]:
        """Name the ids that Entra has had."""
        return frozenset(await self._connection.scalars(select(directory_accounts.c.aad_id)))

    async def remember_accounts(self, ids: Iterable[str], *, now: datetime) -> None:
        values = [{"aad_id": each, "seen_at": now} for each in ids]
        if values:
            await self._connection.execute(
                insert(directory_accounts).on_conflict_do_nothing(), values
            )
