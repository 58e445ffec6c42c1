"""What becomes of a notice that Teams refuses, on a real database (readiness.md §3.3)."""

from datetime import timedelta

import pytest

from domain.delivery import (
    NO_CONNECTION,
    STOPPED_FOR,
    UNCLEAR,
    UNTRUSTED,
    DeliveryState,
    NotDelivered,
)
from domain.notices import NoticeKind, Tier
from domain.people import PersonId
from storage.database import Database
from tests.support.post import (
    BO,
    CARL,
    CONCERN,
    DORTE,
    Post,
    address_of,
    refused,
    told,
)

SECOND = timedelta(seconds=1)
KIND = NoticeKind.CONCERN_WAITING
PEOPLE = [PersonId(f"person-{number}") for number in range(90)]
CHATS = [f"chat-{person}" for person in PEOPLE]


async def promised(post: Post) -> None:
    """Promise something to many people."""
    await post.knows(*PEOPLE)
    await post.promises(*map(told, PEOPLE))


class TestARefusal:
    @pytest.mark.parametrize(
        "trouble",
        [
            refused(412),
            refused(503),
            refused(429, retry_after=2),
            NotDelivered(status=None, code=NO_CONNECTION),
        ],
        ids=str,
    )
    async def test_that_passes_is_tried_again(self, post: Post, trouble: NotDelivered) -> None:
        """BER-14: what certainly did not arrive is not called a repetition."""
        post.courier.trouble["chat-carl"] = [trouble]
        await post.promises(told(CARL))
        await post.delivers()
        assert await states(post) == {DeliveryState.READY: 1}

        post.now += 2 * SECOND
        await post.delivers()
        assert post.courier.delivered == [("chat-carl", "concern_waiting carl")]

    @pytest.mark.parametrize(
        "trouble",
        [refused(502), refused(504), NotDelivered(status=None, code=UNCLEAR)],
        ids=str,
    )
    async def test_after_which_it_may_have_arrived_is_marked_when_repeated(
        self, post: Post, trouble: NotDelivered
    ) -> None:
        """BER-13, BER-14: until then it is unresolved."""
        post.courier.trouble["chat-carl"] = [trouble]
        await post.promises(told(CARL))
        await post.delivers()
        assert await states(post) == {DeliveryState.UNRESOLVED: 1}

        post.now += SECOND
        await post.delivers()
        assert post.courier.delivered == [("chat-carl", "concern_waiting carl (gentaget)")]

    @pytest.mark.parametrize(
        ("trouble", "state", "still_known"),
        [
            (refused(400), DeliveryState.GIVEN_UP, True),
            (refused(403), DeliveryState.GIVEN_UP, True),
            (refused(403, "BotNotInConversationRoster"), DeliveryState.APP_MISSING, False),
            (refused(403, "ForbiddenOperationException"), DeliveryState.APP_MISSING, False),
            (refused(403, "ConversationBlockedByUser"), DeliveryState.BLOCKED, False),
            (refused(403, "MessageWritesBlocked"), DeliveryState.BLOCKED, False),
            (refused(404), DeliveryState.GIVEN_UP, True),
            (refused(404, "ConversationNotFound"), DeliveryState.UNKNOWN, False),
            (refused(413), DeliveryState.GIVEN_UP, True),
            (refused(500), DeliveryState.GIVEN_UP, True),
            (NotDelivered(status=None, code=UNTRUSTED), DeliveryState.UNKNOWN, False),
        ],
        ids=str,
    )
    async def test_that_stays_is_not_tried_again_and_another_way_is_found(
        self, post: Post, trouble: NotDelivered, state: DeliveryState, *, still_known: bool
    ) -> None:
        """BER-14: 500 and 403 are not retried; BER-16: given up is not forgotten."""
        post.courier.trouble["chat-carl"] = [trouble]
        await post.promises(told(CARL))
        await post.delivers()
        post.now += timedelta(days=1)
        await post.delivers()

        assert post.courier.tried == ["chat-carl"]
        assert [notice.person for notice in post.handed_over] == [CARL]
        assert post.ended_as == [state]
        assert await states(post) == {state: 1}
        assert await post.address(CARL) == (address_of(CARL) if still_known else None)

    async def test_hands_over_at_once_without_waiting_for_a_tick(self, post: Post) -> None:
        """BER-16: the sender is woken when somebody else has to be told."""
        post.courier.trouble["chat-bo"] = [refused(403, "MessageWritesBlocked")]
        await post.promises(told(BO))
        await post.delivers()

        assert post.received == ["chat-dorte"]
        assert await post.next_due() is None

    async def test_of_what_was_acknowledged_meanwhile_has_no_consequences(
        self, post: Post
    ) -> None:
        """BER-13, BER-21: by telephone, while Teams was still being asked."""

        async def acknowledges() -> None:
            async with post.database.transaction() as tx:
                assert await tx.standings.acknowledge(
                    CONCERN, kind=KIND, person=BO, now=post.now, via=DORTE
                )

        post.courier.meanwhile = acknowledges
        post.courier.afterwards["chat-bo"] = [refused(403, "MessageWritesBlocked")]
        await post.promises(told(BO))
        await post.delivers()

        assert post.handed_over == []
        assert await states(post) == {DeliveryState.ACKNOWLEDGED: 1}

    async def test_of_somebody_without_an_address_is_ours(self, post: Post) -> None:
        await post.promises(told(PersonId("erik")))
        await post.delivers()

        assert post.ended_as == [DeliveryState.APP_MISSING]
        assert await post.next_due() is None

    async def test_is_forgotten_once_they_are_heard_again(self, post: Post) -> None:
        post.courier.trouble["chat-bo"] = [refused(403, "MessageWritesBlocked")]
        await post.promises(told(BO))
        await post.delivers()
        await post.knows(BO)
        await post.promises(told(BO, kind=NoticeKind.CONCERN_REMINDER))
        await post.delivers()

        assert "chat-bo" in post.received


class TestWaiting:
    @pytest.mark.parametrize(
        ("tier", "longest"), [(Tier.ORDINARY, 2_400), (Tier.ALERT, 40)], ids=str
    )
    async def test_grows_while_teams_is_down(self, post: Post, tier: Tier, longest: int) -> None:
        """BER-15: nobody is forgotten; an alert is tried about every minute."""
        post.courier.trouble["chat-carl"] = [refused(503) for _ in range(14)]
        await post.promises(told(CARL, tier=tier))
        waits = []
        for _ in range(14):
            await post.delivers()
            due = await post.next_due()
            assert due is not None
            waits.append((due - post.now).total_seconds())
            post.now = due
        await post.delivers()

        assert waits == [min(2.0**power, longest) for power in range(14)]
        assert post.received == ["chat-carl"]

    async def test_is_told_to_whoever_runs_the_sender(self, post: Post) -> None:
        """No tick is needed: `run` says when it wants to run again."""
        post.courier.trouble["chat-carl"] = [refused(503, retry_after=7)]
        await post.promises(told(CARL))
        await post.delivers()

        assert await post.sender.run() == timedelta(seconds=7)

    async def test_is_over_when_nothing_is_promised(self, post: Post) -> None:
        assert await post.sender.run() is None


class TestThrottled:
    async def test_all_senders_wait_as_long_as_teams_says_and_nobody_is_lost(
        self, post: Post, database_url: str
    ) -> None:
        """BER-15: a 429 pauses the bot and not the row; another replica too."""
        post.courier.trouble[CHATS[0]] = [refused(429, retry_after=17)]
        await promised(post)
        await post.delivers()
        tried = len(post.courier.tried)
        assert tried < len(PEOPLE)

        other_database = Database(database_url, post.database.vault)
        other = post.another_sender(other_database)
        post.now += timedelta(seconds=15)
        await post.delivers(other)
        assert len(post.courier.tried) == tried
        assert await other.run() == timedelta(seconds=2)

        post.now += timedelta(seconds=2)
        await post.delivers(other)
        await other_database.dispose()
        assert sorted(post.received) == sorted(CHATS)
        assert post.watcher.pauses == [timedelta(seconds=17)]

    async def test_what_had_not_begun_has_not_been_tried(self, post: Post) -> None:
        """BER-15: it waits less long the next time, and is no repetition."""
        post.courier.trouble[CHATS[0]] = [refused(429, retry_after=17)]
        await promised(post)
        await post.delivers()
        post.now += timedelta(seconds=17)
        async with post.database.transaction() as tx:
            claimed = await tx.outbox.claim(now=post.now, lease=SECOND, at_most=99)

        assert len(claimed) == len(PEOPLE) - len(post.received)
        assert {each.notice.person: each.attempts for each in claimed if each.attempts > 1} == {
            PEOPLE[0]: 2
        }
        assert not any(each.repeated for each in claimed)

    async def test_waits_longer_each_time_when_teams_does_not_say(self, post: Post) -> None:
        """BER-15: exponential, with jitter; here as much of it as there can be."""
        post.jitter = 1.0
        post.courier.trouble["chat-carl"] = [refused(429) for _ in range(4)]
        await post.promises(told(CARL))
        for _ in range(5):
            await post.delivers()
            post.now += timedelta(minutes=2)

        assert [pause.total_seconds() for pause in post.watcher.pauses] == [1.5, 3, 6, 12]
        assert post.received == ["chat-carl"]


class TestABotThatIsShutOut:
    @pytest.mark.parametrize(
        "trouble", [refused(401), refused(403, "BotDisabledByAdmin")], ids=str
    )
    async def test_stops_everywhere_for_five_minutes_and_loses_nothing(
        self, post: Post, trouble: NotDelivered, caplog: pytest.LogCaptureFixture
    ) -> None:
        """BER-14, readiness.md §3.3: stop all, alarm the operator."""
        for chat in CHATS:
            post.courier.trouble[chat] = [trouble]
        await promised(post)
        await post.delivers()
        tried = len(post.courier.tried)
        assert 0 < tried < len(PEOPLE)
        assert "an operator must look" in caplog.text

        post.now += STOPPED_FOR - 2 * SECOND
        await post.delivers(post.another_sender())
        assert len(post.courier.tried) == tried

        post.courier.trouble.clear()
        post.now += 2 * SECOND
        await post.delivers(post.another_sender())
        assert sorted(post.received) == sorted(CHATS)
        assert post.handed_over == []


async def states(post: Post) -> dict[DeliveryState, int]:
    async with post.database.transaction() as tx:
        return dict(await tx.standings.tally(CONCERN, kind=KIND, now=post.now))
