"""Word to one's own staff, and texts for C3: ready to be copied, and noted when it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards import blocks
from cards.alert_words import all_places, c3_texts, drilled, one_line, shortened, toast_of
from cards.alerts import about_alert
from cards.delivery import Button, Part, aside, headed, lined, moment, said, sheet, warned
from cards.forms import message
from cards.plain import plain, unmarked
from cards.shown import Shown
from cards.words import Say
from domain.action_plans import ActionPlan
from domain.alerts import Alert, Audience
from domain.briefings import Briefed
from domain.dates import local_date
from domain.parties import Party
from domain.people import Authority, PersonId
from domain.plan_measures import by_due

MOST_MEASURES = 8
MOST_LEADERS = 25
MOST_SENT = 10  # times it was sent by C3, the latest; the log has them all
LONGEST_SAID = 400  # characters of one answer in the text


def beyond(audience: Audience, *, say: Say) -> list[Part]:
    """Name who else is to hear of an alert, and why (BER-12)."""
    if not audience.externals:
        return []
    return lined(
        [
            (say("alerts.beyond"), plain(", ".join(audience.externals))),
            (say("alerts.beyond_because"), plain(audience.externals_because)),
        ]
    )


def staff_text(
    alert: Alert, plan: ActionPlan | None, *, authority: Authority, contact: str, say: Say
) -> Sequence[str]:
    """Write what an SSP leader tells their own staff: no names, and what it may be used for.

    :param contact: whom they ask; nobody else is named in it.
    """
    told = alert.situation
    party = Party(authority.value)
    own = [] if plan is None else [e for e in by_due(plan.measures) if e.party is party]
    measures = [
        say(
            "briefing.measure",
            title=one_line(each.title),
            due=say.day(local_date(each.due_at)),
        )
        for each in own
        if each.waits and not each.wordless
    ]
    return [
        toast_of(alert, say=say),
        say("briefing.where", places=all_places(alert.audience.areas, say=say)),
        say("briefing.happened", words=_short(told.happened)),
        say("briefing.stands", words=_short(told.stands)),
        say("briefing.done", words=_short(told.done)),
        *measures[:MOST_MEASURES],
        say("briefing.contact", name=one_line(contact)),
        say("briefing.care"),
        say("readiness.danger"),
    ]


def _short(words: str) -> str:
    return shortened(one_line(words), at_most=LONGEST_SAID).rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingCard:
    """What somebody sees of it.

    :param text: the text for one's own staff; empty for who leads none.
    :param may_tick: whether they have not said yet that they have told theirs.
    """

    alert: Alert
    all: Sequence[Briefed]
    names: Mapping[PersonId, str] = field(repr=False)
    text: Sequence[str] = field(repr=False)
    may_tick: bool
    may_remind: bool


def briefing(card: BriefingCard, *, say: Say) -> Shown:
    """Show the text to be copied, and who has not told their staff yet (BER-49)."""
    alert = card.alert
    missing = [each for each in card.all if each.at is None]
    ways = {
        "alertshare.briefed": card.may_tick,
        "alertshare.remind": card.may_remind and bool(missing),
        "alert.open": True,
    }
    title = say("briefing.title", reference=alert.reference)
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            *_text(card, say),
            headed(say("briefing.who")),
            *(lined(_lines(card, say)) or [said(say("briefing.nobody"))]),
        ],
        say=say,
        actions=_buttons(alert, [verb for verb, shown in ways.items() if shown], say=say),
    )


def _text(card: BriefingCard, say: Say) -> list[Part]:
    if not card.text:
        return []
    lines = [Part(piece=blocks.paragraph(unmarked(each)), words=each) for each in card.text]
    return [aside(say("briefing.copy")), *lines]


def _lines(card: BriefingCard, say: Say) -> list[tuple[str, str]]:
    return [
        (
            say(
                "briefing.leader", name=card.names.get(each.leader, "–"), authority=each.authority
            ),
            say("briefing.told", when=moment(each.at, say))
            if each.at
            else say("briefing.not_yet"),
        )
        for each in card.all[:MOST_LEADERS]
    ]


def stands(all_: Sequence[Briefed], *, names: Mapping[PersonId, str], say: Say) -> list[Part]:
    """Say on the alert's page how many have told their staff, and who has not."""
    if not all_:
        return []
    missing = [names.get(each.leader, "–") for each in all_ if each.at is None]
    told = say("briefing.count", told=len(all_) - len(missing), all=len(all_))
    left = [say("briefing.missing", names=unmarked(", ".join(missing)))] if missing else []
    return lined([(say("briefing.who"), " ".join([told, *left]))])


def asked(alert: Alert, *, say: Say) -> Shown:
    """Ask an SSP leader, by number, to tell their staff."""
    return _message(alert, "asked", ("alertshare.brief",), say=say)


def reminded(alert: Alert, *, count: int, say: Say) -> Shown:
    """Say how many were asked to tell their staff."""
    return _message(alert, "reminded", ("alertshare.brief",), say=say, count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentByC3:
    """One time that a person sent it."""

    by: str = field(repr=False)
    at: datetime


def c3(alert: Alert, sent: Sequence[SentByC3], *, say: Say) -> Shown:
    """Show both texts for C3, to be copied; the bot sends nothing there (BER-50)."""
    texts = c3_texts(alert, say=say)
    title = say("c3.title", reference=alert.reference)
    noted = [say("c3.sent", when=moment(e.at, say), by=unmarked(e.by)) for e in sent[-MOST_SENT:]]
    return sheet(
        drilled(title, drill=alert.drill, say=say),
        [
            warned(say("c3.not_by_bot")),
            *lined(
                [
                    (say("c3.short", count=len(texts.short)), texts.short),
                    (say("c3.long", count=len(texts.long)), texts.long),
                ]
            ),
            headed(say("c3.noted")),
            *([said(each) for each in noted] or [said(say("c3.none"))]),
        ],
        say=say,
        actions=_buttons(alert, ("alertshare.c3_sent", "alert.open"), say=say),
    )


def c3_noted(alert: Alert, *, say: Say) -> Shown:
    """Say that it was noted who sent it by C3."""
    return message(
        drilled(say("c3_sent.done_title"), drill=alert.drill, say=say),
        say("c3_sent.done_body"),
        say=say,
        actions=_buttons(alert, ("alertshare.c3", "alert.open"), say=say),
    )


def c3_stands(sent: Sequence[SentByC3], *, say: Say) -> list[Part]:
    """Say on the alert's page when it was last sent by C3, and by whom; or that nobody has."""
    last = sent[-1] if sent else None
    told = say("c3.sent", when=moment(last.at, say), by=last.by) if last else say("c3.none")
    return lined([(say("c3.label"), told)])


def _message(alert: Alert, what: str, ways: Sequence[str], *, say: Say, **facts: object) -> Shown:
    title = say(f"briefing.{what}_title", reference=alert.reference)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say(f"briefing.{what}_body", **facts),
        say=say,
        actions=_buttons(alert, ways, say=say),
    )


def _buttons(alert: Alert, ways: Sequence[str], *, say: Say) -> list[Button]:
    data = about_alert(alert)
    return [(say(f"button.{each}"), each, data) for each in ways]
