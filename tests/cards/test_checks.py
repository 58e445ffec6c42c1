"""Every card in every state: Teams takes it, it reads well, and it gives nothing away."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator

from cards.plain import plain, unmarked
from dialogs import engine
from dialogs.conversation import VERBS as OFFERED
from dialogs.registry import FLOWS
from domain.notices import NoticeKind
from domain.troubles import TroubleCode
from tests.cards.answers import HOSTILE, WEED
from tests.cards.guests import Exhibit, Gallery
from tests.cards.rules import UNDRAWN, Json, findings, parts, utf16_bytes
from tests.support.town import EVERYBODY

SCHEMA = Path(__file__).parent / "schema" / "teams-card.schema.json"
ROOM = 28_000  # bytes as UTF-16: what every way of sending takes
# A review and a reading show all there is, and go as chat; no card of readiness does (BER-82).
LONG_STORIES = ("longest", "hostile", "fullest")
VALUES = {key: allowed for verb in OFFERED.values() for key, allowed in verb.carries.items()}
BUTTON_DATA: Mapping[str, type | re.Pattern[str]] = {
    "draft": UUID,
    "revision": int,
    "version": int,
    "year": re.compile(r"20\d\d"),
    "page": re.compile(r"\d{1,3}"),
    "shown": re.compile(r"[0-9a-f]{8}"),  # the mark of what was seen, before it is approved
    **{verb.about.name: UUID for verb in OFFERED.values() if verb.about},
}
VERBS = engine.VERBS | {name for name, verb in OFFERED.items() if not verb.typed_only}
TYPED_BY_PEOPLE = {"TextRun": "text", "Input.Text": "value", "Input.Date": "value"}
Galleries = Sequence[Gallery]


def _exhibits(galleries: Galleries) -> list[Exhibit]:
    return [each for gallery in galleries for each in gallery.exhibits]


def _cards(galleries: Galleries) -> list[Exhibit]:
    return [each for each in _exhibits(galleries) if each.shown.card is not None]


def _found(galleries: Galleries, look: Callable[[Exhibit], list[str]]) -> Mapping[str, list[str]]:
    """Name the cards where something is found, and what."""
    looked = {f"{e.language} {e.name}": look(e) for e in _cards(galleries)}
    return {name: found for name, found in looked.items() if found}


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_card_has_the_shape_that_teams_takes(galleries: Galleries) -> None:
    assert not _found(
        galleries,
        lambda e: [f"{x.json_path}: {x.message}" for x in _validator().iter_errors(e.card)],
    )


def test_every_card_reads_well_on_every_client(galleries: Galleries) -> None:
    assert not _found(galleries, lambda e: findings(e.card))


def test_a_card_is_small_unless_somebody_wrote_as_much_as_there_is_room_for(
    galleries: Galleries,
) -> None:
    """BER-82: what is fullest of readiness is small, too."""

    def too_big(exhibit: Exhibit) -> list[str]:
        size = utf16_bytes(exhibit.card)
        return [str(size)] if size > ROOM and not exhibit.name.startswith(LONG_STORIES) else []

    assert not _found(galleries, too_big)


def test_a_button_carries_ids_and_versions_and_nothing_else(galleries: Galleries) -> None:
    """AC-CARD-01."""

    def carries(exhibit: Exhibit) -> list[str]:
        return [
            f"{press['verb']} carries {key}={value!r}"
            for press in _presses(exhibit.card)
            for key, value in press["data"].items()
            if not (_is_a(value, BUTTON_DATA.get(key)) or value in VALUES.get(key, ()))
        ]

    assert not _found(galleries, carries)


def test_every_button_is_one_that_somebody_answers(galleries: Galleries) -> None:
    verbs = {press["verb"] for each in _cards(galleries) for press in _presses(each.card)}

    assert verbs == VERBS


def _presses(card: Json) -> Iterator[Mapping[str, Any]]:
    yield from (part.piece for part in parts(card) if part.piece["type"] == "Action.Execute")
    if "refresh" in card:
        yield card["refresh"]["action"]


def _is_a(value: object, kind: type | re.Pattern[str] | None) -> bool:
    if isinstance(kind, re.Pattern):
        return isinstance(value, str) and kind.fullmatch(value) is not None
    if kind is UUID:
        return isinstance(value, str) and str(UUID(value)) == value
    return kind is not None and isinstance(value, kind) and not isinstance(value, bool)


def test_a_notification_says_nothing_of_what_was_confided(galleries: Galleries) -> None:
    """AC-OUT-05 and AC-OUT-06: in what a notification, a link or a payload may show."""
    names = {word for each in EVERYBODY for word in (each.name, each.email)}
    for gallery in galleries:
        secrets = {plain(each) for each in gallery.confided | names if len(each) > 3}
        shown = {
            each.name: f"{each.shown.summary}\n{_unseen(each.shown.card)}"
            for each in gallery.exhibits
        }
        told = {
            name: [secret for secret in secrets if secret in words]
            for name, words in shown.items()
        }
        assert not {name: found for name, found in told.items() if found}


def _unseen(value: object) -> str:
    """Give what a card carries besides what it draws."""
    if isinstance(value, list):
        return "\n".join(map(_unseen, value))
    if not isinstance(value, Mapping):
        return ""
    hidden = {"fallbackText", "id", "url", *UNDRAWN}
    return "\n".join(
        json.dumps(each, ensure_ascii=False) if name in hidden else _unseen(each)
        for name, each in value.items()
    )


def test_what_people_wrote_is_shown_as_plain_text(galleries: Galleries) -> None:
    """AC-OUT-01: in a TextRun or an input, or escaped, and nowhere else."""
    assert not _found(galleries, lambda e: [t for t in _set_by_us(e.card) if WEED in t])
    assert any(WEED in str(e.card) for e in _cards(galleries))


def _set_by_us(card: Json) -> Iterator[str]:
    """Give every text that is read as Markdown, without what is escaped in it."""
    for part in parts(card):
        own = TYPED_BY_PEOPLE.get(part.piece["type"])
        for name, each in part.piece.items():
            if name != own and isinstance(each, str):
                yield each.replace(unmarked(HOSTILE), "")
        for fact in part.piece.get("facts", []):
            yield fact["value"].replace(unmarked(HOSTILE), "")


def test_no_card_holds_a_character_that_cannot_be_seen(galleries: Galleries) -> None:
    """AC-OUT-02."""
    unseen = {"\u202e", "\u200b", "\u2066", "\x07"}

    def hidden(exhibit: Exhibit) -> list[str]:
        text = json.dumps(exhibit.card, ensure_ascii=False) + exhibit.shown.words
        return [ascii(each) for each in sorted(unseen) if each in text]

    assert all(each in HOSTILE for each in unseen)
    assert not _found(galleries, hidden)


def test_the_gallery_shows_every_step_and_every_notice(galleries: Galleries) -> None:
    for gallery in galleries:
        say = gallery.say
        titles = {each.shown.words.split("\n")[0] for each in gallery.exhibits}
        steps = {
            say(f"{flow.texts_of(step)}.step.{step.key}")
            for flow in FLOWS.values()
            for step in flow.steps
        }
        names = {each.name for each in gallery.exhibits}
        assert steps <= titles
        troubles = {f"trouble {code}" for code in TroubleCode}
        told = {f"notice {kind}" for kind in set(NoticeKind) - {NoticeKind.DELIVERY_TROUBLE}}
        assert told | troubles <= names
