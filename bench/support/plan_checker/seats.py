"""Who is missing at which meeting, substitutes counted (MTG-7)."""

import sqlite3
from collections.abc import Iterator

_PRESENT = """
CREATE TEMP TABLE missing AS
SELECT held.id AS meeting, who.person FROM held
JOIN (SELECT committee, person FROM sits UNION SELECT committee, person FROM stands_in) AS who
  USING (committee)
WHERE EXISTS (
    SELECT * FROM busy WHERE busy.person = who.person AND busy.weekday = held.weekday
    AND CASE afternoon WHEN 0 THEN starts < 720 ELSE ends > 720 END)
OR EXISTS (SELECT * FROM away WHERE away.person = who.person AND away.day = held.day);
"""

_ELSEWHERE = """
INSERT INTO missing
SELECT one.id, deputy.person FROM held AS one
JOIN (SELECT DISTINCT committee, person FROM stands_in) AS deputy
  ON deputy.committee = one.committee
JOIN attends AS too ON too.person = deputy.person
JOIN held AS other ON other.committee = too.committee AND other.day = one.day
WHERE one.id <> other.id
AND one.starts < other.ends + :travel AND other.starts < one.ends + :travel;
"""

_SEATED = """
SELECT held.id, sits.slot, sits.person FROM held JOIN sits USING (committee)
WHERE NOT EXISTS (SELECT * FROM missing WHERE meeting = held.id AND person = sits.person)
"""

_DEPUTIES = """
SELECT held.id, slot, person FROM held JOIN stands_in USING (committee)
WHERE NOT EXISTS (
    SELECT * FROM missing WHERE meeting = held.id AND missing.person = stands_in.person)
AND NOT EXISTS (
    SELECT * FROM attends
    WHERE attends.committee = held.committee AND attends.person = stands_in.person)
ORDER BY stands_in.rank
"""

_SEATS = """
SELECT held.id, held.committee, held.number, slot, least
FROM held JOIN seat USING (committee) WHERE least > 0 ORDER BY day, starts, committee, position
"""

LEADING = "leading"

Short = tuple[str, int, str, int]


def shortfalls(tables: sqlite3.Connection, *, travel: int) -> Iterator[Short]:
    """Give (committee, number, slot, how many are lacking) for each slot below its minimum."""
    tables.execute("DROP TABLE IF EXISTS missing")
    tables.execute(_PRESENT)
    tables.execute(_ELSEWHERE, {"travel": travel})
    tables.execute("CREATE INDEX temp.missing_whom ON missing (meeting, person)")
    present = _by_seat(tables, _SEATED)
    deputies = _by_seat(tables, _DEPUTIES)
    taken: set[tuple[int, str]] = set()
    for meeting, committee, number, slot, least in tables.execute(_SEATS).fetchall():
        members = present.get((meeting, slot), [])
        if slot == LEADING and members:
            continue  # whoever leads may have a seat as well
        there = 0
        for person in (*members, *deputies.get((meeting, slot), ())):
            if there < least and (meeting, person) not in taken:
                taken.add((meeting, person))
                there += 1
        if there < least:
            yield committee, number, slot, least - there


def _by_seat(tables: sqlite3.Connection, question: str) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = {}
    for meeting, slot, person in tables.execute(question):
        found.setdefault((meeting, slot), []).append(person)
    return found
