"""Who cannot be reached in Teams gets the same by e-mail, once there is any (BER-16, BER-79)."""

import pytest

from domain.notices import Medium
from tests.conversations.test_trials import LETTER, begin
from tests.support.chat import Chat
from tests.support.mailboxes import Mailboxes
from tests.support.reports import NAME, OBSERVED, REPORT
from tests.support.standing import has_blocked
from tests.support.town import ANNA, DORTE, EVERYBODY, Town
from usecases.widen_alerts import widen_alerts


@pytest.fixture(autouse=True)
async def mail(town: Town) -> Mailboxes:
    """E-mail is connected."""
    town.mail = Mailboxes()
    await town.restarts()
    return town.mail


def letters_to(mail: Mailboxes, email: str) -> list[str]:
    return [letter for to, letter in mail.received if to == email]


async def test_who_has_blocked_the_bot_gets_the_letter_by_email_at_once(
    town: Town, mail: Mailboxes, anna: Chat, dorte: Chat
) -> None:
    """BER-16: at once, and once; everybody else is told in Teams only."""
    has_blocked(town, anna)
    await begin(dorte)
    await town.settles()

    [letter] = letters_to(mail, ANNA.email)
    assert LETTER in letter
    assert {to for to, _ in mail.received} == {ANNA.email}


async def test_an_email_carries_nothing_that_was_confided(
    town: Town, mail: Mailboxes, anna: Chat, bo: Chat
) -> None:
    """AC-OUT-05: what goes by e-mail is what a notification says."""
    reference = await anna.reports(REPORT)
    await bo.opens(reference)
    has_blocked(town, anna)
    await bo.presses("concern.take_up")
    await town.settles()

    sent = " ".join(letters_to(mail, ANNA.email))
    assert sent
    assert not [word for word in (NAME, OBSERVED, *NAME.split()) if word in sent]


async def test_alerts_that_teams_takes_too_slowly_go_by_email_too(
    town: Town, mail: Mailboxes, dorte: Chat
) -> None:
    """BER-79: they are queued by e-mail as well, once however often it is looked at."""
    for person in set(EVERYBODY) - {DORTE}:
        slowed = town.chat(person).personal.id
        town.teams.faults.add(op="send", conversation=slowed, status=429, retry_after=60)
    await begin(dorte)
    await town.settles()
    for _ in range(2):
        async with town.remembers() as tx:
            await widen_alerts(tx, town.hour.now)
    town.house.timetable.wake_all()
    await town.settles()

    async with town.remembers() as tx:
        in_teams = await tx.standings.waiting_alerts(now=town.hour.now)
        by_email = await tx.outbox.next_due(medium=Medium.EMAIL)
    assert ANNA.id in {each.person for each in in_teams}
    assert len(mail.received) == 1  # a mailbox sends slower than Teams
    assert by_email is not None
