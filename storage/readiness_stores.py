"""What is remembered of alerts, of the plans that follow, and of what was learned."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.action_plans import ActionPlans
from storage.alert_board import AlertBoard
from storage.alert_letters import AlertLetters
from storage.alert_log import AlertDecisions, AlertLog, AlertOffers
from storage.alerts import Alerts, Recipients
from storage.counters import Counters
from storage.escalations import Escalations
from storage.evaluations import Evaluations, Learnings
from storage.measure_reminders import MeasureReminders
from storage.plan_catalogue import PlanCalendar, TemplateOverrides
from storage.readiness_meetings import ReadinessMeetings
from storage.sharings import DistributionLists, Sharings
from storage.situations import Situations


class ReadinessStores:
    """The part of a transaction that is about readiness."""

    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self.alerts = Alerts(connection, counters)
        self.recipients = Recipients(connection)
        self.escalations = Escalations(connection)
        self.alert_letters = AlertLetters(connection)
        self.alert_log = AlertLog(connection, counters)
        self.alert_decisions = AlertDecisions(connection)
        self.alert_offers = AlertOffers(connection)
        self.alert_board = AlertBoard(connection)
        self.situations = Situations(connection)
        self.readiness_meetings = ReadinessMeetings(connection, counters)
        self.action_plans = ActionPlans(connection)
        self.measure_reminders = MeasureReminders(connection)
        self.sharings = Sharings(connection)
        self.distribution_lists = DistributionLists(connection)
        self.template_overrides = TemplateOverrides(connection)
        self.plan_calendar = PlanCalendar(connection)
        self.evaluations = Evaluations(connection)
        self.learnings = Learnings(connection)
