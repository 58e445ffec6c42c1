"""A trial stopped, a letter repeated, and the week's report of who could be reached."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.delivery import DeliveryState
from domain.installing import TRIED_AGAIN, Install, Installed
from domain.notices import NoticeKind
from tests.support.chat import Chat, verbs
from tests.support.organisation_changes import with_leader
from tests.support.standing import adds_up, counts, has_blocked
from tests.support.town import DANISH, EVA, EVERYBODY, ORGANISATION, SOFIE, Town

LETTER = DANISH("trial.letter_title")


@pytest.fixture(autouse=True)
async def register(town: Town) -> None:
    """Eva leads for social services in Valby, where Sofie sits."""
    await town.reorganises(with_leader(ORGANISATION, EVA))


class TestStopping:
    async def test_leaves_unsent_what_has_not_left(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        town.teams.faults.add(op="send", conversation=anna.personal.id, times=1, status=503)
        await dorte.types("prøveudsendelse alle send")
        begun = await dorte.types("prøve status")
        assert DANISH("trial.standing_title") in begun

        stopped = await dorte.presses("trial.cancel")
        await town.passes(timedelta(minutes=5))

        assert DANISH("trial.standing_title_sent") in stopped
        assert counts(stopped)[DANISH("delivery.state.cancelled")] == 1
        assert adds_up(stopped)
        assert LETTER not in anna.everything()
        assert DANISH("rule.trial.not_for_you") in await anna.types("modtaget")
        old = dorte.card(dorte.card_with("trial.stand"))
        assert "trial.cancel" not in verbs(old)


class TestWhatIsWrong:
    async def test_is_still_said_rightly_the_next_time(
        self, town: Town, sofie: Chat, dorte: Chat
    ) -> None:
        """Sofie has blocked the bot: that we do not try again makes her app no less there."""
        has_blocked(town, sofie)
        for said in ("prøveudsendelse alle send", "prøveudsendelse alle send igen"):
            await dorte.types(said)
            town.hour.now += timedelta(seconds=1)

            read = await dorte.types("prøve status")

            assert counts(read)[DANISH("delivery.state.blocked")] == 1
            assert DANISH("delivery.state.app_missing") not in counts(read)


class TestARepeatedLetter:
    async def test_says_so_in_its_notification_too(
        self, town: Town, anna: Chat, dorte: Chat
    ) -> None:
        """BER-13, BER-74: Teams did not answer, so it may have come before."""
        town.teams.faults.add(
            op="send", conversation=anna.personal.id, times=1, status=502, accepted=True
        )
        await dorte.types("prøveudsendelse alle send")
        assert anna.everything().count(LETTER) == 1

        await town.passes(timedelta(seconds=5))

        mark = DANISH("delivery.repeated")
        first, second = [each for each in anna.messages() if LETTER in anna.reads(each)]
        assert mark not in anna.reads(first)
        assert mark in anna.reads(second)
        assert mark in (second.summary or "")
        trial = await latest(town)
        async with town.remembers() as tx:
            tally = await tx.standings.tally(trial, kind=NoticeKind.TRIAL, now=town.hour.now)
        assert tally == {DeliveryState.DELIVERED: len(EVERYBODY)}


class TestTheReport:
    async def test_comes_on_monday_morning_and_counts_without_names(
        self, town: Town, anna: Chat, eva: Chat, sofie: Chat, dorte: Chat
    ) -> None:
        """BER-19: the Secretariat gets counts, Eva the names of her own authority."""
        await town.teams.acts.uninstall(sofie.person.aad_id)
        before = len(anna.messages())
        await town.passes(timedelta(minutes=1))

        await town.passes(timedelta(days=7))
        await town.passes(timedelta(minutes=1))

        title = DANISH("reachability.title")
        assert dorte.everything().count(title) == 1
        assert SOFIE.name not in dorte.last()
        assert eva.everything().count(title) == 1
        assert SOFIE.name in eva.everything()
        assert title not in anna.everything()
        assert len(anna.messages()) == before

    async def test_can_be_asked_for(self, town: Town, sofie: Chat, eva: Chat, dorte: Chat) -> None:
        await town.teams.acts.uninstall(sofie.person.aad_id)

        whole, own = await dorte.types("rækkevidde"), await eva.types("rækkevidde")

        social = DANISH("authority.SOF")
        assert DANISH("reachability.line", reachable=12, total=13) in whole
        assert social in own
        assert DANISH("authority.KP") not in own
        assert SOFIE.name in own
        assert SOFIE.name not in whole

    async def test_says_why_the_app_could_not_be_put_in(
        self, town: Town, sofie: Chat, eva: Chat, dorte: Chat
    ) -> None:
        """BER-19: to the Secretariat how often, to Eva for whom; and it can be tried again."""
        await town.teams.acts.uninstall(sofie.person.aad_id)
        async with town.house.database.transaction() as tx:
            await tx.app_installs.put(
                Installed(
                    person=SOFIE.id,
                    outcome=Install.REFUSED,
                    tried_at=town.hour.now,
                    next_at=town.hour.now + TRIED_AGAIN,
                )
            )

        whole, own = await dorte.types("rækkevidde"), await eva.types("rækkevidde")

        why = DANISH("install.refused")
        assert f"{why}: 1" in whole
        assert SOFIE.name not in whole
        assert DANISH("reachability.named", name=SOFIE.name, why=why) in own
        assert DANISH("install.again_none") in await dorte.types("installér appen")


async def latest(town: Town) -> UUID:
    async with town.remembers() as tx:
        trial = await tx.trials.latest()
    assert trial is not None
    return trial.id
