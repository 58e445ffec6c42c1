"""A year planned without OR-tools: one committee after the other, and once around again."""

from collections.abc import Mapping

from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Rhythm
from scheduler.yearplan.board import Board
from scheduler.yearplan.table import Table

Meetings = tuple[PlannedMeeting, ...]


def greedy_meetings(
    board: Board, *, rhythms: Mapping[CommitteeCode, Rhythm] | None = None
) -> Meetings | frozenset[CommitteeCode]:
    """Place every sitting, or name the committees that found no place.

    SG and CG come first, because they are a chain; then whoever shares people with most others.
    Who found no place is placed where fewest are in the way, and those again, once. In the end
    each committee looks once for a better year than it has.

    :param rhythms: those to keep to; None where each committee chooses its own.
    """
    table = Table(board, rhythms=rhythms)
    table.place_chains()
    for body in table.loose():
        table.place(body)
    for body in table.loose():
        if body.code in table.unplaced():
            table.make_room(body)
    if unplaced := table.unplaced():
        return unplaced
    for body in table.loose():
        table.place(body)
    return table.meetings()
