"""A readiness meeting on a card: when and where, one's answer, who comes, and its agenda."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cards import blocks
from cards.alert_words import drilled, one_line, shortened, some_of, standing_lines
from cards.delivery import (
    MOST_NAMED,
    Button,
    Part,
    aside,
    counted,
    headed,
    lined,
    moment,
    said,
    sheet,
    warned,
)
from cards.forms import message
from cards.plain import plain, unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_board import AuthorityStands
from domain.alerts import Alert
from domain.alerts import Reply as Answer
from domain.committee_meetings import Reply
from domain.people import PersonId
from domain.readiness_meetings import Attendance, ReadinessMeeting

MOST_DECISIONS = 12  # on the agenda, the latest; the log has them all
LONGEST = 250  # characters of what is known or decided (BER-82)
REPLIES: Mapping[str, Reply] = {
    "alertmeet.coming": Reply.COMING,
    "alertmeet.substitute": Reply.SUBSTITUTE,
    "alertmeet.decline": Reply.DECLINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCard:
    """What there is to say of a meeting to one person.

    :param own: their own place; none for who is not asked, or can answer no more.
    :param names: of those who are asked.
    :param ways: what else they can do with it.
    :param by_mail: where nothing can be pressed.
    """

    meeting: ReadinessMeeting
    alert: Alert
    own: Attendance | None = None
    asked: Sequence[Attendance] = ()
    names: Mapping[PersonId, str] = field(default_factory=dict, repr=False)
    ways: Sequence[str] = ()
    by_mail: bool = False

    @property
    def reference(self) -> str:
        return f"{self.alert.reference}/{self.meeting.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaCard:
    """What a meeting goes through, and what is known for it.

    :param known: what is filled in, as pairs of a heading and words.
    """

    meeting: MeetingCard
    points: Sequence[str] = field(repr=False)
    known: Sequence[tuple[str, str]] = field(repr=False)
    decisions: Sequence[str] = field(repr=False)


def about_meeting(meeting: ReadinessMeeting) -> dict[str, Json]:
    """Say what a button carries: which meeting, and how often it had been moved."""
    return about("readiness_meeting", meeting.id, meeting.sequence)


def page(card: MeetingCard, *, top: str = "", say: Say) -> Shown:
    """Show a meeting as it stands, with what this person can do about it."""
    return _sheet(
        card,
        _titled(card, "title", say),
        [
            *([said(top)] if top else []),
            *([warned(say("alertmeet.is_off"))] if card.meeting.is_off else []),
            counted(_facts(card, say)),
            *_asked(card, say),
            aside(standing_lines(say)[1]),
        ],
        [*_replies(card, say), *_offered(card.ways, card.meeting, say)],
        say=say,
    )


def told(card: MeetingCard, what: str, *, say: Say) -> Shown:
    """Tell somebody that it is called, moved, off, or has a link; or that it has none."""
    asks = what in {"called", "moved"}
    by_mail = card.by_mail and what == "called"
    body = say("alertmeet.called_by_mail") if by_mail else say(f"alertmeet.{what}_body")
    return _sheet(
        card,
        _titled(card, f"{what}_title", say),
        [said(body), counted(_facts(card, say))],
        [
            *(_replies(card, say) if asks else []),
            *_offered(["alertmeet.move"] if what == "unlinked" else [], card.meeting, say),
            *_offered(["alertmeet.open"], card.meeting, say),
        ],
        say=say,
    )


def changed(card: MeetingCard, what: str, *, say: Say) -> Shown:
    """Confirm that a meeting was called, moved, cancelled, or stays."""
    waits = [say("alertmeet.link_comes")] if card.meeting.link_by else []
    return message(
        _titled(card, f"{what}_done", say),
        moment(card.meeting.begins_at, say),
        *waits,
        say=say,
        actions=[
            *_offered(["alertmeet.open", "alertmeet.agenda"], card.meeting, say),
            _to_alert(card, say),
        ],
    )


def calendar_asked(card: MeetingCard, *, say: Say) -> Shown:
    return message(
        _titled(card, "calendar_title", say),
        say("alertmeet.calendar_body"),
        say=say,
        actions=_offered(["alertmeet.open"], card.meeting, say),
    )


def agenda(card: AgendaCard, *, say: Say) -> Shown:
    """Show what is gone through, point by point, and what is known already (BER-42)."""
    points = [(str(number), plain(each)) for number, each in enumerate(card.points, start=1)]
    meeting = card.meeting
    return _sheet(
        meeting,
        _titled(meeting, "agenda_title", say),
        [
            *lined(points),
            headed(say("alertmeet.known")),
            *lined([(label, plain(_cut(words))) for label, words in card.known if words]),
            *_decided(card.decisions, say),
            aside(standing_lines(say)[1]),
        ],
        [
            *_offered(meeting.ways, meeting.meeting, say),
            *_offered(["alertmeet.open"], meeting.meeting, say),
        ],
        say=say,
    )


def _decided(decisions: Sequence[str], say: Say) -> list[Part]:
    """Show the latest decisions; of the earlier ones, how many they are."""
    if not decisions:
        return []
    left = len(decisions) - MOST_DECISIONS
    return [
        headed(say("alertmeet.decided")),
        *([aside(say("alertmeet.earlier", count=left))] if left > 0 else []),
        *(said(unmarked(_cut(each))) for each in decisions[-MOST_DECISIONS:]),
    ]


def _cut(words: str) -> str:
    return shortened(one_line(words), at_most=LONGEST)


def joins(stands: AuthorityStands, *, say: Say) -> str:
    """Say how many of an authority join, and of how many where it is required (BER-24)."""
    return say(
        "alertmeet.stands" if stands.required else "alertmeet.stands_free",
        joining=stands.joining if stands.required else stands.replies.get(Answer.JOINING, 0),
        required=stands.required,
    )


def decided(alert: Alert, *, became: bool, say: Say) -> Shown:
    """Say that a decision is noted, and that it became a measure."""
    title = say("alertmeet.decision_done", reference=alert.reference)
    data = about("alert", alert.id, alert.version)
    return message(
        drilled(title, drill=alert.drill, say=say),
        say("alertmeet.decision_measure" if became else "alertmeet.decision_only"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, data) for verb in _AFTER_DECIDING],
    )


_AFTER_DECIDING = ("alertmeet.decide", "alertmeet.show", "alert.open")


def on_the_alert(meeting: ReadinessMeeting, *, coming: int, say: Say) -> list[Part]:
    """Say on the alert's page when people meet."""
    told = say("alertmeet.on_alert", when=moment(meeting.begins_at, say), coming=coming)
    return lined([(say("alertmeet.next"), told)])


def to_be_called(hours: Sequence[datetime], *, say: Say) -> list[Part]:
    """Say on the alert's page when the template says to meet, where nobody has called it yet."""
    if not hours:
        return []
    return lined([(say("alertmeet.next"), say("alertmeet.planned", when=moment(min(hours), say)))])


def _titled(card: MeetingCard, key: str, say: Say) -> str:
    return drilled(
        say(f"alertmeet.{key}", reference=card.reference), drill=card.alert.drill, say=say
    )


def _facts(card: MeetingCard, say: Say) -> list[tuple[str, str]]:
    meeting = card.meeting
    facts = [(say("alertmeet.at"), moment(meeting.begins_at, say))]
    if meeting.place:
        facts.append((say("alertmeet.place"), unmarked(meeting.place)))
    if meeting.link and not card.by_mail:
        facts.append((say("alertmeet.in_teams"), say("alertmeet.press_link")))
    elif meeting.link_by:
        facts.append((say("alertmeet.in_teams"), say("alertmeet.link_comes")))
    if card.own is not None and not meeting.is_off:
        facts.append((say("alertmeet.own"), say(f"alertmeet.reply_{card.own.reply}")))
    if card.own is not None and card.own.stands_for is not None:
        name = card.names.get(card.own.stands_for, "–")
        facts.append((say("alertmeet.instead_of"), unmarked(name)))
    return facts


def _asked(card: MeetingCard, say: Say) -> list[Part]:
    """Say who comes, and who else was asked."""
    if card.meeting.is_off or not card.asked:
        return []
    told = []
    room = MOST_NAMED
    for reply in (Reply.COMING, Reply.ASKED, Reply.SUBSTITUTE, Reply.DECLINED):
        names = [card.names.get(each.person, "–") for each in card.asked if each.reply is reply]
        if names:
            told.append(
                (
                    say(f"alertmeet.who_{reply}"),
                    plain(some_of(sorted(names), at_most=room, say=say)),
                )
            )
            room = max(0, room - len(names))
    return [headed(say("alertmeet.who")), *lined(told)]


def _replies(card: MeetingCard, say: Say) -> list[Button]:
    """Offer the answers that would change something; a substitute has no substitute."""
    if card.own is None or card.meeting.is_off:
        return []
    offered = [
        verb
        for verb, answer in REPLIES.items()
        if answer is not card.own.reply
        and not (answer is Reply.SUBSTITUTE and card.own.stands_for is not None)
    ]
    return _offered(offered, card.meeting, say)


def _offered(verbs: Iterable[str], meeting: ReadinessMeeting, say: Say) -> list[Button]:
    return [(say(f"button.{verb}"), verb, about_meeting(meeting)) for verb in verbs]


def _to_alert(card: MeetingCard, say: Say) -> Button:
    alert = card.alert
    return say("button.alert.open"), "alert.open", about("alert", alert.id, alert.version)


def _sheet(
    card: MeetingCard, title: str, parts: Sequence[Part], actions: Sequence[Button], *, say: Say
) -> Shown:
    """Put a card together; the link to the meeting is its first button, and last in the words."""
    link = "" if card.meeting.is_off else card.meeting.link
    shown = sheet(title, parts, say=say, actions=actions)
    if not link or shown.card is None:
        return shown
    there = shown.card.get("actions")
    buttons: list[Json] = list(there) if isinstance(there, list) else []
    whole: dict[str, Json] = {**shown.card}
    whole["actions"] = [blocks.link(say("alertmeet.join"), link), *buttons]
    words = f"{shown.words}\n{say('alertmeet.link_words', link=link)}"
    return Shown(words=words, summary=shown.summary, card=whole)
