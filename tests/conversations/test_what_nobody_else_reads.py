"""What is confided stays where it was confided: not in logs, files, notifications, addresses."""

import re
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from devtools.ports import free_port
from tests.integration.storage.raw import everything_stored
from tests.support.breaking import breaking
from tests.support.chat import Chat
from tests.support.collector import collecting
from tests.support.legal_stories import reroutes
from tests.support.listening import listening
from tests.support.reports import GRAVE, REPORT
from tests.support.town import DANISH, TEAM, Town

CPR = "0405114321"
WORDS = re.compile(r"kanarie[a-zæøå]+")
SECRETS: dict[str, str] = {
    **GRAVE,
    "notified_why": "kanarieunderretning",
    "relation": "another",
    "relation_names": "Carl Dybdahl, Kanarierelation Kusk",
    "name": "Kanarienavn Kvist",
    "cpr": "040511-4321",
    "protected": "yes",
    "school": "kanarieskolen",
    "custody": "kanariemor, 12 34 56 78",
    "interpreter": "yes",
    "interpreter_language": "kanariesprog",
    "place": "kanariested",
    "observed": f"kanarieobservation, set onsdag; cpr {CPR}, ring 12345678",
    "cpr_in_text": "keep",
    "others": "few",
    "others_text": "kanarieandre",
    "sign_other": "kanarietegn",
    "signs_4": "L4.b,L4.e",
    "offence": "charged",
    "offence_source": "kanariekilde",
    "risk_individual": "kanarierisiko",
    "tried": "kanarieforsøg",
    "protect_family": "kanariebeskyttelse",
    "hope": "kanariehåb",
    "necessity": "kanarienødvendighed",
    "sensitive": "health",
    "heightened": "kanariehelbred, som er nødvendigt",
    "informed": "prevents",
    "informed_why": "kanarieorientering, fordi det hindrer",
    "child_view": "kanarieholdning",
    "shield": "yes",
    "shield_why": "kanarieskærmning",
}
ADDED, FIRST_WORDS, NOTE = "kanarietilføjelse", "kanarietanke om en 14-årig i Valby", "kanarienote"
ENQUIRED = "kanariehenvendelse om noget helt andet"
CANARIES = {
    CPR,
    "040511-4321",
    *WORDS.findall(" ".join([*SECRETS.values(), ADDED, FIRST_WORDS, NOTE, ENQUIRED]).lower()),
}


def heard_in(text: str) -> set[str]:
    said = text.lower()
    return {word for word in CANARIES if word in said}


async def everything_happens(town: Town, anna: Chat, bo: Chat, dorte: Chat) -> str:
    """Every flow, with something confided in every field of it."""
    await anna.types(FIRST_WORDS)
    await anna.types("fortsæt")
    await anna.fills({**SECRETS, "born": "31-31-2011", "cpr": "kanarie 12"})
    await anna.types("kanarie?")
    await anna.types("annullér")
    await anna.types("ja")
    reference = await anna.reports(SECRETS)
    await anna.types(f"tilføj {reference}")
    await anna.types(ADDED)
    await anna.types("send")
    await dorte.opens(reference)
    await reroutes(dorte, "KG5", reason="other", note=NOTE)
    assert heard_in(await bo.opens(reference)) >= CANARIES - {
        word for word in CANARIES if word in (FIRST_WORDS + ENQUIRED).lower()
    } - {CPR, "040511-4321"}
    await bo.presses("concern.take_up")
    await bo.types(f"inhabil {reference}")
    await anna.types("henvendelse")
    await anna.fills({"matter": ENQUIRED})
    await anna.presses("form.send")
    await town.passes(timedelta(hours=2))
    await anna.types("bekymring")
    diverted = await anna.fills({**SECRETS, "born": "2018-01-01", "cpr": ""})
    assert DANISH("form.nothing_stored") in diverted
    await anna.types("bekymring")
    await anna.fills(SECRETS)
    assert DANISH("form.saved_title") in await anna.types("gem")
    return reference


async def things_go_wrong(town: Town, anna: Chat, bo: Chat, reference: str) -> None:
    """The ways out by exception: refused, failed in storage, failed in Teams."""
    await anna.types("fortsæt")
    card = anna.form()
    for point in (1, 2, 4, 6, 8):
        with breaking(at=point, secret=" ".join(CANARIES)):
            await anna.presses_on(card, "form.send")
            await town.settles()
    await bo.types(f"åbn {reference}")
    await bo.forges("concern.open", {"concern": "kanarie", "version": 1, "kanarie": "kanarie"})
    await bo.forges("kanarie.verb", {"kanarie": "kanarie"})
    town.teams.faults.add(op="send", status=500, times=3)
    with breaking(at=12, secret=" ".join(CANARIES)):
        await anna.presses_on(card, "form.send")
        await town.settles()
    town.teams.faults.clear()


async def test_no_log_line_repeats_anything_confided(
    town: Town,
    anna: Chat,
    bo: Chat,
    dorte: Chat,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """AC-LOG-01: every flow and exception path; what the bot writes, at its most talkative."""
    with listening() as logs:
        reference = await everything_happens(town, anna, bo, dorte)
        await things_go_wrong(town, anna, bo, reference)
        await town.restarts()

    written = logs.written.getvalue()
    assert "turn failed" in written
    assert heard_in(written) == set()
    assert "kanarie" not in written
    assert all(line.startswith("{") for line in written.splitlines())
    printed = capfd.readouterr()
    assert heard_in(printed.out + printed.err) == set()


async def test_no_log_call_of_ours_is_given_anything_confided(
    town: Town, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """AC-LOG-01: not even a handler that somebody else installs reads it, faults aside."""
    with listening() as logs:
        await everything_happens(town, anna, bo, dorte)

    ours = [line for line in logs.raw.getvalue().splitlines() if "localteams" not in line]
    assert heard_in("\n".join(ours)) == set()


async def test_no_metric_and_no_span_carries_anything_confided(
    town: Town, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """AC-LOG-01: what Prometheus and a collector are told of every flow and exception path."""
    async with collecting() as collector, aiohttp.ClientSession() as prometheus:
        port = free_port()
        town.settings = replace(town.settings, metrics_port=port, otlp_endpoint=collector.endpoint)
        await town.restarts()
        reference = await everything_happens(town, anna, bo, dorte)
        await things_go_wrong(town, anna, bo, reference)
        answer = await prometheus.get(f"http://127.0.0.1:{port}/metrics")
        metrics = await answer.text()
        town.settings = replace(town.settings, metrics_port=0, otlp_endpoint="")
        await town.restarts()

    assert 'ssp_delivered_total{kind="concern_waiting",tier="ordinary"}' in metrics
    assert {span.name for span in collector.spans} >= {"turn"}
    told = metrics + " ".join(body.decode(errors="replace") for body in collector.bodies)
    assert heard_in(told) == set()
    assert "kanarie" not in told
    assert reference not in told
    assert anna.person.name not in told


async def test_the_database_files_hold_nothing_that_can_be_read(
    town: Town, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """AC-CRYPT-01: drafts, concerns, additions, answers kept for repeats, recusals, outbox."""
    await everything_happens(town, anna, bo, dorte)

    url = town.settings.database_url
    stored = (await everything_stored(town.house.database, url)).decode(errors="replace")

    assert anna.person.name in stored
    assert heard_in(stored) == set()


async def test_no_notification_and_no_channel_says_more_than_number_and_area(
    town: Town, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """AC-OUT-05: what a locked telephone shows of every message the bot ever sent."""
    await everything_happens(town, anna, bo, dorte)
    await anna.types("annullér")
    await anna.types("ja")
    reference = await anna.reports({**SECRETS, "relation": "no"})

    sent = [each for each in town.teams.world.messages.values() if each.sender is None]
    summaries = "\n".join(each.summary for each in sent)
    assert DANISH("task.waiting_title", reference=reference) in summaries
    assert heard_in(summaries) == set()
    assert "iveau" not in summaries
    everywhere = "\n".join(each.text for each in town.teams.messages(TEAM) if each.sender is None)
    assert DANISH("task.ping", reference=reference, area="Valby") in everywhere
    assert heard_in(everywhere) == set()


async def test_no_address_and_no_button_carries_anything_confided(
    town: Town, anna: Chat, bo: Chat, dorte: Chat
) -> None:
    """AC-OUT-06, AC-CARD-01: ids, versions and verbs only."""
    await everything_happens(town, anna, bo, dorte)

    exchanges = list(town.teams.wire.exchanges)
    assert heard_in("\n".join(each.path for each in exchanges)) == set()
    carried = [
        action.get("data", {})
        for each in town.teams.world.messages.values()
        if each.sender is None and each.card
        for action in each.card.get("actions", [])
    ]
    assert {key for data in carried for key in data} <= {"draft", "revision", "concern", "version"}


async def test_a_reading_of_the_report_shows_its_reporter_only_to_those_who_may_know(
    anna: Chat, bo: Chat, carl: Chat
) -> None:
    """concern.md §4.6: a shielded reporter is known to the facilitator and the Secretariat."""
    why = "Jeg bor i samme opgang som familien"
    reference = await anna.reports({**REPORT, "shield": "yes", "shield_why": why})

    assert why in await bo.opens(reference)
    assert why not in await carl.opens(reference)
