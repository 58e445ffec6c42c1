"""Letters of an alert that are redrawn as it stands: remembered until Teams has taken it."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import update

from cards.shown import Shown
from domain.alerts import Reply, Via
from domain.delivery import Address, Delivery, NotDelivered
from domain.notices import Medium, NoticeKind
from domain.people import Person
from scheduler.draw_notices import draw
from scheduler.redraw_alerts import AGAIN_AFTER, AT_MOST, TRIES, redraw_alerts
from storage.rows import people
from storage.shown_cards import ShownCard
from tests.integration.usecases.alarming import ALERT, LEADERS, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.support.town import CARL, DANISH, DORTE, LARS, LIV, MONDAY_NOON
from usecases.answer_alert import answer_alert, answer_for
from usecases.redraw_alert import redraw_alert
from usecases.tell_alerted import tell
from usecases.widen_alerts import widen_alerts

A_MOMENT, A_MINUTE = timedelta(seconds=10), timedelta(minutes=1)


@dataclass(kw_only=True)
class Teams:
    """Takes what is redrawn, or refuses it."""

    readiness: AlertDesk
    refuses: int | None = None
    took: list[tuple[str, Shown]] = field(default_factory=list)

    async def update(self, card: ShownCard, shown: Shown) -> None:
        if self.refuses:
            raise NotDelivered(status=self.refuses)
        self.took.append((f"{card.conversation} {card.activity}", shown))

    async def redraws(self, *, after: timedelta = A_MINUTE) -> list[tuple[str, Shown]]:
        """Give what was redrawn in one go."""
        self.took = []
        await redraw_alerts(
            self.readiness.desk.database, self.update, now=lambda: MONDAY_NOON + after
        )
        return self.took

    async def waiting(self) -> int:
        async with self.readiness.desk.database.transaction() as tx:
            return await tx.alert_letters.waiting()


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    """An alert that everybody has in Teams."""
    opened = AlertDesk(desk=desk)
    await opened.opens()
    await opened.activates(by=DORTE)
    await opened.leaves(after=A_MOMENT)
    return opened


@pytest.fixture
async def teams(readiness: AlertDesk) -> Teams:
    alerted = await readiness.recipients()
    async with readiness.desk.database.transaction() as tx:
        for each in alerted:
            address = Address(
                conversation_id=f"chat {each.person}",
                service_url="https://t.example/",
                tenant_id="",
            )
            await tx.addresses.learn(each.person, address, now=MONDAY_NOON)
    return Teams(readiness=readiness)


async def wants(teams: Teams, *people: Person, after: timedelta = A_MINUTE) -> None:
    async with teams.readiness.desk.database.transaction() as tx:
        whose = [each.id for each in people] or None
        await redraw_alert(tx, ALERT, now=MONDAY_NOON + after, people=whose)


class TestARedrawing:
    async def test_shows_everybody_how_it_stands_once(self, teams: Teams) -> None:
        """BER-18: each card of each person; and there is nothing left to do then."""
        everybody = await teams.readiness.recipients()
        await wants(teams)
        found: list[tuple[str, Shown]] = []
        while took := await teams.redraws():
            assert len(took) <= AT_MOST
            found += took

        assert {place.split()[1] for place, _ in found} == {each.person for each in everybody}
        assert len(found) == len(everybody)
        assert await teams.waiting() == 0

    async def test_is_tried_again_where_teams_refuses(self, teams: Teams) -> None:
        await wants(teams, LARS)
        teams.refuses = 502
        assert await teams.redraws() == []
        teams.refuses = None
        assert await teams.redraws() == []  # its lease runs

        assert len(await teams.redraws(after=A_MINUTE + AGAIN_AFTER)) == 1

    async def test_is_given_up_after_an_hour(self, teams: Teams) -> None:
        """It is tried less and less often: Teams may be away for long."""
        await wants(teams, LARS)
        teams.refuses, after, tries = 502, A_MINUTE, 0
        while await teams.waiting():
            await teams.redraws(after=after)
            tries += 1
            after += tries * AGAIN_AFTER

        assert tries == TRIES
        assert after > timedelta(hours=1)

    async def test_that_fails_is_no_others_trouble(
        self, teams: Teams, caplog: pytest.LogCaptureFixture
    ) -> None:
        """BER-18, BER-76: it counts as a try, and is not first in line for ever."""
        speaks = update(people).where(people.c.id == CARL.id).values(language="klingon")
        async with teams.readiness.desk.database.transaction() as tx:
            await tx.connection.execute(speaks)
        await wants(teams, CARL, LARS)

        took = await teams.redraws()
        assert [place.split()[1] for place, _ in took] == [LARS.id]
        assert await teams.waiting() == 1
        assert await teams.redraws() == []
        assert any("was not drawn" in each.getMessage() for each in caplog.records)

    async def test_of_what_is_not_there_any_more_is_not_tried_again(self, teams: Teams) -> None:
        await wants(teams, LARS)
        teams.refuses = 404
        await teams.redraws()

        assert await teams.waiting() == 0

    async def test_waits_for_a_letter_that_is_on_its_way(self, teams: Teams) -> None:
        """It may have been drawn before that: it is redrawn when Teams has it."""
        alert = await teams.readiness.alert()
        async with teams.readiness.desk.database.transaction() as tx:
            await tell(
                tx,
                alert,
                await tx.recipients.of(ALERT),
                kind=NoticeKind.ALERT,
                round=2,
                now=MONDAY_NOON + A_MINUTE,
            )
        await teams.readiness.desk.due(after=A_MINUTE)  # claimed: being sent
        await wants(teams, LARS)
        assert await teams.redraws() == []

        await teams.readiness.leaves(after=10 * A_MINUTE)
        redrawn = [place for place, _ in await teams.redraws(after=10 * A_MINUTE)]
        assert redrawn.count(f"chat {LARS.id} activity") == 2

    async def test_that_is_wished_for_meanwhile_is_not_forgotten(self, teams: Teams) -> None:
        await wants(teams, LARS)
        async with teams.readiness.desk.database.transaction() as tx:
            claimed = await tx.alert_letters.claim(
                now=MONDAY_NOON + A_MINUTE, lease=AGAIN_AFTER, at_most=AT_MOST
            )
        await wants(teams, LARS, after=2 * A_MINUTE)
        async with teams.readiness.desk.database.transaction() as tx:
            await tx.alert_letters.redrawn(claimed)

        assert await teams.waiting() == 1

    async def test_is_done_by_one_of_two_replicas(self, teams: Teams) -> None:
        """BER-80."""
        await wants(teams, LARS, CARL)
        database, now = teams.readiness.desk.database, MONDAY_NOON + A_MINUTE
        await asyncio.gather(
            *(redraw_alerts(database, teams.update, now=lambda: now) for _ in range(2))
        )

        assert len(teams.took) == 2

    async def test_of_who_cannot_be_written_to_is_dropped(self, teams: Teams) -> None:
        async with teams.readiness.desk.database.transaction() as tx:
            await tx.addresses.block(LARS.id, "blocked")
        await wants(teams, LARS)

        assert await teams.redraws() == []
        assert await teams.waiting() == 0


class TestAnAnswer:
    async def test_by_telephone_shows_on_the_card(self, teams: Teams) -> None:
        """BER-21, BER-23."""
        async with teams.readiness.desk.database.transaction() as tx:
            await answer_for(
                tx,
                id=ALERT,
                by=DORTE,
                person=LARS.id,
                reply=Reply.JOINING,
                via=Via.PHONE,
                mail=False,
                now=MONDAY_NOON + A_MINUTE,
            )
        [(place, shown)] = await teams.redraws()

        assert place.startswith(f"chat {LARS.id}")
        assert DANISH("alert_letter.reply_joining") in shown.words

    async def test_in_teams_is_on_the_card_that_was_pressed_already(self, teams: Teams) -> None:
        """BER-77: four hundred answers are not four hundred calls more."""
        async with teams.readiness.desk.database.transaction() as tx:
            await answer_alert(
                tx,
                id=ALERT,
                by=LARS,
                reply=Reply.JOINING,
                mail=False,
                now=MONDAY_NOON + A_MINUTE,
            )

        assert await teams.waiting() == 0


class TestALetterThatIsDrawn:
    async def draws(
        self, readiness: AlertDesk, *, after: timedelta = A_MINUTE
    ) -> list[tuple[Delivery, Shown | None]]:
        due = await readiness.desk.due(after=after)
        async with readiness.desk.database.transaction() as tx:
            drawn = await draw(tx, due, checks={}, now=MONDAY_NOON + after)
        return list(zip(due, drawn, strict=True))

    async def test_is_one_value_for_all_to_whom_it_says_the_same(self, desk: Desk) -> None:
        """BER-72: four hundred letters are not written four hundred times."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(by=DORTE)
        found = await self.draws(readiness)

        assert len(found) > len(LEADERS)
        assert all(shown is not None for _, shown in found)
        authorities = {each.authority for each in await readiness.recipients()}
        assert len({id(shown) for _, shown in found}) == len(authorities)

    async def test_is_nothing_for_who_left_or_after_the_end(self, desk: Desk) -> None:
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(by=DORTE)
        async with desk.database.transaction() as tx:
            await tx.people.deactivate(LARS.id)
        found = {each.notice.person: shown for each, shown in await self.draws(readiness)}

        assert found[LARS.id] is None
        assert found[LIV.id] is not None

    async def test_goes_by_mail_too_while_teams_takes_too_little(self, desk: Desk) -> None:
        """BER-79: and it says where to answer, for nothing can be pressed there."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(by=DORTE)
        for _ in range(2):
            async with desk.database.transaction() as tx:
                await widen_alerts(tx, MONDAY_NOON + A_MINUTE)
        async with desk.database.transaction() as tx:
            due = await tx.outbox.claim(
                now=MONDAY_NOON + A_MINUTE,
                lease=A_MINUTE,
                at_most=100,
                medium=Medium.EMAIL,
            )
            drawn = await draw(tx, due, checks={}, now=MONDAY_NOON + A_MINUTE)

        asked = {each.person for each in await readiness.recipients()}
        assert {each.notice.person for each in due} == asked
        assert len(due) == len(asked)
        told = DANISH("alert_letter.do_by_mail")
        assert all(shown is not None and told in shown.words for shown in drawn)
