"""The stories of activation: sent, undone, corrected, paused, raised, lowered, called off."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import alert_lists, alert_preview
from cards import alerts as cards
from cards.forms import message
from domain.alert_board import AuthorityStands
from domain.alert_preview import AlertPreview, Channel, Reached
from domain.alert_sharings import DistributionList
from domain.alerts import Alert, AlertState, Audience, Level, Recipient, Reply, Situation, Why
from domain.areas import AREAS
from domain.notices import NoticeKind, Tier
from domain.people import Authority, CommitteeType, Person
from domain.reachability import Lack
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import CROWD
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.alert_town import FORM, SAID
from tests.support.town import ANNA, DORTE, LARS

FALSE = "Det var en filmoptagelse"
LONG = (NASTY * 60)[:600]
MINUTES = timedelta(minutes=1)


async def alert_stories(gallery: Gallery) -> None:
    """Take one alert to a false alarm, one to an orientation, and one back; then a drill."""
    gallery.confided |= {SAID, FALSE}
    await gallery.guest(ANNA, "may not activate").types("beredskab start")
    await _lists(gallery)
    first = await _activated(gallery, "first", also="choose")
    await gallery.guest(LARS, "the same again").types("beredskab")
    await _joined(gallery)
    await _called_off(gallery, first)
    await _raised_and_lowered(gallery, await _activated(gallery, "second"))
    await _undone(gallery)
    await _drilled(gallery)
    _at_their_fullest(gallery)


async def _lists(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "alert lists")
    await dorte.types("alarmlister")
    await dorte.presses("alertlist.new")
    await dorte.presses("form.next")
    await dorte.fills(
        {"name": "Ledere i Valby", "authorities": "BUF", "types": "LG", "people": LARS.name}
    )
    gallery.confided -= {"Ledere i Valby"}
    await dorte.presses("alertlist.list")
    await dorte.presses("alertlist.open")
    await dorte.presses("alertlist.change")
    await dorte.presses("form.next", people="")
    await dorte.types("alarmlister")
    await dorte.presses("alertlist.open")
    await dorte.presses("alertlist.retire")
    await dorte.types("ny alarmliste")
    await dorte.fills({"name": "Chefer", "authorities": "BUF", "types": "CG"})


async def _fills(guest: Guest, **answers: str) -> None:
    """Answer every card of the form, down to the look before it is sent."""
    given = {**FORM, "level": "template", "drill": "no", "areas": "VAL", **answers}
    while asked := {key: given[key] for key in guest.asked & given.keys()}:
        title = guest.title
        await guest.presses("form.next", **asked)
        if guest.title == title:
            raise AssertionError(f"{title}: {asked}")


async def _activated(gallery: Gallery, story: str, **answers: str) -> Alert:
    lars = gallery.guest(LARS, f"alert, {story}")
    await lars.types("beredskab start")
    await lars.presses("form.next")
    await _fills(
        lars,
        authorities="BUF,KP",
        types="LG",
        names="Dorte",
        people=DORTE.id,
        anyway="yes",
        alike="another",
        **answers,
    )
    await lars.presses("form.send")
    await lars.presses("alert.open")
    gallery.now += MINUTES
    async with gallery.database.transaction() as tx:
        return (await tx.alerts.open(drill=False))[0]


async def _joined(gallery: Gallery) -> None:
    dorte = Guest(gallery=gallery, person=replace(DORTE, language=gallery.language), story="joins")
    gallery.now -= timedelta(hours=1)
    await dorte.types("beredskab start")
    await _fills(dorte, anyway="yes", alike="join", situation="Der er kommet flere til")
    await dorte.presses("form.send")
    gallery.now += timedelta(hours=1)


async def _called_off(gallery: Gallery, alert: Alert) -> None:
    lars = gallery.guest(LARS, "corrects")
    number = alert.reference
    await lars.types(f"alarm {number}")
    await lars.presses("alert.more")
    await lars.presses("alert.answers")
    await lars.presses("alert.open")
    await lars.presses("alert.more")
    await lars.presses("alert.correct")
    await lars.presses("form.next", title=alert.title, situation=f"{SAID}, og de er gået")
    gallery.confided -= {alert.title}  # it is what a notification is for (BER-17)
    await lars.types(f"pause {number}")
    await lars.fills({"minutes": "30", "because": "Vi ringer rundt til dem alle"})
    await _leafs_through(lars, number)
    await lars.types(f"genoptag {number}")
    await _leafs_through(lars, number)
    await lars.types(f"falsk alarm {number}")
    await lars.fills({"because": FALSE})
    await lars.types(f"alarm {number}")
    await lars.types("beredskab")
    await lars.types("hjælp alarm")


async def _leafs_through(guest: Guest, number: str) -> None:
    """See all that can be done with an alert, page by page."""
    await guest.types(f"alarm {number}")
    while "alert.more" in guest.verbs:
        await guest.presses("alert.more")


async def _raised_and_lowered(gallery: Gallery, alert: Alert) -> None:
    lars = gallery.guest(LARS, "raises and lowers")
    for typed in ("fuld indsats", "alarm", "nedskalér", "alarm"):
        await lars.types(f"{typed} {alert.reference}")


async def _undone(gallery: Gallery) -> None:
    lars = gallery.guest(LARS, "undoes")
    await lars.types("beredskab start")
    await _fills(lars, level="3", anyway="yes", alike="another")
    await lars.presses("form.send")
    await lars.presses("alert.undo")
    await lars.types("beredskab start")
    await _fills(lars, level="3", anyway="yes", alike="another")
    await lars.presses("form.send")
    await lars.presses("alert.send_now")


async def _drilled(gallery: Gallery) -> None:
    """Begin a drill, and suspend it by something real."""
    dorte = gallery.guest(DORTE, "drills")
    await dorte.types("beredskab start")
    await _fills(dorte, template="Ø1", anyway="yes", alike="another")
    await dorte.presses("form.send")
    gallery.now += MINUTES
    async with gallery.database.transaction() as tx:
        [drill] = await tx.alerts.open(drill=True)
    await _activated(gallery, "real")
    await dorte.types(f"alarm {drill.reference}")
    await gallery.letter(NoticeKind.DRILL_SUSPENDED, drill.id, DORTE)


def _at_their_fullest(gallery: Gallery) -> None:
    """Show as much as there can be, with the most people."""
    say, now = gallery.say, gallery.now
    alert = Alert(
        id=UUID(int=1),
        year=2026,
        number=1234,
        level=Level.FULL,
        drill=True,
        template="H1",
        title=NASTY[:60],
        situation=Situation(happened=LONG, where=LONG, stands=LONG, done=LONG, needs=LONG),
        audience=Audience(areas=frozenset(each.code for each in AREAS)),
        state=AlertState.ACTIVATED,
        activated_by=LARS.id,
        activated_at=now,
        leaves_at=now,
        coordinator=LARS.id,
        log_keeper=LARS.id,
        suspended_by=UUID(int=2),
    )
    stands = [
        AuthorityStands(authority=each, replies=dict.fromkeys((*Reply, None), 80), required=1)
        for each in Authority
    ]
    face = cards.Face(alert=alert, coordinator=NASTY, activated_by=NASTY, stands=stands, now=now)
    buttons = [(say("button.alert.open"), "alert.open", cards.about_alert(alert))] * 6
    gallery.hang("alert at its fullest", cards.page(face, told=[], buttons=buttons, say=say))
    sleeping = replace(alert, level=Level.ORIENTATION, leaves_at=now + timedelta(hours=8))
    gallery.hang("waits for the morning", alert_preview.started(sleeping, now=now, say=say))
    many = [replace(alert, id=UUID(int=each)) for each in range(30)]
    listed = cards.listed(many, ways=["alert.begin"], now=now, say=say)
    gallery.hang("list of alerts at its fullest", listed)
    silent = cards.answers(
        alert,
        stands,
        [_silent(each, alert) for each in CROWD],
        people={each.id: each for each in CROWD},
        names=True,
        may_call=True,
        say=say,
    )
    gallery.hang("answers at its fullest", silent)
    gallery.hang("preview at its fullest", message("-", _previewed(gallery), say=say))
    kept = DistributionList(
        id=UUID(int=3),
        name=NASTY,
        audience=Audience(
            areas=frozenset(each.code for each in AREAS),
            authorities=frozenset(Authority),
            types=frozenset(CommitteeType),
            people=frozenset(each.id for each in CROWD),
        ),
        by=DORTE.id,
        at=now,
    )
    people = {each.id: each.name for each in CROWD}
    shown = alert_lists.opened(kept, people=people, committees={}, say=say)
    gallery.hang("alert list at its fullest", shown)


def _silent(person: Person, alert: Alert) -> Recipient:
    return Recipient(
        alert=alert.id,
        person=person.id,
        authority=person.authority,
        areas=frozenset(),
        tier=Tier.ALERT,
        why=Why.AUDIENCE,
        added_at=alert.activated_at,
    )


def _previewed(gallery: Gallery) -> str:
    reached = AlertPreview(
        total=400,
        authorities=dict.fromkeys(Authority, Reached(reachable=3, total=70)),
        areas={
            None: Reached(reachable=1, total=2),
            **dict.fromkeys([each.code for each in AREAS], Reached(reachable=3, total=27)),
        },
        channels=dict.fromkeys(Channel, 100),
        unreachable=[(each, Lack.APP_MISSING) for each in CROWD],
        away=CROWD[:40],
        red=list(Authority),
    )
    leaves_at = gallery.now + timedelta(hours=8)
    return alert_preview.lines(reached, leaves_at=leaves_at, now=gallery.now, say=gallery.say)
