"""How it stands, as each party says it; and asking those who owe a report (BER-43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards.alert_words import drilled, one_line, shortened, standing_lines
from cards.alerts import QUESTIONS
from cards.delivery import Part, aside, headed, lined, moment, said, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.plan_views import party_name
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.alerts import Alert
from domain.parties import Party
from domain.people import PersonId
from domain.situations import Missing, SituationReport

ROOM = 5_600  # characters of all reports together, so that the card is sent (BER-82)
LONGEST_LINE = 140  # characters of a report on the alert's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The latest of each party in an alert, and who owes one."""

    alert: Alert
    parties: Sequence[Party]
    latest: Mapping[Party, SituationReport]
    lacking: Sequence[Missing]
    next_at: datetime | None
    names: Mapping[PersonId, str] = field(repr=False)


def picture(seen: Picture, *, reports: bool, say: Say) -> Shown:
    """Show what each party has said last, or as much of each answer as there is room for."""
    alert = seen.alert
    title = say("sitrep.title", reference=alert.reference)
    parts: list[Part] = [*_lacking(seen, say)]
    if seen.next_at is not None:
        parts.append(aside(say("sitrep.next", when=moment(seen.next_at, say))))
    answers = [each for report in seen.latest.values() for each in _answers(report).values()]
    at_most = ROOM // max(1, len(answers))
    for party in seen.parties:
        parts += _of_party(party, seen.latest.get(party), seen.names, at_most=at_most, say=say)
    if any(len(each) > at_most for each in answers):
        parts.append(aside(say("sitrep.cut", reference=alert.reference)))
    data = about("alert", alert.id, alert.version)
    verbs = [*(["sitrep.begin"] if reports else []), "alert.open"]
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [*parts, aside(standing_lines(say)[1])],
        say=say,
        actions=[(say(f"button.{verb}"), verb, data) for verb in verbs],
    )


def on_the_alert(seen: Picture, *, say: Say) -> list[Part]:
    """Say on the alert's page, in a line for each party, how it stands now."""
    told = [
        (
            party_name(party, say=say),
            say(
                "sitrep.line",
                when=moment(report.at, say),
                stands=shortened(one_line(_short(report)), at_most=LONGEST_LINE),
            ),
        )
        for party in seen.parties
        if (report := seen.latest.get(party)) is not None
    ]
    shown = [headed(say("sitrep.heading")), *lined(told)] if told else []
    return [*shown, *_lacking(seen, say)]


def asked(
    alert: Alert, *, due_at: datetime, parties: Sequence[Party], key: str, say: Say
) -> Shown:
    """Ask who speaks for a party to say how it stands; first, or once more."""
    title = say(f"sitrep.{key}_title", reference=alert.reference)
    who = ", ".join(party_name(each, say=say) for each in parties)
    data = about("alert", alert.id, alert.version)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say(f"sitrep.{key}_body", party=who, when=moment(due_at, say)),
        say("sitrep.how", reference=alert.reference),
        standing_lines(say)[1],
        say=say,
        actions=[
            (say("button.sitrep.begin"), "sitrep.begin", data),
            (say("button.alert.open"), "alert.open", data),
        ],
    )


def overdue(
    alert: Alert, lacking: Sequence[Missing], *, speakers: Mapping[Party, str], say: Say
) -> Shown:
    """Tell the Secretariat who has not said how it stands, and whom to ring."""
    title = say("sitrep.overdue_title", reference=alert.reference)
    data = about("alert", alert.id, alert.version)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            said(say("sitrep.overdue_body")),
            *lined(
                [
                    (
                        party_name(each.party, say=say),
                        say(
                            "sitrep.overdue_line",
                            when=moment(each.due_at, say),
                            who=plain(speakers.get(each.party, say("sitrep.nobody"))),
                        ),
                    )
                    for each in lacking
                ]
            ),
        ],
        say=say,
        actions=[
            (say(f"button.{verb}"), verb, data)
            for verb in ("sitrep.begin", "sitrep.show", "alert.open")
        ],
    )


def choose(alerts: Sequence[Alert], *, say: Say) -> Shown:
    """Ask which alert somebody means."""
    if not alerts:
        return message(
            say("sitrep.none_title"),
            say("sitrep.none_body"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )
    return message(
        say("sitrep.which_title"),
        say("sitrep.which_body"),
        say=say,
        actions=[
            (
                drilled(each.reference, drill=each.drill, say=say),
                "sitrep.begin",
                about("alert", each.id, each.version),
            )
            for each in alerts[:6]
        ],
    )


def _of_party(
    party: Party,
    report: SituationReport | None,
    names: Mapping[PersonId, str],
    *,
    at_most: int,
    say: Say,
) -> list[Part]:
    heading = headed(party_name(party, say=say))
    if report is None:
        return [heading, aside(say("sitrep.nothing"))]
    by = unmarked(names.get(report.by, "–"))
    return [
        heading,
        *lined(
            [
                (say(f"alerts.said.{key}"), plain(shortened(each, at_most=at_most)))
                for key, each in _answers(report).items()
            ]
        ),
        aside(say("sitrep.by", name=by, when=moment(report.at, say))),
    ]


def _answers(report: SituationReport) -> Mapping[str, str]:
    """Give what was answered, by its question."""
    said = {key: str(getattr(report.situation, key)) for key in QUESTIONS}
    return {key: words for key, words in said.items() if words}


def _lacking(seen: Picture, say: Say) -> list[Part]:
    if not seen.lacking:
        return []
    who = ", ".join(party_name(each.party, say=say) for each in seen.lacking)
    when = moment(min(each.due_at for each in seen.lacking), say)
    return [warned(say("sitrep.lacking", who=who, when=when))]


def _short(report: SituationReport) -> str:
    said = report.situation
    return f"{said.stands} · {said.needs}" if said.needs else said.stands
