"""What subjects are found by: blind marks of names, birthdays and CPR numbers (AC-CRYPT-05)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.name_words import SHORTEST, beginnings, begins_as, couples, name_words
from domain.people import CommitteeCode, PersonId
from domain.searching import Search
from storage.case_rows import cases, subject_cprs, subject_marks, subjects
from storage.conflicts import insert as upsert
from storage.keys import Keys
from storage.plan_rows import group_members
from storage.rows import concerns, relations

LOOKS_AT_MOST = 2_000  # bearers of the rarer word of two; a search never costs more (0030)
_TWICE = 4  # a subject has a mark for each of two groups, and under each of two index keys

Marks = Mapping[str, Mapping[int, bytes]]

_driving = subject_marks.alias("driving")
_probed = subject_marks.alias("probed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findable:
    """What is known of who somebody is, in any of the cases about them."""

    names: frozenset[str] = field(repr=False)
    born: frozenset[date] = field(repr=False)
    cprs: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where somebody may look: the groups whose cases they work on, and single people besides.

    `scopes` None means everywhere.
    """

    scopes: frozenset[CommitteeCode] | None
    besides: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The subjects found; `complete` is false where there may be others."""

    subjects: tuple[UUID, ...]
    complete: bool


class SubjectIndex:
    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def index(
        self, subject: UUID, found_by: Findable, *, scopes: Collection[CommitteeCode]
    ) -> None:
        """Make a subject findable by this and by nothing else, in these groups.

        :raises RuleBroken: `case.known_meanwhile` when somebody else has one of the CPR numbers.
        """
        await self.forget(subject)
        await self._take_cprs(subject, found_by.cprs)
        marks = await self._keys.label_marks(labels(found_by))
        rows = [
            {"mark": mark, "scope": scope, "subject": subject, "index_version": version}
            for versions in marks.values()
            for version, mark in versions.items()
            for scope in sorted(scopes)
        ]
        if rows:
            await self._connection.execute(insert(subject_marks), rows)

    async def _take_cprs(self, subject: UUID, digits: Collection[str]) -> None:
        marks = await self._keys.label_marks({_cpr(number) for number in digits})
        for versions in marks.values():
            for version, mark in sorted(versions.items()):
                taken = await self._connection.scalar(
                    upsert(subject_cprs)
                    .values(mark=mark, subject=subject, index_version=version)
                    .on_conflict_do_nothing()
                    .returning(subject_cprs.c.subject)
                )
                if taken is None:
                    raise RuleBroken("case.known_meanwhile")

    async def forget(self, subject: UUID) -> None:
        """Make a subject findable by nothing."""
        for table in (subject_marks, subject_cprs):
            await self._connection.execute(delete(table).where(table.c.subject == subject))

    async def with_cpr(self, digits: str) -> UUID | None:
        """Name the subject who has this CPR number, wherever their case is."""
        label = _cpr(digits)
        marks = (await self._keys.label_marks([label]))[label].values()
        found = await self._connection.scalars(
            select(subject_cprs.c.subject).where(subject_cprs.c.mark.in_(list(marks))).limit(1)
        )
        return found.first()

    async def namesakes(self, name: str, born: date) -> list[UUID]:
        """List who was born that day and has a name that begins alike, wherever their case is."""
        wanted = {_born(born, word) for word in name_words(name)}
        marks = await self._keys.label_marks(wanted)
        every = [mark for versions in marks.values() for mark in versions.values()]
        found = await self._connection.scalars(
            select(subject_marks.c.subject)
            .distinct()
            .where(subject_marks.c.mark.in_(every))
            .order_by(subject_marks.c.subject)
        )
        return list(found)

    async def hidden_from(self, person: PersonId) -> frozenset[UUID]:
        """Name the subjects that somebody is recused from, by a case or a concern (INH-3)."""
        barred = await self._ids(
            select(relations.c.matter).where(
                relations.c.person == person, relations.c.near, relations.c.lifted_at.is_(None)
            )
        )
        if not barred:
            return frozenset()
        near = barred | await self._ids(select(concerns.c.case).where(concerns.c.id.in_(barred)))
        written = select(group_members.c.subject).where(group_members.c.id.in_(barred))
        near |= await self._ids(select(cases.c.id).where(cases.c.subject.in_(written)))
        into = await self._ids(select(cases.c.merged_into).where(cases.c.id.in_(near)))
        merged = select(cases.c.id).where(
            cases.c.merged_into.in_(near | into), cases.c.merged_into.is_not(None)
        )
        every = near | into | await self._ids(merged)
        return frozenset(await self._ids(select(cases.c.subject).where(cases.c.id.in_(every))))

    async def _ids(self, chosen: Select[Any]) -> set[UUID]:
        rows = await self._connection.execute(chosen)
        return {row[0] for row in rows if row[0] is not None}

    async def search(self, search: Search, *, reach: Reach, at_most: int) -> Found:
        """Find subjects within somebody's reach, in no order.

        Nobody out of reach is looked at, so that it takes as long as if there were none.
        """
        found: dict[UUID, None] = {}
        complete = True
        for driving, probed in _ways(search):
            marks = await self._keys.label_marks({driving, *probed})
            if reach.scopes is None or reach.scopes:
                met, all_seen = await self._met(marks, driving, probed, reach, at_most + 1)
                found |= dict.fromkeys(met)
                complete = complete and all_seen
            if reach.besides:
                found |= dict.fromkeys(await self._singled_out(marks, reach))
        return Found(subjects=tuple(found)[:at_most], complete=complete and len(found) <= at_most)

    async def _met(
        self, marks: Marks, driving: str, probed: Collection[str], reach: Reach, at_most: int
    ) -> tuple[list[UUID], bool]:
        """Go through who is found by one label, and keep who is found by all the others too."""
        bearers = select(_driving.c.subject, _driving.c.scope).where(
            _driving.c.mark.in_(list(marks[driving].values()))
        )
        if reach.scopes is not None:
            bearers = bearers.where(_driving.c.scope.in_(reach.scopes))
        if reach.hidden:
            bearers = bearers.where(_driving.c.subject.not_in(reach.hidden))
        looked_at = bearers.limit(LOOKS_AT_MOST).subquery()
        has_all = [
            _has(marks[label], looked_at.c.subject, scope=looked_at.c.scope) for label in probed
        ]
        rows = await self._connection.scalars(
            select(looked_at.c.subject).where(*has_all).limit(at_most * _TWICE)
        )
        met = list(dict.fromkeys(rows))
        if not probed or len(met) >= at_most:
            return met, True
        beyond = await self._connection.scalar(bearers.offset(LOOKS_AT_MOST).limit(1))
        return met, beyond is None

    async def _singled_out(self, marks: Marks, reach: Reach) -> list[UUID]:
        """Keep those of a few single people who are found by every label."""
        found = await self._connection.scalars(
            select(subjects.c.id).where(
                subjects.c.id.in_(reach.besides - reach.hidden),
                *(_has(each, subjects.c.id) for each in marks.values()),
            )
        )
        return list(found)


def _has(
    marks: Mapping[int, bytes],
    subject: ColumnElement[UUID],
    *,
    scope: ColumnElement[str] | None = None,
) -> ColumnElement[bool]:
    """Ask of one subject whether it has a mark, in a way that no planner makes a join of."""
    one = select(literal(1)).where(
        _probed.c.subject == subject, _probed.c.mark.in_(list(marks.values()))
    )
    if scope is not None:
        one = one.where(_probed.c.scope == scope)
    return one.limit(1).scalar_subquery().is_not(None)


def labels(found_by: Findable) -> set[str]:
    """Name everything a subject is found by; what kind of thing it is comes first."""
    made = {_cpr(digits) for digits in found_by.cprs}
    for name in found_by.names:
        words = name_words(name)
        made |= {_name(beginning) for word in words for beginning in beginnings(word)}
        made |= {_pair(couple) for couple in couples(words)}
        made |= {_born(day, word) for day in found_by.born for word in words}
    return made


def _ways(search: Search) -> list[tuple[str, list[str]]]:
    """Say what to look through, and what to ask of each one met: the rarest comes first.

    Two whole names together are borne by few, so that they are tried before what begins alike.
    """
    if search.cpr is not None:
        return [(_cpr(search.cpr), [])]
    longest_first = sorted(search.words, key=len, reverse=True)
    names = [_name(begins_as(word)) for word in longest_first]
    if search.born is not None:
        return [(_born(search.born, longest_first[0]), names)]
    if len(names) == 1:
        return [(names[0], [])]
    first, second, *_ = longest_first
    return [(_pair(" ".join(sorted((first, second)))), names[2:]), (names[0], names[1:])]


def _name(beginning: str) -> str:
    return f"name|{beginning}"


def _pair(couple: str) -> str:
    return f"pair|{couple}"


def _born(day: date, word: str) -> str:
    return f"born|{day.isoformat()}|{word[:SHORTEST]}"


def _cpr(digits: str) -> str:
    return f"cpr|{digits}"
