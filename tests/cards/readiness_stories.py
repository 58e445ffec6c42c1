"""The stories of readiness, from the first alert to what was learned: a line for each slice."""

from tests.cards.action_plan_stories import action_plan_stories
from tests.cards.alert_end_stories import alert_end_stories
from tests.cards.alert_letter_stories import alert_letter_stories
from tests.cards.alert_stories import alert_stories
from tests.cards.board_stories import board_stories
from tests.cards.guests import Gallery
from tests.cards.plan_end_stories import plan_end_stories
from tests.cards.sharing_stories import sharing_stories
from tests.cards.situation_stories import situation_stories
from tests.cards.template_stories import template_stories

STORIES = (
    template_stories,  # first: it waits for a drill
    alert_stories,
    alert_letter_stories,
    alert_end_stories,
    plan_end_stories,
    board_stories,
    action_plan_stories,
    situation_stories,
    sharing_stories,
)


async def readiness_stories(gallery: Gallery) -> None:
    for tell in STORIES:
        await tell(gallery)
