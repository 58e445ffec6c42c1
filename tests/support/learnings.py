"""Something that was learned of an alert about the template it began with."""

from uuid import UUID

from domain.evaluations import Learning
from tests.integration.usecases.alarming import ALERT
from tests.support.town import DORTE, LARS, MONDAY_NOON

LEARNED = Learning(
    id=UUID(int=5),
    alert=ALERT,
    words="Forældrene skal have brevet samme dag.",
    owner=DORTE.id,
    due_on=MONDAY_NOON.date(),
    template="H1",
    given_by=LARS.id,
    given_at=MONDAY_NOON,
)
