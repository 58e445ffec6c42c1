"""Calling Graph: what is repeated and what never is, whose pauses are obeyed, and what is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.calls import Call, GraphRefused, GraphSilent, GraphTrouble, Sends, path
from graph.client import Graph
from graph.needs import Need
from tests.support.answering import Answering, Reply, Said, answering, refusal
from tests.support.graph_here import TOKEN, Hurried, graph_at

READ = Call(need=Need.CALENDAR, method="GET", path=path("users", "ssp@kk.dk", "events"))
CREATE = replace(READ, method="POST", body={"subject": "Møde"})
CREATE_ONCE = replace(CREATE, body={"transactionId": "7"}, once=True)
CREATED = Reply(status=201, body={"id": "AAMk"})
SLOW_DOWN = refusal(429, "ApplicationThrottled", Retry_After="7")


@asynccontextmanager
async def opened(server: Answering, hurried: Hurried | None = None) -> AsyncIterator[Graph]:
    timer = (hurried or Hurried()).timer()
    async with answering(server), graph_at(server.base, timer=timer) as graph:
        yield graph


async def _refused(graph: Graph, call: Call) -> GraphTrouble:
    with pytest.raises(GraphTrouble) as trouble:
        await graph.call(call)
    return trouble.value


class TestOneCall:
    async def test_says_who_we_are_and_names_itself(self) -> None:
        server = Answering(CREATED)
        async with opened(server) as graph:
            answer = await graph.call(replace(CREATE, params={"$select": "id"}))

        assert (answer.status, answer.body["id"]) == (201, "AAMk")
        (asked,) = server.asked
        assert (asked.method, asked.path) == ("POST", "/v1.0/users/ssp@kk.dk/events")
        assert asked.query == {"$select": "id"}
        assert asked.body == {"subject": "Møde"}
        assert asked.headers["Authorization"] == f"Bearer {TOKEN}"
        assert len(asked.headers["client-request-id"]) == 36

    async def test_quotes_every_part_of_a_path(self) -> None:
        server = Answering()
        async with opened(server) as graph:
            await graph.call(replace(READ, path=path("users", "o'hara/x?y#z@kk.dk", "events")))

        assert server.asked[0].path == "/v1.0/users/o'hara/x?y#z@kk.dk/events"

    async def test_carries_a_whole_mail_as_text(self) -> None:
        server = Answering(Reply(status=202))
        async with opened(server) as graph:
            await graph.call(
                Call(need=Need.MAIL, method="POST", path="/users/x/sendMail", text="TUlNRQ==")
            )

        assert server.asked[0].headers["Content-Type"].startswith("text/plain")
        assert server.asked[0].body == "TUlNRQ=="

    async def test_tells_codes_and_never_words(self) -> None:
        """AC-LOG-01: Graph writes names and addresses into its messages."""
        reply = refusal(403, "Forbidden", "ErrorAccessDenied", request_id="5f0c-1")
        async with opened(Answering(reply)) as graph:
            trouble = await _refused(graph, READ)

        assert isinstance(trouble, GraphRefused)
        assert (trouble.status, trouble.code) == (403, "ErrorAccessDenied")
        assert trouble.codes == ("Forbidden", "ErrorAccessDenied")
        assert trouble.request_id == "5f0c-1"
        assert str(trouble) == "calendar: 403 ErrorAccessDenied"

    async def test_does_not_storm_who_says_no(self) -> None:
        """MTG-18."""
        server = Answering(refusal(403, "ErrorAccessDenied"))
        async with opened(server) as graph:
            await _refused(graph, READ)

        assert len(server.asked) == 1

    async def test_takes_a_new_token_once_when_the_old_one_is_refused(self) -> None:
        server = Answering(refusal(401, "InvalidAuthenticationToken"), Reply())
        async with opened(server) as graph:
            await graph.call(READ)
        assert len(server.asked) == 2

        server = Answering(refusal(401, "InvalidAuthenticationToken"))
        async with opened(server) as graph:
            trouble = await _refused(graph, READ)
        assert (trouble.code, len(server.asked)) == ("InvalidAuthenticationToken", 2)


class TestRepeating:
    @pytest.mark.parametrize("call", [READ, CREATE_ONCE], ids=["reading", "known by its id"])
    @pytest.mark.parametrize(
        "reply", [Reply(status=500), Reply(status=504), Reply(status=0)], ids=str
    )
    async def test_what_does_no_harm_twice_is_repeated(self, call: Call, reply: Reply) -> None:
        server = Answering(reply, reply, CREATED)
        async with opened(server) as graph:
            assert (await graph.call(call)).status == 201

        assert len(server.asked) == 3

    @pytest.mark.parametrize(
        "reply", [Reply(status=500), Reply(status=504), Reply(status=0)], ids=str
    )
    async def test_what_may_have_been_done_is_never_done_again(self, reply: Reply) -> None:
        """MTG-13: nobody gets two invitations because an answer was lost."""
        server = Answering(reply, CREATED)
        async with opened(server) as graph:
            trouble = await _refused(graph, CREATE)

        assert isinstance(trouble, GraphSilent)
        assert len(server.asked) == 1

    @pytest.mark.parametrize(
        "reply", [SLOW_DOWN, refusal(503, "serviceNotAvailable", Retry_After="2")], ids=str
    )
    async def test_what_was_not_begun_is_sent_again(self, reply: Reply) -> None:
        server = Answering(reply, CREATED)
        async with opened(server) as graph:
            assert (await graph.call(CREATE)).body["id"] == "AAMk"

    async def test_a_graph_that_cannot_be_reached_has_done_nothing(self) -> None:
        async with graph_at("http://127.0.0.1:1/v1.0") as graph:
            trouble = await _refused(graph, CREATE)

        assert isinstance(trouble, GraphRefused)
        assert (trouble.status, trouble.code) == (0, "notReached")

    async def test_it_ends(self) -> None:
        server, hurried = Answering(Reply(status=502)), Hurried()
        async with opened(server, hurried) as graph:
            assert isinstance(await _refused(graph, READ), GraphSilent)

        assert len(server.asked) == 4
        assert [
            low < each <= high
            for each, (low, high) in zip(
                hurried.slept, [(0.4, 1), (1.4, 3), (4.4, 9)], strict=True
            )
        ] == [True] * 3

    async def test_a_mailbox_that_is_full_stays_full(self) -> None:
        server = Answering(refusal(507, "ErrorQuotaExceeded"))
        async with opened(server) as graph:
            trouble = await _refused(graph, CREATE_ONCE)

        assert isinstance(trouble, GraphRefused)
        assert len(server.asked) == 1


class TestLimits:
    async def test_four_at_once_for_a_service(self) -> None:
        """MTG-14."""
        server = Answering()
        async with opened(server) as graph:
            await asyncio.gather(*(graph.call(READ) for _ in range(40)))

        assert (len(server.asked), server.most_at_once) == (40, 4)

    async def test_services_do_not_wait_for_each_other(self) -> None:
        server = Answering()
        groups = Call(need=Need.GROUPS, method="GET", path="/groups")
        async with opened(server) as graph:
            await asyncio.gather(*(graph.call(each) for each in [READ, groups] * 10))

        assert server.most_at_once > 4

    async def test_a_pause_holds_for_everybody_who_wants_the_same_service(self) -> None:
        """MTG-14: no call leaves before Retry-After is over."""
        hurried = Hurried()
        server = Answering(SLOW_DOWN, Reply(), clock=lambda: hurried.at)
        async with opened(server, hurried) as graph:
            await graph.call(READ)
            await asyncio.gather(*(graph.call(READ) for _ in range(8)))

        assert [asked.at >= 7 for asked in server.asked] == [False] + [True] * 9

    async def test_a_long_pause_is_not_slept_through(self) -> None:
        """It is told, and until it is over nothing more leaves the house."""
        hurried = Hurried()
        server = Answering(refusal(429, "TooManyRequests", Retry_After="600"), Reply())
        async with opened(server, hurried) as graph:
            first = await _refused(graph, READ)
            second = await _refused(graph, CREATE)
            assert (first.code, second.code) == ("TooManyRequests", "heldBack")
            assert first.retry_after == second.retry_after == timedelta(seconds=600)
            assert len(server.asked) == 1

            hurried.at += 600
            assert (await graph.call(READ)).status == 200

    async def test_a_storm_of_refusals_ends_in_one(self) -> None:
        server = Answering(SLOW_DOWN)
        async with opened(server) as graph:
            trouble = await _refused(graph, READ)

        assert (trouble.status, len(server.asked)) == (429, 4)

    async def test_twenty_messages_leave_in_a_minute(self) -> None:
        """MTG-14: counted where they arrive, in any minute."""
        hurried = Hurried()
        server = Answering(clock=lambda: hurried.at)
        invite = replace(CREATE_ONCE, sends=Sends.IN_TURN)
        async with opened(server, hurried) as graph:
            for _ in range(50):
                await graph.call(invite)

        at = [asked.at for asked in server.asked]
        assert max(sum(begin <= each < begin + 60 for each in at) for begin in at) == 20
        assert hurried.at < 3 * 62

    async def test_who_is_waited_for_goes_ahead_and_counts(self) -> None:
        hurried = Hurried()
        server = Answering(clock=lambda: hurried.at)
        alert = replace(CREATE, need=Need.MAIL, sends=Sends.AT_ONCE)
        async with opened(server, hurried) as graph:
            for _ in range(25):
                await graph.call(alert)
            assert hurried.at == 0
            await graph.call(replace(CREATE, sends=Sends.IN_TURN))

        assert server.asked[-1].at >= 60

    async def test_a_lone_reader_does_not_wait_for_messages(self) -> None:
        hurried = Hurried()
        server = Answering(clock=lambda: hurried.at)
        invite = replace(CREATE_ONCE, sends=Sends.IN_TURN)
        async with opened(server, hurried) as graph:
            await asyncio.gather(*(graph.call(invite) for _ in range(20)))
            await graph.call(READ)

        assert server.asked[-1].at == 0


class TestStopping:
    async def test_lets_nobody_wait_and_says_that_it_is_not_known(self) -> None:
        """A house that is stopped does not hang on Microsoft's answer."""
        server, asked, never = Answering(), asyncio.Event(), asyncio.Event()

        async def holds(_: Said) -> None:
            asked.set()
            await never.wait()

        server.before = holds
        async with opened(server) as graph:
            waiting = asyncio.create_task(_refused(graph, CREATE))
            async with asyncio.timeout(10):
                await asked.wait()
                graph.stop()
                assert isinstance(await waiting, GraphSilent)
            never.set()

            later = await _refused(graph, CREATE)
            assert isinstance(later, GraphRefused)
            assert (later.code, len(server.asked)) == ("stopped", 1)

    async def test_lets_nobody_wait_for_their_turn(self) -> None:
        class Forever(Hurried):
            sleeping = asyncio.Event()

            async def sleep(self, seconds: float) -> None:
                self.slept.append(seconds)
                self.sleeping.set()
                await asyncio.Event().wait()

        server, forever = Answering(SLOW_DOWN), Forever()
        async with opened(server, forever) as graph:
            waiting = asyncio.create_task(_refused(graph, READ))
            async with asyncio.timeout(10):
                await forever.sleeping.wait()
                graph.stop()
                assert (await waiting).code == "stopped"

    async def test_does_not_swallow_that_the_caller_is_cancelled(self) -> None:
        server, never = Answering(), asyncio.Event()
        server.before = lambda _: _until(never)
        async with opened(server) as graph:
            waiting = asyncio.create_task(graph.call(READ))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            never.set()


async def _until(event: asyncio.Event) -> None:
    await event.wait()
