"""Whatever is sent, nothing falls over and no stranger gets a turn (AC-IN-02)."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake import KNOWN_TYPES, read_activity
from bot.refusals import Malformed, Refused
from tests.support.door import MONDAY_NOON, SETTINGS, TENANT, Knocker, knocker, message, of_type

words = st.text(max_size=50)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda below: st.lists(below, max_size=5) | st.dictionaries(words, below, max_size=5),
    max_leaves=20,
)
GOOD = [of_type(kind) for kind in sorted(KNOWN_TYPES)]
FIELDS = sorted({name for activity in GOOD for name in activity})
changed = st.builds(
    lambda activity, changes: activity | changes,
    st.sampled_from(GOOD),
    st.dictionaries(st.sampled_from(FIELDS) | words, anything, min_size=1, max_size=4),
)
below = st.builds(
    lambda name, changes: message() | {name: message()[name] | changes},
    st.sampled_from(["from", "recipient", "conversation", "channelData"]),
    st.dictionaries(
        st.sampled_from(["id", "name", "tenantId", "tenant", "aadObjectId", "isGroup"]) | words,
        anything,
        min_size=1,
        max_size=4,
    ),
)
READ_AS: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "id": str,
    "timestamp": str,
    "text": str,
    "serviceUrl": str,
    "from": dict,
    "conversation": dict,
    "recipient": dict,
    "channelData": dict,
    "membersAdded": list,
    "entities": list,
    "attachments": list,
}


many = settings(
    max_examples=1_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
    derandomize=True,
    database=None,
)


@many
@given(st.one_of(changed, below, anything))
def test_what_is_read_has_the_types_it_should(sent: object) -> None:
    """AC-IN-02: a thousand generated activities are whole afterwards, or refused."""
    body = json.dumps(sent).encode()
    try:
        activity = read_activity(body, now=MONDAY_NOON)
    except Malformed:
        return

    assert {"type", "id", "timestamp", "from", "conversation", "recipient"} <= set(activity)
    assert all(
        isinstance(activity[name], right) for name, right in READ_AS.items() if name in activity
    )
    assert json.loads(json.dumps(activity)) == activity


@many
@given(
    st.binary(max_size=300) | st.text(alphabet='{}[]",:\\u0Deaf0123456789.-+ \n').map(str.encode)
)
def test_any_bytes_are_refused_as_unreadable(body: bytes) -> None:
    """AC-IN-02: and nothing but a refusal is raised."""
    with pytest.raises(Refused):
        read_activity(body, now=MONDAY_NOON)


@pytest.fixture(scope="module")
def patient() -> Iterator[tuple[asyncio.Runner, Knocker]]:
    """A door that does not mind how often one knocks, and the loop it stands on."""
    unhurried = replace(SETTINGS, person_per_minute=10_000)
    with asyncio.Runner() as runner:
        opened = knocker(unhurried)
        yield runner, runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))


@settings(many, max_examples=600)
@given(sent=st.one_of(changed, below, anything))
def test_over_http_the_answer_is_a_turn_or_a_refusal(
    patient: tuple[asyncio.Runner, Knocker], sent: object
) -> None:
    """AC-IN-02: never a 500, and never a turn for another tenant."""
    runner, outside = patient
    outside.turns.clear()

    reply = runner.run(outside.sends_bytes(json.dumps(sent).encode()))

    assert reply.status in {200, 400, 401, 403}
    assert [identity.tenant_id for _, identity in outside.turns] in ([], [TENANT])
    assert reply.status == 200 or not outside.turns
