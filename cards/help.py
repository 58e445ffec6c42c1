"""Help, welcome, and what is said when nothing was understood."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cards import blocks
from cards.forms import message
from cards.shown import Json, Shown
from cards.words import Say

MOST_BUTTONS = 6


def _ways(say: Say, keys: Sequence[str]) -> list[tuple[str, str, dict[str, Json]]]:
    return [(say(f"button.{key}"), key, {}) for key in keys]


def welcome(*, say: Say) -> Shown:
    """Say once, at installation, who we are, what we do and what not (teams.md §7.1)."""
    return message(
        say("welcome.title"),
        say("welcome.body"),
        say("welcome.limits"),
        say=say,
        actions=_ways(say, ["concern.begin", "concern.mine", "help"]),
    )


def help_(keys: Sequence[str], *, say: Say) -> Shown:
    """List what can be written, in a card that stays in Teams (teams.md §7.3)."""
    lines = [say(key) for key in keys]
    title, typing = say("help.title"), say("help.typing")
    return Shown(
        words="\n".join([title, *lines, typing]),
        summary=title,
        card=blocks.card(
            blocks.heading(title),
            *(blocks.paragraph(line) for line in lines),
            blocks.small(typing),
            blocks.notice(say("help.danger")),
            say=say,
            summary=title,
            actions=[
                blocks.button(words, verb, data)
                for words, verb, data in _ways(say, ["concern.begin", "concern.mine"])
            ],
        ),
    )


def help_with(number: str, commands: Mapping[str, str], *, say: Say) -> Shown:
    """List what can be typed with a number, and what each command does."""
    lines = [
        say("help.with_line", command=f"**{command}**", does=title)
        for command, title in commands.items()
    ]
    return message(
        say("help.with_title", number=number),
        "\n\n".join(lines),
        say("help.with_rights"),
        say=say,
        actions=_ways(say, ["help"]),
    )


def reminders(*, paused: bool, say: Say) -> Shown:
    """Say whether reminders come; what is new or overdue comes all the same (teams.md §7.19)."""
    if paused:
        return message(
            say("reminders.paused_title"),
            say("reminders.paused_body"),
            say=say,
            actions=_ways(say, ["reminders.resume", "help"]),
        )
    return message(
        say("reminders.resumed_title"),
        say("reminders.resumed_body"),
        say=say,
        actions=_ways(say, ["reminders.pause", "help"]),
    )


def not_understood(*, meant: str, has_draft: bool, say: Say) -> Shown:
    """Answer any text whatever with a way on (teams.md §7.4), and name the nearest command."""
    return message(
        say("unknown.title"),
        *([say("unknown.meant", command=meant)] if meant else []),
        say("unknown.body_draft" if has_draft else "unknown.body"),
        say=say,
        actions=_ways(say, ["form.resume" if has_draft else "concern.begin", "help"]),
    )


def not_covered(*, say: Say) -> Shown:
    """Somebody outside §115 can send an enquiry, and nothing about a person (S115-5)."""
    return message(
        say("enquiry.instead_title"),
        say("enquiry.instead_body"),
        say=say,
        actions=_ways(say, ["enquiry.begin"]),
    )


def begun(drafts: Sequence[tuple[UUID, str, str]], *, say: Say) -> Shown:
    """Ask which of several forms to go on with: its id, its name and what it is about."""
    titles = [" · ".join(each for each in (name, about) if each) for _, name, about in drafts]
    return message(
        say("begun.title"),
        *(f"{number} · {title}" for number, title in enumerate(titles, start=1)),
        say("begun.typing"),
        say=say,
        actions=[
            (title, "draft.pick", {"draft": str(each[0])})
            for title, each in list(zip(titles, drafts, strict=True))[:MOST_BUTTONS]
        ],
    )


def sounds_like_a_concern(*, say: Say) -> Shown:
    """Offer the form to somebody who simply wrote what worries them."""
    return message(
        say("offer.title"),
        say("offer.body"),
        say("offer.kept"),
        say=say,
        actions=_ways(say, ["form.resume", "form.discard"]),
    )


def only_in_private(*, link: str, say: Say) -> Shown:
    """Answer neutrally where others read along; nothing that was typed is repeated."""
    words, title = say("private.body"), say("private.title")
    return Shown(
        words=words,
        summary=words,
        card=blocks.card(
            blocks.heading(title),
            blocks.paragraph(words),
            say=say,
            summary=words,
            actions=[blocks.link(say("button.private"), link)],
        ),
    )


def introduced(*, by: str, say: Say) -> Shown:
    """Introduce ourselves once in a team or group chat, naming who added us (teams.md §7.2)."""
    words = say("private.introduction", by=by) if by else say("private.introduction_plain")
    return Shown(words=words, summary=say("welcome.title"))


def not_known(*, say: Say) -> Shown:
    """Answer somebody who is not in our register; it says nothing about anything."""
    words = say("unknown_person.body")
    return Shown(words=words, summary=words)


def fault(code: str, *, say: Say) -> Shown:
    """Own up to a fault of ours; the code leads the support to the log (teams.md §7.12)."""
    return message(
        say("fault.title"),
        say("fault.body", code=code),
        say=say,
        actions=_ways(say, ["form.resume"]),
    )
