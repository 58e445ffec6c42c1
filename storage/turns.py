"""Turns already taken, and what was answered, so that a replay changes nothing (AC-AUTH-06)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zlib import compress, decompress

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflicts import insert
from storage.keys import Keys, turns_of
from storage.rows import DATA, turns
from storage.sealing import Place
from storage.vault import Shredded

QUICKLY = 1  # a card shrinks to a fifth, which is fewer pages to write and to sync


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A turn taken before, what was answered then, and whether Teams is known to have it."""

    at: datetime
    answered: bool
    answer: bytes | None = field(repr=False)


_HERE = (
    turns.c.conversation == bindparam("conversation_"),
    turns.c.activity == bindparam("activity_"),
)
_BEGIN = (
    insert(turns)
    .on_conflict_do_nothing(index_elements=[turns.c.conversation, turns.c.activity])
    .returning(turns.c.activity)
)
_FIND = select(turns).where(*_HERE)
_REMEMBER = (
    update(turns)
    .where(*_HERE)
    .values(answer=bindparam("answer_"), answered=bindparam("answered_"))
)
_ANSWERED = update(turns).where(*_HERE).values(answered=True)


class Turns:
    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._began: dict[tuple[str, str], datetime] = {}

    async def begin(self, conversation: str, activity: str, *, now: datetime) -> Seen | None:
        """Note that this turn is being taken; return what is known if it was taken before.

        A second replica waits here until the first has committed or given up.
        """
        first = await self._connection.scalar(
            _BEGIN,
            {"conversation": conversation, "activity": activity, "at": now, "answered": False},
        )
        if first is not None:
            self._began[conversation, activity] = now
            return None
        row = (await self._connection.execute(_FIND, _named(conversation, activity))).one()
        answer = None
        if row.answer is not None:
            try:
                key = await self._keys.of(_subject(row.at))
                answer = decompress(key.open(row.answer, _place(conversation, activity)))
            except Shredded:
                answer = None
        return Seen(at=row.at, answered=row.answered, answer=answer)

    async def remember(
        self, conversation: str, activity: str, answer: bytes, *, answered: bool
    ) -> None:
        """Keep the answer of a turn, sealed with the key of the day the turn was taken."""
        at = self._began.get((conversation, activity))
        if at is None:
            found = await self._connection.execute(_FIND, _named(conversation, activity))
            at = found.one().at
        key = await self._keys.make(_subject(at))
        await self._connection.execute(
            _REMEMBER,
            {
                **_named(conversation, activity),
                "answer_": key.seal(compress(answer, QUICKLY), _place(conversation, activity)),
                "answered_": answered,
            },
        )

    async def mark_answered(self, *answered: tuple[str, str]) -> None:
        """Note that Teams has the answers of these turns, each a conversation and an activity."""
        if answered:
            await self._connection.execute(_ANSWERED, [_named(*each) for each in answered])

    async def forget_before(self, when: datetime) -> None:
        """Forget older turns, and destroy the keys of the days that are wholly past."""
        await self._connection.execute(delete(turns).where(turns.c.at < when))
        await self._keys.destroy_turns_before(when.astimezone(UTC).date())


def _named(conversation: str, activity: str) -> dict[str, object]:
    return {"conversation_": conversation, "activity_": activity}


def _subject(at: datetime) -> str:
    return turns_of(at.astimezone(UTC).date())


def _place(conversation: str, activity: str) -> Place:
    return Place(DATA, "turns", f"{len(conversation)}|{conversation}|{activity}", "answer")
