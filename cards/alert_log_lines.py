"""Lines of the log in words: who did what, and of an escalation the rule and how late (BER-32)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from cards.alert_logs import exact
from cards.alert_words import one_line
from cards.plain import plain
from cards.words import Say
from domain.alert_log import LogEntry, LogKind
from domain.alert_papers import LogLine
from domain.people import PersonId

_SECOND = timedelta(seconds=1)


def line_of(entry: LogEntry, *, names: Mapping[PersonId, str], say: Say) -> LogLine:
    """Put a line of the log into words.

    :param names: of everybody in it; who is not there has been deleted, and is only counted.
    """
    return LogLine(
        number=entry.number,
        at=entry.at,
        by=one_line(names.get(entry.by, say("log_line.somebody"))) if entry.by else _bot(say),
        words=". ".join(_said(entry, names, say=say)),
        corrects=entry.amends,
    )


def _bot(say: Say) -> str:
    return say("log_line.bot")


def _said(entry: LogEntry, names: Mapping[PersonId, str], *, say: Say) -> Iterator[str]:
    kind = say(f"log_line.{entry.kind}")
    if entry.authority:
        kind = say("log_line.of", kind=kind, authority=entry.authority)
    if entry.kind not in _SPEAKS_FOR_ITSELF or not entry.words:
        yield kind
    if what := _what(entry, say=say):
        yield what
    yield from _facts(entry.facts, say=say)
    if entry.reason:
        yield say(f"log_line.reason_{entry.reason}")
    if entry.people:
        yield say("log_line.people", people=_people(entry.people, names, say=say))
    if entry.due_at is not None and entry.late is not None:
        yield say("log_line.due", due=exact(entry.due_at), seconds=entry.late // _SECOND)
    if entry.words:
        yield plain(entry.words)


def _facts(facts: Mapping[str, str], *, say: Say) -> Iterator[str]:
    """Say by which rule, what was answered and how, and how many heard of it."""
    if rung := facts.get("rung"):
        yield say(f"log_line.rung_{rung}")
    if reply := facts.get("reply"):
        yield say(f"log_line.reply_{reply}")
    if via := facts.get("via"):
        yield say(f"log_line.via_{via}")
    if red := facts.get("red"):
        yield say("log_line.red", authorities=red)
    if beyond := facts.get("beyond"):
        yield say("log_line.beyond", number=beyond)
    if told := facts.get("told"):
        yield say("log_line.told", number=told)


def _what(entry: LogEntry, *, say: Say) -> str:
    """Say what was done, where one kind of line tells of several things."""
    what = entry.facts.get("what", "")
    if not say.has(f"log_line.{entry.kind}_{what}"):
        return ""
    facts = dict(entry.facts)
    if "when" in facts:
        facts["when"] = exact(datetime.fromisoformat(facts["when"]))
    return say(f"log_line.{entry.kind}_{what}", **facts)


def _people(people: Sequence[PersonId], names: Mapping[PersonId, str], *, say: Say) -> str:
    known = [one_line(names[each]) for each in people if each in names]
    unknown = len(people) - len(known)
    return ", ".join([*known, *([say("log_line.unknown", number=unknown)] if unknown else [])])


_SPEAKS_FOR_ITSELF = frozenset({LogKind.NOTED, LogKind.AMENDED})
