"""Words that alerts share: the mark of a drill, notifications, texts for C3, standing lines."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from cards.plain import plain
from cards.words import Say
from domain.alerts import Alert, Level
from domain.areas import area
from domain.cpr import mask_cprs
from domain.people import AreaCode

SHORT, LONG = 160, 480  # characters of a text for C3 (BER-50)
NAMED_AREAS = 2  # more are counted, so that the notification still has room for the title
LONGEST_TITLE = 60  # characters of it in a notification

# What an SMS has one character for (GSM 03.38); one other makes the whole text twice as long.
_SMS = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_SMS_FOR = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("»«„“”", '"'),
        **dict.fromkeys("’‘`´", "'"),
        "…": "...",
        "[": "(",
        "]": ")",
        "\u00a0": " ",
    }
)
# A title stands in headings, where these would be marks; nobody reads "\\_" on a telephone.
_UNMARKED = str.maketrans("[]<>_|~`", "()() /-'", "*#\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class C3Texts:
    """What the Secretariat copies into C3; the bot sends nothing there (BER-50)."""

    short: str = field(repr=False)
    long: str = field(repr=False)


def drilled(text: str, *, drill: bool, say: Say) -> str:
    """Put the word for a drill first, once; all that shows one comes by here (BER-62)."""
    mark = say("readiness.drill_mark")
    if not drill or text == mark or text.startswith(f"{mark} "):
        return text
    return say("readiness.drilled", mark=mark, text=text) if text else mark


def toast(*, level: Level, areas: Collection[AreaCode], title: str, drill: bool, say: Say) -> str:
    """Say in a notification what it is about: level, place and title, and no person (BER-17)."""
    said = say(
        "readiness.toast",
        level=int(level),
        place=places(areas, say=say),
        title=shortened(mask_cprs(one_line(title).translate(_UNMARKED)), at_most=LONGEST_TITLE),
    )
    return drilled(said, drill=drill, say=say)


def toast_of(alert: Alert, *, say: Say) -> str:
    return toast(
        level=alert.level,
        areas=alert.audience.areas,
        title=alert.title,
        drill=alert.drill,
        say=say,
    )


def c3_texts(alert: Alert, *, say: Say) -> C3Texts:
    """Write both texts in letters that an SMS has, whole words, the mark of a drill first."""
    heading, reference = _in_sms(toast_of(alert, say=say)), alert.reference
    told = _in_sms(
        say(
            "readiness.c3_told",
            happened=one_line(alert.situation.happened).rstrip("."),
            stands=one_line(alert.situation.stands).rstrip("."),
        )
    )
    danger = say("readiness.danger")

    def short(heading: str) -> str:
        return _in_sms(say("readiness.c3_short", heading=heading, reference=reference))

    def long(told: str) -> str:
        said = say(
            "readiness.c3_long", heading=heading, reference=reference, told=told, danger=danger
        )
        return _in_sms(said)

    return C3Texts(
        short=short(_cut(heading, SHORT - len(short("")))),
        long=long(_cut(told, LONG - len(long("")))),
    )


def standing_lines(say: Say) -> tuple[str, str]:
    """Say what stands on every form and card: whom to ring, and what not to write.

    BER-07, BER-51.
    """
    return say("readiness.danger"), say("readiness.no_names")


def places(areas: Collection[AreaCode], *, say: Say) -> str:
    """Name the areas, or the whole city where there are none."""
    names = sorted(area(code).name for code in areas)
    if not names:
        return say("readiness.whole_city")
    if len(names) == 1:
        return names[0]
    if len(names) == NAMED_AREAS:
        return say("readiness.two_areas", first=names[0], second=names[1])
    return say("readiness.more_areas", first=names[0], more=len(names) - 1)


def all_places(areas: Collection[AreaCode], *, say: Say) -> str:
    """Name every area, for paper."""
    return ", ".join(sorted(area(code).name for code in areas)) or say("readiness.whole_city")


def one_line(text: str) -> str:
    """Take away what breaks a line, or hides in it."""
    return " ".join(plain(text).split())


def shortened(text: str, *, at_most: int, more: str = "…") -> str:
    """Cut a text after a whole word where it is too long, and show that it goes on."""
    if len(text) <= at_most:
        return text
    room = at_most - len(more)
    cut = text[: room + 1].rpartition(" ")[0] or text[:room]
    return f"{cut.rstrip(' ,;:–-')}{more}"


def some_of(names: Sequence[str], *, at_most: int, say: Say) -> str:
    """Name as many as there is room for, and count the rest."""
    left = len(names) - at_most
    more = [say("readiness.and_more", count=left)] if left > 0 else []
    return ", ".join([*names[:at_most], *more])


def _cut(text: str, at_most: int) -> str:
    return shortened(text, at_most=at_most, more="...")


def _in_sms(text: str) -> str:
    """Write it in the letters of an SMS; what has none there loses its accent, or is a dot."""
    return "".join(map(_letter, mask_cprs(text).translate(_SMS_FOR)))


def _letter(letter: str) -> str:
    if letter in _SMS:
        return letter
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if bare in _SMS else "."
