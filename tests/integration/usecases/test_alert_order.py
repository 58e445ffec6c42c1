"""What the answers of the form that activates readiness come to."""

from uuid import uuid4

import pytest

from cards.shown import Json
from dialogs.alert_order import order_in
from dialogs.presses import NOBODY
from dialogs.sent import Sent
from domain.alerts import Level
from tests.integration.usecases.desk import Desk
from tests.support.town import DANISH, DORTE
from usecases.prepare_alert import prepare_alert


@pytest.mark.parametrize(
    ("template", "chosen", "practised", "level"),
    [
        ("Ø2", "", "H1", Level.COORDINATION),
        ("Ø2", "H6", "H6", Level.FULL),
        ("Ø2", "H2", "H1", Level.COORDINATION),
        ("Ø1", "", "", Level.COORDINATION),
        ("H2", "", "", Level.COORDINATION),
    ],
)
async def test_a_drill_of_a_plan_has_the_level_of_what_it_practises(
    desk: Desk, template: str, chosen: str, practised: str, level: Level
) -> None:
    """BER-63: at the table, too, readiness is as high as in earnest."""
    answers: dict[str, Json] = {
        "template": template,
        "rehearses": chosen,
        "level": "template",
        "areas": ["VAL"],
        "situation": "Uro. Ved stationen. Uroligt. Ingenting",
    }
    sent = Sent(id=uuid4(), about=NOBODY, seen=0, answers=answers)
    async with desk.database.transaction() as tx:
        prepared = await prepare_alert(tx, by=DORTE)
        order = await order_in(tx, sent, prepared, DANISH)

    assert (order.rehearses, order.level) == (practised, level)
