"""The tenant as plain pages: its calendar, what was sent, and who is in which group."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from localgraph.directory import Person
from localgraph.event import Attendee, Event
from localgraph.outbox import Post
from localgraph.server import LocalGraph
from localgraph.times import zone

OUTLOOK, MAIL, ENTRA = "/", "/post", "/entra"
PAGES = {
    OUTLOOK: ("Outlook", "Emne, dag eller deltager"),
    MAIL: ("Post", "Modtager eller emne"),
    ENTRA: ("Entra", "Navn"),
}
MOST = 25
HERE = zone("Romance Standard Time")
DAYS = ("man", "tirs", "ons", "tors", "fre", "lør", "søn")
KINDS = {"invitation": "Indkaldelse", "update": "Ændring", "cancellation": "Aflysning"}
BUTTONS = {"accepted": "Acceptér", "tentativelyAccepted": "Måske", "declined": "Afslå"}
ANSWERS = {"accepted": "accepteret", "tentativelyAccepted": "måske", "declined": "afslået"}
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 0.5rem 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem } h1, h2, p { margin: 0 0 0.4rem }
nav { display: flex; gap: 1.5rem } nav a { padding: 0.5rem 0 }
nav a[aria-current] { font-weight: bold; text-decoration: none; color: inherit }
article { border: 1px solid #888; border-radius: 0.5rem; padding: 0.75rem; margin: 0.75rem 0 }
li, form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin: 0 0 0.6rem }
ul { padding: 0 } li { justify-content: space-between; align-items: center }
li form { margin: 0 } label { display: grid; max-width: 100% }
pre { white-space: pre-wrap; font: inherit; margin: 0 }
button, input, select { font: inherit; min-height: 2.5rem; padding: 0 0.6rem }
input, select { width: 100%; box-sizing: border-box }
"""


def outlook(graph: LocalGraph, wanted: str) -> str:
    """Draw the meetings to come, the next first, with who answered what."""
    coming = [each for each in graph.calendar.events.values() if each.end > graph.now()]
    drawn = [
        _event(each, wanted)
        for each in sorted(coming, key=lambda each: each.start)
        if _told(wanted, each.subject, _hour(each.start), *(who.name for who in each.attendees))
    ]
    return _page(graph, OUTLOOK, wanted, drawn)


def mail(graph: LocalGraph, wanted: str) -> str:
    """Draw what was sent to people, the newest first."""
    posts = reversed(graph.outbox.posts)
    drawn = [_post(each) for each in posts if _told(wanted, each.to, each.subject)]
    return _page(graph, MAIL, wanted, drawn)


def entra(graph: LocalGraph, wanted: str) -> str:
    """Draw people, and the groups that they are in."""
    people = graph.directory.people.values()
    drawn = [_person(graph, each, wanted) for each in people if _told(wanted, each.name)]
    return _page(graph, ENTRA, wanted, drawn)


def _event(event: Event, wanted: str) -> str:
    """Draw a meeting; where somebody was looked for, only them among those invited."""
    place = str(event.given.get("location", {}).get("displayName", ""))
    link = escape(event.join_url or "")
    meant = [each for each in event.attendees if _told(wanted, each.name)] or event.attendees
    start = f"{event.start.astimezone(HERE):%Y-%m-%dT%H:%M}"
    moves = (
        f'<label>Ny tid <input type="datetime-local" name="start" value="{start}" required>'
        "</label><button>Flyt</button>"
    )
    return (
        f'<article id="{event.id}"><h2>{escape(event.subject)}</h2>'
        f"<p>{_hour(event.start)}–{event.end.astimezone(HERE):%H.%M} · {escape(place)}</p>"
        + (f'<p><a href="{link}">Deltag i Teams</a></p>' if link else "")
        + f"<ul>{''.join(_attendee(event, each, wanted) for each in meant)}</ul>"
        + _form("move", moves, event=event.id, q=wanted)
        + _form("delete", "<button>Slet mødet</button>", event=event.id, q=wanted)
        + "</article>"
    )


def _attendee(event: Event, who: Attendee, wanted: str) -> str:
    name, answer = escape(who.name), ANSWERS.get(who.response, "intet svar")
    buttons = "".join(
        f'<button name="response" value="{response}" aria-label="{said}: {name}">{said}</button>'
        for response, said in BUTTONS.items()
    )
    form = _form("answer", buttons, event=event.id, who=who.address, q=wanted)
    return f"<li><span>{name}: <b>{answer}</b></span>{form}</li>"


def _post(post: Post) -> str:
    kind = KINDS.get(post.kind, "Mail")
    return (
        f"<article><h2>{kind}: {escape(post.subject)}</h2>"
        f"<p>{_hour(post.at)} til {escape(post.to)}</p><pre>{escape(post.content)}</pre></article>"
    )


def _person(graph: LocalGraph, person: Person, wanted: str) -> str:
    name, groups = escape(person.name), graph.directory.groups.values()
    ids = {"person": person.id, "q": wanted}
    leaves = [
        f"<li>{escape(each.name)}"
        + _form("leave", f"<button>Tag {name} ud</button>", group=each.id, **ids)
        for each in groups
        if person.id in each.members
    ]
    others = "".join(
        f'<option value="{escape(each.id)}">{escape(each.name)}</option>'
        for each in groups
        if person.id not in each.members
    )
    joins = f'<label>Gruppe <select name="group">{others}</select></label><button>Sæt ind</button>'
    said, turned = ("Luk kontoen", "no") if person.enabled else ("Åbn kontoen", "yes")
    account = (
        f'<button name="enabled" value="{turned}" aria-label="{said}: {name}">{said}</button>'
    )
    state = f"{'gæst, ' if person.guest else ''}{'åben' if person.enabled else 'lukket'}"
    return (
        f'<article id="{escape(person.id)}"><h2>{name}</h2>'
        f"<p>{escape(person.mail)}: <b>{state}</b></p>{_form('account', account, **ids)}"
        f"<ul>{''.join(leaves)}</ul>{_form('join', joins, **ids)}</article>"
    )


def _form(act: str, inside: str, **hidden: str) -> str:
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    return f'<form method="post" action="/hands/{act}">{kept}{inside}</form>'


def _page(graph: LocalGraph, path: str, wanted: str, drawn: Sequence[str]) -> str:
    title, label = PAGES[path]
    links = "".join(
        f'<a href="{each}"{" aria-current=page" * (each == path)}>{name}</a>'
        for each, (name, _) in PAGES.items()
    )
    more = f", de første {MOST} vises" if len(drawn) > MOST else ""
    return (
        f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        "<header><h1>Microsoft 365 på denne maskine</h1>"
        f'<nav aria-label="Sider">{links}</nav></header>'
        f'<main><form action="{path}"><label>{label} <input name="q" value="{escape(wanted)}">'
        "</label><button>Søg</button></form>"
        f"<p>{len(drawn)} fundet{more}. Klokken er {_hour(graph.now())}.</p>"
        f"{''.join(drawn[:MOST])}</main></body></html>"
    )


def _hour(time: datetime) -> str:
    local = time.astimezone(HERE)
    return f"{DAYS[local.weekday()]}. {local:%d.%m.%Y kl. %H.%M}"


def _told(wanted: str, *words: str) -> bool:
    return any(wanted.strip().casefold() in each.casefold() for each in words)
