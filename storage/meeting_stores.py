"""What is remembered of committees, their meetings and their efforts."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.committee_meetings import CommitteeMeetings
from storage.counters import Counters
from storage.decision_tasks import DecisionTasks
from storage.efforts import Efforts
from storage.meeting_items import Agendas, MeetingItems
from storage.minutes import MinutesStore
from storage.seat_history import SeatHistory
from storage.year_calendar import YearCalendar
from storage.year_plans import YearPlans


class MeetingStores:
    """The part of a transaction that is about committee meetings."""

    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self.seat_history = SeatHistory(connection)
        self.committee_meetings = CommitteeMeetings(connection, counters)
        self.meeting_items = MeetingItems(connection)
        self.agendas = Agendas(connection)
        self.minutes = MinutesStore(connection)
        self.decision_tasks = DecisionTasks(connection)
        self.efforts = Efforts(connection, counters)
        self.year_calendar = YearCalendar(connection)
        self.year_plans = YearPlans(connection)
