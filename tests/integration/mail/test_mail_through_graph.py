"""E-mail through Graph when things go wrong: nothing lost, nothing doubled unmarked (BER-16)."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy

import aiohttp
import pytest

from bot.mail import MailCourier
from cards.delivery import repeated
from cards.forms import message
from cards.mails import mailed
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery, DeliveryState, NotDelivered
from domain.mailing import mail_verdict
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Language
from graph.client import Graph
from graph.mail import Letter, Mailbox
from graph.tokens import Grant, TokenRefused, Tokens
from localgraph.server import LocalGraph, running
from scheduler.addressing import by_email
from scheduler.deliver_outbox import OutboxSender
from storage.database import Database, Transaction
from storage.vault import Vault
from tests.support.graph_here import graph_at
from tests.support.outlook import MAILBOX, Ticking
from tests.support.post import CONCERN, NO_PACE, Counts
from tests.support.town import ANNA, BO, CARL, INDEX_KEY, MASTER_KEY, MONDAY_NOON, ORGANISATION

DANISH = speak(Language.DA)
PEOPLE = (ANNA, BO, CARL)
A_MINUTE = timedelta(minutes=1)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møde på Østerbro\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    subject="Indkaldelse: Østerbro",
    text="Kommer du?\n",
    html='<!DOCTYPE html><html lang="da"><body><p>Kommer du?</p></body></html>',
    language="da",
)


@dataclass(kw_only=True)
class Round:
    """An outbox of e-mail, its sender, and the mailbox it goes by, on one clock."""

    database: Database
    graph: LocalGraph
    courier: MailCourier
    clock: Ticking
    not_reached: list[tuple[str, DeliveryState]]

    async def delivers(self) -> None:
        """Let everything be sent that is due."""
        sender = OutboxSender[str](
            database=self.database,
            courier=self.courier,
            find=by_email,
            draw=_draw,
            not_reached=self._not_reached,
            watcher=Counts(),
            wake=lambda: None,
            rate=NO_PACE,
            now=lambda: self.clock.at,
            real=lambda: self.clock.at,
            jitter=lambda: 0.5,
            medium=Medium.EMAIL,
            judge=mail_verdict,
        )
        await sender.run()
        await sender.close()

    async def passes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.clock.at += A_MINUTE
            await self.delivers()

    @property
    def received(self) -> Counter[str]:
        return Counter(each.to for each in self.graph.outbox.posts)

    @property
    def asked(self) -> int:
        return len(self.graph.log.of("mail.send"))

    @property
    def hastened(self) -> list[timedelta]:
        """Say what was asked before Graph wanted to be asked again, but for what was under way."""
        calls = self.graph.log.of("mail.send")
        return [
            later.at - each.at
            for each in calls
            for later in calls
            if timedelta() < later.at - each.at < timedelta(seconds=each.retry_after or 0)
        ]

    async def waits(self) -> bool:
        async with self.database.transaction() as tx:
            return await tx.outbox.next_due(medium=Medium.EMAIL) is not None

    async def _not_reached(self, _: Transaction, delivery: Delivery, state: DeliveryState) -> None:
        self.not_reached.append((str(delivery.notice.person), state))


async def _draw(_: Transaction, deliveries: Sequence[Delivery]) -> Sequence[Shown | None]:
    shown = message("PRØVE", "Det er en prøve.", say=DANISH)
    return [
        mailed(repeated(shown, DANISH) if each.repeated else shown, each.notice.kind, say=DANISH)
        for each in deliveries
    ]


@pytest.fixture
async def round_(database_url: str) -> AsyncIterator[Round]:
    """Three letters are due."""
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    clock = Ticking(MONDAY_NOON)
    async with (
        running(LocalGraph(mailboxes=[MAILBOX], now=lambda: clock.at)) as standin,
        graph_at(standin.base_url, timer=clock.timer()) as graph,
    ):
        async with database.transaction() as tx:
            await tx.organisation.replace(ORGANISATION)
            await tx.outbox.add(
                [
                    Notice(
                        kind=NoticeKind.TRIAL,
                        about=CONCERN,
                        due_at=MONDAY_NOON,
                        person=each.id,
                        medium=Medium.EMAIL,
                    )
                    for each in PEOPLE
                ]
            )
        courier = MailCourier(Mailbox(graph, address=MAILBOX))
        yield Round(database=database, graph=standin, courier=courier, clock=clock, not_reached=[])
        assert standin.log.wrong == []  # MTG-12: all of it is as Microsoft's contract says
    await database.dispose()


ONCE_EACH = Counter(each.email for each in PEOPLE)


async def test_each_gets_a_letter_of_their_own_once(round_: Round) -> None:
    await round_.delivers()
    await round_.passes(3)

    assert round_.received == ONCE_EACH
    for call in round_.graph.log.of("mail.send"):
        sent = call.body["Message"]
        assert len(sent["toRecipients"]) == 1
        assert sent["body"]["contentType"] == "html"
        assert [each["name"] for each in sent["internetMessageHeaders"]] == [
            "x-auto-response-suppress"
        ]
        assert call.body["SaveToSentItems"] is False


Trouble = Callable[[LocalGraph], object]
PASSING: dict[str, Trouble] = {
    "throttled": lambda graph: graph.faults.storm(op="mail.send", times=7, retry_after=20),
    "busy": lambda graph: graph.faults.add(op="mail.send", times=5, status=503),
    "busy for a known time": lambda graph: graph.faults.add(
        op="mail.send", times=2, status=503, retry_after=40
    ),
}
OURS: dict[str, Trouble] = {
    "wrong mailbox": lambda graph: setattr(graph.gate, "mailboxes", {"another@kbh.example"}),
    "consent missing": lambda graph: graph.gate.withdraw("Mail.Send"),
    "mailbox full": lambda graph: graph.faults.mailbox_full(),
    "so many a day": lambda graph: graph.faults.add(
        op="mail.send", status=403, code="ErrorExceededMessageLimit"
    ),
    "no such mailbox": lambda graph: graph.faults.add(
        op="mail.send", status=404, code="ErrorInvalidUser"
    ),
}


@pytest.mark.parametrize("trouble", PASSING)
async def test_what_passes_by_itself_loses_and_doubles_nothing(
    round_: Round, trouble: str
) -> None:
    """BER-13, BER-14: it is sent when it can be, and once."""
    PASSING[trouble](round_.graph)

    await round_.delivers()
    await round_.passes(20)

    assert round_.received == ONCE_EACH
    assert not round_.hastened
    assert not round_.not_reached
    assert not await round_.waits()


@pytest.mark.parametrize("trouble", OURS)
async def test_a_mailbox_that_is_closed_to_us_stops_them_all_and_loses_none(
    round_: Round, trouble: str
) -> None:
    """MTG-18: no storm while an administrator is waited for, and nobody counts as unreached."""
    OURS[trouble](round_.graph)
    await round_.delivers()
    await round_.passes(30)
    assert 0 < round_.asked <= len(PEOPLE) * 8  # each at most every five minutes
    assert round_.received == Counter()
    assert not round_.not_reached

    round_.graph.faults.clear()
    round_.graph.gate.mailboxes = {MAILBOX}
    round_.graph.gate.consented.add("Mail.Send")
    await round_.passes(7)

    assert round_.received == ONCE_EACH


@pytest.mark.parametrize("broke", ["cut", "500"])
async def test_a_letter_that_may_have_left_is_sent_again_and_says_so(
    round_: Round, broke: str
) -> None:
    """BER-14: as with Teams; twice is a nuisance, not at all a failure."""
    if broke == "cut":
        round_.graph.faults.lose_answer(op="mail.send")
    else:
        round_.graph.faults.add(op="mail.send", times=1, status=500, done_first=True)

    await round_.delivers()
    await round_.passes(2)

    twice = [each for each, count in round_.received.items() if count > 1]
    assert len(twice) == 1
    assert sum(round_.received.values()) == len(PEOPLE) + 1
    first, again = (each for each in round_.graph.outbox.posts if each.to == twice[0])
    assert DANISH("delivery.repeated") not in first.subject
    assert DANISH("delivery.repeated") in again.subject


async def test_an_address_that_cannot_be_one_is_found_another_way(round_: Round) -> None:
    """BER-16: it holds nobody else up."""
    round_.graph.faults.add(op="mail.send", times=1, status=400, code="ErrorInvalidRecipients")

    await round_.delivers()
    await round_.passes(2)

    assert [state for _, state in round_.not_reached] == [DeliveryState.UNKNOWN]
    assert sum(round_.received.values()) == len(PEOPLE) - 1


async def test_without_a_token_nothing_is_asked_and_nothing_given_up(round_: Round) -> None:
    async def refused() -> Grant:
        raise TokenRefused("AADSTS7000222")

    async with aiohttp.ClientSession() as session:
        tokens = Tokens(refused, now=lambda: round_.clock.at)
        graph = Graph(
            session=session,
            tokens=tokens,
            base=round_.graph.base_url,
            timer=round_.clock.timer(),
        )
        good, round_.courier = round_.courier, MailCourier(Mailbox(graph, address=MAILBOX))
        await round_.delivers()
        await round_.passes(10)
    assert round_.asked == 0
    assert not round_.not_reached

    round_.courier = good
    await round_.passes(7)

    assert round_.received == ONCE_EACH


async def test_a_calendar_goes_as_a_part_that_outlook_takes_for_an_invitation(
    round_: Round,
) -> None:
    """MTG-19: text/calendar with its method among the ways to read the letter (RFC 6047)."""
    letter = Letter(
        subject=LETTER.subject,
        text=LETTER.text,
        html=LETTER.html,
        language="da",
        calendar=CALENDAR.encode(),
    )
    async with graph_at(round_.graph.base_url) as graph:
        await Mailbox(graph, address=MAILBOX).send(letter, to=BO.email)

    [post] = round_.graph.outbox.of(BO.email)
    mail = message_from_bytes(post.mime or b"", policy=policy.default)
    parts = list(mail.iter_parts())
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in parts] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert parts[2].get_param("method") == "REQUEST"
    assert parts[2].get_content() == CALENDAR.replace("\r\n", "\n") or CALENDAR
    assert mail["Subject"] == LETTER.subject
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_a_letter_waits_for_no_pause_that_graph_asks_for(round_: Round) -> None:
    """A lease is short: what cannot leave now is given back at once, and not claimed twice."""
    round_.graph.faults.storm(op="mail.send", times=1, retry_after=25)
    mail = round_.courier.write(await _draw_one())
    for _ in range(2):
        with pytest.raises(NotDelivered) as problem:
            await round_.courier.deliver(mail, to=BO.email)
        assert problem.value.status == 429
        assert problem.value.retry_after is not None

    assert round_.asked == 1
    assert round_.clock.at == MONDAY_NOON


async def _draw_one() -> Shown:
    return mailed(message("PRØVE", say=DANISH), NoticeKind.TRIAL, say=DANISH)
