"""Many calls in one request, and lists page after page."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from graph.calls import Answer, Call, GraphRefused, GraphSilent, path
from graph.client import Graph
from graph.needs import Need
from tests.support.answering import Answering, Reply, Said, answering, refusal
from tests.support.graph_here import Hurried, graph_at

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

    async def test_that_lead_in_a_circle_come_to_an_end(self) -> None:
        server = Answering()
        async with opened(server) as graph:
            server.replies = [Reply(body={"@odata.nextLink": f"{server.base}/x?$skip=1"})]
            with pytest.raises(GraphRefused, match="endlessList"):
                _ = [page async for page in graph.pages(READ)]

        assert len(server.asked) == 2

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
