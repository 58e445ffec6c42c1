"""Calling Graph: what is repeated and what never is, whose pauses are obeyed, and what is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.calls import Answer, Call, GraphRefused, GraphSilent, GraphTrouble, Sends, path
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


class TestBatches:
    async def test_come_back_in_the_order_they_left(self) -> None:
        server = Answering()
        server.reply = _part_by_part(lambda url: Reply(status=201, body={"url": url}))
        calls = [replace(CREATE_ONCE, path=path("events", str(number))) for number in range(45)]
        async with opened(server) as graph:
            came = await graph.batch(calls)

        assert [each.body["url"] for each in came if isinstance(each, Answer)] == [
            call.path for call in calls
        ]
        assert [len(asked.body["requests"]) for asked in server.asked] == [20, 20, 5]

    async def test_repeat_only_what_failed(self) -> None:
        """Half of it failing doubles nothing: each is known by its id, and was not begun."""
        tried: dict[str, int] = {}

        def part(url: str) -> Reply:
            tried[url] = tried.get(url, 0) + 1
            failing = int(url.rpartition("/")[2]) % 2 and tried[url] == 1
            return SLOW_DOWN if failing else Reply(status=201)

        server, hurried = Answering(clock=lambda: hurried.at), Hurried()
        server.reply = _part_by_part(part)
        async with opened(server, hurried) as graph:
            came = await graph.batch(
                [replace(CREATE, path=path("events", str(number))) for number in range(10)]
            )

        assert [each.status for each in came] == [201] * 10
        assert sorted(tried.values()) == [1] * 5 + [2] * 5
        assert server.asked[1].at - server.asked[0].at >= 7

    async def test_keep_what_failed_for_good_apart(self) -> None:
        server = Answering()
        server.reply = _part_by_part(
            lambda url: refusal(404, "ErrorItemNotFound") if url.endswith("1") else Reply()
        )
        async with opened(server) as graph:
            first, second, third = await graph.batch(
                [replace(READ, path=path("events", str(number))) for number in range(3)]
            )

        assert isinstance(first, Answer)
        assert isinstance(third, Answer)
        assert isinstance(second, GraphRefused)
        assert second.code == "ErrorItemNotFound"

    async def test_of_a_part_left_out_nobody_knows(self) -> None:
        server = Answering(Reply(body={"responses": [{"id": "0", "status": 201}]}))
        async with opened(server) as graph:
            first, second = await graph.batch([CREATE, CREATE])

        assert isinstance(first, Answer)
        assert isinstance(second, GraphSilent)
        assert len(server.asked) == 1

    async def test_that_depend_on_one_that_failed_were_not_begun(self) -> None:
        answers = iter([refusal(424, "FailedDependency"), Reply(status=201)])
        server = Answering()
        server.reply = _part_by_part(lambda _: next(answers))
        async with opened(server) as graph:
            (came,) = await graph.batch([CREATE])

        assert isinstance(came, Answer)

    async def test_refused_as_a_whole_are_refused_in_every_part(self) -> None:
        async with opened(Answering(refusal(403, "ErrorAccessDenied"))) as graph:
            came = await graph.batch([CREATE, READ])

        assert [each.code for each in came if isinstance(each, GraphRefused)] == [
            "ErrorAccessDenied"
        ] * 2

    async def test_take_all_slots_of_their_service(self) -> None:
        """MTG-14: Outlook runs four parts of a batch at a time, and those are all it allows."""
        server = Answering()
        server.reply = _part_by_part(lambda _: Reply())
        async with opened(server) as graph:
            await asyncio.gather(*(graph.batch([READ] * 8) for _ in range(4)))

        assert (len(server.asked), server.most_at_once) == (4, 1)

    async def test_of_different_services_are_a_mistake_of_ours(self) -> None:
        async with opened(Answering()) as graph:
            with pytest.raises(ValueError, match="different services"):
                await graph.batch([READ, Call(need=Need.GROUPS, method="GET", path="/groups")])


class TestPages:
    async def test_follow_one_another_to_the_delta(self) -> None:
        server = Answering()
        async with opened(server) as graph:
            server.replies = [
                Reply(
                    body={"value": [{"id": "1"}], "@odata.nextLink": f"{server.base}/x?$skip=1"}
                ),
                Reply(body={"value": [{"id": "2"}], "@odata.deltaLink": f"{server.base}/x?t=9"}),
            ]
            pages = [page async for page in graph.pages(READ)]

        assert [item["id"] for page in pages for item in page.items] == ["1", "2"]
        assert [page.delta_link for page in pages] == ["", f"{server.base}/x?t=9"]
        assert server.asked[1].query == {"$skip": "1"}

    async def test_go_on_where_they_ended(self) -> None:
        server = Answering(Reply(body={"value": []}))
        async with opened(server) as graph:
            link = f"{server.base}/users/delta?$deltatoken=a%2Bb%3D"
            pages = [page async for page in graph.pages(replace(READ, path=link))]

        assert [list(page.items) for page in pages] == [[]]
        assert server.asked[0].query == {"$deltatoken": "a+b="}

    async def test_a_token_that_ran_out_is_told(self) -> None:
        async with opened(Answering(refusal(410, "syncStateNotFound"))) as graph:
            with pytest.raises(GraphRefused) as trouble:
                _ = [page async for page in graph.pages(READ)]

        assert (trouble.value.status, trouble.value.code) == (410, "syncStateNotFound")

    @pytest.mark.parametrize(
        "link",
        [
            "https://graph.example.dk/v1.0/users",
            "http://127.0.0.1:1/v1.0/users",
            "{base}.example.dk/users",
            "{base}/../beta/users",
            "v1.0/users",
        ],
    )
    async def test_lead_nowhere_else_with_our_token(self, link: str) -> None:
        server = Answering()
        async with opened(server) as graph:
            server.replies = [Reply(body={"@odata.nextLink": link.format(base=server.base)})]
            with pytest.raises(GraphRefused, match="foreignLink"):
                _ = [page async for page in graph.pages(READ)]

        assert len(server.asked) == 1


def _part_by_part(part: Callable[[str], Reply]) -> Callable[[Said], Reply]:
    """Answer a batch as `part` answers each url in it."""

    def answer(said: Said) -> Reply:
        replies = {each["id"]: part(each["url"]) for each in said.body["requests"]}
        return Reply(
            body={
                "responses": [
                    {
                        "id": number,
                        "status": reply.status,
                        "headers": dict(reply.headers),
                        "body": dict(reply.body),
                    }
                    for number, reply in reversed(replies.items())
                ]
            }
        )

    return answer
