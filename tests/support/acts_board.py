"""Who finds an alert on the board, and who may have its papers."""

from tests.support.acts import act
from tests.support.acts_alerts import LEADS, left

ACTS = {
    "board.of": act(left, *LEADS),
    "alertpaper.of": act(left, *LEADS),
    "alertpaper.ask": act(left, *LEADS, paper="alert_log_pdf"),
    "alertpaper.typed": act(left, *LEADS, rest=" modtagere"),
}
