"""Every action on a trial: for the Secretariat only, or for who was sent it."""

from collections.abc import Mapping

import pytest

from dialogs import trials
from tests.conversations.test_what_is_not_ones_own import denied, everything
from tests.support.acts import ROLES
from tests.support.chat import Chat
from tests.support.town import ANNA, DANISH, DORTE, Town

ON_A_TRIAL: Mapping[str, Mapping[str, str]] = {
    "trial.preview": {"audience": "everybody"},
    "trial.begin": {"trial": "", "audience": "everybody"},
    "trial.begin_another": {"trial": "", "audience": "everybody"},
    "trial.stand": {"trial": ""},
    "trial.cancel": {"trial": ""},
    "trial.confirm": {"trial": "", "person": ANNA.id},
    "call_list.confirm": {"person": ANNA.id},
}
AS_A_RECIPIENT = frozenset({"notice.acknowledge"})


def test_every_action_has_its_entry() -> None:
    """AC-CARD-02: a new action without one fails here."""
    pressed = {name for name, verb in trials.OFFER.verbs.items() if not verb.typed_only}

    assert pressed == ON_A_TRIAL.keys() | AS_A_RECIPIENT | {"trial.open"}


class TestATrial:
    @pytest.mark.parametrize("verb", sorted(ON_A_TRIAL))
    async def test_is_for_the_secretariat_only(self, town: Town, dorte: Chat, verb: str) -> None:
        """BER-01's habit: who may not is told whom to call, and nothing happens."""
        await dorte.types("prøveudsendelse alle send")
        data = await _of_the_trial(town, verb)
        before = await everything(town)

        for role in sorted(ROLES.keys() - {"secretariat"}):
            who = town.chat(ROLES[role])
            told = await who.forges(verb, data)

            assert DANISH("rule.office.secretariat_only", who="{}").split("{}")[0] in told, role
            assert who.person.id in {actor for actor, _ in await denied(town)}
        assert await everything(town) == before

    @pytest.mark.parametrize("verb", sorted(ON_A_TRIAL.keys() | AS_A_RECIPIENT))
    async def test_refuses_anything_else_that_is_sent_along(
        self, town: Town, dorte: Chat, verb: str
    ) -> None:
        """AC-CARD-03."""
        await dorte.types("prøveudsendelse alle send")
        data = await _of_the_trial(town, verb)
        before = await everything(town)
        spoilt: list[dict[str, object]] = [
            {**data, "via": DORTE.id},
            {**data, "state": "acknowledged"},
            {**data, "trial": 7},
            {**data, "trial": "not an id"},
            {**data, "audience": "nobody"},
        ]

        for each in spoilt:
            assert DANISH("rule.press.not_ours") in await dorte.forges(verb, each), each
        assert await everything(town) == before


async def _of_the_trial(town: Town, verb: str) -> dict[str, str]:
    """What the button with this verb would carry, about the trial that was begun."""
    async with town.remembers() as tx:
        trial = await tx.trials.latest()
    assert trial is not None
    carried = ON_A_TRIAL.get(verb, {"trial": ""})
    return {**carried, **({"trial": str(trial.id)} if "trial" in carried else {})}
