"""A genuine call must also be for us: tenant, channel, service and person (AC-AUTH 04, 07, 10)."""

from dataclasses import replace

import pytest

from tests.support.door import (
    ANNA,
    OTHER_TENANT,
    SETTINGS,
    TEAMS_HERE,
    TENANT,
    Knocker,
    knocker,
    message,
    of_type,
)

KINDS = ["message", "invoke", "conversationUpdate", "installationUpdate", "typing", "madeUp"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("conversation", "channel_data"),
    [
        ({"id": "a:1", "tenantId": TENANT}, {"tenant": {"id": OTHER_TENANT}}),
        ({"id": "a:1", "tenantId": OTHER_TENANT}, {"tenant": {"id": TENANT}}),
        ({"id": "a:1", "tenantId": OTHER_TENANT}, {}),
        ({"id": "a:1", "tenantId": TENANT}, {}),
        ({"id": "a:1"}, {"tenant": {}}),
        ({"id": "a:1", "tenantId": ""}, {"tenant": {"id": TENANT}}),
    ],
    ids=["channel data", "conversation", "only conversation", "unsaid", "nowhere", "empty"],
)
async def test_an_activity_of_another_tenant_is_no_turn(
    outside: Knocker,
    kind: str,
    conversation: dict[str, object],
    channel_data: dict[str, object],
) -> None:
    """AC-AUTH-04: for every type of activity."""
    foreign = of_type(kind, conversation=conversation, channelData=channel_data)

    reply = await outside.sends(foreign)

    assert (reply.status, outside.turns) == (403, [])


async def test_the_conversation_may_leave_the_tenant_out(outside: Knocker) -> None:
    """AC-AUTH-04: `tenantId` counts when present; the channel data always does."""
    reply = await outside.sends(message(conversation={"id": "a:1"}))

    assert (reply.status, len(outside.turns)) == (200, 1)


@pytest.mark.parametrize(
    "sender",
    [
        {"id": "29:x", "aadObjectId": ANNA, "userRole": "guest"},
        {"id": "29:x", "aadObjectId": ANNA, "userRole": "anonymous"},
        {"id": "29:x", "aadObjectId": ANNA, "tenantId": OTHER_TENANT},
    ],
    ids=["guest", "anonymous", "of another tenant"],
)
async def test_guests_stay_outside_until_the_settings_let_them_in(
    sender: dict[str, object],
) -> None:
    """AC-AUTH-04."""
    async with knocker() as outside:
        refused = await outside.sends(message(**{"from": sender}))
        assert (refused.status, outside.turns) == (403, [])

    async with knocker(replace(SETTINGS, guests_allowed=True)) as outside:
        assert (await outside.sends(message(**{"from": sender}))).status == 200


@pytest.mark.parametrize("kind", ["message", "invoke"])
async def test_nobody_speaks_without_being_somebody(outside: Knocker, kind: str) -> None:
    """AC-AUTH-10: identity is the Entra object id, and without it there is none."""
    reply = await outside.sends(of_type(kind, **{"from": {"id": "29:anna"}}))

    assert (reply.status, outside.turns) == (403, [])


async def test_the_payload_cannot_say_who_one_is(outside: Knocker) -> None:
    """AC-AUTH-10."""
    other = "b0000000-0000-4000-8000-00000000000b"
    pressed = of_type(
        "invoke", value={"action": {"verb": "go", "data": {"userId": other}}, "aadObjectId": other}
    )

    await outside.sends(pressed)

    [(_, identity)] = outside.turns
    assert identity.aad_id == ANNA


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.example.org/",
        "https://smba.trafficmanager.net@example.org/",
        "https://example.org/smba.trafficmanager.net/",
        "https://user:word@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:444/",
        "https://smba.trafficmanager.net:443/",
        "https://smbа.trafficmanager.net/",  # its second a is Cyrillic
        "https://xn--smb-8cd.trafficmanager.net/",
        "https://SMBA.TRAFFICMANAGER.NET/",
        "https://smba.trafficmanager.net./",
        "https://evilbotframework.com/",
        "https://evilmba.trafficmanager.net/",
        "https://other.smba.trafficmanager.net/",
        "https://botframework.com/",
        "https://127.0.0.1/",
        "https://smba.trafficmanager.net/emea/?next=https://example.org",
        "https://smba.trafficmanager.net/emea/#x",
        "https://smba.trafficmanager.net\\@example.org/",
        "https://smba.trafficmanager.net/\nHost: example.org",
        "ftp://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
    ],
)
async def test_a_service_that_is_not_teams_gets_no_answer(
    outside: Knocker, address: str | None
) -> None:
    """AC-AUTH-07: even with a token that names the very same address."""
    token = outside.token(serviceurl=address)

    reply = await outside.sends(message(serviceUrl=address), token=token)

    assert (reply.status, outside.turns) == (403, [])


@pytest.mark.parametrize(
    "address", ["https://europe.botframework.com/x/", "https://a.b.botframework.com"]
)
async def test_a_host_below_an_allowed_one_is_answered(outside: Knocker, address: str) -> None:
    """AC-AUTH-07."""
    token = outside.token(serviceurl=address)

    assert (await outside.sends(message(serviceUrl=address), token=token)).status == 200


@pytest.mark.parametrize("channel", [None, "", "emulator", "webchat", "directline", "MSTEAMS"])
async def test_another_channel_is_no_turn(outside: Knocker, channel: str | None) -> None:
    """AC-AUTH-07 (concern.md P4): a missing channel skips no check."""
    reply = await outside.sends(message(channelId=channel))

    assert (reply.status, outside.turns) == (403, [])


class TestOnOneMachine:
    async def test_the_stand_in_is_let_in(self) -> None:
        """AC-AUTH-01: with signed calls, like everybody else."""
        async with knocker(local=True) as outside:
            token = outside.token(serviceurl=TEAMS_HERE)

            reply = await outside.sends(message(serviceUrl=TEAMS_HERE), token=token)

            assert (reply.status, len(outside.turns)) == (200, 1)

    async def test_teams_itself_is_not(self) -> None:
        """AC-AUTH-01: the stand-in is trusted instead of Microsoft, not beside it."""
        async with knocker(local=True) as outside:
            reply = await outside.sends(message())

            assert (reply.status, outside.turns) == (403, [])

    async def test_nobody_is_let_in_unsigned(self) -> None:
        """AC-AUTH-01: no setting turns authentication off."""
        async with knocker(local=True) as outside:
            reply = await outside.sends(message(serviceUrl=TEAMS_HERE), token="")

            assert (reply.status, outside.turns) == (401, [])
