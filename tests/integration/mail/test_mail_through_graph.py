"""E-mail through Graph when things go wrong: nothing lost, nothing doubled unmarked (BER-16)."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from email import message_from_bytes, policy

import aiohttp
import pytest

from bot.mail import MailCourier
from cards.forms import message
from cards.mails import mailed
from cards.shown import Shown
from domain.delivery import DeliveryState, NotDelivered
from domain.notices import NoticeKind
from graph.client import Graph
from graph.mail import Letter, Mailbox
from graph.tokens import Grant, TokenRefused, Tokens
from localgraph.server import LocalGraph
from tests.support.graph_here import graph_at
from tests.support.mail_rounds import DANISH, PEOPLE, Round, a_round
from tests.support.outlook import MAILBOX
from tests.support.town import BO, MONDAY_NOON

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møde på Østerbro\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    subject="Indkaldelse: Østerbro",
    text="Kommer du?\n",
    html='<!DOCTYPE html><html lang="da"><body><p>Kommer du?</p></body></html>',
    language="da",
)


@pytest.fixture
async def round_(database_url: str) -> AsyncIterator[Round]:
    async with a_round(database_url) as opened:
        yield opened


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
