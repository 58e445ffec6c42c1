"""Delta queries: everything once, then what changed, page by page, by tokens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from localgraph.feed import Feed
from localgraph.wire import Answer, Asked, Json, Refused

NEXT, DELTA = "@odata.nextLink", "@odata.deltaLink"
TOKENS = ("$skiptoken", "$deltatoken")
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: what is told after `since` (None: everything) and up to `until`."""

    query: Query
    since: int | None
    until: int
    skip: int


def opened(asked: Asked, feed: Feed) -> Round:
    """Read where a client is.

    :raises Refused: 410 for an old token, 400 for one that was never given.
    """
    given = [name for name in TOKENS if name in asked.query]
    if not given:
        return Round(query=dict(asked.query), since=None, until=feed.end, skip=0)
    if asked.query["$deltatoken" if "$deltatoken" in asked.query else "$skiptoken"] == "latest":
        return Round(query=dict(asked.query), since=feed.end, until=feed.end, skip=0)
    known = feed.read(asked.query[given[0]])
    if (known["kind"], known["path"]) != (given[0], asked.path):
        raise Refused(HTTPStatus.BAD_REQUEST, "BadRequest", "A token of another query.")
    until = feed.end if given[0] == "$deltatoken" else known["until"]
    return Round(query=known["query"], since=known["since"], until=until, skip=known["skip"])


def answer(
    asked: Asked,
    feed: Feed,
    current: Round,
    shown: Callable[[str], Sequence[Json]],
    *,
    size: int,
) -> Answer:
    """Give one page of a round, and the link to the next page or the next round.

    A page is of what changed, so that nothing is missed when more changes between two pages;
    what turns out to be no news leaves its page shorter, or empty.
    """
    changed = feed.between(current.since or 0, current.until)
    page = changed[current.skip : current.skip + size]
    more = len(changed) > current.skip + size
    name, kind = (NEXT, "$skiptoken") if more else (DELTA, "$deltatoken")
    token = feed.token(
        kind=kind,
        path=asked.path,
        query=dict(current.query),
        since=current.since if more else current.until,
        until=current.until,
        skip=current.skip + size if more else 0,
    )
    things = [thing for key in page for thing in shown(key)]
    return Answer(body={"value": things}, links={name: {kind: token}})


def removed(id: str, reason: str = "deleted") -> Json:
    return {"id": id, "@removed": {"reason": reason}}
