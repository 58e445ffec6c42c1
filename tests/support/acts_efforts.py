"""Who may press what on an effort: Anna applied, Line leads it, Lars is its contact."""

from domain.efforts import Effort
from tests.support.acts import Staged, act
from tests.support.efforts import a_running, an_assessed
from tests.support.town import Town

BUDGET = ("secretariat", "head")
ANSWERS = ("local committee", "leader")  # its lead, and its contact


def _staged(effort: Effort) -> Staged:
    return Staged(
        carried={"effort": str(effort.id), "version": effort.version}, number=effort.reference
    )


async def assessed(town: Town) -> Staged:
    return _staged(await an_assessed(town))


async def running(town: Town) -> Staged:
    return _staged(await a_running(town))


ACTS = {
    "effort.open": act(assessed, "reporter", *ANSWERS, *BUDGET),
    "effort.assess": act(assessed, *BUDGET),
    "effort.approve": act(assessed, "leader"),
    "effort.refuse": act(assessed, "leader"),
    "effort.override": act(assessed, "head"),
    "effort.withdraw": act(assessed, "reporter"),
    "effort.settle": act(running, *ANSWERS, "secretariat"),
    "effort.evaluate": act(running, *ANSWERS),
}
