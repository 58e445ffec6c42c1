"""Adding to an open alert instead of a second one (BER-08)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.alert_log import LogKind
from domain.alerts import Situation, Why
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from domain.plan_measures import AT_MOST
from tests.integration.usecases.alarming import (
    HERE,
    ORDER,
    SECONDS,
    SITUATION,
    THERE,
    AlertDesk,
)
from tests.integration.usecases.desk import Desk
from tests.support.town import ANNA, CARL, DORTE, LARS, MONDAY_NOON
from usecases.activate_alert import Order
from usecases.join_alert import Joined, join_alert

MORE = replace(
    ORDER,
    id=uuid4(),
    situation=Situation(happened="Nu brænder det", where="", stands="", done=""),
    audience=replace(ORDER.audience, people=frozenset({ANNA.id})),
)
NUMBER = "R2026-0001"


@pytest.fixture
async def readiness(desk: Desk) -> AlertDesk:
    """Lars has alerted Valby, and everybody has it."""
    opened = AlertDesk(desk=desk)
    await opened.opens()
    await opened.activates()
    await opened.leaves(after=10 * SECONDS)
    return opened


async def joins(
    readiness: AlertDesk, order: Order = MORE, *, by: Person = DORTE, to: str = NUMBER
) -> Joined:
    async with readiness.desk.database.transaction() as tx:
        return await join_alert(tx, order, to=to, by=by, now=MONDAY_NOON + 60 * SECONDS)


class TestJoining:
    async def test_alerts_who_is_new_and_tells_the_others_what_is_new(
        self, readiness: AlertDesk
    ) -> None:
        before = await readiness.recipients()

        joined = await joins(readiness)

        after = await readiness.recipients()
        [new] = [each for each in after if each.person not in {old.person for old in before}]
        assert joined.new == 1
        assert (new.person, new.why) == (ANNA.id, Why.ADDED)
        told = await readiness.states(NoticeKind.ALERT_CORRECTED)
        assert set(told) == {each.person for each in before}
        assert str(ANNA.id) in await readiness.states()

    async def test_writes_what_is_new_under_what_was_said(self, readiness: AlertDesk) -> None:
        alert = (await joins(readiness)).alert

        said = alert.situation
        assert said.happened == f"{SITUATION.happened}\nNu brænder det"
        assert (said.where, said.stands, said.done) == (
            SITUATION.where,
            SITUATION.stands,
            SITUATION.done,
        )
        line = (await readiness.log())[-1]
        assert (line.kind, line.words, line.people) == (
            LogKind.JOINED,
            "Nu brænder det",
            (ANNA.id,),
        )

    async def test_is_told_again_each_time(self, readiness: AlertDesk) -> None:
        """Nobody misses the second addition because they had the first."""
        first = await joins(readiness)
        again = replace(MORE, situation=replace(MORE.situation, happened="Branden er slukket"))
        second = await joins(readiness, again)
        due = await readiness.desk.due(after=60 * SECONDS)

        rounds = {
            each.notice.round
            for each in due
            if each.notice.kind is NoticeKind.ALERT_CORRECTED and each.notice.person == CARL.id
        }
        assert rounds == {1, 2}
        assert (first.new, second.new) == (1, 0)

    async def test_finds_room_for_what_is_new(self, readiness: AlertDesk) -> None:
        """BER-08: it is refused to nobody for its length, and the log has all of it."""
        for said in ("a" * 600, "b" * 599, "c" * 100):
            order = replace(MORE, situation=replace(MORE.situation, happened=said))
            happened = (await joins(readiness, order)).alert.situation.happened

            assert happened.endswith(said)
            assert len(happened) <= AT_MOST
            assert (await readiness.log())[-1].words == said
        assert happened.startswith("b" * 498 + "…")

    async def test_says_for_whom_else_it_is_and_why(self, readiness: AlertDesk) -> None:
        """BER-12: both are in the log, also where there is no room for both reasons."""
        reasons = ("De bor der. " * 40).strip(), ("De har vagten. " * 30).strip()
        for name, because in zip(("Team Sikker By", "Boligselskabet"), reasons, strict=True):
            beyond = replace(MORE.audience, externals=(name,), externals_because=because)
            joined = await joins(readiness, replace(MORE, audience=beyond))

            line = (await readiness.log())[-1]
            assert line.words.endswith(f"{name}\n{because}")
            assert line.facts["beyond"] == "1"
        audience = joined.alert.audience
        assert audience.externals == ("Team Sikker By", "Boligselskabet")
        assert audience.externals_because.endswith(reasons[1])

    async def test_of_another_area_makes_it_an_alert_of_both(self, readiness: AlertDesk) -> None:
        both = replace(MORE, audience=replace(MORE.audience, areas=HERE | THERE))

        assert (await joins(readiness, both)).alert.audience.areas == HERE | THERE

    @pytest.mark.parametrize(
        ("order", "by", "to", "code"),
        [
            (MORE, ANNA, NUMBER, "alert.not_entitled"),
            (replace(MORE, drill=True), DORTE, NUMBER, "alert.not_similar"),
            (
                replace(MORE, audience=replace(MORE.audience, areas=THERE)),
                DORTE,
                NUMBER,
                "alert.not_similar",
            ),
            (MORE, DORTE, "R2026-0002", "alert.not_similar"),
            (MORE, LARS, "", "alert.not_similar"),
        ],
        ids=["not entitled", "a drill", "elsewhere", "no such alert", "nothing"],
    )
    async def test_is_refused(
        self, readiness: AlertDesk, order: Order, by: Person, to: str, code: str
    ) -> None:
        before = await readiness.alert()

        with pytest.raises(RuleBroken) as refused:
            await joins(readiness, order, by=by, to=to)

        assert refused.value.code == code
        assert await readiness.alert() == before
