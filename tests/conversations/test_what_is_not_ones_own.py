"""Every action on somebody else's things: one text, no effect, one line in the trail (IDOR)."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from dialogs import trials
from dialogs.conversation import VERBS
from dialogs.engine import VERBS as IN_FORMS
from storage.rows import metadata
from tests.support.acts import ROLES, Staged
from tests.support.chat import Chat, data_of
from tests.support.every_act import EVERY_ACT
from tests.support.reports import CARL_IS_NEAR, GRAVE, NAME, OBSERVED
from tests.support.town import BO, CARL, DANISH, EVA, HELLE, Town
from tests.support.trail import audited

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
    name
    for name, verb in VERBS.items()
    if not (verb.typed_only or verb.about or verb.carries or verb.asks)
)
OWN = {"draft.pick"}  # found among what is one's own
TYPED = sorted((n, word) for n in EVERY_ACT if n in VERBS for word in VERBS[n].words)
PRESSED = sorted(n for n in EVERY_ACT if n in VERBS and not VERBS[n].typed_only)
UNWATCHED = {"turns", "people", "addresses", "data_keys", "shown_cards"}  # what a turn leaves
WATCHED = [
    table
    for table in metadata.sorted_tables
    if table.name not in UNWATCHED and not table.name.startswith("audit")
]


def test_every_action_has_its_entry() -> None:
    """AC-CARD-02: a new action without one fails here."""
    about = {name for name, verb in VERBS.items() if verb.about}

    assert about - OWN - trials.OFFER.verbs.keys() == EVERY_ACT.keys()
    assert IN_A_FORM == IN_FORMS


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


def _missing(verb: str) -> str:
    """Give the text that somebody reads about a thing that is not there."""
    thing = VERBS[verb].about
    assert thing is not None
    return DANISH(f"rule.{thing.name}.not_found")


def _of_nothing(verb: str, staged: Staged) -> dict[str, object]:
    """Give the same press about an object that does not exist."""
    thing = VERBS[verb].about
    assert thing is not None
    return {**staged.carried, thing.name: str(uuid4())}


class TestAThing:
    @pytest.mark.parametrize("verb", PRESSED)
    async def test_is_not_there_for_those_it_is_not_for(self, town: Town, verb: str) -> None:
        """AC-CARD-02: as if it did not exist, and nothing happens."""
        act = EVERY_ACT[verb]
        staged = await act.scene(town)
        before = await everything(town)

        for role in sorted(ROLES.keys() - act.allowed):
            who = town.chat(ROLES[role])
            missing = await who.forges(verb, {**_of_nothing(verb, staged), **act.asks})
            told = await who.forges(verb, {**staged.carried, **act.asks})

            assert _missing(verb) in told, role
            assert told == missing, role
            assert {(who.person.id, str(v)) for v in staged.carried.values()} & {
                *await denied(town)
            }
        assert await everything(town) == before

    @pytest.mark.parametrize(("verb", "word"), TYPED)
    async def test_is_not_there_by_keyboard_either(self, town: Town, verb: str, word: str) -> None:
        act = EVERY_ACT[verb]
        staged = await act.scene(town)
        before = await everything(town)

        others = {"recused member", "facilitator elsewhere", "not covered"}
        for role in sorted(others - act.allowed):
            who = town.chat(ROLES[role])
            missing = await who.types(f"{word} {staged.number[:-4]}9999{act.rest}")
            assert _missing(verb) in missing
            assert await who.types(f"{word} {staged.number}{act.rest}") == missing, role

        assert await everything(town) == before

    @pytest.mark.parametrize(
        ("verb", "role"), [(verb, role) for verb in PRESSED for role in EVERY_ACT[verb].allowed]
    )
    async def test_is_there_for_those_it_is_for(self, town: Town, verb: str, role: str) -> None:
        """The other side of the matrix, so that it cannot pass by refusing everybody."""
        act = EVERY_ACT[verb]
        who = town.chat(ROLES[role])
        staged = await act.before(town, who, await act.scene(town))

        told = await who.forges(verb, {**staged.carried, **act.asks})

        assert _missing(verb) not in told
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


def _spoilt(verb: str, staged: Staged) -> list[dict[str, object]]:
    """Every way to send along more, less or something else than the button carries."""
    thing = VERBS[verb].about
    assert thing is not None
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
    own = {thing.name, *VERBS[verb].asks}
    data: dict[str, object] = {**staged.carried, **EVERY_ACT[verb].asks}

    def change(**more: object) -> dict[str, object]:
        return {**data, **more}

    return [
        *(change(**{key: "4"}) for key in forbidden if key not in own),
        change(**{thing.name: "not an id"}),
        change(**{thing.name: None}),
        change(version="1"),
        change(version=None),
        *({k: value for k, value in data.items() if k != key} for key in staged.carried),
    ]


@pytest.mark.parametrize("verb", PRESSED)
async def test_a_press_with_anything_else_sent_along_is_refused(town: Town, verb: str) -> None:
    """AC-CARD-03: also from somebody who may make the press."""
    act = EVERY_ACT[verb]
    who = town.chat(ROLES[min(act.allowed)])
    staged = await act.before(town, who, await act.scene(town))
    before = await everything(town)

    for spoilt in _spoilt(verb, staged):
        assert DANISH("rule.press.not_ours") in await who.forges(verb, spoilt), spoilt

    assert await everything(town) == before
