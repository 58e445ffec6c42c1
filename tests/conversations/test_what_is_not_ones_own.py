"""Every action on somebody else's things: one text, no effect, one line in the trail (IDOR)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import select

from dialogs.concern_care import ACTIONS
from dialogs.conversation import BUTTONS, BY_REFERENCE
from dialogs.engine import VERBS
from storage.delivery_rows import call_list, outbox
from storage.delivery_rows import trials as begun
from storage.rows import additions, concerns, drafts, relations
from tests.support.chat import Chat, data_of
from tests.support.reports import CARL_IS_NEAR, GRAVE, NAME, OBSERVED
from tests.support.town import ANNA, BO, CARL, DANISH, DORTE, EVA, HELLE, SOFIE, Town
from tests.support.trail import audited

NOT_FOUND = DANISH("rule.concern.not_found")
ROLES = {
    "reporter": ANNA,
    "facilitator": BO,
    "recused member": CARL,
    "member": SOFIE,
    "facilitator elsewhere": EVA,
    "secretariat": DORTE,
    "not covered": HELLE,
}
HANDLERS = {"facilitator", "member", "secretariat"}
DUTY = {"facilitator", "secretariat"}


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a press on a concern carries besides its id, and who may make it."""

    allowed: frozenset[str]
    more: Mapping[str, str]


def act(*allowed: str, **more: str) -> Act:
    return Act(allowed=frozenset(allowed), more=more)


ON_A_CONCERN: Mapping[str, Act] = {
    "concern.open": act(*HANDLERS),
    "concern.clear": act(*HANDLERS),
    "concern.step_aside": act(*HANDLERS),
    "concern.stand": act(*HANDLERS),
    "concern.take_up": act(*DUTY),
    "concern.reroute": act(*DUTY),
    "concern.move": act(*DUTY, to="KG6", reason="other", note="flyttet"),
    "concern.withdraw": act("reporter"),
    "concern.add": act("reporter"),
}
IN_A_FORM = frozenset(
    {
        "form.next",
        "form.send",
        "form.back",
        "form.save",
        "form.cancel",
        "form.yes",
        "form.no",
        "form.dismiss",
        "form.correct",
    }
)
WITHOUT_OBJECT = frozenset(
    {
        "concern.begin",
        "enquiry.begin",
        "addition.begin",
        "concern.mine",
        "concern.waiting",
        "form.resume",
        "form.discard",
        "help",
        "reminders.pause",
        "reminders.resume",
        "trial.open",
    }
)
WATCHED = (concerns, relations, additions, drafts, outbox, begun, call_list)


def test_every_action_has_its_entry() -> None:
    """AC-CARD-02: a new action without one fails here."""
    assert ON_A_CONCERN.keys() == ACTIONS.keys()
    assert BY_REFERENCE.keys() <= ACTIONS.keys()
    assert IN_A_FORM == VERBS
    assert BUTTONS.keys() == WITHOUT_OBJECT


async def everything(town: Town) -> list[list[tuple[object, ...]]]:
    """Everything that an action could have changed."""
    async with town.remembers() as tx:
        return [
            sorted(map(tuple, (await tx.connection.execute(select(table))).all()), key=str)
            for table in WATCHED
        ]


async def denied(town: Town) -> list[tuple[str, str]]:
    async with town.remembers() as tx:
        events = await audited(tx, action="access.denied")
    return [(str(each.actor), each.about) for each in events]


class TestAConcern:
    @pytest.mark.parametrize("verb", sorted(ON_A_CONCERN))
    async def test_is_not_there_for_those_it_is_not_for(
        self, town: Town, anna: Chat, verb: str
    ) -> None:
        """AC-CARD-02: as if it did not exist, and nothing happens."""
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        concern = await town.concern(reference)
        more = ON_A_CONCERN[verb].more
        before = await everything(town)

        for role in sorted(ROLES.keys() - ON_A_CONCERN[verb].allowed):
            who = town.chat(ROLES[role])
            missing = await who.forges(verb, {"concern": str(uuid4()), "version": 1, **more})
            told = await who.forges(verb, {"concern": str(concern.id), "version": 1, **more})

            assert NOT_FOUND in told, role
            assert told == missing, role
            assert (who.person.id, str(concern.id)) in await denied(town)
        assert await everything(town) == before

    @pytest.mark.parametrize("said", sorted(w for each in BY_REFERENCE.values() for w in each))
    async def test_is_not_there_by_keyboard_either(
        self, town: Town, anna: Chat, said: str
    ) -> None:
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        before = await everything(town)

        for person in (CARL, EVA, HELLE):
            who = town.chat(person)
            missing = await who.types(f"{said} B2026-9999")
            assert NOT_FOUND in missing
            assert await who.types(f"{said} {reference}") == missing

        assert await everything(town) == before

    @pytest.mark.parametrize(
        ("verb", "role"),
        [(verb, role) for verb, each in ON_A_CONCERN.items() for role in sorted(each.allowed)],
    )
    async def test_is_there_for_those_it_is_for(
        self, town: Town, anna: Chat, verb: str, role: str
    ) -> None:
        """The other side of the matrix, so that it cannot pass by refusing everybody."""
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        who = town.chat(ROLES[role])
        if verb in {"concern.take_up", "concern.reroute", "concern.move"}:
            await who.opens(reference)
        concern = await town.concern(reference)

        told = await who.forges(
            verb,
            {
                "concern": str(concern.id),
                "version": concern.version,
                **ON_A_CONCERN[verb].more,
            },
        )

        assert NOT_FOUND not in told
        assert DANISH("refusal.title") not in told
        assert DANISH("fault.title") not in told


class TestAForm:
    @pytest.mark.parametrize("verb", sorted(IN_A_FORM))
    async def test_of_somebody_else_is_not_there(self, town: Town, anna: Chat, verb: str) -> None:
        await anna.types("bekymring")
        await anna.fills(GRAVE)
        card = data_of(anna.form(), "form.send")
        before = await everything(town)

        for role in sorted(ROLES.keys() - {"reporter"}):
            who = town.chat(ROLES[role])
            missing = await who.forges(verb, {**card, "draft": str(uuid4())})
            told = await who.forges(verb, card)

            assert DANISH("form.gone_text") in told, role
            assert told == missing, role
        assert await everything(town) == before


class TestAButtonWithoutAnObject:
    @pytest.mark.parametrize("verb", sorted(WITHOUT_OBJECT))
    async def test_shows_only_what_is_ones_own(self, town: Town, anna: Chat, verb: str) -> None:
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        await anna.types("bekymring")
        await anna.fills(GRAVE)

        for person in (CARL, EVA, HELLE):
            told = await town.chat(person).forges(verb, {})
            assert not [words for words in (reference, NAME, OBSERVED) if words in told]

    @pytest.mark.parametrize("verb", sorted(WITHOUT_OBJECT))
    async def test_refuses_anything_sent_along(self, town: Town, anna: Chat, verb: str) -> None:
        """AC-CARD-03."""
        before = await everything(town)

        told = await anna.forges(verb, {"person": BO.id})

        assert DANISH("rule.press.not_ours") in told
        assert await everything(town) == before


def _spoilt(data: Mapping[str, object]) -> list[dict[str, object]]:
    """Every way to send along more, less or something else than the button carries."""
    forbidden = (
        "level",
        "state",
        "status",
        "owner",
        "authority",
        "recused",
        "role",
        "group",
        "by",
    )

    def change(**more: object) -> dict[str, object]:
        return {**data, **more}

    return [
        *(change(**{key: "4"}) for key in forbidden),
        change(concern="not an id"),
        change(concern=None),
        change(version="1"),
        change(version=None),
        {key: value for key, value in data.items() if key != "concern"},
        {key: value for key, value in data.items() if key != "version"},
    ]


@pytest.mark.parametrize("verb", sorted(ON_A_CONCERN))
async def test_a_press_on_a_concern_with_anything_else_sent_along_is_refused(
    town: Town, anna: Chat, bo: Chat, verb: str
) -> None:
    """AC-CARD-03: also from somebody who may make the press."""
    reference = await anna.reports(GRAVE)
    await bo.opens(reference)
    concern = await town.concern(reference)
    who = anna if "reporter" in ON_A_CONCERN[verb].allowed else bo
    sound = {"concern": str(concern.id), "version": concern.version, **ON_A_CONCERN[verb].more}
    before = await everything(town)

    for spoilt in _spoilt(sound):
        assert DANISH("rule.press.not_ours") in await who.forges(verb, spoilt), spoilt

    assert await everything(town) == before
