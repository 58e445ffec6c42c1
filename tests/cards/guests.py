"""Guests who really have the conversations; every answer they get is hung in the gallery."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cards.mails import Mail
from cards.presses import about as here
from cards.shown import Shown
from cards.words import Say, speak
from dialogs.conversation import explain, take_turn
from dialogs.turns import Press, Turn
from domain.concerns import Concern
from domain.delivery import Delivery
from domain.errors import RuleBroken
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Language, Person
from localteams import drawn
from scheduler.draw_notices import draw
from storage.database import Database, Transaction
from storage.vault import Vault
from tests.cards.rules import parts
from tests.support.town import ANNA, INDEX_KEY, MASTER_KEY, MONDAY_NOON, ORGANISATION

CHAT = "https://teams.microsoft.com/l/chat/0/0?users=28:ssp"
BOARD = "https://teams.microsoft.com/l/entity/ssp/readiness"
Inputs = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One card in one state."""

    name: str
    language: Language
    shown: Shown

    @property
    def card(self) -> dict[str, Any]:
        return dict(self.shown.card or {})


@dataclass(kw_only=True)
class Gallery:
    """What has been shown so far, and everything that was confided on the way."""

    database: Database
    language: Language
    now: datetime = MONDAY_NOON
    exhibits: list[Exhibit] = field(default_factory=list)
    mails: dict[NoticeKind, list[Mail]] = field(default_factory=dict)
    confided: set[str] = field(default_factory=set)

    @property
    def say(self) -> Say:
        return speak(self.language)

    def guest(self, person: Person, story: str) -> "Guest":
        """Let somebody in; hours later, so that nobody has begun too many forms."""
        self.now += timedelta(hours=2)
        return Guest(gallery=self, person=replace(person, language=self.language), story=story)

    async def empty_the_post(self) -> None:
        """Hang a letter of each kind that has none yet, as they are drawn in the days to come."""
        hung = {each.name for each in self.exhibits}
        for days in (0, 14, 60):
            then = self.now + timedelta(days=days)
            async with self.database.transaction() as tx:
                due = await tx.outbox.claim(now=then, lease=timedelta(minutes=2), at_most=1_000)
                new = [each for each in due if f"notice {each.notice.kind}" not in hung]
                for each, shown in zip(new, await draw(tx, new, checks={}, now=then), strict=True):
                    if shown is not None:
                        self.hang(f"notice {each.notice.kind}", shown)
                await self._mail(tx, new, then)

    async def letter(
        self, kind: NoticeKind, about: UUID, to: Person, *, after: timedelta = timedelta(0)
    ) -> None:
        """Hang the letter of this kind that somebody would get then."""
        then = self.now + after
        notice = Notice(kind=kind, about=about, due_at=then, person=to.id)
        async with self.database.transaction() as tx:
            delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
            [shown] = await draw(tx, [delivery], checks={}, now=then)
            await self._mail(tx, [delivery], then)
        self.hang(f"notice {kind}", shown)

    async def _mail(self, tx: Transaction, due: Sequence[Delivery], then: datetime) -> None:
        """Keep what the same would say by e-mail (BER-16)."""
        by_mail = [
            replace(each, notice=replace(each.notice, medium=Medium.EMAIL))
            for each in due
            if each.notice.person is not None
        ]
        for each, shown in zip(by_mail, await draw(tx, by_mail, checks={}, now=then), strict=True):
            if shown is not None:
                assert isinstance(shown, Mail)
                self.mails.setdefault(each.notice.kind, []).append(shown)

    def hang(self, name: str, shown: Shown | None) -> None:
        """Hang what was shown.

        :raises AssertionError: when nothing was.
        """
        assert shown is not None, name
        self.exhibits.append(Exhibit(name=name, language=self.language, shown=shown))


@asynccontextmanager
async def open_gallery(url: str, language: Language) -> AsyncIterator[Gallery]:
    """Open an empty gallery over a new database, with the town's people in it."""
    database = Database(url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    people = tuple(replace(person, language=language) for person in ORGANISATION.people)
    async with database.transaction() as tx:
        await tx.organisation.replace(replace(ORGANISATION, people=people))
    yield Gallery(database=database, language=language)
    await database.dispose()


@dataclass(kw_only=True)
class Guest:
    """One person in one story."""

    gallery: Gallery
    person: Person
    story: str
    turns: int = 0
    card: dict[str, Any] = field(default_factory=dict)

    async def types(self, text: str, *, in_private: bool = True) -> None:
        """Type a command."""
        turn = replace(self._turn, in_private=in_private, said=text)
        await self._take(turn, label=text.split(maxsplit=1)[0])

    async def confides(self, text: str) -> None:
        """Type words of one's own."""
        self.gallery.confided.add(text)
        await self._take(replace(self._turn, said=text), label="words")

    async def presses(self, verb: str, **inputs: str) -> None:
        """Press the button with this verb on the card that was shown last."""
        kinds = {part.piece.get("id"): part.piece["type"] for part in parts(self.card)}
        self.gallery.confided |= {
            text for key, text in inputs.items() if text and kinds.get(key) == "Input.Text"
        }
        pressed = drawn.press(self.card, verb, dict(inputs))
        await self.sends(verb, pressed["data"])

    async def sends(self, verb: str, data: Mapping[str, Any]) -> None:
        """Press a button of any card, also one that has gone."""
        await self._take(replace(self._turn, pressed=Press(verb=verb, data=data)), label=verb)

    async def answers(self, about: UUID, verb: str) -> None:
        """Open what somebody has asked about this, and give it or refuse it."""
        async with self.gallery.database.transaction() as tx:
            [asked] = await tx.countersigns.open(about=[about], now=self.gallery.now)
        await self.types("medunderskriv")
        await self.sends("countersign.open", here("countersign", asked.id, asked.version))
        await self.presses(verb)

    async def fills(self, answers: Inputs) -> None:
        """Fill a step in, with the questions that open as it is answered."""
        left = dict(answers)
        while asked := left.keys() & self.asked:
            await self.presses("form.next", **{key: left.pop(key) for key in asked})
        assert not left, f"nobody asked for {sorted(left)}"

    async def visits(self, answers: Inputs) -> None:
        """See a step from all sides: blank, refused, filled in, and come back to."""
        if self.asked:
            title = self.title
            await self.presses("form.next")
            if self.title != title:
                await self.presses("form.back")
        await self.fills(answers)
        if not answers:
            await self.presses("form.next")
        await self.presses("form.back")
        await self.presses("form.next")

    @property
    def asked(self) -> set[str]:
        return set(drawn.inputs(self.card))

    @property
    def verbs(self) -> set[str]:
        return {str(each.get("verb")) for each in drawn.buttons(self.card)}

    @property
    def title(self) -> str:
        return str(self.card["body"][0]["text"])

    @property
    def _turn(self) -> Turn:
        return Turn(
            person=self.person,
            at=self.gallery.now,
            in_private=True,
            language=self.gallery.language,
            chat_link=CHAT,
            board_link=BOARD,
        )

    async def _take(self, turn: Turn, *, label: str) -> None:
        shown = await _answer(self.gallery.database, turn)
        self.turns += 1
        self.card = dict(shown.card or {})
        self.gallery.hang(f"{self.story} {self.turns:02} {label}", shown)


async def sent(gallery: Gallery, story: str, answers: Mapping[str, Inputs]) -> Concern:
    """Let Anna fill in and send a whole form; give the concern that came of it."""
    anna = gallery.guest(ANNA, story)
    await anna.types("bekymring")
    for inputs in answers.values():
        while not anna.asked:  # a step that only says something
            await anna.presses("form.next")
        await anna.fills(inputs)
    await anna.presses("form.send")
    async with gallery.database.transaction() as tx:
        return (await tx.concerns.of_reporter(ANNA.id))[0]


async def _answer(database: Database, turn: Turn) -> Shown:
    """Take a turn as the door does: whole, or refused and explained."""
    try:
        async with database.transaction() as tx:
            return await take_turn(tx, turn)
    except RuleBroken as problem:
        async with database.transaction() as tx:
            return await explain(tx, turn, problem)
