"""The one list of what can be done by press or by keyboard: a line for each module."""

from dialogs import (
    absence,
    actions,
    cases,
    closing,
    concern_begin,
    concern_care,
    concern_ends,
    concern_to_case,
    countersigns,
    everyday,
    glass,
    group_members,
    groups,
    habits,
    meetings,
    plus,
    roles,
    searching,
    trials,
)
from dialogs.offers import together

SLICES = together(
    (
        concern_begin.OFFER,
        concern_care.OFFER,
        concern_to_case.OFFER,
        concern_ends.OFFER,
        searching.OFFER,
        trials.OFFER,
        everyday.OFFER,
        absence.OFFER,
        habits.OFFER,
        roles.OFFER,
        glass.OFFER,
        groups.OFFER,
        group_members.OFFER,
        countersigns.OFFER,
        meetings.OFFER,
        closing.OFFER,
        cases.OFFER,
        actions.OFFER,
        plus.OFFER,
    )
)
FLOWS = {flow.name: flow for flow in SLICES.flows}
