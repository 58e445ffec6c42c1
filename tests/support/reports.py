"""What Anna has to tell: the answers to a whole concern form, as its cards take them."""

from collections.abc import Mapping

from dialogs.progress import Progress
from domain.drafts import Draft
from tests.support.chat import Chat
from tests.support.town import Town

NAME = "Max Myrekær"
OBSERVED = (
    "Han er set hænge ud ved stationen hver aften, og skolen har meldt om mange udeblivelser."
)
WHY_NO_NOTICE = "Socialforvaltningen kender allerede familien"
HOPE = "At nogen taler med ham om skolen"
NECESSARY = "Skolen kan ikke løse det alene"
PROTECTED_BY = "En træner, som han stoler på"

REPORT: Mapping[str, str] = {
    "danger": "no",
    "notified": "no_need",
    "notified_why": WHY_NO_NOTICE,
    "relation": "no",
    "name": NAME,
    "born": "2011-05-04",
    "protected": "no",
    "area": "VAL",
    "interpreter": "no",
    "happened_on": "2026-02-27",
    "observed": OBSERVED,
    "source": "own",
    "others": "none",
    "signs_1": "L1.a",
    "level": "1",
    "tried": "",
    "protect_individual": PROTECTED_BY,
    "hope": HOPE,
    "c1": "yes",
    "c2": "yes",
    "c3": "yes",
    "necessity": NECESSARY,
    "sensitive": "none",
    "informed": "not_yet",
    "shield": "no",
}
WRITTEN = (NAME, OBSERVED, WHY_NO_NOTICE, HOPE, NECESSARY, PROTECTED_BY)
GRAVE = {**REPORT, "signs_1": "", "signs_4": "L4.b", "level": "4"}
CARL_IS_NEAR = {"relation": "another", "relation_names": "Carl Dybdahl"}


async def draft_of(town: Town, chat: Chat) -> Draft:
    async with town.remembers() as tx:
        draft = await tx.drafts.of(chat.person.id, now=town.hour.now)
    assert draft is not None
    return draft


async def answers_of(town: Town, chat: Chat) -> dict[str, object]:
    return dict(Progress.of(await draft_of(town, chat)).answers)
