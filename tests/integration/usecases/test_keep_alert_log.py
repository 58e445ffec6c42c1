"""The log of an alert by hand, and who keeps it and coordinates: handed over, and accepted."""

from uuid import UUID

import pytest
from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError

from domain.alert_log import LogKind
from domain.alert_roles import OFFER_STANDS, AlertRole
from domain.alerts import Alert
from domain.notices import NoticeKind
from domain.people import Person
from scheduler.ask_situations import ask_situations
from storage.database import Transaction
from storage.readiness_rows import alert_log
from tests.integration.usecases.alarming import ALERT, REGISTER
from tests.integration.usecases.desk import Desk, Work
from tests.integration.usecases.reporting import A_MINUTE, CPR, Reporting, an_alert, read
from tests.support.organisation_changes import with_people
from tests.support.town import ANNA, CARL, DANISH, DORTE, KLAUS, LARS, SOFIE, VIGGO, uncovered
from usecases.hand_over_role import decline_role, offer_role, take_role
from usecases.keep_alert_log import amend_log, read_log, write_in_log
from usecases.see_alert import see_alert

K, COORDINATOR, KEEPER = NoticeKind, AlertRole.COORDINATOR, AlertRole.LOG_KEEPER
WORDS = "Brandvæsenet er på vej"


@pytest.fixture
async def alerted(desk: Desk) -> Reporting:
    return await an_alert(desk)


def writing(alerted: Reporting, by: Person, words: str = WORDS) -> Work:
    async def writes(tx: Transaction) -> None:
        await write_in_log(tx, id=ALERT, words=words, by=by, now=alerted.now)

    return writes


def amending(alerted: Reporting, by: Person, number: int) -> Work:
    async def amends(tx: Transaction) -> None:
        await amend_log(tx, id=ALERT, number=number, words="Den er fremme", by=by, now=alerted.now)

    return amends


def reading(by: Person, id: UUID = ALERT) -> Work:
    async def reads(tx: Transaction) -> None:
        await read_log(tx, id=id, by=by)

    return reads


class TestALine:
    async def test_has_its_author_and_its_time_and_stays(self, alerted: Reporting) -> None:
        """BER-44: a correction is a new line that points to the old one."""
        await alerted.does(writing(alerted, SOFIE))
        number = (await alerted.log())[-1].number
        alerted.now += A_MINUTE
        await alerted.does(amending(alerted, SOFIE, number))

        old, new = (await alerted.log())[-2:]
        assert (old.kind, old.words, old.by, old.at) == (
            *(LogKind.NOTED, WORDS, SOFIE.id),
            alerted.now - A_MINUTE,
        )
        assert (new.kind, new.words, new.amends) == (LogKind.AMENDED, "Den er fremme", number)
        assert new.number == number + 1

    @pytest.mark.parametrize("change", [alert_log.update().values(words="x"), alert_log.delete()])
    async def test_can_be_changed_by_nobody(self, alerted: Reporting, change: Executable) -> None:
        """BER-44: no update and no delete path on the table."""
        with pytest.raises(DBAPIError):
            async with alerted.desk.database.transaction() as tx:
                await tx.connection.execute(change)

    async def test_names_nobody(self, alerted: Reporting) -> None:
        """BER-51."""
        assert await alerted.refuses(writing(alerted, SOFIE, CPR)) == "measure.cpr"
        assert await alerted.refuses(writing(alerted, SOFIE, "  ")) == "log.empty"

    async def test_is_corrected_by_its_author_or_who_reads_the_log(
        self, alerted: Reporting
    ) -> None:
        """BER-44."""
        await alerted.does(writing(alerted, LARS))
        number = (await alerted.log())[-1].number
        assert await alerted.refuses(amending(alerted, KLAUS, number)) == "alert.not_found"
        assert await alerted.refuses(amending(alerted, LARS, 99)) == "log.no_line"
        await alerted.does(amending(alerted, DORTE, number))


class TestTheLog:
    @pytest.mark.parametrize("who", [LARS, SOFIE, DORTE, VIGGO], ids=lambda each: str(each.id))
    async def test_is_read_by_who_leads_keeps_or_steers(
        self, alerted: Reporting, who: Person
    ) -> None:
        """BER-44, BER-55: leaders, the Secretariat, the steering group."""
        await alerted.does(reading(who))

    async def test_is_never_read_by_externals_or_who_has_no_part(self, alerted: Reporting) -> None:
        """BER-44, BER-48: not even one who was alerted."""
        assert await alerted.refuses(reading(ANNA)) == "alert.not_found"

        async def loses_cover(tx: Transaction) -> None:
            await tx.organisation.replace(with_people(REGISTER, uncovered(SOFIE)))

        await alerted.does(loses_cover)
        assert await alerted.refuses(reading(uncovered(SOFIE))) == "log.not_yours"
        assert await alerted.refuses(writing(alerted, uncovered(SOFIE))) == "log.not_yours"


class TestARole:
    async def hands(self, alerted: Reporting, role: AlertRole, to: Person = SOFIE) -> None:
        await alerted.does(self.handing(alerted, role, to=to))

    def handing(
        self, alerted: Reporting, role: AlertRole, *, to: Person = SOFIE, by: Person = LARS
    ) -> Work:
        async def hands(tx: Transaction) -> None:
            await offer_role(tx, id=ALERT, role=role, to=to.id, by=by, now=alerted.now)

        return hands

    def taking(self, alerted: Reporting, role: AlertRole, by: Person = SOFIE) -> Work:
        async def takes(tx: Transaction) -> None:
            await take_role(tx, id=ALERT, role=role, by=by, now=alerted.now)

        return takes

    async def alert(self, alerted: Reporting) -> Alert:
        async with alerted.desk.database.transaction() as tx:
            return (await see_alert(tx, id=ALERT, by=DORTE, now=alerted.now)).alert

    @pytest.mark.parametrize("role", AlertRole)
    async def test_is_offered_accepted_and_logged(
        self, alerted: Reporting, role: AlertRole
    ) -> None:
        """BER-44, BER-45: nothing changes until the receiver says yes."""
        await alerted.joins(SOFIE)
        await self.hands(alerted, role)
        assert (await self.alert(alerted)).coordinator == LARS.id
        letters = await alerted.told(K.ALERT_ROLE_OFFERED)
        assert DANISH(f"alertrole.{role}_means") in read(letters["sofie"])

        await alerted.does(self.taking(alerted, role))

        alert = await self.alert(alerted)
        held = alert.coordinator if role is COORDINATOR else alert.log_keeper
        assert held == SOFIE.id
        kind = LogKind(role.value)
        lines = [each for each in await alerted.log() if each.kind is kind]
        assert [(each.by, each.facts["what"]) for each in lines] == [
            (LARS.id, "offered"),
            (SOFIE.id, "accepted"),
        ]
        letters = await alerted.told(K.ALERT_ROLE_ANSWERED)
        assert SOFIE.name in read(letters["lars"])

    async def test_is_taken_by_nobody_else_and_only_once(self, alerted: Reporting) -> None:
        """BER-45."""
        await alerted.joins(SOFIE, CARL)
        await self.hands(alerted, COORDINATOR)
        await self.hands(alerted, COORDINATOR, to=CARL)

        taking = self.taking(alerted, COORDINATOR)
        assert await alerted.refuses(taking) == "alert.not_offered"
        assert (await alerted.told(K.ALERT_ROLE_OFFERED))["sofie"] is None
        await alerted.does(self.taking(alerted, COORDINATOR, CARL))
        again = self.taking(alerted, COORDINATOR, CARL)
        assert await alerted.refuses(again) == "alert.not_offered"

    async def test_is_offered_by_who_has_it_or_leads_to_who_takes_part(
        self, alerted: Reporting
    ) -> None:
        """BER-45."""
        await alerted.joins(SOFIE)
        refused = self.handing(alerted, COORDINATOR, to=ANNA)
        assert await alerted.refuses(refused) == "alert.no_taker"
        refused = self.handing(alerted, COORDINATOR, by=ANNA)
        assert await alerted.refuses(refused) == "alert.not_found"
        await alerted.does(self.handing(alerted, KEEPER, by=DORTE))

    async def test_that_is_declined_stays_where_it_is(self, alerted: Reporting) -> None:
        """BER-45."""
        await alerted.joins(SOFIE)
        await self.hands(alerted, COORDINATOR)

        async def declines(tx: Transaction) -> None:
            await decline_role(tx, id=ALERT, role=COORDINATOR, by=SOFIE, now=alerted.now)

        await alerted.does(declines)

        assert (await self.alert(alerted)).coordinator == LARS.id
        letters = await alerted.told(K.ALERT_ROLE_ANSWERED)
        assert DANISH("alertrole.declined_body", name=SOFIE.name) in read(letters["lars"])

    async def test_is_withdrawn_when_nobody_answers(self, alerted: Reporting) -> None:
        """BER-45: an old offer is none; who asked hears so, once."""
        await alerted.joins(SOFIE)
        await self.hands(alerted, COORDINATOR)
        alerted.now += OFFER_STANDS
        taking = self.taking(alerted, COORDINATOR)
        assert await alerted.refuses(taking) == "alert.offer_old"
        for _ in range(2):
            await ask_situations(alerted.desk.database, now=alerted.now)

        letters = await alerted.told(K.ALERT_ROLE_ANSWERED)
        assert DANISH("alertrole.lapsed_body", name=SOFIE.name) in read(letters["lars"])
        assert [each.facts.get("what") for each in await alerted.log()][-1] == "lapsed"
        assert (await self.alert(alerted)).coordinator == LARS.id
