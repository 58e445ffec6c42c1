"""An alert as files: tables for a spreadsheet, and JSON for another program (BER-70)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cards.alert_words import all_places, drilled
from cards.plain import plain
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alert_papers import AlertFile
from domain.alerts import Alert, Recipient
from domain.dates import COPENHAGEN
from domain.people import PersonId
from domain.plan_measures import Measure

FORMAT = "ssp-readiness/1"
# Where a cell begins; also where a spreadsheet divides by something else than we.
_FORMULA = re.compile(r"(^|[,;\t\r\n])(?=[=\+\-@\t\r\n'])")
_DRILL_FILE = "oevelse-"

PATTERNS = (_FORMULA,)

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def file_name(alert: Alert, *, what: str, suffix: str) -> str:
    """Name a file by the alert's reference; no word that somebody wrote is in it.

    :param what: such as `modtagere` or `log`.
    """
    return f"{_DRILL_FILE if alert.drill else ''}{alert.reference}-{what}.{suffix}"


def recipients_csv(file: AlertFile, *, say: Say) -> bytes:
    """Write who was alerted, why, and what they answered."""
    columns = (
        *("person", "authority", "areas", "why", "stands_for", "quorum"),
        *("reply", "replied_at", "via", "via_person"),
    )
    return _table(
        file.alert,
        columns,
        (_recipient(each, file, say=say) for each in file.recipients),
        say=say,
    )


def _recipient(one: Recipient, file: AlertFile, *, say: Say) -> Sequence[str]:
    return (
        _name(one.person, file.names),
        say(f"authority.{one.authority}"),
        all_places(one.areas, say=say),
        say(f"alert_export.why_{one.why}"),
        _name(one.stands_for, file.names),
        _yes(so=one.quorum, say=say),
        say(f"figure.answer_{one.reply or 'none'}"),
        _wall(one.replied_at),
        say(f"alert_export.via_{one.via}") if one.via else "",
        _name(one.via_person, file.names),
    )


def measures_csv(file: AlertFile, *, now: datetime, say: Say) -> bytes:
    """Write the measures of the plan; without a plan, there are only headings."""
    columns = (
        *("code", "title", "party", "assists", "owner", "substitute", "due_at", "state"),
        *("overdue", "reason", "ended_at", "target_group", "place", "note"),
    )
    measures = file.plan.measures if file.plan else ()
    return _table(
        file.alert,
        columns,
        (_measure(each, file.names, now=now, say=say) for each in measures),
        say=say,
    )


def _measure(
    one: Measure, names: Mapping[PersonId, str], *, now: datetime, say: Say
) -> Sequence[str]:
    return (
        *(one.kind, one.title, one.party.value, one.assists),
        *(_name(one.owner, names), _name(one.substitute, names)),
        *(_wall(one.due_at), say(f"figure.measure_{one.state}")),
        *(_yes(so=one.is_overdue(now), say=say), one.reason, _wall(one.ended_at)),
        *(one.target_group, one.place, one.note),
    )


def log_csv(file: AlertFile, *, say: Say) -> bytes:
    """Write the log, line by line."""
    return _table(
        file.alert,
        ("number", "at", "by", "words", "corrects"),
        (
            (str(each.number), _wall(each.at), each.by, each.words, str(each.corrects or ""))
            for each in file.log
        ),
        say=say,
    )


def as_json(file: AlertFile, *, made_at: datetime, say: Say) -> bytes:
    """Write all of it for another program; times have their offset in numbers."""
    alert, plan = file.alert, file.plan
    told: dict[str, Json] = {
        "format": FORMAT,
        "made_at": stamp(made_at),
        "drill": alert.drill,
        "title": drilled(plain(alert.title), drill=alert.drill, say=say),
        "reference": alert.reference,
        "level": int(alert.level),
        "state": alert.state.value,
        "template": alert.template,
        "areas": [*sorted(alert.audience.areas)],
        "externals": [*map(plain, alert.audience.externals)],
        "activated_by": file.names.get(alert.activated_by),
        "activated_at": stamp(alert.activated_at),
        "left_at": stamp(alert.leaves_at),
        "period_end": _stamp(alert.period_end),
        "closed_at": _stamp(alert.closed_at),
        "situation": {
            "happened": plain(alert.situation.happened),
            "where": plain(alert.situation.where),
            "stands": plain(alert.situation.stands),
            "done": plain(alert.situation.done),
            "needs": plain(alert.situation.needs),
        },
        "recipients": [_recipient_json(each, file.names) for each in file.recipients],
        "plan": _plan_json(plan, file.names) if plan else None,
        "log": [
            {
                "number": each.number,
                "at": stamp(each.at),
                "by": plain(each.by),
                "words": plain(each.words),
                "corrects": each.corrects,
            }
            for each in file.log
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def _recipient_json(one: Recipient, names: Mapping[PersonId, str]) -> Json:
    return {
        "person": names.get(one.person),
        "authority": one.authority.value,
        "areas": [*sorted(one.areas)],
        "why": one.why.value,
        "stands_for": names.get(one.stands_for) if one.stands_for else None,
        "counts": one.quorum,
        "reply": one.reply.value if one.reply else None,
        "replied_at": _stamp(one.replied_at),
        "via": one.via.value if one.via else None,
        "via_person": names.get(one.via_person) if one.via_person else None,
    }


def _plan_json(plan: ActionPlan, names: Mapping[PersonId, str]) -> Json:
    return {
        "title": plain(plan.title),
        "template": plan.template,
        "template_version": plan.template_label,
        "track": plan.track.value,
        "version": plan.versions[-1].number if plan.versions else None,
        "checksum": plan.versions[-1].checksum if plan.versions else None,
        "starts_at": stamp(plan.starts_at),
        "period_end": _stamp(plan.period_end),
        "parties": [each.value for each in plan.parties],
        "measures": [
            {
                "kind": each.kind,
                "title": plain(each.title),
                "party": each.party.value,
                "owner": names.get(each.owner) if each.owner else None,
                "due_at": stamp(each.due_at),
                "state": each.state.value,
                "reason": plain(each.reason),
                "ended_at": _stamp(each.ended_at),
                "target_group": plain(each.target_group),
                "place": plain(each.place),
                "note": plain(each.note),
            }
            for each in plan.measures
        ],
    }


def stamp(at: datetime) -> str:
    """Write a moment in Copenhagen's time, to the second, with the offset in numbers."""
    return at.astimezone(COPENHAGEN).isoformat(timespec="seconds")


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None


def _wall(at: datetime | None) -> str:
    """Write a moment as a Danish spreadsheet reads it."""
    return f"{at.astimezone(COPENHAGEN):%d-%m-%Y %H:%M:%S}" if at else ""


def _table(
    alert: Alert, columns: Sequence[str], rows: Iterable[Sequence[str]], *, say: Say
) -> bytes:
    """Write a table with the mark by which Excel knows UTF-8; a drill says so in each row."""
    page = io.StringIO(newline="")
    table = csv.writer(page, delimiter=";", lineterminator="\r\n")
    first = (drilled("", drill=alert.drill, say=say), alert.reference)
    table.writerow(say(f"alert_export.{each}") for each in ("drill", "reference", *columns))
    for row in rows:
        table.writerow(harmless(plain(cell)) for cell in (*first, *row))
    return page.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Keep a spreadsheet from calculating what somebody wrote; it sees a text."""
    return _FORMULA.sub(r"\1'", cell)


def _name(person: PersonId | None, names: Mapping[PersonId, str]) -> str:
    return names.get(person, "") if person else ""


def _yes(*, so: bool, say: Say) -> str:
    return say("alert_export.yes" if so else "alert_export.no")
