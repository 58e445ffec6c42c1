"""The story of every form: each step as it is asked, as it is answered, and where it is wrong."""

from collections.abc import Mapping
from uuid import UUID

from cards.shown import Json
from dialogs.flow import Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.progress import Progress
from dialogs.questions import Here, ask
from dialogs.registry import FLOWS
from dialogs.sent import Answers
from dialogs.turns import Turn
from domain.drafts import Draft
from domain.errors import RuleBroken
from tests.cards.guests import CHAT, Gallery
from tests.support.town import BO
from tests.support.walks import TWO, every_walk

ABOUT = "2026-000042"
MISSING = RuleBroken("field.missing")


def every_form(gallery: Gallery) -> None:
    """Ask every step of every form, blank, filled in and refused."""
    for flow in FLOWS.values():
        seen = set[str]()
        for going in every_walk(flow):
            for step, answers in going.stops:
                if step.key not in seen:
                    seen.add(step.key)
                    _hang(gallery, flow, step, answers)


def _hang(gallery: Gallery, flow: Flow, step: Step, answers: Answers) -> None:
    own = {field.key for field in step.fields}
    before = {key: value for key, value in answers.items() if key not in own}
    name = f"form {flow.name} {step.key}"
    gallery.hang(f"{name} blank", ask(_here(gallery, flow, step, before)))
    gallery.hang(f"{name} filled", ask(_here(gallery, flow, step, answers)))
    problems = dict.fromkeys(own, MISSING)
    gallery.hang(f"{name} refused", ask(_here(gallery, flow, step, before), problems))


def _here(gallery: Gallery, flow: Flow, step: Step, answers: Mapping[str, Json]) -> Here:
    offered = {key for key, field in flow.fields().items() if isinstance(field.kind, Offered)}
    draft = Draft(
        id=UUID(int=1),
        owner=BO.id,
        flow=flow.name,
        step=step.key,
        revision=3,
        began_at=gallery.now,
        body={},
    )
    turn = Turn(
        person=BO, at=gallery.now, in_private=True, language=gallery.language, chat_link=CHAT
    )
    given = Given(title=ABOUT if flow.about else "", offers=dict.fromkeys(offered, TWO))
    return Here(flow=flow, draft=draft, progress=Progress(answers=answers), turn=turn, given=given)
