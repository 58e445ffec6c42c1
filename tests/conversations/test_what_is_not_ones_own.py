"""Every action on somebody else's things: one text, no effect, one line in the trail (IDOR)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dialogs import trials
from dialogs.conversation import VERBS
from dialogs.engine import VERBS as IN_FORMS
from storage.rows import metadata
from tests.support.acts import ROLES, Act, Staged
from tests.support.chat import Chat, data_of
from tests.support.every_act import BEGINS, EVERY_ACT, together
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
TYPED = sorted(name for name in EVERY_ACT if VERBS[name].words)
PRESSED = sorted(name for name in EVERY_ACT if not VERBS[name].typed_only)
TYPING = {"recused member", "facilitator elsewhere", "not covered"}
UNWATCHED = {"turns", "people", "addresses", "data_keys", "shown_cards"}  # what a turn leaves
UNWATCHED |= {"alert_redraws"}  # a job clears them in its own time
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


def _of_nothing(verb: str, staged: Staged, nothing: UUID) -> dict[str, object]:
    """Give the same press about an object that does not exist."""
    thing = VERBS[verb].about
    assert thing is not None
    return {**staged.carried, thing.name: str(nothing)}


def _in_one_town(verbs: Iterable[str], by: Callable[[Act], object]) -> "pytest.MarkDecorator":
    """Try in one town what is about the same scene: being refused leaves it as it was."""
    alike = together(*((by(EVERY_ACT[verb]), verb) for verb in verbs))
    return pytest.mark.parametrize("verbs", alike, ids=lambda verbs: verbs[0])


def _open_to(role: str) -> list[list[str]]:
    """Put the forms of one scene together; whatever else somebody presses may change it."""
    may = ((verb, EVERY_ACT[verb]) for verb in PRESSED if role in EVERY_ACT[verb].allowed)
    return together(
        *(((act.scene, act.before) if verb in BEGINS else verb, verb) for verb, act in may)
    )


def _nobodys(number: str) -> str:
    """Give the number of nothing; that of a part follows the number of the whole."""
    return re.sub(r"-\d{4}", "-9999", number)


def _barred(act: Act, roles: Iterable[str] = ROLES) -> list[str]:
    return sorted(set(roles) - act.allowed)


async def _pressed_in_vain(town: Town, verb: str, staged: Staged) -> list[str]:
    """Let everybody press whom it is not for; name each role that noticed or did anything."""
    act, wrong, lines = EVERY_ACT[verb], [], len(await denied(town))
    nothing, things = uuid4(), {str(each) for each in staged.carried.values()}
    for role in _barred(act):
        who = town.chat(ROLES[role])
        missing = await who.forges(verb, {**_of_nothing(verb, staged, nothing), **act.asks})
        told = await who.forges(verb, {**staged.carried, **act.asks})
        if _missing(verb) not in told or told != missing:
            wrong.append(f"{verb}: {role} reads {told!r} of it, and {missing!r} of nothing")
    noted = Counter((actor, about in things) for actor, about in (await denied(town))[lines:])
    return wrong + [
        f"{verb}: {role} left {noted[ROLES[role].id, True]} lines in the trail"
        for role in _barred(act)
        if noted[ROLES[role].id, True] != 1
    ]


async def _typed_in_vain(town: Town, verb: str, staged: Staged) -> list[str]:
    act, wrong = EVERY_ACT[verb], []
    for word in VERBS[verb].words:
        for role in _barred(act, TYPING):
            who = town.chat(ROLES[role])
            missing = await who.types(f"{word} {_nobodys(staged.number)}{act.rest}")
            told = await who.types(f"{word} {staged.number}{act.rest}")
            if _missing(verb) not in told or told != missing:
                wrong.append(f"{word}: {role} reads {told!r} of it, and {missing!r} of nothing")
    return wrong


class TestAThing:
    @_in_one_town(PRESSED, by=lambda act: act.scene)
    async def test_is_not_there_for_those_it_is_not_for(
        self, town: Town, verbs: list[str]
    ) -> None:
        """AC-CARD-02: as if it did not exist, nothing happens, and the trail has one line."""
        staged = await EVERY_ACT[verbs[0]].scene(town)
        before, wrong = await everything(town), []

        for verb in verbs:
            wrong += await _pressed_in_vain(town, verb, staged)
            if await everything(town) != before:
                wrong.append(f"{verb}: something has changed")
                before = await everything(town)

        assert not wrong, "\n".join(wrong)

    @_in_one_town(TYPED, by=lambda act: act.scene)
    async def test_is_not_there_by_keyboard_either(self, town: Town, verbs: list[str]) -> None:
        staged = await EVERY_ACT[verbs[0]].scene(town)
        before, wrong = await everything(town), []

        for verb in verbs:
            wrong += await _typed_in_vain(town, verb, staged)
            if await everything(town) != before:
                wrong.append(f"{verb}: something has changed")
                before = await everything(town)

        assert not wrong, "\n".join(wrong)

    @pytest.mark.parametrize(
        ("role", "verbs"),
        [(role, verbs) for role in ROLES for verbs in _open_to(role)],
        ids=lambda each: each if isinstance(each, str) else each[0],
    )
    async def test_is_there_for_those_it_is_for(
        self, town: Town, role: str, verbs: list[str]
    ) -> None:
        """The other side of the matrix, so that it cannot pass by refusing everybody."""
        act, who, wrong = EVERY_ACT[verbs[0]], town.chat(ROLES[role]), []
        staged = await act.before(town, who, await act.scene(town))

        for verb in verbs:
            told = await who.forges(verb, {**staged.carried, **EVERY_ACT[verb].asks})
            refusals = _missing(verb), DANISH("refusal.title"), DANISH("fault.title")
            if any(refusal in told for refusal in refusals):
                wrong.append(f"{verb}: {role} reads {told!r}")

        assert not wrong, "\n".join(wrong)


class TestAForm:
    async def test_of_somebody_else_is_not_there(self, town: Town, anna: Chat) -> None:
        await anna.types("bekymring")
        await anna.fills(GRAVE)
        card = data_of(anna.form(), "form.send")
        before, wrong = await everything(town), []

        for verb in sorted(IN_A_FORM):
            for role in sorted(ROLES.keys() - {"reporter"}):
                who = town.chat(ROLES[role])
                missing = await who.forges(verb, {**card, "draft": str(uuid4())})
                told = await who.forges(verb, card)
                if DANISH("form.gone_text") not in told or told != missing:
                    wrong.append(f"{verb}: {role} reads {told!r}, and {missing!r} of nothing")
            if await everything(town) != before:
                wrong.append(f"{verb}: something has changed")
                before = await everything(town)

        assert not wrong, "\n".join(wrong)


class TestAButtonWithoutAnObject:
    async def test_shows_only_what_is_ones_own(self, town: Town, anna: Chat) -> None:
        reference = await anna.reports({**GRAVE, **CARL_IS_NEAR})
        await anna.types("bekymring")
        await anna.fills(GRAVE)

        shown = [
            f"{verb}: {person.name} reads {words}"
            for verb in sorted(WITHOUT_OBJECT)
            for person in (CARL, EVA, HELLE)
            for told in [await town.chat(person).forges(verb, {})]
            for words in (reference, NAME, OBSERVED)
            if words in told
        ]

        assert not shown, "\n".join(shown)

    async def test_refuses_anything_sent_along(self, town: Town, anna: Chat) -> None:
        """AC-CARD-03."""
        before = await everything(town)

        told = {verb: await anna.forges(verb, {"person": BO.id}) for verb in WITHOUT_OBJECT}

        assert {v for v, words in told.items() if DANISH("rule.press.not_ours") not in words} == (
            set()
        )
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
        *(
            {k: value for k, value in data.items() if k != key}
            for key in staged.carried.keys() - VERBS[verb].asks
        ),
    ]


@_in_one_town(PRESSED, by=lambda act: (act.scene, act.before, min(act.allowed)))
async def test_a_press_with_anything_else_sent_along_is_refused(
    town: Town, verbs: list[str]
) -> None:
    """AC-CARD-03: also from somebody who may make the press."""
    act = EVERY_ACT[verbs[0]]
    who = town.chat(ROLES[min(act.allowed)])
    staged = await act.before(town, who, await act.scene(town))
    before, wrong = await everything(town), []

    for verb in verbs:
        for spoilt in _spoilt(verb, staged):
            told = await who.forges(verb, spoilt)
            if DANISH("rule.press.not_ours") not in told:
                wrong.append(f"{verb} with {spoilt}: {told!r}")
        if await everything(town) != before:
            wrong.append(f"{verb}: something has changed")
            before = await everything(town)

    assert not wrong, "\n".join(wrong)
