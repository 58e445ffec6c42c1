"""The one list of what can be done by press or by keyboard: a line for each module."""

from dialogs import concern_begin, concern_care, habits, trials
from dialogs.offers import together

SLICES = together(
    (
        concern_begin.OFFER,
        concern_care.OFFER,
        trials.OFFER,
        habits.OFFER,
    )
)
FLOWS = {flow.name: flow for flow in SLICES.flows}
