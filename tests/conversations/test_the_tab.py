"""The tab: Teams shows one page inside itself, and it shows each what they may see."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
import pytest

from domain.committee_meetings import CommitteeMeeting
from domain.people import CommitteeCode, Person
from manifest.package import MANIFEST, Installation, files_for, read
from tests.support.town import BO, DANISH, DORTE, EVA, MONDAY_NOON, TENANT, ULLA, Town

YEAR = "/tab/views/year?year=2026"


async def asks(
    town: Town, path: str, *, token: str | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, str, Mapping[str, str]]:
    """Ask the bot for something by HTTP, as the page does."""
    given = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"http://{town.settings.host}:{town.settings.port}{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(address, headers={**given, **(headers or {})}) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


def token_of(town: Town, person: Person) -> str:
    return town.teams.tokens.for_a_visitor(person.aad_id, tenant_id=TENANT)


async def sees(town: Town, person: Person) -> dict[str, Any]:
    status, body, _ = await asks(town, YEAR, token=token_of(town, person))
    assert status == 200, body
    seen: dict[str, Any] = json.loads(body)
    return seen


async def a_meeting(town: Town, *, committee: str = "KG5", day: date = date(2026, 3, 10)) -> str:
    async with town.remembers() as tx:
        reference = await tx.committee_meetings.next_reference(day.year)
        await tx.committee_meetings.add(
            [
                CommitteeMeeting(
                    id=uuid4(),
                    reference=reference,
                    committee=CommitteeCode(committee),
                    year=day.year,
                    number=None,
                    day=day,
                    starts=time(9),
                    minutes=120,
                    called_at=MONDAY_NOON,
                )
            ]
        )
    return reference


def listed(seen: Mapping[str, Any]) -> list[str]:
    return [each["number"] for month in seen["months"] for each in month["meetings"]]


def package_of(town: Town) -> Installation:
    return Installation(app_id=town.settings.app_id, version="1.0.0", host="ssp.example")


async def test_is_the_page_that_the_apps_package_names(town: Town) -> None:
    """The board is the same page, asked to begin with it."""
    package = files_for(package_of(town))
    offered = [each for each in read(package, MANIFEST)["staticTabs"] if "contentUrl" in each]
    assert [each["entityId"] for each in offered] == ["overview", "readiness"]
    for each in offered:
        address = urlsplit(each["contentUrl"])
        status, body, _ = await asks(town, f"{address.path}?{address.query}")
        assert status == 200
        assert "<title>SSP København</title>" in body


async def test_privacy_and_terms_are_on_a_page_that_anybody_may_read(town: Town) -> None:
    """Criterion 14 of a good Teams bot: the app's links lead somewhere."""
    links = read(files_for(package_of(town)), MANIFEST)["developer"]
    for field in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        address = urlsplit(links[field])
        status, body, headers = await asks(town, address.path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert not address.fragment or f'id="{address.fragment}"' in body
        assert "<script" not in body


async def test_shows_a_year_without_meetings_as_one(town: Town) -> None:
    seen = await sees(town, BO)
    assert seen["lead"] == DANISH("year_page.none", year=2026)
    assert seen["wheel"] == ""
    assert listed(seen) == []


async def test_shows_the_secretariat_all_and_others_their_own(town: Town) -> None:
    own = await a_meeting(town)
    other = await a_meeting(town, committee="KG6", day=date(2026, 3, 11))
    assert listed(await sees(town, DORTE)) == [own, other]
    assert listed(await sees(town, BO)) == [own]
    assert listed(await sees(town, EVA)) == [other]


async def test_says_in_the_list_what_the_wheel_says(town: Town) -> None:
    await a_meeting(town)
    seen = await sees(town, BO)
    assert seen["wheel"].startswith("<svg")
    assert "tirsdag 10. marts 2026" in seen["wheel"]
    (month,) = seen["months"]
    (row,) = month["meetings"]
    assert (row["day"], row["hour"]) == ("tirsdag 10. marts 2026", "09.00")


async def test_answers_that_nothing_has_changed(town: Town) -> None:
    token = token_of(town, BO)
    _, _, first = await asks(town, YEAR, token=token)
    again = {"If-None-Match": first["ETag"]}
    assert (await asks(town, YEAR, token=token, headers=again))[0] == 304
    await a_meeting(town)
    status, body, _ = await asks(town, YEAR, token=token, headers=again)
    assert (status, len(listed(json.loads(body)))) == (200, 1)


@pytest.mark.parametrize(
    "claims",
    [
        {"tid": "33333333-3333-4333-8333-333333333333"},
        {"scp": "Calendars.Read"},
        {"scp": ""},
        {"oid": ""},
        {"oid": None},
        {"oid": ULLA.aad_id},
        {"aud": "44444444-4444-4444-8444-444444444444"},
        {"exp": 1, "iat": 0, "nbf": 0},
    ],
    ids=str,
)
async def test_lets_nobody_else_in(town: Town, claims: dict[str, Any]) -> None:
    whole = {"tid": TENANT, "oid": BO.aad_id, "scp": "access_as_user", **claims}
    status, body, _ = await asks(town, YEAR, token=town.teams.tokens.sign(whole))
    assert status in {401, 403}
    assert "KG5" not in body


async def test_lets_nobody_in_who_shows_nothing_or_only_what_the_bot_is_shown(town: Town) -> None:
    assert (await asks(town, YEAR))[0] == 401
    assert (await asks(town, YEAR, token=town.teams.tokens.for_the_bot()))[0] == 403


async def test_lets_nobody_in_who_has_left(town: Town) -> None:
    async with town.remembers() as tx:
        await tx.people.deactivate(BO.id)
    assert (await asks(town, YEAR, token=token_of(town, BO)))[0] == 403


@pytest.mark.parametrize(
    "path",
    ["/tab/views/nothing", "/tab/views/year?year=forever", "/tab/views/year?year=0"],
)
async def test_shows_nothing_that_is_not_there(town: Town, path: str) -> None:
    assert (await asks(town, path, token=token_of(town, BO)))[0] == 403


@pytest.mark.parametrize(
    "path", ["/tab/pyproject.toml", "/tab/..%2Fpyproject.toml", "/tab/index.html", "/tab/.js"]
)
async def test_gives_no_other_file(town: Town, path: str) -> None:
    assert (await asks(town, path))[0] == 404


async def test_is_shown_by_nobody_but_teams(town: Town) -> None:
    """The page itself is the same for all, and holds nothing."""
    status, page, headers = await asks(town, "/tab/")
    assert status == 200
    assert BO.name not in page
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"frame-ancestors {town.teams.base_url}" in policy


async def test_is_dated_by_the_house(town: Town) -> None:
    await a_meeting(town)
    (row,) = (await sees(town, BO))["months"][0]["meetings"]
    assert row["past"] is False
    town.hour.now = datetime(2026, 3, 11, 11, tzinfo=MONDAY_NOON.tzinfo)
    (row,) = (await sees(town, BO))["months"][0]["meetings"]
    assert row["past"] is True
